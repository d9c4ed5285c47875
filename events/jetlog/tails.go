package jetlog

import "sync"

// tailsKept bounds the memory of tails: about 8 MB.
const tailsKept = 1 << 16

// tails is where cases end that this process has written to or was asked about. Nobody else writes to an
// embedded broker, so that need not be asked of it: to answer, it loads the whole block, 8 MiB, in which a case
// ends. With thousands of cases at work that was soon every block there is, again after each collection of
// garbage.
type tails struct {
	mu    sync.Mutex
	ends  map[string]uint64 // 0: a write was begun, and how it ended is not known
	fresh uint64            // how often ends were dropped, see learn
}

func newTails() *tails { return &tails{ends: map[string]uint64{}} }

// begin takes note that units go to the broker, and of which it is known that their case ends where they go on.
// What the broker does not acknowledge may be stored all the same, and later than anybody looks; so the end of
// such a case is not known again until a write to it was acknowledged.
func (t *tails) begin(group []unit) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for i := range group {
		u := &group[i]
		u.follows = u.After > 0 && t.ends[u.Case] == u.After
		t.ends[u.Case] = 0
	}
}

// reach takes note that a case ends with an acknowledged record.
func (t *tails) reach(caseID string, seq uint64) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.keep(caseID, seq)
}

// find returns where a case ends, 0 when the broker has to be asked, whose answer learn takes with asked.
func (t *tails) find(caseID string) (seq, asked uint64) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.ends[caseID], t.fresh
}

// learn takes over what the broker has answered, unless the case was written to meanwhile: then it may be
// old, and where it is not known whether it was, it may be.
func (t *tails) learn(caseID string, seq, asked uint64) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if _, touched := t.ends[caseID]; !touched && t.fresh == asked {
		t.keep(caseID, seq)
	}
}

// keep makes room by dropping ends that the broker can be asked for.
func (t *tails) keep(caseID string, seq uint64) {
	if len(t.ends) >= tailsKept {
		t.fresh++
		for known, end := range t.ends {
			if end > 0 {
				delete(t.ends, known)
			}
		}
	}
	t.ends[caseID] = seq
}
