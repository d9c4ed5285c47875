package main

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"starledger/events"
)

// parts are the components that run beside the requests. When one cannot work, the others are
// stopped and the program ends with its error: a ledger that cannot be followed is not served. When
// one finds that the ledger contradicts itself, the guard stops the ledger, and the others go on.
type parts struct {
	guard  *guard
	ctx    context.Context
	cancel context.CancelCauseFunc
	wg     sync.WaitGroup
}

func newParts(guard *guard) *parts {
	ctx, cancel := context.WithCancelCause(context.Background())
	return &parts{guard: guard, ctx: ctx, cancel: cancel}
}

func (p *parts) start(name string, part func(context.Context) error) {
	p.wg.Go(func() {
		err := part(p.ctx)
		switch {
		case err == nil || p.ctx.Err() != nil:
		case errors.Is(err, events.ErrIntegrity):
			p.guard.raise(name, err)
		default:
			p.cancel(fmt.Errorf("%s: %w", name, err))
		}
	})
}

// errStopped is the cause when nothing failed.
var errStopped = errors.New("stopped in order")

// stop ends all parts and waits for them. It may be called again.
func (p *parts) stop() {
	p.cancel(errStopped)
	p.wg.Wait()
}

// failure is what made a part stop, or the ledger; nil while all is well.
func (p *parts) failure() error {
	if cause := context.Cause(p.ctx); cause != nil && !errors.Is(cause, errStopped) {
		return cause
	}
	return p.guard.incident()
}

// wait returns when ctx ends, or with what made a part stop. An incident does not end the program.
func (p *parts) wait(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return nil
	case <-p.ctx.Done():
		return p.failure()
	}
}
