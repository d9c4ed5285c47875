package jetlog

import (
	"maps"
	"sync"
)

// endsKept bounds the memory of ends: about 8 MB.
const endsKept = 1 << 16

// ends is how far the cases are known to go that this process has written to or was asked about. What is known of
// a case never goes back, so a unit that is stale beyond doubt does not spoil the batch it would go in. A case
// that is not there, or has gone on by another node's hand, is left to the broker.
//
// Nobody else writes to an embedded broker. There a case that is not in doubt ends where it is known to go, and
// that need not be asked of the broker: to answer, it loads the whole block, 8 MiB, in which the case ends. With
// thousands of cases at work that was soon every block there is, again after each collection of garbage.
type ends struct {
	mu    sync.Mutex
	of    map[string]end
	fresh uint64 // how often ends were dropped, see learn
}

// An end is the last record of a case that is known.
type end struct {
	seq   uint64 // 0: none is known
	doubt bool   // a write was begun, and how it ended is not known: there may be more
}

func newEnds() *ends { return &ends{of: map[string]end{}} }

// begin takes note that units go to an embedded broker, and of which it is known that their case ends where they
// go on. What the broker does not acknowledge may be stored all the same, and later than anybody looks; so the
// end of such a case is not known again until a write to it was acknowledged.
func (e *ends) begin(group []unit) {
	e.mu.Lock()
	defer e.mu.Unlock()
	for i := range group {
		u := &group[i]
		known := e.of[u.Case]
		u.follows = u.After > 0 && known == end{seq: u.After}
		e.of[u.Case] = end{known.seq, true}
	}
}

// acknowledged takes note that a case ends with a record that the broker has just stored.
func (e *ends) acknowledged(caseID string, seq uint64) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.keep(caseID, end{seq: seq})
}

// reach takes note that a case has a record at a sequence, which may not be its last: whoever looked for it was in
// doubt, and on an embedded broker the case stays so.
func (e *ends) reach(caseID string, seq uint64) {
	e.mu.Lock()
	defer e.mu.Unlock()
	known := e.of[caseID]
	e.keep(caseID, end{max(known.seq, seq), known.doubt})
}

// passed tells whether a case goes on after a sequence beyond doubt.
func (e *ends) passed(caseID string, seq uint64) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.of[caseID].seq > seq
}

// find returns where a case of an embedded broker ends, 0 when the broker has to be asked, whose answer learn
// takes with asked.
func (e *ends) find(caseID string) (seq, asked uint64) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if known := e.of[caseID]; !known.doubt {
		seq = known.seq
	}
	return seq, e.fresh
}

// learn takes over what the broker has answered, unless the case was written to meanwhile: then it may be
// old, and where it is not known whether it was, it may be.
func (e *ends) learn(caseID string, seq, asked uint64) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if _, touched := e.of[caseID]; !touched && e.fresh == asked {
		e.keep(caseID, end{seq: seq})
	}
}

// keep makes room for a case by dropping ends that the broker can be asked for.
func (e *ends) keep(caseID string, known end) {
	if _, kept := e.of[caseID]; !kept && len(e.of) >= endsKept {
		e.fresh++
		maps.DeleteFunc(e.of, func(_ string, each end) bool { return !each.doubt })
	}
	e.of[caseID] = known
}
