package jetlog

import "sync"

// horizon is the end of what is durable. The broker shows the first messages of a batch to
// anyone who asks while it still writes the rest, and syncs at the end: readers go by the horizon
// instead, so that nothing is ever shown that a power cut could take back.
type horizon struct {
	mu    sync.Mutex
	last  uint64
	told  uint64        // what last was when grown was made
	grown chan struct{} // closed and replaced by tell when last has grown
}

func newHorizon(last uint64) *horizon {
	return &horizon{last: last, told: last, grown: make(chan struct{})}
}

// now returns the last durable sequence, and a channel that is closed when there are more.
func (h *horizon) now() (last uint64, grown <-chan struct{}) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.last, h.grown
}

// reach moves the horizon, never back. Whoever waits for that learns it from tell.
func (h *horizon) reach(to uint64) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.last = max(h.last, to)
}

// tell wakes whoever waits for a move. It is apart from reach so that the caller of an append gets
// its answer before those who follow begin to work.
func (h *horizon) tell() {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.last > h.told {
		h.told = h.last
		close(h.grown)
		h.grown = make(chan struct{})
	}
}
