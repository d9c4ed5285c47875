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
	following, stop := context.WithCancel(ctx)
	dirty, late := make(chan struct{}, 1), make(chan error, 1)
	go func() {
		err := a.syncLate(following, dirty)
		stop()
		late <- err
	}()
	err := a.follow(following, log, dirty)
	stop()
	if err := <-late; err != nil {
		return err // the sync that failed, not the reading that was stopped for it
	}
	return errors.Join(stopped(ctx, err), a.Sync())
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
// syncs a second and no more. It ends with ctx, or with the sync that failed.
func (a *Archive) syncLate(ctx context.Context, dirty <-chan struct{}) error {
	for {
		select {
		case <-dirty:
		case <-ctx.Done():
			return nil
		}
		late := time.NewTimer(syncWithin)
		select {
		case <-late.C:
		case <-ctx.Done():
			late.Stop()
			return nil
		}
		if err := a.Sync(); err != nil {
			return err
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
