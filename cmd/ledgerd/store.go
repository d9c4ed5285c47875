package main

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"log/slog"
	"path/filepath"

	"starledger/events"
	"starledger/events/archive"
	"starledger/events/jetlog"
	"starledger/projections"
)

// store is the ledger on disk: the stream and its second copy, proven to agree.
type store struct {
	lock    *dataLock
	log     *jetlog.Log
	archive *archive.Archive
}

func storeDir(cfg Config) string  { return filepath.Join(cfg.Data, "store") }
func viewsPath(cfg Config) string { return filepath.Join(cfg.Data, "readmodel.sqlite") }

// openStore proves the ledger before anything may change it. The order is the design:
//
//  1. Lock. Nobody else may touch the files while they are compared.
//  2. Read what is known outside the stream: archive and read model.
//  3. After an unclean stop, before the broker is started: the broker cuts off what it cannot read
//     and goes on as if it had never been. So the block files are compared with the archive as
//     they lie, and what the archive lacks is copied into it and synced. A crash in here changes
//     nothing but the archive, which only grows.
//  4. Leave the mark that says "running", then start the broker. From here on a crash is an
//     unclean stop, and the next start begins with step 3.
//  5. Refuse a stream that ends before anything of step 2, or that says something else at the
//     places known there.
//
// What is refused here is left as it lies; `ledgerd repair` is the way on.
func openStore(ctx context.Context, cfg Config, logger *slog.Logger) (_ *store, err error) {
	lock, err := lockData(cfg)
	if err != nil {
		return nil, err
	}
	s := &store{lock: lock}
	defer func() {
		if err != nil {
			err = errors.Join(err, s.abandon())
		}
	}()
	if s.archive, err = archive.Open(cfg.ArchiveDir); errors.Is(err, events.ErrIntegrity) {
		return nil, fmt.Errorf("%w; if the store is sound, move the archive aside: it is written anew from the store", err)
	} else if err != nil {
		return nil, err
	}
	if lock.unclean {
		logger.Warn("the ledger was not stopped in order; comparing the store with the archive before it is opened")
		if _, err := s.archive.CatchUp(ctx, whole(jetlog.Scan(storeDir(cfg)))); errors.Is(err, events.ErrIntegrity) {
			return nil, fmt.Errorf("%w; `ledgerd repair` rebuilds the store from the archive", err)
		} else if err != nil {
			return nil, err
		}
	}
	known, err := s.known(ctx, cfg)
	if err != nil {
		return nil, err
	}
	if err := lock.begin(); err != nil {
		return nil, err
	}
	if s.log, err = jetlog.Open(ctx, jetlog.Config{StoreDir: storeDir(cfg), KnownLast: last(known), Logger: logger}); err != nil {
		return nil, err
	}
	return s, s.agrees(ctx, known)
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

// witness is a place outside the stream that knows an event of it.
type witness struct {
	name   string
	seq    uint64
	digest events.Digest
}

// known is step 2. A read model that cannot be read knows nothing: it is thrown away anyway.
func (s *store) known(ctx context.Context, cfg Config) ([]witness, error) {
	seq, digest := s.archive.Last()
	list := []witness{{"the archive", seq, digest}}
	seq, digest, err := projections.Peek(ctx, viewsPath(cfg))
	if err != nil {
		return nil, err
	}
	return append(list, witness{"the read model", seq, digest}), nil
}

func last(known []witness) (seq uint64) {
	for _, w := range known {
		seq = max(seq, w.seq)
	}
	return seq
}

// agrees is step 5: every witness finds its event in the stream, with the same bytes.
func (s *store) agrees(ctx context.Context, known []witness) error {
	for _, w := range known {
		if w.seq == 0 {
			continue
		}
		for record, err := range s.log.Read(ctx, w.seq, w.seq) {
			if err != nil {
				return fmt.Errorf("compare the store with %s: %w", w.name, err)
			}
			if events.DigestOf(record.Body) != w.digest {
				return &events.DamageError{Seq: w.seq, Reason: "the store and " + w.name + " hold different bytes; `ledgerd repair` tells more"}
			}
		}
	}
	return nil
}

// close stops in order: both copies hold everything before the mark goes.
func (s *store) close(ctx context.Context) error {
	err := s.completeArchive(ctx)
	s.log.Close()
	err = errors.Join(err, s.archive.Close())
	if err == nil {
		err = s.lock.end()
	}
	return errors.Join(err, s.lock.release())
}

// completeArchive copies what was written after the archive's follower stopped.
func (s *store) completeArchive(ctx context.Context) error {
	to, err := s.log.Last(ctx)
	if err != nil {
		return err
	}
	archived, _ := s.archive.Last()
	for record, err := range s.log.Read(ctx, archived+1, to) {
		if err != nil {
			return fmt.Errorf("complete the archive: %w", err)
		}
		if err := s.archive.Append(record); err != nil {
			return err
		}
	}
	return s.archive.Sync()
}

// abandon lets go of what was opened and leaves the mark as it is.
func (s *store) abandon() error {
	var err error
	if s.log != nil {
		s.log.Close()
	}
	if s.archive != nil {
		err = s.archive.Close()
	}
	return errors.Join(err, s.lock.release())
}
