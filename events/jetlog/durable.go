package jetlog

import "sync"

// horizon is the end of what is durable. The broker shows the first messages of a batch to
// anyone who asks while it still writes the rest, and syncs at the end: readers go by the horizon
// instead, so that nothing is ever shown that a power cut could take back.
type horizon struct {
	mu    sync.Mutex
	last  uint64
	grown chan struct{} // closed and replaced when last grows
}

func newHorizon(last uint64) *horizon {
	return &horizon{last: last, grown: make(chan struct{})}
}

// now returns the last durable sequence, and a channel that is closed when there are more.
func (h *horizon) now() (last uint64, grown <-chan struct{}) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.last, h.grown
}

// advance moves the horizon, never back.
func (h *horizon) advance(to uint64) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if to > h.last {
		h.last = to
		close(h.grown)
		h.grown = make(chan struct{})
	}
}
