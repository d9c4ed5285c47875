package projections

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"starledger/events"
)

// reviewPause is how long cases may go on before they are reviewed again: somebody at work on one posts
// several times a second, and whoever asks meanwhile has it reviewed at once.
const reviewPause = 3 * time.Second

// reviewRest is how much longer than it works a reviewer rests while others are at work: a crowd that posts needs
// every processor, and what it posts to will have gone on by the next round.
const reviewRest = 9

// Waiting is how many cases Run is yet to look at; whoever asks for one of them may have to wait for its
// review.
func (r *Reviews) Waiting() int { return int(r.waiting.Load()) }

// Run reviews every case whose review is not kept from an earlier start, and then again and again those that
// have gone on, until ctx ends (then it returns nil), and when the registry has, those on which it says
// something else. A damaged case is an events.ErrIntegrity. What cannot be looked up for the moment, since the
// servers of a cluster choose a leader, is looked up again: a node that only reads meanwhile must go on reading.
func (r *Reviews) Run(ctx context.Context) error {
	upTo, err := r.resume(ctx)
	for {
		if err == nil {
			upTo, err = r.round(ctx, upTo)
		}
		switch {
		case ctx.Err() != nil:
			return nil
		case err != nil && !errors.Is(err, events.ErrUnavailable):
			return err
		}
		if sleep(ctx, r.pause) != nil {
			return nil
		}
		err = r.views.WaitFor(ctx, upTo.seen+1)
	}
}

// resume is how far the kept reviews go. Where one is missing they go nowhere: every case is looked at.
func (r *Reviews) resume(ctx context.Context) (extent, error) {
	shelf := r.views.shelf
	upTo := shelf.reach(ctx)
	if upTo.seen == 0 {
		return upTo, ctx.Err()
	}
	if err := r.views.WaitFor(ctx, upTo.seen); err != nil {
		return upTo, err
	}
	kept := shelf.check(ctx)
	list, err := r.moved(ctx, 0, upTo.seen)
	if err != nil {
		return upTo, err
	}
	for _, c := range list {
		if !kept[c.ID] {
			return extent{file: upTo.file}, nil
		}
	}
	return upTo, nil
}

// round brings the reviews up to date with what was recorded since they reached somewhere.
func (r *Reviews) round(ctx context.Context, since extent) (extent, error) {
	at := r.views.moves.position()
	now, err := r.ground(ctx, nil)
	if err != nil {
		return since, err
	}
	to := extent{seen: at.seq, registry: headOf(now.Registry), file: r.views.shelf.reach(ctx).file}
	after := since.seen
	if to.registry != since.registry {
		after = 0
	}
	if to.file != since.file { // the file was damaged, and has nothing any more
		after = 0
		r.forget()
	}
	list, err := r.moved(ctx, after, at.seq)
	if err != nil {
		return since, err
	}
	r.waiting.Store(int64(len(list)))
	err = r.spread(ctx, len(list), func(ctx context.Context, i int) error {
		defer r.waiting.Add(-1)
		began, stood := time.Now(), r.views.moves.position().seq
		if _, err := r.of(ctx, list[i], now); err != nil {
			return err
		}
		if alone := runtime.GOMAXPROCS(0) > 1 && r.views.moves.position().seq == stood; alone {
			return nil
		}
		return sleep(ctx, reviewRest*time.Since(began)) // somebody is at work, who goes first
	})
	if err != nil {
		return since, err
	}
	r.views.shelf.extend(ctx, to, at)
	return to, nil
}

// spread does n things, several at a time: it leaves half of the processors to others.
func (r *Reviews) spread(ctx context.Context, n int, do func(ctx context.Context, i int) error) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	var next atomic.Int64
	var all sync.WaitGroup
	for range min(n, max(1, runtime.GOMAXPROCS(0)/2)) {
		all.Go(func() {
			for i := int(next.Add(1)) - 1; i < n && ctx.Err() == nil; i = int(next.Add(1)) - 1 {
				if err := do(ctx, i); err != nil {
					stop(err)
				}
			}
		})
	}
	all.Wait()
	return context.Cause(ctx)
}

func sleep(ctx context.Context, long time.Duration) error {
	select {
	case <-time.After(long):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// moved are the cases that have an event after one sequence and up to another, each with the last of those.
func (r *Reviews) moved(ctx context.Context, after, upTo uint64) (list []CaseUpTo, err error) {
	query := "SELECT c.id, max(" + everyEntry + ")" + entriesIn + " CROSS JOIN cases c ON c.no = " + ofEntry("case_no", everyEntry) +
		" WHERE " + inRange + " AND c.kind <> '' GROUP BY c.no"
	rows, err := r.views.store.read.QueryContext(ctx, query, int64(after), int64(upTo), int64(after), int64(upTo))
	if err != nil {
		return nil, fmt.Errorf("find the cases to review: %w", err)
	}
	err = each(rows, func() error {
		var c CaseUpTo
		err := rows.Scan(&c.ID, &c.Head)
		list = append(list, c)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("find the cases to review: %w", err)
	}
	return list, nil
}
