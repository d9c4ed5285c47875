package main

import (
	"context"
	"fmt"
	"log/slog"
	"sync"

	"starledger/api"
	"starledger/events"
	"starledger/events/seal"
)

// guard stops the ledger when anything contradicts what was stored or signed: nothing more is
// written and nothing more is signed, and what can be read is still served, because whoever looks
// into it needs it. Only people end an incident: they stop the process, and the next start proves
// the ledger before it serves.
type guard struct {
	logger *slog.Logger

	mu      sync.Mutex
	state   api.Guarding
	cause   error
	stopped chan struct{} // closed with the first incident
}

func newGuard(logger *slog.Logger) *guard {
	return &guard{logger: logger, stopped: make(chan struct{})}
}

// raise records an incident. The first one stays the cause; a lower bad sequence is still taken.
func (g *guard) raise(where string, err error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if bad := seal.LowestBad(err); bad > 0 && (g.state.LowestBad == 0 || bad < g.state.LowestBad) {
		g.state.LowestBad = bad
	}
	if g.cause != nil {
		return
	}
	g.cause = fmt.Errorf("%s: %w", where, err)
	g.state.Incident = g.cause.Error()
	g.logger.Error("the ledger is stopped: it can be read, but nothing is written or signed", "error", g.cause)
	close(g.stopped)
}

// incident is the error that stopped the ledger, nil while all is well.
func (g *guard) incident() error {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.cause
}

// status is what the watch and the scrub have found out, for /v1/integrity.
func (g *guard) status() api.Guarding {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.state
}

func (g *guard) tell(change func(*api.Guarding)) {
	g.mu.Lock()
	defer g.mu.Unlock()
	change(&g.state)
}

// until is a context that ends with ctx, or with the first incident.
func (g *guard) until(ctx context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(ctx)
	go func() {
		defer cancel()
		select {
		case <-g.stopped:
		case <-ctx.Done():
		}
	}()
	return ctx, cancel
}

// guardedLog is the log as the API writes to it.
type guardedLog struct {
	events.Log
	guard *guard
}

// Append stores nothing after an incident.
func (l guardedLog) Append(ctx context.Context, a events.Append) (uint64, error) {
	if l.guard.incident() != nil {
		return 0, fmt.Errorf("append to a ledger that is stopped: %w", events.ErrUnavailable)
	}
	return l.Log.Append(ctx, a)
}
