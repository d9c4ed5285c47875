package archive

import (
	"context"
	"errors"
	"fmt"
	"time"

	"starledger/events"
)

// syncWithin is how long an appended event may wait for its sync. It is well below the second
// that the ledger promises, since a sync takes time itself.
const syncWithin = 500 * time.Millisecond

// Run copies the log into the archive, from where the archive ends, until ctx ends: then it syncs
// and returns nil. It returns an error, and has to be started anew, when the archive's last event
// is not the log's, when the log has a gap, and when anything cannot be written.
func (a *Archive) Run(ctx context.Context, log events.Log) error {
	if err := a.overlaps(ctx, log); err != nil {
		return stopped(ctx, fmt.Errorf("compare the archive's end with the log: %w", err))
	}
	ctx, cancel := context.WithCancelCause(ctx)
	dirty := make(chan struct{}, 1)
	syncer := make(chan struct{})
	go func() {
		defer close(syncer)
		a.syncLate(ctx, cancel, dirty)
	}()
	err := a.follow(ctx, log, dirty)
	cause := context.Cause(ctx)
	cancel(nil)
	<-syncer
	if cause != nil && !errors.Is(cause, context.Canceled) && !errors.Is(cause, context.DeadlineExceeded) {
		err = cause // the sync that failed, not the reading that was stopped for it
	} else {
		err = stopped(ctx, err)
	}
	return errors.Join(err, a.Sync())
}

// overlaps compares the one event that both copies have to end or go on with.
func (a *Archive) overlaps(ctx context.Context, log events.Log) error {
	last, digest := a.Last()
	if last == 0 {
		return nil
	}
	for rec, err := range log.ReadAt(ctx, []uint64{last}) {
		if err != nil {
			return err
		}
		if events.DigestOf(rec.Body) != digest {
			return &events.DamageError{Seq: last, Reason: "the log and the archive hold different bytes"}
		}
	}
	return nil
}

func (a *Archive) follow(ctx context.Context, log events.Log, dirty chan<- struct{}) error {
	last, _ := a.Last()
	for rec, err := range log.Follow(ctx, last+1) {
		if err != nil {
			return fmt.Errorf("follow the log into the archive: %w", err)
		}
		if err := a.Append(rec); err != nil {
			return err
		}
		select {
		case dirty <- struct{}{}:
		default: // the sync to come is this one's too
		}
	}
	return nil
}

// syncLate syncs a little after the first event that is not safe yet, so that a busy log costs two
// syncs a second and no more.
func (a *Archive) syncLate(ctx context.Context, fail context.CancelCauseFunc, dirty <-chan struct{}) {
	for {
		select {
		case <-dirty:
		case <-ctx.Done():
			return
		}
		late := time.NewTimer(syncWithin)
		select {
		case <-late.C:
		case <-ctx.Done():
			late.Stop()
			return
		}
		if err := a.Sync(); err != nil {
			fail(err)
			return
		}
	}
}

// stopped is nil for the end that was asked for.
func stopped(ctx context.Context, err error) error {
	if ctx.Err() != nil && errors.Is(err, ctx.Err()) {
		return nil
	}
	return err
}
