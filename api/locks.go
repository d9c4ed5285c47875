package api

import (
	"context"
	"sync"
)

// locks serialises what is done under one name, such as posting to one case: an event quotes the
// digest of the one before it, so only one can be on its way. A lock exists while somebody holds
// it or waits for it, so the memory is bounded by the requests in flight.
type locks struct {
	mu   sync.Mutex
	held map[string]*lock
}

type lock struct {
	free  chan struct{} // holds one token while the lock is free
	users int           // who hold it or wait for it; under locks.mu
}

// acquire waits until nobody else has the name, or ctx ends.
func (l *locks) acquire(ctx context.Context, name string) (release func(), err error) {
	k := l.join(name)
	select {
	case <-k.free:
		return func() {
			k.free <- struct{}{}
			l.leave(name, k)
		}, nil
	case <-ctx.Done():
		l.leave(name, k)
		return nil, ctx.Err()
	}
}

func (l *locks) join(name string) *lock {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.held == nil {
		l.held = map[string]*lock{}
	}
	k := l.held[name]
	if k == nil {
		k = &lock{free: make(chan struct{}, 1)}
		k.free <- struct{}{}
		l.held[name] = k
	}
	k.users++
	return k
}

func (l *locks) leave(name string, k *lock) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if k.users--; k.users == 0 {
		delete(l.held, name)
	}
}
