package main

import (
	"context"
	"errors"
	"iter"
	"log/slog"

	"starledger/events"
	"starledger/events/jetlog"
)

// throughBlocks is step 3 of a start. After an unclean stop the end may be torn, where a write was cut
// off before anybody was told of it; but what is known must be there.
func (s *store) throughBlocks(ctx context.Context, cfg Config, known uint64, logger *slog.Logger) error {
	var ends uint64
	var err error
	if s.lock.unclean {
		logger.Warn("the ledger was not stopped in order; comparing the store with the archive before it is opened")
		_, err = s.archive.CatchUp(ctx, whole(jetlog.Scan(storeDir(cfg))))
		ends, _ = s.archive.Last()
	} else {
		ends, err = readable(ctx, storeDir(cfg))
	}
	if err == nil && ends < known {
		err = &events.GapError{Want: ends + 1}
	}
	return err
}

// readable goes through all blocks after a stop in order, when nothing may be torn. It finds by
// sequence what has decayed and what is missing between others, in a fraction of the time that
// comparing bodies takes, and not what was forged: the broker's checksums have no secret. On the way to
// a start nothing is amiss and no record is wanted; only to name what is, they are read one by one.
func readable(ctx context.Context, storeDir string) (ends uint64, err error) {
	if ends, ok := jetlog.Sound(ctx, storeDir); ok {
		return ends, nil
	}
	for record, err := range jetlog.Scan(storeDir) {
		switch {
		case ctx.Err() != nil:
			return 0, ctx.Err()
		case errors.Is(err, events.ErrIntegrity):
			return 0, err
		case err != nil:
			return 0, &events.DamageError{Seq: ends + 1, Reason: "cannot be read", Err: err}
		}
		ends = record.Seq
	}
	return ends, nil
}

// whole ends quietly where a write was cut off before anybody was told of it.
func whole(records iter.Seq2[events.Record, error]) iter.Seq2[events.Record, error] {
	return func(yield func(events.Record, error) bool) {
		for record, err := range records {
			var torn *jetlog.TornTail
			if errors.As(err, &torn) || !yield(record, err) {
				return
			}
		}
	}
}
