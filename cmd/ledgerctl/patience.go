package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"time"
)

// quiet ends a request when the server stays silent, however long the answer is in all.
type quiet struct {
	timer    *time.Timer
	patience time.Duration
	cancel   context.CancelCauseFunc
}

// watch returns a context that ends with errSilent unless heard is called often enough.
func watch(ctx context.Context, patience time.Duration) (context.Context, *quiet) {
	ctx, cancel := context.WithCancelCause(ctx)
	q := &quiet{patience: patience, cancel: cancel}
	q.timer = time.AfterFunc(patience, func() { cancel(errSilent) })
	return ctx, q
}

func (q *quiet) heard() { q.timer.Reset(q.patience) }

func (q *quiet) stop() {
	q.timer.Stop()
	q.cancel(nil)
}

// answer is the body of an answer under watch.
type answer struct {
	ctx   context.Context
	quiet *quiet
	body  io.ReadCloser
}

func (a *answer) Read(p []byte) (int, error) {
	n, err := a.body.Read(p)
	if n > 0 {
		a.quiet.heard()
	}
	if err != nil && !errors.Is(err, io.EOF) {
		err = explained(a.ctx, err)
	}
	return n, err
}

func (a *answer) Close() error {
	a.quiet.stop()
	return a.body.Close()
}

// explained says why a request failed: because the user or our patience ended it, or because the
// server is not there. The address in the transport's own error is left out, since it may hold a
// search the user would not want in a log.
func explained(ctx context.Context, err error) error {
	if cause := context.Cause(ctx); cause != nil {
		return cause
	}
	var transport *url.Error
	if errors.As(err, &transport) {
		err = transport.Err
	}
	return fmt.Errorf("%w: %w", errUnreachable, err)
}
