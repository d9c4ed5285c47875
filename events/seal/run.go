package seal

import (
	"context"
	"errors"
	"sync"
	"time"
)

// sealWithin is how long an event waits before sealing begins: half of the second in which it has
// to be sealed.
const sealWithin = 500 * time.Millisecond

// Run seals until ctx ends; then it returns nil. Any other end is an error, and the ledger has to be
// stopped: an events.ErrIntegrity when something contradicts what was sealed, any other when a local
// file cannot be written. What may pass by itself (LEDGER_CP out of reach, another node that was
// faster, a full disk) is tried again and meanwhile shown in Status.
func (s *Sealer) Run(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var witnesses sync.WaitGroup
	var witnessed error
	witnesses.Go(func() {
		defer cancel()
		witnessed = s.witnessing(ctx)
	})
	err := s.sealing(ctx)
	cancel()
	witnesses.Wait()
	if err = errors.Join(err, witnessed); err != nil {
		s.board.stop(err, s.cfg.Now())
		return err
	}
	s.saveCases()
	return nil
}

// sealing goes through steps 1 to 5 at every tick, and at once when something is urgent.
func (s *Sealer) sealing(ctx context.Context) error {
	ticker := time.NewTicker(sealWithin)
	defer ticker.Stop()
	for {
		err := s.seal(ctx)
		switch {
		case ctx.Err() != nil:
			return nil
		case err != nil && !passing(err):
			return err
		case err != nil:
			s.cfg.Logger.Warn("sealing is held up", "error", err)
		}
		s.board.held(err)
		select {
		case <-ctx.Done():
			return nil
		case <-ticker.C:
		case <-s.urgent:
		}
	}
}

// witnessing goes through steps 6 and 7 for the newest checkpoint, beside the sealing, so that a
// slow witness holds up nothing but the publishing.
func (s *Sealer) witnessing(ctx context.Context) error {
	for s.somethingToAsk(ctx) {
		err := s.askAll(ctx)
		switch {
		case err == nil || ctx.Err() != nil:
		case !diskFull(err):
			return err
		default:
			s.cfg.Logger.Warn("publishing is held up", "error", err)
			s.all = false // so that it is tried again
		}
	}
	return nil
}

// somethingToAsk waits for a larger checkpoint or, when not all have cosigned the last one, for a
// while. It is false when ctx has ended.
func (s *Sealer) somethingToAsk(ctx context.Context) bool {
	timer := time.NewTimer(askAgain)
	defer timer.Stop()
	again := timer.C
	if s.all {
		again = nil
	}
	for {
		sealed, _, changed := s.board.newest()
		if sealed.Size != s.asked {
			return ctx.Err() == nil
		}
		select {
		case <-changed:
		case <-again:
			return true
		case <-ctx.Done():
			return false
		}
	}
}

// Urgent seals at once what is in the log now: decisions and certificates do not wait for the tick.
func (s *Sealer) Urgent() {
	select {
	case s.urgent <- struct{}{}:
	default: // the pass to come has not begun
	}
}
