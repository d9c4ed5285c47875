package projections

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"starledger/events"
	"starledger/events/checks"
	"starledger/scoring"
)

// Reviews keep what the conformance checks came to over every case, so that whoever asks for all of them
// need not wait until all are run.
//
// A review rests on the events of its case, on the registry, and on what other cases said before those
// events, which stays as it is; nothing in it rests on the day on which it is asked for. So it holds until
// its case goes on, or the registry answers otherwise what was asked of it. One that holds no more is never given: who asks for it has it made
// anew. Run makes them before anybody asks. They are kept in memory, so that they are always what this
// program says, and not one before it.
type Reviews struct {
	views  *Views
	ground GroundOf
	pause  time.Duration // reviewPause but in tests

	mu    sync.Mutex
	known *lru[events.CaseID, *reviewed]
}

// GroundOf gives what a review of a case rests on now besides its history.
type GroundOf func(ctx context.Context, history []*events.Stored) (checks.Ground, error)

// reviewsBytes bounds what is kept, about: some 20,000 cases with a dozen violations each. The reviews of
// others are made when they are asked for.
const reviewsBytes = 64 << 20

// Reviews are the reviews of the cases of these views, none of them made yet.
func (v *Views) Reviews(ground GroundOf) *Reviews {
	return &Reviews{views: v, ground: ground, pause: reviewPause, known: newLRU[events.CaseID, *reviewed](reviewsBytes)}
}

// reviewed is the review of a case up to an event of its own and one of the registry.
type reviewed struct {
	head, registry uint64
	schemes        *scoring.Book
	asked          checks.Asked     // of the registry
	results        []checks.Result  // of every check, in their order
	found          []checks.Outcome // those that name events
}

func reviewedFrom(outcomes []checks.Outcome, head uint64, ground checks.Ground) *reviewed {
	r := &reviewed{head: head, registry: headOf(ground.Registry), schemes: ground.Schemes, asked: ground.Asked, results: make([]checks.Result, len(outcomes))}
	for i, o := range outcomes {
		if r.results[i] = o.Result; len(o.Events) > 0 {
			r.found = append(r.found, o)
		}
	}
	return r
}

// size is about how much memory it takes.
func (r *reviewed) size() int {
	size := 200 + 200*len(r.asked) + 16*len(r.results) + 100*len(r.found)
	for _, o := range r.found {
		size += 40 * len(o.Events)
		for _, detail := range o.Detail {
			size += len(detail.ZH) + len(detail.EN)
		}
	}
	return size
}

// holds tells whether the review is that on a later registry too: most events of that are about other cases.
func (r *reviewed) holds(now checks.Ground) bool {
	return r.registry >= headOf(now.Registry) || r.schemes == now.Schemes && r.asked.AnsweredBy(now.Registry)
}

// outcomes are the outcomes of all checks again.
func (r *reviewed) outcomes() []checks.Outcome {
	list := make([]checks.Outcome, len(r.results))
	for i, result := range r.results {
		list[i] = checks.Outcome{Check: checks.All[i], Result: result}
	}
	for i, next := 0, 0; next < len(r.found); i++ {
		if list[i].Check == r.found[next].Check {
			list[i] = r.found[next]
			next++
		}
	}
	return list
}

// Of are the outcomes over a case, of everything up to head, its last event as the caller knows it, and
// maybe more. They are shared and read only.
func (r *Reviews) Of(ctx context.Context, id events.CaseID, head uint64) ([]checks.Outcome, error) {
	now, err := r.ground(ctx, nil)
	if err != nil {
		return nil, fmt.Errorf("review case %s: %w", id, err)
	}
	if kept := r.kept(id); kept != nil && kept.head >= head && kept.holds(now) {
		return kept.outcomes(), nil
	}
	made, err := r.make(ctx, id)
	if err != nil {
		return nil, err
	}
	return made.outcomes(), nil
}

func (r *Reviews) kept(id events.CaseID) *reviewed {
	r.mu.Lock()
	defer r.mu.Unlock()
	kept, _ := r.known.get(id)
	return kept
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
	r.mu.Lock()
	defer r.mu.Unlock()
	if kept, _ := r.known.get(id); kept == nil || kept.head <= made.head && kept.registry <= made.registry {
		r.known.put(id, made, made.size())
	}
	return made, nil
}

func headOf(c *events.Case) uint64 {
	if c == nil {
		return 0
	}
	return c.Head.Seq
}

// reviewPause is how long cases may go on before they are reviewed again: somebody at work on one posts
// several times a second, and whoever asks meanwhile has it reviewed at once.
const reviewPause = 3 * time.Second

// Run reviews every case, and then again and again those that have gone on, until ctx ends (then it
// returns nil), and when the registry has, those on which it says something else. A damaged case is an events.ErrIntegrity.
// What cannot be looked up for the moment, since the servers of a cluster choose a leader, is looked up
// again: a node that only reads meanwhile must go on reading.
func (r *Reviews) Run(ctx context.Context) error {
	var upTo reviewedUpTo
	for {
		err := r.follow(ctx, &upTo)
		switch {
		case ctx.Err() != nil:
			return nil
		case err != nil && !errors.Is(err, events.ErrUnavailable):
			return err
		}
		if sleep(ctx, r.pause) != nil {
			return nil
		}
	}
}

// reviewedUpTo is how far all cases are reviewed, and on which end of the registry.
type reviewedUpTo struct{ seq, registry uint64 }

// follow waits until the log goes on, and reviews what did.
func (r *Reviews) follow(ctx context.Context, upTo *reviewedUpTo) error {
	if err := r.views.WaitFor(ctx, upTo.seq+1); err != nil {
		return err
	}
	at := r.views.moves.position().seq
	now, err := r.ground(ctx, nil)
	if err != nil {
		return err
	}
	after := upTo.seq
	if headOf(now.Registry) != upTo.registry {
		after = 0
	}
	if err := r.makeAll(ctx, after, at); err != nil {
		return err
	}
	*upTo = reviewedUpTo{at, headOf(now.Registry)}
	return nil
}

func sleep(ctx context.Context, long time.Duration) error {
	select {
	case <-time.After(long):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// makeAll brings the reviews of the cases up to date that have an event after one sequence and up to
// another. It rests after each as long as that took: of the processors it has half of one at most, and less
// the longer those are at work for somebody who waits.
func (r *Reviews) makeAll(ctx context.Context, after, upTo uint64) error {
	query := "SELECT c.id, max(" + everyEntry + ")" + entriesIn + " CROSS JOIN cases c ON c.no = " + ofEntry("case_no", everyEntry) +
		" WHERE " + inRange + " AND c.kind <> '' GROUP BY c.no"
	rows, err := r.views.store.read.QueryContext(ctx, query, int64(after), int64(upTo), int64(after), int64(upTo))
	if err != nil {
		return fmt.Errorf("find the cases to review: %w", err)
	}
	type moved struct {
		id   events.CaseID
		head uint64
	}
	var list []moved
	err = each(rows, func() error {
		var m moved
		err := rows.Scan(&m.id, &m.head)
		list = append(list, m)
		return err
	})
	if err != nil {
		return fmt.Errorf("find the cases to review: %w", err)
	}
	for _, m := range list {
		began := time.Now()
		if _, err := r.Of(ctx, m.id, m.head); err != nil {
			return err
		}
		if err := sleep(ctx, time.Since(began)); err != nil {
			return err
		}
	}
	return nil
}
