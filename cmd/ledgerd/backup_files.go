package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"

	"starledger/api"
	"starledger/events"
)

// copyAttachments brings the attachments that the copy lacks, each compared with its digest, and counts
// what the copy has. One that is damaged is left out and named at the end: the others must not wait for it.
func (b *backupDir) copyAttachments(ctx context.Context, cfg Config) (kept int, damaged error) {
	return copyAttachments(ctx, cfg.AttachmentDir, b.path(backupAttachments))
}

func copyAttachments(ctx context.Context, from, to string) (kept int, damaged error) {
	target, err := api.OpenAttachments(to)
	if err != nil {
		return 0, err
	}
	found, err := filepath.Glob(filepath.Join(from, "[0-9a-f][0-9a-f]", "*"))
	if err != nil {
		return 0, err
	}
	for _, path := range found {
		var digest events.Digest
		if digest.UnmarshalText([]byte("sha256:"+filepath.Base(path))) != nil {
			continue // not one of ours
		}
		if err := ctx.Err(); err != nil {
			return kept, err
		}
		if err := copyAttachment(target, path, digest); err != nil {
			damaged = errors.Join(damaged, fmt.Errorf("attachment %s: %w", digest, err))
			continue
		}
		kept++
	}
	return kept, damaged
}

func copyAttachment(target *api.Attachments, path string, digest events.Digest) error {
	if target.Has(digest) {
		return nil
	}
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close() // it was only read
	_, _, err = target.Put(file, digest)
	if errors.Is(err, api.ErrDigestDiffers) {
		return fmt.Errorf("%w: %w", events.ErrIntegrity, err)
	}
	return err
}

// copyCheckpoints brings the files of the checkpoints up to a size that the copy lacks, or has with fewer
// signatures. The ones beyond belong to events that are not in the copy.
func copyCheckpoints(ctx context.Context, from, to string, size uint64) error {
	found, err := filepath.Glob(filepath.Join(from, "*", "*"))
	if err != nil {
		return err
	}
	made := map[string]bool{}
	for _, path := range found {
		name, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		if at, err := strconv.ParseUint(filepath.Base(path), 10, 64); err != nil || at > size {
			continue
		}
		target := filepath.Join(to, name)
		if dir := filepath.Dir(target); !made[dir] {
			if err := makeSynced(dir); err != nil {
				return fmt.Errorf("copy the checkpoints: %w", err)
			}
			made[dir] = true
		}
		if err := errors.Join(ctx.Err(), copyCheckpoint(path, target)); err != nil {
			return fmt.Errorf("copy the checkpoint %s: %w", name, err)
		}
	}
	return nil
}

// copyCheckpoint never replaces a checkpoint by one that has fewer signatures.
func copyCheckpoint(from, to string) error {
	text, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	have, err := os.ReadFile(to)
	if errors.Is(err, fs.ErrNotExist) {
		return replaceFile(to, text)
	}
	if err != nil {
		return err
	}
	signed, _, _ := bytes.Cut(text, []byte("\n\n"))
	if copied, _, _ := bytes.Cut(have, []byte("\n\n")); !bytes.Equal(signed, copied) {
		return fmt.Errorf("%s holds another one of the same size: %w", to, events.ErrIntegrity)
	}
	if len(have) < len(text) {
		return replaceFile(to, text)
	}
	return nil
}

// makeSynced makes a directory and the one above it, and their names durable.
func makeSynced(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	return errors.Join(syncDir(filepath.Dir(dir)), syncDir(filepath.Dir(filepath.Dir(dir))))
}

// checkAttachments compares every attachment with its digest, and how many there are with the manifest.
func checkAttachments(ctx context.Context, dir string, want int) error {
	found, err := filepath.Glob(filepath.Join(dir, "[0-9a-f][0-9a-f]", "*"))
	if err != nil {
		return err
	}
	for _, path := range found {
		if err := errors.Join(ctx.Err(), checkAttachment(path)); err != nil {
			return err
		}
	}
	if len(found) < want {
		return fmt.Errorf("%d of %d attachments are missing: %w", want-len(found), want, events.ErrIntegrity)
	}
	return nil
}

func checkAttachment(path string) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close() // it was only read
	hash := sha256.New()
	if _, err := io.Copy(hash, file); err != nil {
		return fmt.Errorf("read attachment %s: %w", path, err)
	}
	if hex.EncodeToString(hash.Sum(nil)) != filepath.Base(path) {
		return fmt.Errorf("attachment %s has another digest: %w", path, events.ErrIntegrity)
	}
	return nil
}
