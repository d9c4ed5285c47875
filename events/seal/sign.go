package seal

import (
	"context"
	"errors"
	"fmt"

	"starledger/events/proof"
)

// signOrMeet is step 4. When a checkpoint of this size is known, the tree must have its root;
// otherwise a new checkpoint is signed.
//
// A signature cannot be taken back, so it comes when its tree is on disk, proven, and the bodies
// exist twice. A crash right after it loses a signature that nobody saw. The next one is on the
// same tree or on a larger one that continues it, since all of it comes from the same bodies.
func (s *Sealer) signOrMeet() (Signed, error) {
	if len(s.ahead) > 0 {
		known := s.ahead[0]
		return known.Signed, s.isOf(known)
	}
	c := proof.Checkpoint{Origin: s.origin, Head: s.head}
	note, err := c.Sign(s.cfg.Key)
	if err != nil {
		return Signed{}, err
	}
	// A key that does not sign what it should must not spoil the stores.
	if read, err := proof.Open(note, s.key.Key); err != nil || read != c {
		return Signed{}, fmt.Errorf("check the signature just made at size %d: %w", c.Size, errors.Join(err, errSigner))
	}
	return Signed{c, note}, nil
}

// isOf holds a checkpoint of this size against the tree.
func (s *Sealer) isOf(known landing) error {
	if known.Root != s.head.Root {
		return disagree("the log at size %d has root %s, but %s knows root %s", s.head.Size, s.head.Root, known.place, known.Root)
	}
	return nil
}

var errSigner = errors.New("the key signed something else")

// keep is step 5: the checkpoint goes into LEDGER_CP, then into its file.
//
// LEDGER_CP decides between sealers: the one that loses (ErrConflict) signed a tree that nobody was
// shown, and goes on from the winner's. When the answer is lost (ErrUnknown) the next pass finds
// out. After a crash between the two LEDGER_CP is ahead of the file, which is the only order there
// can be: a file that is ahead of LEDGER_CP proves that LEDGER_CP was set back.
func (s *Sealer) keep(ctx context.Context, next Signed) error {
	for _, store := range []struct {
		to  Checkpoints
		end *end
	}{{s.cfg.Stream, &s.stream}, {s.cfg.Files, &s.files}} {
		if store.end.reaches(next.Size) {
			continue
		}
		revision, err := store.to.Swap(ctx, store.end.revision, next)
		if err != nil {
			return fmt.Errorf("keep the checkpoint of size %d: %w", next.Size, err)
		}
		*store.end = end{revision: revision, newest: next}
		if store.end == &s.stream {
			s.leads(revision)
		}
	}
	return nil
}
