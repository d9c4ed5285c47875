package jetlog

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"starledger/events"
)

// Servers that have just started choose who leads them first: foundOnce is for one attempt at creating a
// stream, foundWithin for all of them.
const (
	foundOnce   = 5 * time.Second
	foundWithin = 45 * time.Second
)

// ErrNotFounded: nobody has created the streams yet, and nobody knows of a ledger.
var ErrNotFounded = errors.New("the cluster holds no ledger")

// prepareRemote brings the streams about, or refuses those that are there. It returns the last sequence.
func (l *Log) prepareRemote(ctx context.Context) (last uint64, err error) {
	if err := l.foundRemote(ctx); err != nil {
		return 0, err
	}
	if last, err = l.source.last(ctx); err != nil { // an ErrIntegrity when it ends before KnownLast
		return 0, err
	}
	return last, l.CheckConfig(ctx)
}

// foundRemote creates the streams as the admin, the log's first, when neither is there and nobody knows
// of a ledger. A founding that was cut short is completed. Two processes that found at the same time
// create the same.
func (l *Log) foundRemote(ctx context.Context) error {
	cfg := &l.remote.cfg
	var missing []string
	for _, s := range streams {
		_, err := l.streamInfo(ctx, s.name) // a stream that is behind is for prepareRemote
		switch {
		case isMissing(err):
			missing = append(missing, s.name)
		case err != nil:
			return err
		}
	}
	switch {
	case len(missing) == 0:
		return nil
	case missing[0] == streamName && cfg.KnownLast > 0:
		return fmt.Errorf("the cluster has no stream %s, but the ledger is known up to sequence %d: %w", streamName, cfg.KnownLast, events.ErrIntegrity)
	case cfg.KnownCheckpoint:
		return fmt.Errorf("the cluster has no stream %s, but a checkpoint is known: %w", strings.Join(missing, ", "), events.ErrIntegrity)
	case len(missing) == 1 && missing[0] == streamName:
		return fmt.Errorf("the stream %s is missing, but %s is there: %w", streamName, cpName, events.ErrIntegrity)
	case cfg.Admin == "":
		return fmt.Errorf("%w: it has no stream %s, and the service may not create it: sign in once as who may", ErrNotFounded, strings.Join(missing, ", "))
	}
	if len(missing) == 1 { // LEDGER_CP: a founding that was cut short has left an empty log
		switch last, err := l.source.last(ctx); {
		case err != nil:
			return err
		case last > 0:
			return fmt.Errorf("the stream %s is missing, but %s ends at sequence %d: %w", cpName, streamName, last, events.ErrIntegrity)
		}
	}
	return l.createRemote(ctx)
}

func (l *Log) createRemote(ctx context.Context) error {
	cfg := l.remote.cfg
	admin, err := dial(cfg, cfg.Admin, nil)
	if err != nil {
		return err
	}
	defer admin.Close()
	for _, s := range streams {
		create := func(ctx context.Context) error {
			ctx, cancel := context.WithTimeout(ctx, foundOnce)
			defer cancel()
			return createStream(ctx, admin, s.name, s.subjects, cfg.Replicas)
		}
		until := time.Now().Add(foundWithin)
		err := patiently(ctx, create)
		for errors.Is(err, errAway) && time.Now().Before(until) { // creating the same again is no mistake
			err = patiently(ctx, create)
		}
		if err != nil {
			return fmt.Errorf("found the stream %s: %w", s.name, err)
		}
		if _, err := l.streamInfo(ctx, s.name); err != nil {
			return fmt.Errorf("found the stream %s: %w", s.name, err)
		}
	}
	return nil
}
