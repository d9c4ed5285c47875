package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"starledger/events"
	"starledger/events/archive"
	"starledger/events/jetlog"
	"starledger/projections"
)

func newRepair() *cobra.Command {
	var cfg Config
	var how repairing
	repair := &cobra.Command{
		Use:   "repair",
		Short: "Rebuild a damaged store from the archive",
		Long: `Rebuild the store from the archive, byte for byte and at the same sequences.

What the store still holds beyond the archive is copied into the archive first. Then the archive has to
prove itself: the tree over it must have the root that the newest checkpoint signed. The tiles are made
anew with it, and LEDGER_CP gets that checkpoint. The damaged store is moved aside, never deleted.
Repair never runs by itself, and does nothing while the ledger is served.

Where the checkpoints are lost as well, somebody else has one: a witness below its --dir, a mirror at
/log/checkpoint, an assessor in every bundle as the member "checkpoint". Take the newest that can be
had, and give it with --checkpoint; it counts only when this log has signed it.

Where the archive is damaged as well, and its end is still there, --backup takes the beginning from a backup
(` + "`ledgerd backup`" + `) and the rest from the archive.

What is signed and cannot be had any more cannot be replaced: then a new log has to begin, under
another --origin, whose first event quotes the last checkpoint of the old one (` + "`ledgerd begin`" + `).`,
		Example: `  ledgerd repair --data ./data
  ledgerd repair --data /var/lib/starledger --archive-dir /mnt/second-disk/archive --checkpoint-dir /mnt/third-disk/checkpoints
  unzip -p case.zip checkpoint > newest; ledgerd repair --data ./data --checkpoint newest`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := cfg.completeFor(cmd); err != nil {
				return usageError{err}
			}
			return rebuild(cmd.Context(), cfg, how, cmd.OutOrStdout())
		},
	}
	cfg.bindPlaces(repair.Flags())
	repair.Flags().StringVar(&how.checkpoint, "checkpoint", "", "file with the newest checkpoint that anybody has kept, where the ledger's own are lost")
	repair.Flags().BoolVar(&how.acceptLoss, "accept-loss", false, "rebuild although events that are known to have been stored cannot be had any more")
	repair.Flags().StringVar(&how.backup, "backup", "", "directory of a backup that has the events which the archive has lost at its beginning")
	return repair
}

// repairing is how a ledger is to be repaired.
type repairing struct {
	checkpoint string // file of a checkpoint that somebody else has kept; empty for none
	backup     string // directory of a backup that has the beginning; empty for none
	acceptLoss bool
}

// rebuild salvages, then rebuilds. A crash at any point leaves the archive complete and the damaged
// store where it was or aside, so that repair can be called again. What was stored and cannot be
// had any more is named; the store is then rebuilt only with acceptLoss.
func rebuild(ctx context.Context, cfg Config, how repairing, out io.Writer) (err error) {
	lock, err := lockData(cfg)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, lock.release()) }()
	if how.backup != "" {
		if err := joinBackup(ctx, cfg, how.backup, out); err != nil {
			return err
		}
	}
	copied, err := archive.Open(cfg.ArchiveDir)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, copied.Close()) }()

	signed, err := openSigned(cfg, how.checkpoint)
	if err != nil {
		return err
	}
	proven, err := signed.proveFirst(ctx, copied, out)
	if err != nil {
		return errors.Join(compareEnds(cfg, copied), err)
	}
	salvaged, lost := salvage(ctx, cfg, copied, proven)
	if lost == nil {
		lost = knowsMore(ctx, cfg, copied)
	}
	last, _ := copied.Last()
	fmt.Fprintf(out, "archive: %d events, %d of them saved from the store just now\n", last, salvaged)
	if !signed.remade {
		if err := signed.prove(ctx, copied, out); err != nil {
			return errors.Join(lost, err)
		}
	}
	switch {
	case lost != nil && !errors.Is(lost, events.ErrIntegrity):
		return lost
	case lost != nil && !how.acceptLoss:
		return fmt.Errorf("%w; --accept-loss rebuilds the ledger without what is lost", lost)
	case last == 0 && signed.newest() == nil:
		return fmt.Errorf("%s holds no events: there is nothing to rebuild from", cfg.ArchiveDir)
	}
	if err := reestablish(ctx, cfg, copied, signed, out); err != nil {
		return err
	}
	if lost != nil {
		fmt.Fprintf(out, "lost: %v. The read model knows of it: delete %s before the start\n", lost, viewsPath(cfg))
	}
	return nil
}

// reestablish makes the store out of an archive that has been proven.
func reestablish(ctx context.Context, cfg Config, copied *archive.Archive, signed *signed, out io.Writer) error {
	last, _ := copied.Last()
	progress := newProgress(out, last)
	if err := jetlog.Rebuild(ctx, storeDir(cfg), copied.Read(1, last), signed.newestNote(), progress.at); err != nil {
		return err
	}
	progress.done()
	if err := signed.keepTiles(); err != nil {
		return err
	}
	fmt.Fprintf(out, "store: rebuilt and compared with the archive up to sequence %d; start the service as usual\n", last)
	return nil
}

// salvage copies what only the store has into the archive, which is proven up to a sequence. An
// ErrIntegrity says what the store had and could not be saved.
func salvage(ctx context.Context, cfg Config, copied *archive.Archive, proven uint64) (saved uint64, err error) {
	before, _ := copied.Last()
	if before > proven {
		if err := compareEnds(cfg, copied); err != nil {
			return 0, err
		}
	}
	defer func() {
		err = errors.Join(err, copied.Sync())
		after, _ := copied.Last()
		saved = after - before
	}()
	for record, err := range jetlog.Salvage(storeDir(cfg), before) {
		if err == nil {
			_, err = events.DecodeRecord(record)
		}
		if err = errors.Join(err, ctx.Err()); err != nil {
			return 0, fmt.Errorf("save what only the store has: %w", err)
		}
		if err := copied.Append(record); err != nil {
			return 0, err
		}
	}
	return 0, nil
}

// compareEnds compares the event that both copies have at the archive's end, where the store can
// still be read there: an archive of another ledger must not be written to. Where the archive is
// proven by its root it is ours, and the store is what was forged.
func compareEnds(cfg Config, copied *archive.Archive) error {
	last, digest := copied.Last()
	if last == 0 {
		return nil
	}
	for record, err := range jetlog.Salvage(storeDir(cfg), last-1) {
		if err == nil && record.Seq == last && events.DigestOf(record.Body) != digest {
			return fmt.Errorf("is %s the archive of this ledger? %w", cfg.ArchiveDir,
				&events.DamageError{Seq: last, Reason: "the store and the archive hold different bytes"})
		}
		break // what cannot be read there is what the repair is for
	}
	return nil
}

// knowsMore tells whether the read model has seen events that are neither in the archive nor in
// what could be read of the store.
func knowsMore(ctx context.Context, cfg Config, copied *archive.Archive) error {
	seen, _, err := projections.Peek(ctx, viewsPath(cfg))
	if err != nil {
		return err
	}
	if last, _ := copied.Last(); seen > last {
		return fmt.Errorf("the read model has seen sequence %d: %w", seen, &events.GapError{Want: last + 1})
	}
	return nil
}
