package jetlog

import (
	"context"
	"errors"
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
	if err := checkCase(a.Case); err != nil {
		return err
	}
	if len(a.Bodies) == 0 {
		return errors.New("there is nothing to append")
	}
	if len(a.Bodies) > events.MaxBatch {
		return fmt.Errorf("%d bodies, at most %d go together: %w", len(a.Bodies), events.MaxBatch, events.ErrTooLarge)
	}
	for i, body := range a.Bodies {
		if len(body) == 0 {
			return fmt.Errorf("body %d is empty", i)
		}
		if len(body) > events.MaxBody {
			return fmt.Errorf("body %d has %d bytes, at most %d fit: %w", i, len(body), events.MaxBody, events.ErrTooLarge)
		}
	}
	return nil
}

// A unit is what one caller wants stored, all or nothing.
type unit struct {
	events.Append
	ctx    context.Context
	answer chan<- answer
}

type answer struct {
	first uint64
	err   error
}

// The writer publishes units one after another. (Whatever waits in units while one is with the
// broker could go together in one batch.)
type writer struct {
	log     *Log
	units   chan unit
	quit    chan struct{}
	stopped sync.WaitGroup

	// Owned by the writer's goroutine.
	*publisher
	newest uint64 // the highest sequence acknowledged
}

func newWriter(l *Log, newest uint64, ackWait time.Duration) (*writer, error) {
	publisher, err := newPublisher(l.conn, ackWait)
	if err != nil {
		return nil, err
	}
	w := &writer{log: l, units: make(chan unit), quit: make(chan struct{}), publisher: publisher, newest: newest}
	w.stopped.Go(w.run)
	return w, nil
}

// stop lets the unit in work be answered, refuses those that wait, and returns when both is done.
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
	for {
		select {
		case u := <-w.units:
			var got answer
			if got.err = u.ctx.Err(); got.err == nil {
				got.first, got.err = w.commit(u.Append)
			}
			u.answer <- got
		case <-w.quit:
			return
		}
	}
}

// commit makes one unit durable and says where it stands. The order matters: the broker's answer
// counts only when it is a plain acknowledgement of a new sequence; in every other case what is
// stored decides.
func (w *writer) commit(a events.Append) (first uint64, err error) {
	ack, err := w.publish(a)
	switch {
	case err != nil: // no answer: the write may have landed, or be still on its way
		return w.afterSilence(a, err)
	case ack.refusedAsStale():
		return w.afterRefusal(a)
	case ack.isDuplicate(): // says nothing of the body: the broker knows only the id
		return w.afterRefusal(a)
	case ack.Error != nil:
		return 0, fmt.Errorf("the broker refused: %w: %w", ack.Error, events.ErrUnavailable)
	}
	return w.accept(a, ack)
}

// accept verifies an acknowledgement. A sequence that was given out before means that the store
// has forgotten acknowledged records and is writing over them.
func (w *writer) accept(a events.Append, ack ack) (uint64, error) {
	n := uint64(len(a.Bodies))
	if ack.PubAck == nil || ack.Stream != streamName || ack.Sequence < n || (n > 1 && ack.BatchSize != n) {
		return 0, fmt.Errorf("the broker's acknowledgement makes no sense (%s): %w", ack.raw, events.ErrUnknown)
	}
	first := ack.Sequence - n + 1
	if first <= w.newest || first <= a.After {
		return 0, fmt.Errorf("the broker gave out sequence %d, but %d was acknowledged before: %w",
			first, max(w.newest, a.After), events.ErrIntegrity)
	}
	w.isDurable(ack.Sequence)
	return first, nil
}

// isDurable lets readers see everything up to a sequence.
func (w *writer) isDurable(last uint64) {
	w.newest = max(w.newest, last)
	w.log.durable.advance(last)
}
