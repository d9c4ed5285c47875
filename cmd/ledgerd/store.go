package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"strings"

	"starledger/events"
	"starledger/events/archive"
	"starledger/events/jetlog"
	"starledger/events/seal"
	"starledger/projections"
)

// store is the ledger on disk: the stream, its second copy and what was sealed of it, proven to agree.
type store struct {
	lock    *dataLock
	log     *jetlog.Log
	archive *archive.Archive
	sealed  *sealed
	sealer  *seal.Sealer
	scrub   *scrubber
}

func storeDir(cfg Config) string  { return filepath.Join(cfg.Data, "store") }
func viewsPath(cfg Config) string { return filepath.Join(cfg.Data, "readmodel.sqlite") }

// openStore proves the ledger before anything may change it. The order is the design:
//
//  1. Lock. Nobody else may touch the files while they are compared.
//  2. Read what is known outside the stream: checkpoints, archive and read model.
//  3. Go through the blocks as they lie, before the broker is started: it cuts off what it cannot
//     read, and after a stop in order serves what it has not looked at. After an unclean stop they
//     are compared with the archive, and what that lacks is copied into it and synced. A crash in
//     here changes nothing but the archive, which only grows. A store that ends before anything of
//     step 2 is refused here. The blocks of a cluster lie elsewhere: its servers recover from each other.
//  4. Leave the mark that says "running", then start the broker, or connect to the cluster. From here on a crash is an
//     unclean stop, and the next start begins with step 3.
//  5. Refuse a stream that is not as it was founded, or that says something else at the places known
//     from step 2.
//  6. Open the sealer, which compares every checkpoint that anybody knows, LEDGER_CP and the witnesses
//     included, and brings tiles and archive to where the newest one is. Nothing is signed yet.
//  7. Compare every body that was sealed since the last complete pass with its leaf.
//
// What is refused here is left as it lies; `ledgerd repair` is the way on.
func openStore(ctx context.Context, cfg Config, guard *guard, logger *slog.Logger) (_ *store, err error) {
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
	if err := wasMoved(cfg); err != nil {
		return nil, err
	}
	if s.archive, err = archive.Open(cfg.ArchiveDir); errors.Is(err, events.ErrIntegrity) {
		return nil, fmt.Errorf("%w; if the store is sound, move the archive aside: it is written anew from the store", err)
	} else if err != nil {
		return nil, err
	}
	if s.sealed, err = openSealed(cfg, nil, cfg.Cluster.URLs == ""); err != nil {
		return nil, keyOfAllNodes(cfg, err)
	}
	known, err := s.known(ctx, cfg)
	if err != nil {
		return nil, err
	}
	if cfg.Cluster.URLs == "" {
		if err := s.throughBlocks(ctx, cfg, last(known), logger); err != nil {
			return nil, s.repairable(known, err)
		}
		if known, err = s.known(ctx, cfg); err != nil { // the archive may know more by now
			return nil, err
		}
	}
	if archived, _ := s.archive.Last(); archived > 0 && s.sealed.nothingSigned(cfg) {
		logger.Warn("the ledger holds events, but no checkpoint of it is known here: it is sealed from its beginning. "+
			"If it was ever sealed before, stop it: its checkpoints are lost, and `ledgerd repair --help` tells the way back",
			"events", archived, "key", s.sealed.key.verifier)
	}
	if err := lock.begin(); err != nil {
		return nil, err
	}
	if err := s.prove(ctx, cfg, known, guard, logger); cfg.Cluster.URLs == "" {
		return s, s.repairable(known, err)
	} else {
		return s, s.elsewhere(known, err)
	}
}

// prove is steps 4 to 7.
func (s *store) prove(ctx context.Context, cfg Config, known []place, guard *guard, logger *slog.Logger) (err error) {
	s.log, err = openLog(ctx, cfg, last(known), s.sealed.newest() != nil, logger)
	if err != nil {
		return err
	}
	if err := s.agrees(ctx, known); err != nil {
		return err
	}
	if s.sealer, err = s.sealed.openSealer(ctx, cfg, s.log, s.archive, logger); err != nil {
		return err
	}
	s.scrub = newScrubber(cfg, s, guard, logger)
	return s.scrub.sinceLastPass(ctx)
}

// repairable says of a damaged store who knows what, and what a repair would restore.
func (s *store) repairable(known []place, err error) error {
	if !errors.Is(err, events.ErrIntegrity) {
		return err
	}
	if knows := (*seal.KnowsError)(nil); errors.As(err, &knows) {
		return fmt.Errorf("%w; somebody has the checkpoint of size %d: the witness below its --dir, or a mirror, or an assessor in a bundle. "+
			"Get it, and prove the archive by it with `ledgerd repair --checkpoint FILE`", err, knows.Size)
	}
	var list []string
	for _, p := range known {
		list = append(list, fmt.Sprintf("%s up to sequence %d", p.name, p.seq))
	}
	archived, _ := s.archive.Last()
	enough := ""
	if archived < last(known) {
		enough = ", which is not all"
	}
	return fmt.Errorf("%w; the ledger is known to %s; `ledgerd repair` would restore it from the archive up to sequence %d%s",
		err, strings.Join(list, ", to "), archived, enough)
}

// place is a place outside the stream that knows it up to a sequence.
type place struct {
	name   string
	seq    uint64
	digest events.Digest // of the event there; empty where only the size is known
}

// known is step 2. A read model that cannot be read knows nothing: it is thrown away anyway.
func (s *store) known(ctx context.Context, cfg Config) ([]place, error) {
	seq, digest := s.archive.Last()
	list := []place{{"the archive", seq, digest}}
	seq, digest, err := projections.Peek(ctx, viewsPath(cfg))
	if err != nil {
		return nil, err
	}
	list = append(list, place{"the read model", seq, digest})
	for _, c := range s.sealed.known {
		list = append(list, place{name: c.place, seq: c.Size})
	}
	return list, nil
}

func last(known []place) (seq uint64) {
	for _, p := range known {
		seq = max(seq, p.seq)
	}
	return seq
}

// agrees is step 5: every place finds its event in the stream, with the same bytes.
func (s *store) agrees(ctx context.Context, known []place) error {
	for _, p := range known {
		if p.seq == 0 || p.digest == "" { // what the tree of a size has to be, the sealer compares
			continue
		}
		for record, err := range s.log.Read(ctx, p.seq, p.seq) {
			if err != nil {
				return fmt.Errorf("compare the store with %s: %w", p.name, err)
			}
			if events.DigestOf(record.Body) != p.digest {
				return &events.DamageError{Seq: p.seq, Reason: "the store and " + p.name + " hold different bytes"}
			}
		}
	}
	return nil
}

// close stops in order: both copies hold everything before the mark goes. After an incident nothing is
// copied and the mark stays, so that the next start compares the store with the archive as they lie.
func (s *store) close(ctx context.Context, incident bool) error {
	if incident {
		return s.abandon()
	}
	err := s.completeArchive(ctx)
	s.log.Close()
	err = errors.Join(err, s.archive.Close())
	if err == nil {
		err = s.lock.end()
	}
	return errors.Join(err, s.lock.release())
}

// completeArchive copies what was written after the sealer, the archive's one writer, has stopped.
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
