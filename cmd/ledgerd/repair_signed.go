package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"golang.org/x/mod/sumdb/note"

	"starledger/events"
	"starledger/events/archive"
	"starledger/events/seal"
)

// signed is what a repair has to satisfy: the newest checkpoint outside the store.
type signed struct {
	*sealed
	dir    string // of the tiles
	remade bool   // a complete set of new tiles stands beside it
}

const remadeSuffix = ".rebuilding"

// openSigned reads what is known, and the checkpoint in a file when one is given. A ledger that was never
// sealed has nothing to satisfy, and needs no key for a repair.
func openSigned(cfg Config, checkpoint string) (*signed, error) {
	given, err := readGiven(checkpoint)
	if err != nil {
		return nil, err
	}
	files, err := seal.OpenCheckpointDir(cfg.CheckpointDir)
	if err != nil {
		return nil, err
	}
	notes, err := newestNotes(cfg, files)
	if err != nil {
		return nil, err
	}
	if len(notes)+len(given) == 0 {
		return &signed{sealed: &sealed{}, dir: tileDir(cfg)}, nil
	}
	opened, err := openSealed(cfg, given, false)
	if err != nil {
		return nil, err
	}
	return &signed{sealed: opened, dir: tileDir(cfg)}, nil
}

// prove makes the tiles of the newest checkpoint out of the archive, in a directory of their own, and
// compares the root. An archive that cannot satisfy the checkpoint is refused, whatever loss may be
// accepted elsewhere: nobody could continue what was signed.
func (s *signed) prove(ctx context.Context, copied *archive.Archive, out io.Writer) error {
	newest := s.newest()
	if newest == nil {
		fmt.Fprintln(out, "checkpoint: none is known; nothing of the archive can be proven")
		return nil
	}
	verifier, err := note.NewVerifier(s.key.verifier)
	if err != nil {
		return fmt.Errorf("read the key of %s: %w", s.key.name, err)
	}
	if err := os.RemoveAll(s.dir + remadeSuffix); err != nil { // an earlier attempt of ours
		return fmt.Errorf("clear the tiles of an earlier attempt: %w", err)
	}
	tiles, err := seal.OpenTileDir(s.dir + remadeSuffix)
	if err != nil {
		return err
	}
	progress := newProgress(out, newest.Size)
	err = seal.Restore(ctx, seal.Restoring{Archive: copied, Tiles: tiles, Checkpoint: newest.note, Key: verifier, Progress: progress.at})
	if errors.Is(err, events.ErrIntegrity) {
		return s.unsatisfied(ctx, copied, err)
	}
	if err != nil {
		return err
	}
	progress.done()
	fmt.Fprintf(out, "checkpoint: the archive has the root %s of the %d events that were signed\n", newest.Root, newest.Size)
	s.remade = true
	return nil
}

// proveFirst proves an archive that reaches the newest checkpoint, before the store may have a say,
// and tells up to where it is proven. One that does not may be completed from the store first.
func (s *signed) proveFirst(ctx context.Context, copied *archive.Archive, out io.Writer) (proven uint64, err error) {
	newest := s.newest()
	if last, _ := copied.Last(); newest == nil || last < newest.Size {
		return 0, nil
	}
	return newest.Size, s.prove(ctx, copied, out)
}

// unsatisfied says what is missing or altered, as far as the old tiles can tell, and what is left to do.
func (s *signed) unsatisfied(ctx context.Context, copied *archive.Archive, err error) error {
	newest := s.newest()
	if last, _ := copied.Last(); last >= newest.Size {
		scrub := seal.Scrub{Head: newest.Head, Tiles: s.tiles, Log: seal.Copy(copied)}
		if found := scrub.Complete(ctx, 1, newest.Size, func(uint64) {}); found != nil {
			err = fmt.Errorf("%w (compared with the tiles: %w)", err, found)
		}
	}
	return fmt.Errorf("the archive cannot satisfy the checkpoint that %s knows: %w\n"+
		"Look for another copy of the archive. If there is none, what was signed is lost: keep everything as it is, and begin a new log\n"+
		"with another --data and --origin, by `ledgerd begin`, whose first event quotes this last checkpoint:\n\n%s", newest.place, err, newest.note)
}

// newestNote is the checkpoint for LEDGER_CP, nil when there is none.
func (s *signed) newestNote() []byte {
	if newest := s.newest(); newest != nil {
		return newest.note
	}
	return nil
}

// keepTiles puts the new tiles in the place of the old ones, which are kept beside. After a crash in
// between there are none, and the next start makes them anew.
func (s *signed) keepTiles() error {
	if !s.remade {
		return nil
	}
	published, err := os.ReadFile(filepath.Join(s.dir, "checkpoint"))
	if err == nil { // what everybody was shown stays published
		err = os.WriteFile(filepath.Join(s.dir+remadeSuffix, "checkpoint"), published, 0o644)
	} else if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	if err == nil {
		err = os.Rename(s.dir, s.dir+".replaced-"+time.Now().UTC().Format("20060102T150405.000000Z"))
	}
	if err == nil {
		err = os.Rename(s.dir+remadeSuffix, s.dir)
	}
	if err != nil {
		return fmt.Errorf("put the new tiles in their place: %w", err)
	}
	return syncDir(filepath.Dir(s.dir))
}
