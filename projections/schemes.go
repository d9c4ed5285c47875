package projections

import (
	"context"
	"fmt"

	"starledger/events"
	"starledger/events/checks"
)

// The read models judge audits by the book as it stood where they have got to: what is shipped
// (Config.Schemes), and what the registry case has registered up to the position. An audit is planned
// under a version that was registered before it, so the follower always knows it.

// learn takes a registered version into the book of what follows.
func (f *follower) learn(e *events.Stored) error {
	d, registers := e.Data.(events.SchemeRegistered)
	if !registers {
		return nil
	}
	book, err := checks.With(f.cfg.Schemes, d)
	if err != nil {
		return &events.DamageError{Seq: e.Seq, Reason: "registers what is no new version of a scheme", Err: err}
	}
	own := *f.cfg // Run may be called again, and then begins with what is shipped
	own.Schemes = book
	f.cfg = &own
	return nil
}

// loadSchemes learns what was registered up to the position.
func (f *follower) loadSchemes(ctx context.Context) error {
	of := f.lines[events.Registry]
	if of == nil {
		return nil
	}
	seqs, err := f.seqsOf(ctx, of)
	if err != nil {
		return fmt.Errorf("read the registered schemes: %w", err)
	}
	for record, err := range f.cfg.Bodies.ReadAt(ctx, seqs) {
		if err != nil {
			return fmt.Errorf("read the registered schemes: %w", err)
		}
		e, err := events.DecodeRecord(record)
		if err != nil {
			return err
		}
		if err := f.learn(e); err != nil {
			return err
		}
	}
	return nil
}
