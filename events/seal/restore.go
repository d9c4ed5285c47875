package seal

import (
	"context"
	"fmt"
	"log/slog"

	"golang.org/x/mod/sumdb/note"

	"starledger/events"
	"starledger/events/proof"
)

// Restoring is what Restore works with.
type Restoring struct {
	// Archive has to hold the events up to the size of the checkpoint. It is only read.
	Archive Archive
	// Tiles is where the tiles are made; whatever is there beyond From is not looked at.
	Tiles *TileDir
	// From is the tree that Tiles and CasesFile hold from an earlier time, which is gone on from; the zero
	// Head begins at nothing. What lies before is taken from there and not read in the archive again.
	From proof.Head
	// CasesFile is where it is kept at which sequences the cases end, for the next time; empty: nowhere.
	CasesFile string
	// Checkpoint is the note of the newest checkpoint that is known, Key what it is signed with.
	Checkpoint []byte
	Key        note.Verifier
	// Progress is told the size that has been made.
	Progress func(size uint64)
}

// Restore makes the tiles of a checkpoint anew out of the archive alone and thereby proves, by the
// root, that the archive is what was signed: every byte of every body after From, their order, and that
// none is missing. It signs nothing. It is an events.ErrIntegrity when the archive cannot satisfy the
// checkpoint: a GapError where it ends too early.
func Restore(ctx context.Context, r Restoring) error {
	c, err := proof.Open(r.Checkpoint, r.Key)
	if err != nil {
		return fmt.Errorf("%w: the checkpoint to restore is not that of %s: %w", events.ErrIntegrity, r.Key.Name(), err)
	}
	if last, _ := r.Archive.Last(); last < c.Size {
		return fmt.Errorf("the checkpoint of size %d is signed: %w", c.Size, &events.GapError{Want: last + 1})
	}
	known := Signed{c, r.Checkpoint}
	s := &Sealer{
		cfg:    Config{Log: archived{r.Archive}, Archive: r.Archive, Tiles: r.Tiles, Logger: slog.New(slog.DiscardHandler)},
		origin: c.Origin, board: newBoard(), cases: newCases(), ahead: []landing{{known, "the checkpoint to restore"}},
	}
	if err := s.goOn(ctx, r); err != nil {
		return err
	}
	for s.head.Size < c.Size {
		if err := s.remake(ctx, min(c.Size, s.head.Size+maxBatch)); err != nil {
			return fmt.Errorf("make the tiles of size %d anew: %w", c.Size, err)
		}
		r.Progress(s.head.Size)
	}
	if _, err = s.signOrMeet(); err != nil || r.CasesFile == "" { // meets: there is a checkpoint ahead
		return err
	}
	return s.cases.save(r.CasesFile)
}

// goOn takes up the tree where an earlier time has left it.
func (s *Sealer) goOn(ctx context.Context, r Restoring) (err error) {
	if r.From.Size == 0 {
		return s.resume(proof.Head{Root: proof.EmptyRoot()})
	}
	if err := s.resume(r.From); err != nil {
		return fmt.Errorf("take up the tiles of size %d: %w", r.From.Size, damagedTiles(err))
	}
	s.cases, err = loadCases(ctx, r.CasesFile, s.cfg.Log, r.From.Size)
	return err
}

// remake is steps 1 to 3 for one batch.
func (s *Sealer) remake(ctx context.Context, to uint64) error {
	b, err := s.copyTail(ctx, s.head.Size+1, to)
	if err != nil {
		return err
	}
	if err := s.writeTiles(b); err != nil {
		return err
	}
	s.cases.add(b.heads, to)
	return nil
}
