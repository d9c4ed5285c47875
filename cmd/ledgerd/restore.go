package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"starledger/events/archive"
	"starledger/events/seal"
)

func newRestore() *cobra.Command {
	var cfg Config
	var how restoring
	cmd := &cobra.Command{
		Use:   "restore",
		Short: "Make a ledger out of a backup, or prove a backup",
		Long: `Make a ledger out of a backup, in directories that hold none yet.

Put the log's key into --key-dir first: it is not in the backup. Every event is hashed again, and the tree
over all of them must have the root that the backup's checkpoint signed; only then the store is made, as
` + "`ledgerd repair`" + ` makes it. When it is interrupted, run it again.

A backup that is older than what anybody knows of the ledger is refused, since the ledger would be set back:
the checkpoint and archive directories, which best lie on other disks and may have outlived the store, the
read model, a checkpoint given with --checkpoint, and the witnesses (--policy, --witness) are asked. The refusal
says what is left to do.

What is made is a ledger in a data directory. For a cluster that has lost its ledger, restore into an empty data
directory, and move that into the cluster with ` + "`ledgerd migrate`" + `; the nodes then go on in their own directories.

With --check nothing is made: the backup is proven as it lies.

Exit codes: 0 sound, 1 failure, 2 usage, 3 the backup is damaged, or older than what is known, 4 there is a
ledger already, or a directory is in use.`,
		Example: `  ledgerd restore --from /mnt/backup/starledger --data /var/lib/starledger --key-dir /etc/starledger/keys
  ledgerd restore --from /mnt/backup/starledger --data /var/lib/starledger --policy policy.txt
  ledgerd restore --from /mnt/backup/starledger --check`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := cfg.completeFor(cmd); err != nil {
				return usageError{err}
			}
			if how.from == "" {
				return usageError{errors.New("--from DIR is missing: where is the backup?")}
			}
			if how.check {
				return checkBackup(cmd.Context(), cfg, how.from, cmd.OutOrStdout())
			}
			return restore(cmd.Context(), cfg, how, cmd.OutOrStdout())
		},
	}
	cfg.bindPlaces(cmd.Flags())
	cfg.bindAttachments(cmd.Flags())
	cfg.bindTrust(cmd.Flags())
	cmd.Flags().StringVar(&how.from, "from", "", "directory of the backup")
	cmd.Flags().StringVar(&how.checkpoint, "checkpoint", "", "file with the newest checkpoint that anybody has kept")
	cmd.Flags().BoolVar(&how.check, "check", false, "only prove the backup, and make nothing")
	return cmd
}

// restoring is what is to be restored, and what is known besides.
type restoring struct {
	from       string
	checkpoint string // file of a checkpoint that somebody has kept; empty for none
	check      bool
}

// errThere: a restore does not replace a ledger.
var errThere = errors.New("there is a ledger already")

// restore is done in an order that lets it be interrupted and run again: the archive is filled, what is
// there already being compared; then the attachments and checkpoints; then the root is compared and the
// store made, which takes its place in one step. As long as there is no store, nothing serves.
func restore(ctx context.Context, cfg Config, how restoring, out io.Writer) (err error) {
	lock, err := lockData(cfg)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, lock.release()) }()
	if _, err := os.Stat(storeDir(cfg)); !errors.Is(err, os.ErrNotExist) {
		return errors.Join(fmt.Errorf("%w in %s, and a restore never replaces one. If it is damaged, `ledgerd repair --backup %s` mends it",
			errThere, cfg.Data, how.from), err)
	}
	b, err := openBackup(how.from)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, b.close()) }()
	key, err := logVerifier(cfg)
	if err != nil {
		return err
	}
	m, err := b.manifest()
	if err != nil {
		return err
	}
	proven, err := m.open(key)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "backup: of %s, %d events of %s\n", m.MadeAt.Format("2006-01-02 15:04:05 MST"), proven.Size, m.Origin)
	copied, err := archive.Open(cfg.ArchiveDir)
	if err != nil {
		return fmt.Errorf("%w; `ledgerd repair --backup %s` takes from the backup what the archive lacks", err, how.from)
	}
	defer func() { err = errors.Join(err, copied.Close()) }()
	if err := older(ctx, cfg, how, proven, copied, []byte(m.Checkpoint), out); err != nil {
		return err
	}
	if _, err := copied.CatchUp(ctx, archive.ReadBeside(b.path(backupArchive), 1, proven.Size)); err != nil {
		return fmt.Errorf("fill the archive in %s from the backup: %w", cfg.ArchiveDir, err)
	}
	kept, err := copyAttachments(ctx, b.path(backupAttachments), cfg.AttachmentDir)
	if err == nil {
		err = copyCheckpoints(ctx, b.path(backupCheckpoints), cfg.CheckpointDir, proven.Size)
	}
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "attachments: %d of %d\n", kept, m.Attachments)
	signed, err := openSigned(cfg, "")
	if err != nil {
		return err
	}
	if err := signed.prove(ctx, copied, out); err != nil {
		return err
	}
	return reestablish(ctx, cfg, copied, signed, out)
}

// checkBackup hashes the whole backup anew, whatever was proven of it before, into tiles of its own.
func checkBackup(ctx context.Context, cfg Config, dir string, out io.Writer) (err error) {
	b, err := openBackup(dir)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, b.close()) }()
	m, err := b.manifest()
	if err != nil {
		return err
	}
	key, err := logVerifier(cfg)
	if err != nil {
		return err
	}
	proven, err := m.open(key)
	if err != nil {
		return err
	}
	copied, err := archive.Open(b.path(backupArchive))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, copied.Close()) }()
	anew := b.path(backupTiles) + ".checking"
	defer func() { err = errors.Join(err, os.RemoveAll(anew)) }()
	tiles, err := seal.OpenTileDir(anew)
	if err != nil {
		return err
	}
	progress := newProgress(out, proven.Size)
	err = seal.Restore(ctx, seal.Restoring{Archive: copied, Tiles: tiles, Checkpoint: []byte(m.Checkpoint), Key: key, Progress: progress.at})
	if err == nil {
		progress.done()
		err = checkAttachments(ctx, b.path(backupAttachments), m.Attachments)
	}
	if err != nil {
		return fmt.Errorf("the backup in %s is not what was signed: %w", dir, err)
	}
	fmt.Fprintf(out, "sound: %d events with root %s, and %d attachments\n", proven.Size, proven.Root, m.Attachments)
	return nil
}
