package projections

import (
	"context"
	"fmt"
	"sync"
	"time"
)

// moves is the position as the outside sees it: what is committed.
type moves struct {
	mu      sync.Mutex
	at      position
	stopped bool
	err     error         // why, nil when ctx ended
	moved   chan struct{} // closed and replaced with every move

	awaited chan struct{} // holds a token when somebody waits for a move
}

func newMoves(at position) *moves {
	return &moves{at: at, moved: make(chan struct{}), awaited: make(chan struct{}, 1)}
}

// lingering is how long events may lie in the log unread while nobody waits for them, so that a busy
// log costs few wake-ups and few transactions. A read that has to see an event waits for it, and then
// nothing lingers; any other may miss the events of a fortieth of a second.
const lingering = 25 * time.Millisecond

// linger passes that time, or less when somebody begins to wait.
func (m *moves) linger(ctx context.Context) {
	late := time.NewTimer(lingering)
	defer late.Stop()
	select {
	case <-late.C:
	case <-m.awaited:
	case <-ctx.Done():
	}
}

func (m *moves) start(at position) { m.set(at, false, nil) }
func (m *moves) to(at position)    { m.set(at, false, nil) }

func (m *moves) stop(err error) {
	m.mu.Lock()
	at := m.at
	m.mu.Unlock()
	m.set(at, true, err)
}

func (m *moves) set(at position, stopped bool, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.at, m.stopped, m.err = at, stopped, err
	close(m.moved)
	m.moved = make(chan struct{})
}

func (m *moves) position() position {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.at
}

// wait returns when the position is at seq or beyond.
func (m *moves) wait(ctx context.Context, seq uint64) error {
	for {
		m.mu.Lock()
		at, stopped, err, moved := m.at, m.stopped, m.err, m.moved
		m.mu.Unlock()
		switch {
		case at.seq >= seq:
			return nil
		case stopped && err != nil:
			return fmt.Errorf("wait for event %d: %w: %w", seq, ErrStopped, err)
		case stopped:
			return fmt.Errorf("wait for event %d: %w", seq, ErrStopped)
		}
		select {
		case m.awaited <- struct{}{}:
		default: // the token is there already
		}
		select {
		case <-moved:
		case <-ctx.Done():
			return fmt.Errorf("wait for event %d: %w", seq, ctx.Err())
		}
	}
}
