package jetlog

import (
	"context"
	"fmt"
	"sync"
	"time"

	"starledger/events"
)

// Append stores the bodies durably. One goroutine owns all publishing; callers hand it their unit
// and wait for their own answer. A caller whose context ends while its unit is with the broker is
// still told what became of it: the wait is bounded by the writer's, and "unknown" would help nobody.
func (l *Log) Append(ctx context.Context, a events.Append) (uint64, error) {
	if err := check(a); err != nil {
		return 0, fmt.Errorf("append to case %s: %w", a.Case, err)
	}
	if err := ctx.Err(); err != nil {
		return 0, fmt.Errorf("append to case %s: %w", a.Case, err)
	}
	first, err := l.writer.submit(ctx, a)
	if err != nil {
		return 0, fmt.Errorf("append to case %s after %d: %w", a.Case, a.After, err)
	}
	return first, nil
}

func check(a events.Append) error {
	if err := a.Check(); err != nil {
		return err
	}
	return checkCase(a.Case)
}

// A unit is what one caller wants stored, all or nothing.
type unit struct {
	events.Append
	ctx    context.Context
	answer chan<- answer // has room for the one answer
}

type answer struct {
	first uint64
	err   error
}

func (u *unit) told(first uint64, err error) { u.answer <- answer{first, err} }

func (u *unit) size() (bytes int) {
	for _, body := range u.Bodies {
		bytes += len(body)
	}
	return bytes
}

// The writer commits units in groups: whatever waits when the broker has answered the group before
// goes together. Nobody is made to wait for a group to fill, so a caller that is alone loses nothing.
type writer struct {
	log     *Log
	units   chan unit
	quit    chan struct{}
	stopped sync.WaitGroup

	// Owned by the writer's goroutine.
	*publisher
	waiting []unit // taken in, in the order of their coming
	newest  uint64 // the highest sequence acknowledged
	ends    ends
}

func newWriter(l *Log, newest uint64, ackWait time.Duration) (*writer, error) {
	publisher, err := newPublisher(l.conn, ackWait)
	if err != nil {
		return nil, err
	}
	w := &writer{
		log: l, units: make(chan unit), quit: make(chan struct{}),
		publisher: publisher, newest: newest, ends: ends{},
	}
	w.stopped.Go(w.run)
	return w, nil
}

// stop lets the units that were taken in be answered, refuses those that wait outside, and returns
// when both is done.
func (w *writer) stop() {
	close(w.quit)
	w.stopped.Wait()
}

func (w *writer) submit(ctx context.Context, a events.Append) (uint64, error) {
	result := make(chan answer, 1)
	select {
	case w.units <- unit{Append: a, ctx: ctx, answer: result}:
	case <-ctx.Done():
		return 0, ctx.Err() // nothing was published
	case <-w.quit:
		return 0, errClosed
	}
	got := <-result
	return got.first, got.err
}

func (w *writer) run() {
	for w.takeIn() {
		w.commit(w.group())
	}
}

// takeIn takes in whatever waits, or the first that comes. It is false when the writer was stopped
// and has answered all.
func (w *writer) takeIn() bool {
	if len(w.waiting) == 0 {
		select {
		case u := <-w.units:
			w.waiting = append(w.waiting, u)
		case <-w.quit:
			return false
		}
	}
	for len(w.waiting) < events.MaxBatch {
		select {
		case u := <-w.units:
			w.waiting = append(w.waiting, u)
		default:
			return true
		}
	}
	return true
}
