package seal

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"starledger/events"
	"starledger/events/proof"
)

// Several nodes may hold the same log, each with a Sealer of its own and the same key. One of them seals:
// the one that put the newest checkpoint into LEDGER_CP. The others meet each of its checkpoints with
// their own tree, made from the log as they read it, before they show it to anybody. There is no lease
// that would have to be renewed and no clock that two nodes would have to agree on: a node that sees
// events wait longer than takeOver puts the next checkpoint there itself, and of several that do so at
// once LEDGER_CP takes one. A node that was faster before learns from the conflict that it seals no more.
const (
	// takeOver is how long events wait for the node that seals, before another does.
	takeOver = 5 * time.Second
	// behindFor is how long the log and LEDGER_CP may contradict each other by being short. Each has a
	// leader of its own, and one that was just replaced may answer for a moment.
	behindFor = 30 * time.Second
	// notesBack is by how many notes a cosignature comes later than a larger checkpoint, at most.
	notesBack = 256
)

// Shared is LEDGER_CP as several nodes share it: everything that was ever kept, in order.
type Shared interface {
	// End is the revision of the last note, cosigned or not; 0 when there is none.
	End(ctx context.Context) (revision uint64, err error)
	// Note is what is kept at a revision, and whether it is there for its cosignatures.
	Note(ctx context.Context, revision uint64) (note []byte, cosigned bool, err error)
	// Notes shows what Note returns of every revision of a range, in order.
	Notes(ctx context.Context, from, to uint64, show func(revision uint64, note []byte, cosigned bool) error) error
}

// others is what a Sealer knows of the nodes beside it.
type others struct {
	learnt   uint64    // the last revision of LEDGER_CP that was looked at
	mine     uint64    // the revision of the newest checkpoint, when it was put there by this node
	cosigned []Signed  // by witnesses that another node asked, to be adopted
	waiting  time.Time // since when events wait for the node that seals; zero while none do
	behind   time.Time // since when a place is behind others; zero while none is
}

// leading tells whether this node seals.
type leading int

const (
	alone leading = iota // there are no others
	leader
	follower
)

func (b *board) follows() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.leading == follower
}

func (b *board) lead(how leading) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.leading = how
}

// leads takes note that this node put the newest checkpoint into LEDGER_CP.
func (s *Sealer) leads(revision uint64) {
	if s.cfg.Nodes == nil {
		return
	}
	if s.others.mine == 0 {
		s.cfg.Logger.Info("this node seals from here on", "size", s.head.Size)
	}
	s.others.mine = revision
	s.board.lead(leader)
}

// begin goes back in LEDGER_CP to the first checkpoint that is not in the files yet, since every node
// keeps every checkpoint: samples are drawn from the first that covers an event, on any node the same.
func (o *others) begin(ctx context.Context, s *Sealer) error {
	mine := o.mine
	if mine != s.stream.revision {
		mine = 0 // another was faster
	}
	*o = others{behind: o.behind, mine: mine}
	if s.cfg.Nodes == nil || s.files.newest.Note == nil {
		return nil
	}
	low, high := uint64(0), s.stream.revision // the files end with a checkpoint after low, and at most at high
	for high-low > 1 {
		middle := low + (high-low)/2
		note, _, err := s.cfg.Nodes.Note(ctx, middle)
		if err != nil {
			return err
		}
		signed, err := s.openNote(note, inStream)
		if err != nil {
			return err
		}
		if signed.Size < s.files.newest.Size {
			low = middle
		} else {
			high = middle
		}
	}
	o.learnt = low - min(low, notesBack)
	return nil
}

// learn takes up what other nodes have put into LEDGER_CP: checkpoints, which the tree has to meet, and
// cosignatures.
func (s *Sealer) learn(ctx context.Context) error {
	if s.cfg.Nodes == nil {
		return nil
	}
	end, err := s.cfg.Nodes.End(ctx)
	if err != nil {
		return err
	}
	return s.cfg.Nodes.Notes(ctx, s.others.learnt+1, end, func(revision uint64, note []byte, cosigned bool) error {
		signed, err := s.openNote(note, inStream)
		switch {
		case err != nil:
			return err
		case cosigned && s.others.mine > 0: // this node asked for it
		case cosigned:
			s.others.cosigned = append(s.others.cosigned, signed)
		default:
			if err := s.learnOf(revision, signed); err != nil {
				return err
			}
		}
		s.others.learnt = revision
		return nil
	})
}

// learnOf takes up one checkpoint.
func (s *Sealer) learnOf(revision uint64, signed Signed) error {
	if revision > s.others.mine { // another node's
		s.others.mine, s.others.waiting = 0, time.Time{}
		s.board.lead(follower)
	}
	if revision > s.stream.revision {
		s.stream = end{revision: revision, newest: signed}
	}
	if s.founded && signed.Size <= s.head.Size {
		return s.met(landing{signed, inStream})
	}
	next := landing{signed, inStream}
	at, known := slices.BinarySearchFunc(s.ahead, next, bySize)
	if !known {
		s.ahead = slices.Insert(s.ahead, at, next)
	}
	return nil
}

// isTurn tells whether this node is to seal what the log holds up to last.
func (s *Sealer) isTurn(last uint64) bool {
	now := s.cfg.Now()
	switch {
	case s.cfg.Nodes == nil || s.others.mine > 0:
		return true
	case last == s.head.Size:
		s.others.waiting = time.Time{}
	case s.others.waiting.IsZero():
		s.others.waiting = now
	default:
		return now.Sub(s.others.waiting) >= takeOver
	}
	return false
}

// adopt keeps and publishes the cosignatures that another node got for checkpoints that this one has met. A node
// that was away finds many: of each checkpoint the last note counts, and of all the newest is shown.
func (s *Sealer) adopt(context.Context) error {
	n := slices.IndexFunc(s.others.cosigned, func(with Signed) bool { return with.Size > s.head.Size })
	if n < 0 {
		n = len(s.others.cosigned)
	}
	adopted := lastOfEach(s.others.cosigned[:n])
	kept, err := s.cfg.Files.CosignedAll(adopted)
	if err != nil {
		return localError{err}
	}
	for _, with := range slices.Backward(kept) {
		if _, published, _ := s.board.newest(); with.Size < published.Size {
			break
		}
		s.board.cosign(with)
		if err := s.publish(with); err != nil {
			return err
		}
	}
	s.others.cosigned = s.others.cosigned[n:]
	return nil
}

// lastOfEach leaves of the notes of one size the last, and orders them by size.
func lastOfEach(notes []Signed) []Signed {
	bySize := map[uint64]Signed{}
	for _, with := range notes {
		bySize[with.Size] = with
	}
	return slices.SortedFunc(maps.Values(bySize), func(a, b Signed) int { return cmp.Compare(a.Size, b.Size) })
}

// behind is what to make of a place that is short of what another knows: damage, but with several nodes
// only when it lasts.
func (s *Sealer) behind(err error) error {
	if s.cfg.Nodes == nil {
		return err
	}
	now := s.cfg.Now()
	if s.others.behind.IsZero() {
		s.others.behind = now
	}
	if now.Sub(s.others.behind) >= behindFor {
		return err
	}
	return fmt.Errorf("%s: %w", err.Error(), events.ErrUnavailable)
}

// met holds a checkpoint that lies behind against the tree: it must be a beginning of it.
func (s *Sealer) met(k landing) error {
	path, err := proof.Consistency(s.head, k.Size, s.cfg.Tiles.ReadTile)
	if err != nil {
		return fmt.Errorf("compare the tree with %s: %w", k.place, damagedTiles(err))
	}
	if err := proof.VerifyConsistency(k.Head, s.head, path); err != nil {
		return errors.Join(disagree("%s knows root %s at size %d, which the tree of size %d does not continue", k.place, k.Root, k.Size, s.head.Size), err)
	}
	return nil
}
