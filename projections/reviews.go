package projections

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"starledger/events"
	"starledger/events/checks"
)

// Reviews keep what the conformance checks came to over every case, so that whoever asks for all of them
// need not wait until all are run.
//
// A review rests on the events of its case, on the registry, and on what other cases said before those
// events, which stays as it is; nothing in it rests on the day on which it is asked for. So it holds until
// its case goes on, the registry answers otherwise what was asked of it, or another program with other rules
// runs. One that holds no more is never given: who asks for it has it made anew. Run makes them before
// anybody asks. They are kept in a file from one start to the next (see shelf), and those used last in memory.
type Reviews struct {
	views   *Views
	ground  GroundOf
	pause   time.Duration // reviewPause but in tests
	waiting atomic.Int64  // cases that Run is yet to look at

	mu    sync.Mutex
	known *lru[events.CaseID, *reviewed]
}

// GroundOf gives what a review of a case rests on now besides its history.
type GroundOf func(ctx context.Context, history []*events.Stored) (checks.Ground, error)

// reviewsBytes bounds what is kept in memory, about: some 10,000 cases with a dozen violations each.
const reviewsBytes = 32 << 20

// Reviews are the reviews of the cases of these views.
func (v *Views) Reviews(ground GroundOf) *Reviews {
	return &Reviews{views: v, ground: ground, pause: reviewPause, known: newLRU[events.CaseID, *reviewed](reviewsBytes)}
}

// CaseUpTo is a case, and its last event as the caller knows it.
type CaseUpTo struct {
	ID   events.CaseID
	Head uint64
}

// Of are the outcomes over each of some cases, of everything up to its head and maybe more. They are shared
// and read only.
func (r *Reviews) Of(ctx context.Context, cases ...CaseUpTo) ([][]checks.Outcome, error) {
	now, err := r.ground(ctx, nil)
	if err != nil {
		return nil, fmt.Errorf("review cases: %w", err)
	}
	list := make([][]checks.Outcome, len(cases))
	err = r.spread(ctx, len(cases), func(ctx context.Context, i int) error {
		found, err := r.of(ctx, cases[i], now)
		if err == nil {
			list[i] = found.outcomes()
		}
		return err
	})
	return list, err
}

// of is the review of a case that holds now.
func (r *Reviews) of(ctx context.Context, c CaseUpTo, now checks.Ground) (*reviewed, error) {
	if kept := r.kept(ctx, c.ID); kept != nil && kept.head >= c.Head && kept.holds(now) {
		return kept, nil
	}
	return r.make(ctx, c.ID)
}

func (r *Reviews) kept(ctx context.Context, id events.CaseID) *reviewed {
	r.mu.Lock()
	kept, known := r.known.get(id)
	r.mu.Unlock()
	if known {
		return kept
	}
	if kept = r.views.shelf.get(ctx, id); kept != nil {
		r.know(id, kept)
	}
	return kept
}

// know keeps a review in memory, unless a later one is there.
func (r *Reviews) know(id events.CaseID, made *reviewed) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if kept, known := r.known.get(id); known && (kept.head > made.head || kept.registry > made.registry) {
		return false
	}
	r.known.put(id, made, made.size())
	return true
}

// forget forgets what is in memory.
func (r *Reviews) forget() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.known = newLRU[events.CaseID, *reviewed](reviewsBytes)
}

// make reviews a case as it stands in the views. It reads past what is kept for those who work on cases.
func (r *Reviews) make(ctx context.Context, id events.CaseID) (*reviewed, error) {
	seqs, err := r.views.seqs(ctx, id, 0, r.views.moves.position().seq)
	if err != nil {
		return nil, fmt.Errorf("review case %s: %w", id, err)
	}
	if len(seqs) == 0 {
		return nil, fmt.Errorf("review case %s: %w", id, ErrNoCase)
	}
	history, err := r.views.load(ctx, seqs, nil)
	if err != nil {
		return nil, fmt.Errorf("review case %s: %w", id, err)
	}
	ground, err := r.ground(ctx, history)
	if err != nil {
		return nil, fmt.Errorf("review case %s: %w", id, err)
	}
	ground.Asked = checks.Asked{}
	outcomes, err := checks.ReviewOn(ground, id, history)
	if err != nil {
		return nil, err
	}
	made := reviewedFrom(outcomes, seqs[len(seqs)-1], ground)
	if !r.know(id, made) {
		return made, nil
	}
	if err := r.views.WaitFor(ctx, made.registry); err != nil { // who posted to it knows it before the views do
		return nil, fmt.Errorf("review case %s: %w", id, err)
	}
	r.views.shelf.put(ctx, id, made, r.views.moves.position())
	return made, nil
}
