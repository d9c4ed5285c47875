package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"starledger/api"
	"starledger/events"
	"starledger/events/jetlog"
)

// watchEvery is how long a change of the settings may go unnoticed.
const watchEvery = time.Minute

// checkWithin is how long the broker may take to tell its settings.
const checkWithin = 10 * time.Second

// watch looks, again and again, whether the ledger is still protected as it was at the start: the
// settings and permissions of both streams, that neither is shorter than it was, and that the newest
// checkpoint is still in its file. What it finds is an incident.
type watch struct {
	store  *store
	guard  *guard
	logger *slog.Logger
}

func newWatch(store *store, guard *guard, logger *slog.Logger) *watch {
	return &watch{store: store, guard: guard, logger: logger}
}

func (w *watch) run(ctx context.Context) error {
	ticker := time.NewTicker(watchEvery)
	defer ticker.Stop()
	for {
		if err := w.look(ctx); err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return nil
		case <-ticker.C:
		}
	}
}

// look returns an events.ErrIntegrity when something is not what it has to be. That it could not be
// looked at is no incident: /v1/integrity shows when it was looked at last.
func (w *watch) look(ctx context.Context) error {
	timed, cancel := context.WithTimeout(ctx, checkWithin)
	defer cancel()
	err := errors.Join(w.store.log.CheckConfig(timed), w.newestFile())
	var drift *jetlog.DriftError
	switch {
	case errors.Is(err, events.ErrIntegrity):
		w.guard.tell(func(g *api.Guarding) {
			if g.CheckedAt = time.Now(); errors.As(err, &drift) {
				g.Drift = drift.Drift
			}
		})
		return err
	case err != nil && ctx.Err() == nil:
		w.logger.Warn("the settings of the streams could not be looked at", "error", err)
	case err == nil:
		w.guard.tell(func(g *api.Guarding) { g.CheckedAt, g.Accepted = time.Now(), w.store.log.Accepted() })
	}
	return nil
}

// newestFile compares the file of the newest checkpoint with what the sealer signed.
func (w *watch) newestFile() error {
	head := w.store.sealer.Status().Sealed
	note, err := w.store.sealed.files.Read(head.Size)
	if err != nil {
		return fmt.Errorf("%w: %w", events.ErrIntegrity, err)
	}
	text := fmt.Sprintf("%s\n%d\n%s\n\n", w.store.sealed.key.name, head.Size, head.Root)
	if !bytes.HasPrefix(note, []byte(text)) {
		return fmt.Errorf("the file of the checkpoint of size %d is not what was signed: %w", head.Size, events.ErrIntegrity)
	}
	return nil
}
