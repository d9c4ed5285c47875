package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/mod/sumdb/note"

	"starledger/events"
	"starledger/events/archive"
	"starledger/events/proof"
	"starledger/events/seal"
)

func newBackup() *cobra.Command {
	var cfg Config
	var to string
	cmd := &cobra.Command{
		Use:   "backup",
		Short: "Copy the ledger into a directory and prove the copy, also while it is served",
		Long: `Copy the ledger into a directory, and prove the copy by the newest signed checkpoint.

It runs beside the service and touches none of its files: it reads the archive, the checkpoints and the
attachments, of which what is there is never changed. Events that no checkpoint covers yet, those of the last
second, are not in it. A second backup into the same directory copies only what is new. When it is
interrupted, the directory still is the backup that it was before; run it again.

Not in the backup, since they are made anew: the store, the tiles, the read model. Not in it, since whoever
has them can act in your name: the signing key, the tokens. Keep a copy of the key elsewhere, or the log
cannot go on.

Exit codes: 0 proven, 1 failure, 2 usage, 3 the ledger does not continue what the backup holds, or an
attachment is damaged, 4 the backup is being written by another process.`,
		Example: `  ledgerd backup --data /var/lib/starledger --to /mnt/backup/starledger
  ledgerd restore --check --from /mnt/backup/starledger --data /var/lib/starledger   # prove all of it again`,
		Args: noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := cfg.completeFor(cmd); err != nil {
				return usageError{err}
			}
			if err := outside(cfg, to); err != nil {
				return usageError{err}
			}
			return backup(cmd.Context(), cfg, to, cmd.OutOrStdout())
		},
	}
	cfg.bindPlaces(cmd.Flags())
	cfg.bindAttachments(cmd.Flags())
	cmd.Flags().StringVar(&to, "to", "", "directory of the backup, best on another machine's disk")
	return cmd
}

// outside refuses a backup that would be lost together with the ledger, or mixed up with it.
func outside(cfg Config, to string) error {
	if to == "" {
		return errors.New("--to DIR is missing: where shall the backup go?")
	}
	target, err := filepath.Abs(to)
	if err != nil {
		return err
	}
	for _, dir := range []string{cfg.Data, cfg.ArchiveDir, cfg.CheckpointDir, cfg.KeyDir, cfg.AttachmentDir} {
		own, err := filepath.Abs(dir)
		if err != nil {
			return err
		}
		if target == own || strings.HasPrefix(target, own+string(filepath.Separator)) {
			return fmt.Errorf("--to %s lies inside %s, a directory of the ledger itself", to, dir)
		}
	}
	return nil
}

// backup goes up to the newest checkpoint in the ledger's directory of them. What that covers was
// archived and synced before it was signed (the sealer's order), and lines, checkpoints and attachments
// are never changed, so they can be read while the service appends; the broker's own files are written
// in place at any moment, and are left alone.
//
// The order makes it safe to be interrupted: the copy only grows, and backup.json, which says how far it
// counts, is replaced last.
func backup(ctx context.Context, cfg Config, to string, out io.Writer) (err error) {
	newest, key, err := newestSigned(cfg)
	if err != nil {
		return err
	}
	b, err := openBackup(to)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, b.close()) }()
	before, err := b.provenUpTo(key)
	if err != nil {
		return err
	}
	if before.Size > newest.Size {
		return fmt.Errorf("the backup in %s is proven up to %d events, and the ledger knows a checkpoint of %d only: was it set back? %w",
			to, before.Size, newest.Size, events.ErrIntegrity)
	}
	if err := b.copyEvents(ctx, cfg, newest.Size, out); err != nil {
		return err
	}
	if err := b.prove(ctx, newest, before.Head, key, out); err != nil {
		return err
	}
	kept, damaged := b.copyAttachments(ctx, cfg)
	if damaged != nil && !errors.Is(damaged, events.ErrIntegrity) {
		return damaged
	}
	if err := copyCheckpoints(ctx, cfg.CheckpointDir, b.path(backupCheckpoints), newest.Size); err != nil {
		return err
	}
	err = b.keep(manifest{
		Format: manifestFormat, MadeAt: time.Now().UTC().Truncate(time.Second), Origin: key.Name(), Checkpoint: string(newest.note), Attachments: kept,
	})
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "backup: proven up to the checkpoint of %d events with root %s, and %d attachments\n", newest.Size, newest.Root, kept)
	return damaged
}

// newestSigned is the newest checkpoint in the checkpoint directory, and the key it is signed with.
func newestSigned(cfg Config) (knownCheckpoint, note.Verifier, error) {
	key, err := logVerifier(cfg)
	if err != nil {
		return knownCheckpoint{}, nil, err
	}
	files, err := seal.OpenCheckpointDir(cfg.CheckpointDir)
	if err != nil {
		return knownCheckpoint{}, nil, err
	}
	text, _, err := files.Last(context.Background())
	if err != nil {
		return knownCheckpoint{}, nil, err
	}
	if text == nil {
		return knownCheckpoint{}, nil, fmt.Errorf("no checkpoint is in %s: nothing is sealed yet that a backup could be proven by", cfg.CheckpointDir)
	}
	newest := knownCheckpoint{place: "the checkpoint directory", note: text}
	if newest.Checkpoint, err = proof.Open(text, key); err != nil {
		return knownCheckpoint{}, nil, newest.foreign(key.Name(), err)
	}
	return newest, key, nil
}

// logVerifier is the half of the log's key that everybody may know.
func logVerifier(cfg Config) (note.Verifier, error) {
	key, err := logKey(cfg, true, false)
	if err != nil {
		return nil, err
	}
	return note.NewVerifier(key.verifier)
}

// copyEvents brings the lines up to a size that the copy lacks, and syncs them.
func (b *backupDir) copyEvents(ctx context.Context, cfg Config, size uint64, out io.Writer) (err error) {
	copied, err := archive.Open(b.path(backupArchive))
	if err != nil {
		return fmt.Errorf("%w; the backup is damaged: begin another one in an empty directory", err)
	}
	defer func() { err = errors.Join(err, copied.Close()) }()
	have, _ := copied.Last()
	fmt.Fprintf(out, "events: %d are in the backup, %d are new\n", min(have, size), size-min(have, size))
	progress := newProgress(out, size)
	for record, err := range archive.ReadBeside(cfg.ArchiveDir, have+1, size) {
		if err = errors.Join(err, ctx.Err()); err != nil {
			return fmt.Errorf("copy the archive: %w", err)
		}
		if err := copied.Append(record); err != nil {
			return err
		}
		progress.at(record.Seq)
	}
	progress.done()
	return nil
}

// prove makes the tree over what was copied since the last proof, out of the copy, and compares its root
// with the checkpoint's. A ledger whose history is not the one that was backed up before fails here.
func (b *backupDir) prove(ctx context.Context, newest knownCheckpoint, from proof.Head, key note.Verifier, out io.Writer) (err error) {
	copied, err := archive.Open(b.path(backupArchive))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, copied.Close()) }()
	tiles, err := seal.OpenTileDir(b.path(backupTiles))
	if err != nil {
		return err
	}
	progress := newProgress(out, newest.Size)
	err = seal.Restore(ctx, seal.Restoring{
		Archive: copied, Tiles: tiles, From: from, CasesFile: b.path(backupCases), Checkpoint: newest.note, Key: key, Progress: progress.at,
	})
	if err != nil {
		return fmt.Errorf("prove the copy by the checkpoint of %d events: %w", newest.Size, err)
	}
	return nil
}
