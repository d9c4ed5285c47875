package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"starledger/events"
	"starledger/events/archive"
	"starledger/events/jetlog"
)

func newRepair() *cobra.Command {
	var cfg Config
	repair := &cobra.Command{
		Use:   "repair",
		Short: "Rebuild a damaged store from the archive",
		Long: `Rebuild the store from the archive, byte for byte and at the same sequences.

What the store still holds beyond the archive is copied into the archive first. The damaged store is
moved aside, never deleted. Repair never runs by itself, and does nothing while the ledger is served.`,
		Example: `  ledgerd repair --data ./data
  ledgerd repair --data /var/lib/starledger --archive-dir /mnt/second-disk/archive`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := fromEnvironment(cmd.Flags()); err != nil {
				return usageError{err}
			}
			if err := cfg.complete(); err != nil {
				return usageError{err}
			}
			return rebuild(cmd.Context(), cfg, cmd.OutOrStdout())
		},
	}
	repair.Flags().StringVar(&cfg.Data, "data", defaultData, "data directory")
	repair.Flags().StringVar(&cfg.ArchiveDir, "archive-dir", "", "directory of the archive (default DATA/archive)")
	cfg.Ops = "127.0.0.1:0"
	cfg.Listen = "127.0.0.1:0"
	return repair
}

// rebuild salvages, then rebuilds. A crash at any point leaves the archive complete and the damaged
// store where it was or aside, so that repair can be called again.
func rebuild(ctx context.Context, cfg Config, out io.Writer) (err error) {
	lock, err := lockData(cfg.Data)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, lock.release()) }()
	copied, err := archive.Open(cfg.ArchiveDir)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, copied.Close()) }()

	salvaged, err := salvage(ctx, cfg, copied)
	if err != nil {
		return err
	}
	last, _ := copied.Last()
	fmt.Fprintf(out, "archive: %d events, %d of them saved from the store just now\n", last, salvaged)
	if last == 0 {
		return fmt.Errorf("%s holds no events: there is nothing to rebuild from", cfg.ArchiveDir)
	}
	progress := newProgress(out, last)
	if err := jetlog.Rebuild(ctx, storeDir(cfg), copied.Read(1, last), progress.at); err != nil {
		return err
	}
	progress.done()
	fmt.Fprintf(out, "store: rebuilt and compared with the archive up to sequence %d; start the service as usual\n", last)
	return nil
}

// salvage copies what only the store has into the archive.
func salvage(ctx context.Context, cfg Config, copied *archive.Archive) (uint64, error) {
	before, _ := copied.Last()
	for record, err := range jetlog.Salvage(storeDir(cfg), before) {
		if err = errors.Join(err, ctx.Err()); err != nil {
			return 0, fmt.Errorf("save what only the store has: %w", err)
		}
		if _, err := events.DecodeRecord(record); err != nil {
			break // damage that its own checksum does not show: what follows is not trusted either
		}
		if err := copied.Append(record); err != nil {
			return 0, err
		}
	}
	if err := copied.Sync(); err != nil {
		return 0, err
	}
	after, _ := copied.Last()
	return after - before, nil
}

// progress shows how far long work has come, at most five times a second.
type progress struct {
	out   io.Writer
	total uint64
	shown time.Time
}

func newProgress(out io.Writer, total uint64) *progress { return &progress{out: out, total: total} }

func (p *progress) at(seq uint64) {
	if time.Since(p.shown) < 200*time.Millisecond {
		return
	}
	p.shown = time.Now()
	fmt.Fprintf(p.out, "\r%d of %d events (%d %%)", seq, p.total, 100*seq/p.total)
}

func (p *progress) done() { fmt.Fprintf(p.out, "\r%d of %d events (100 %%)\n", p.total, p.total) }
