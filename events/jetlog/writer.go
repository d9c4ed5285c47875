package jetlog

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"starledger/events"
)

// Append stores the bodies durably. A caller whose context ends while its unit is with the broker is
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
	ctx     context.Context
	answer  chan<- answer // has room for the one answer
	follows bool          // the case is known to end at After, see expects
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

// The writer commits units in groups. It has no goroutine of its own: one of its callers has the turn,
// and commits whatever waits then. Who comes meanwhile waits, and one of those has the next turn. So
// nobody is made to wait for a group to fill, and a caller that is alone goes to the broker itself.
type writer struct {
	log  *Log
	turn chan struct{} // holds a token while somebody has the turn

	mu      sync.Mutex
	waiting []unit // in the order of their coming
	closed  bool   // nobody may come any more

	// Of whoever has the turn.
	*publisher
	newest uint64 // the highest sequence acknowledged

	ends *ends
}

func newWriter(l *Log, newest uint64, ackWait time.Duration) (*writer, error) {
	publisher, err := newPublisher(l.conn, ackWait)
	if err != nil {
		return nil, err
	}
	return &writer{log: l, turn: make(chan struct{}, 1), publisher: publisher, newest: newest, ends: newEnds()}, nil
}

// submit waits until the unit was committed, by this caller or another, or ctx ends before anybody has
// taken it to the broker.
func (w *writer) submit(ctx context.Context, a events.Append) (uint64, error) {
	told := make(chan answer, 1)
	if !w.enter(unit{Append: a, ctx: ctx, answer: told}) {
		return 0, errClosed
	}
	for {
		select {
		case got := <-told:
			return got.first, got.err
		case w.turn <- struct{}{}:
			w.commitNext()
			<-w.turn
		case <-ctx.Done():
			if w.leave(told) {
				return 0, ctx.Err()
			}
			got := <-told // it is with the broker
			return got.first, got.err
		}
	}
}

// enter lets a unit wait, unless the writer was stopped.
func (w *writer) enter(u unit) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !w.closed {
		w.waiting = append(w.waiting, u)
	}
	return !w.closed
}

// leave takes back the unit that would be answered there, and is false when it does not wait any more.
func (w *writer) leave(told chan<- answer) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	waiting := len(w.waiting)
	w.waiting = slices.DeleteFunc(w.waiting, func(u unit) bool { return u.answer == told })
	return len(w.waiting) < waiting
}

// stop refuses whoever comes from now on, and returns when all who came before are answered.
func (w *writer) stop() {
	w.mu.Lock()
	w.closed = true
	w.mu.Unlock()
	w.turn <- struct{}{} // and keeps it
	for w.commitNext() {
	}
}

// commitNext commits what waits and goes together, and says whether there was anything.
func (w *writer) commitNext() bool {
	group := w.group()
	if w.log.remote == nil {
		w.ends.begin(group)
	}
	w.commit(group)
	return len(group) > 0
}
