package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"

	"github.com/spf13/cobra"

	"starledger/events"
	"starledger/events/jetlog"
	"starledger/events/seal"
)

func newVerify() *cobra.Command {
	var cfg Config
	verify := &cobra.Command{
		Use:   "verify",
		Short: "Compare every stored event of a stopped ledger with what was sealed",
		Long: `Compare every stored event of a stopped ledger with what was sealed.

Each leaf is proven to be in the tree that the newest checkpoint signed, and each stored body has to be
the one that its leaf names. It is the complete pass that the service makes in the background, at full
speed. The store is read as it lies: no broker is started and nothing is changed.

Exit codes: 0 sound, 1 failure, 2 usage, 3 an event is altered or missing (the lowest is named), 4 the
ledger is being served. An assessor verifies with ` + "`ledgerctl verify`" + ` instead, which trusts nobody here.`,
		Example: `  ledgerd verify --data /var/lib/starledger --checkpoint-dir /mnt/third-disk/checkpoints`,
		Args:    noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := cfg.completeFor(cmd); err != nil {
				return usageError{err}
			}
			return verifyStore(cmd.Context(), cfg, cmd.OutOrStdout())
		},
	}
	cfg.bindPlaces(verify.Flags())
	return verify
}

func verifyStore(ctx context.Context, cfg Config, out io.Writer) (err error) {
	lock, err := lockData(cfg)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, lock.release()) }()
	known, err := openSealed(cfg, nil, false)
	if err != nil {
		return err
	}
	newest := known.newest()
	if newest == nil {
		return fmt.Errorf("nothing is sealed in %s yet: there is nothing to compare with", cfg.Data)
	}
	fmt.Fprintf(out, "checkpoint: %d events with root %s, known to %s\n", newest.Size, newest.Root, newest.place)
	progress := newProgress(out, newest.Size)
	scrub := seal.Scrub{Head: newest.Head, Tiles: known.tiles, Log: stopped(storeDir(cfg))}
	if err := scrub.Complete(ctx, 1, newest.Size, progress.at); err != nil {
		return err
	}
	progress.done()
	state := readScrubState(scrubPath(cfg))
	state.Full = newest.Size
	if err := state.keep(scrubPath(cfg)); err != nil {
		return err
	}
	fmt.Fprintln(out, "sound: every stored event is the one that was sealed")
	return nil
}

// stopped is the store of a ledger that nobody serves, read from its files.
type stopped string

func (dir stopped) Read(_ context.Context, from, to uint64) iter.Seq2[events.Record, error] {
	return jetlog.ScanRange(string(dir), from, to)
}
