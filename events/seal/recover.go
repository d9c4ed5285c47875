package seal

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"slices"

	"starledger/events"
	"starledger/events/proof"
)

// end is how far a store of checkpoints has got.
type end struct {
	revision uint64
	newest   Signed // without a note when there is none
}

func (e end) reaches(size uint64) bool { return e.newest.Note != nil && e.newest.Size >= size }

// The places in which a checkpoint of the log may be known, as errors name them.
const (
	inStream    = "LEDGER_CP"
	inFiles     = "the checkpoint directory"
	inPublished = "the published checkpoint"
	inMemory    = "the running sealer"
)

// disagree is an events.ErrIntegrity that says which two places contradict each other.
func disagree(format string, args ...any) error {
	return fmt.Errorf(format+": %w", append(args, events.ErrIntegrity)...)
}

// recover finds out where the log stands from what is known of it, as a new process does and as the
// running one does after a failed pass. Nothing is written, but what of the archive is not known to be
// safe is cut off. It is the rollback guard: a log that
// anything contradicts is refused.
//
// Afterwards the tree is where the local files are, proven by the tiles, and ahead holds the
// checkpoints beyond, which the next passes have to meet. Tiles are made anew from the log when they
// are lost or damaged, and the archive filled when it is behind what is sealed: then the tree begins
// at nothing, and every known checkpoint lies ahead and has to be met again.
func (s *Sealer) recover(ctx context.Context) error {
	if err := s.cfg.Archive.Recover(); err != nil {
		return err
	}
	known, err := s.known(ctx)
	if err != nil {
		return err
	}
	last, err := s.lookAtLog(ctx)
	if err != nil {
		return err
	}
	archived, _ := s.cfg.Archive.Last()
	if archived > last {
		return s.behind(disagree("the archive knows sequence %d, but the log ends at %d", archived, last))
	}
	for _, k := range known {
		switch {
		case !s.stream.reaches(k.Size):
			return s.behind(disagree("%s knows the tree of size %d, but %s %s", k.place, k.Size, inStream, s.stream.whereItEnds()))
		case k.Size > last:
			return s.behind(disagree("%s knows the tree of size %d, but the log ends at sequence %d", k.place, k.Size, last))
		}
	}
	if err := s.takeUp(archived); err != nil {
		return err
	}
	if err := s.meet(known); err != nil {
		return err
	}
	if s.cases == nil || s.cases.size != s.head.Size {
		if s.cases, err = loadCases(ctx, s.cfg.CasesFile, s.cfg.Log, s.head.Size); err != nil {
			return err
		}
	}
	if err := s.others.begin(ctx, s); err != nil {
		return err
	}
	s.lost = false
	return nil
}

func (e end) whereItEnds() string {
	if e.newest.Note == nil {
		return "holds none"
	}
	return fmt.Sprintf("ends at size %d", e.newest.Size)
}

// known reads every checkpoint that is to be found, whose signature must be ours.
func (s *Sealer) known(ctx context.Context) ([]landing, error) {
	var known []landing
	for _, store := range []struct {
		place string
		from  Checkpoints
		end   *end
	}{{inFiles, s.cfg.Files, &s.files}, {inStream, s.cfg.Stream, &s.stream}} {
		note, revision, err := store.from.Last(ctx)
		if err != nil {
			return nil, fmt.Errorf("read the newest checkpoint of %s: %w", store.place, err)
		}
		*store.end = end{revision: revision}
		if note == nil {
			continue
		}
		if store.end.newest, err = s.openNote(note, store.place); err != nil {
			return nil, err
		}
		known = append(known, landing{store.end.newest, store.place})
	}
	note, err := s.cfg.Tiles.published()
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", inPublished, err)
	}
	if note != nil {
		published, err := s.openNote(note, inPublished)
		if err != nil {
			return nil, err
		}
		known = append(known, landing{published, inPublished})
		s.board.publish(published)
	}
	if sealed := s.board.sealed(); sealed.Note != nil {
		known = append(known, landing{sealed, inMemory})
	}
	return known, nil
}

func (s *Sealer) openNote(note []byte, place string) (Signed, error) {
	c, err := proof.Open(note, s.key.Key)
	if err != nil {
		return Signed{}, fmt.Errorf("%w: %s holds a checkpoint that is not ours: %w", events.ErrIntegrity, place, err)
	}
	return Signed{c, note}, nil
}

// takeUp puts the tree where the local files are, or at nothing when these cannot vouch for it.
func (s *Sealer) takeUp(archived uint64) error {
	from := proof.Head{Root: proof.EmptyRoot()}
	s.founded = false
	if local := s.files.newest; local.Note != nil && local.Size <= archived {
		err := s.resume(local.Head)
		if err == nil {
			s.founded = true
			return nil
		}
		s.cfg.Logger.Warn("the tiles do not hold what is sealed; making them anew from the log", "size", local.Size, "error", err)
	} else if local.Note != nil {
		s.cfg.Logger.Warn("the archive is behind what is sealed; filling it from the log", "size", local.Size, "archived", archived)
	}
	return s.resume(from)
}

// meet holds each known checkpoint against the tree: what lies behind must be a beginning of it,
// what lies ahead is left for the passes to come.
func (s *Sealer) meet(known []landing) error {
	s.ahead = nil
	for _, k := range known {
		if k.Size > s.head.Size || !s.founded {
			s.ahead = append(s.ahead, k)
			continue
		}
		if err := s.met(k); err != nil {
			return err
		}
	}
	slices.SortStableFunc(s.ahead, bySize)
	if s.founded {
		s.board.seal(s.files.newest, s.cfg.Now())
	}
	return nil
}

// bySize is the order in which checkpoints are met.
func bySize(a, b landing) int {
	return cmp.Or(cmp.Compare(a.Size, b.Size), bytes.Compare(a.Root[:], b.Root[:]))
}

// meetBetween holds the checkpoints that a pass has gone by on its way to a larger one against the tree, and
// keeps them. A node that joins goes by thousands of them. Their files are made durable together, which takes
// the time of a few; the tiles are those of the larger tree alone, which hold all that any of them needs.
//
// After a crash in here the newest file may be of a tree whose last tiles were never written. Then the next
// start makes the tiles anew from the log, as it does when they are lost.
func (s *Sealer) meetBetween() error {
	var met []Signed
	for len(s.ahead) > 1 && s.ahead[1].Size <= s.head.Size {
		known, holds := s.ahead[0], s.met
		if known.Size == s.head.Size { // of two of this size the other is kept
			holds = s.isOf
		} else if !s.files.reaches(known.Size) && (len(met) == 0 || met[len(met)-1].Size < known.Size) {
			met = append(met, known.Signed)
		}
		if err := holds(known); err != nil {
			return err
		}
		s.ahead = s.ahead[1:]
	}
	if len(met) == 0 {
		return nil
	}
	revision, err := s.cfg.Files.KeepAll(s.files.revision, met)
	if err != nil {
		return err
	}
	s.files = end{revision: revision, newest: met[len(met)-1]}
	return nil
}
