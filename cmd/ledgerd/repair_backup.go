package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"starledger/events"
	"starledger/events/archive"
)

// joinBackup makes one archive out of a backup's events and what the archive still has beyond them. The
// old archive is moved aside, never deleted. Nothing is believed by it: the repair that follows proves the
// joined archive by the newest checkpoint, as it would any other.
//
// The new archive is complete and synced before it takes the place of the old one, in one step each; a
// crash in between leaves no archive, and the next repair joins from what was moved aside when it is put back.
func joinBackup(ctx context.Context, cfg Config, from string, out io.Writer) (err error) {
	b, err := openBackup(from)
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
	joined := filepath.Clean(cfg.ArchiveDir) + ".joining"
	if err := os.RemoveAll(joined); err != nil { // an earlier attempt of ours
		return fmt.Errorf("clear an earlier attempt: %w", err)
	}
	last, err := join(ctx, joined, b.path(backupArchive), cfg.ArchiveDir, proven.Size)
	if err != nil {
		return err
	}
	aside := filepath.Clean(cfg.ArchiveDir) + ".replaced-" + time.Now().UTC().Format("20060102T150405.000000Z")
	if err := errors.Join(os.Rename(cfg.ArchiveDir, aside), os.Rename(joined, cfg.ArchiveDir), syncDir(filepath.Dir(aside))); err != nil {
		return fmt.Errorf("put the joined archive in its place: %w", err)
	}
	fmt.Fprintf(out, "archive: %d events from the backup and %d from what was left of the archive, which is kept in %s\n", proven.Size, last-proven.Size, aside)
	return nil
}

// join writes the first events from one directory and those beyond from the other, up to the first that
// cannot be read there. What is missing after that, the proof by the checkpoint tells.
func join(ctx context.Context, to, first, rest string, size uint64) (last uint64, err error) {
	joined, err := archive.Open(to)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, joined.Close()) }()
	for record, err := range archive.ReadBeside(first, 1, size) {
		if err = errors.Join(err, ctx.Err()); err != nil {
			return 0, fmt.Errorf("take the beginning from the backup: %w", err)
		}
		if err := joined.Append(record); err != nil {
			return 0, err
		}
		last = record.Seq
	}
	for record, err := range archive.ReadBeside(rest, size+1, ^uint64(0)) {
		if errors.Is(err, events.ErrIntegrity) {
			break // the end of it, or of what can be read
		}
		if err = errors.Join(err, ctx.Err()); err != nil {
			return 0, fmt.Errorf("take the rest from the archive: %w", err)
		}
		if err := joined.Append(record); err != nil {
			return 0, err
		}
		last = record.Seq
	}
	return last, nil
}
