package api

import "context"

// gatePlaces is how many go through a gate at once: as many as wait together for one commit of the log.
const gatePlaces = 64

// A gate lets many through at once, or one alone: those who rest on the registry need not wait for each
// other, only for whoever writes to it.
type gate chan struct{} // holds a token for each who is within

func newGate() gate { return make(gate, gatePlaces) }

// pass waits until nobody is alone within, or ctx ends.
func (g gate) pass(ctx context.Context) (leave func(), err error) { return g.take(ctx, 1) }

// alone waits until nobody is within, or ctx ends. Only one at a time may ask for it: two would wait for
// each other.
func (g gate) alone(ctx context.Context) (leave func(), err error) { return g.take(ctx, cap(g)) }

func (g gate) take(ctx context.Context, places int) (leave func(), err error) {
	taken := 0
	leave = func() {
		for range taken {
			<-g
		}
	}
	for taken < places {
		select {
		case g <- struct{}{}:
			taken++
		case <-ctx.Done():
			leave()
			return nil, ctx.Err()
		}
	}
	return leave, nil
}
