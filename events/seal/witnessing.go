package seal

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"time"

	"starledger/events"
	"starledger/events/proof"
)

// askFor is how long one checkpoint waits for its witnesses. One that is slower is asked again with
// the next checkpoint, and after askAgain when there is none.
const (
	askFor   = 3 * time.Second
	askAgain = 10 * time.Second
)

var errNotAsked = errors.New("the witness was not asked yet")

// witnessing is a witness and the size it is thought to know. A guess is enough: the witness says
// when it is wrong.
type witnessing struct {
	proof.Witness
	size uint64
}

// answer is what came of asking the i-th witness.
type answer struct {
	i     int
	lines []byte
	err   error
}

// askAll is step 6, and 7: it asks every witness to cosign the newest checkpoint that is kept. All
// are asked at the same time about the same checkpoint, since a quorum needs their signatures on one.
//
// The checkpoint is kept already, so a crash here loses nothing but cosignatures: a witness that
// signed and whose answer was lost knows the size, and signs again when it is asked again. The error
// is an events.ErrIntegrity when a witness has seen another history, or a larger tree than LEDGER_CP
// knows: it stays among the incidents, and nothing more may be signed.
func (s *Sealer) askAll(ctx context.Context) error {
	checkpoint := s.board.sealed()
	if s.board.follows() { // the node that seals asks, and what comes of it is adopted
		s.asked, s.all = checkpoint.Size, false
		return s.publish(checkpoint)
	}
	answers := make(chan answer)
	timed, cancel := context.WithTimeout(ctx, askFor)
	defer cancel()
	for i := range s.witnesses {
		go func() {
			lines, err := s.ask(timed, &s.witnesses[i], checkpoint)
			answers <- answer{i, lines, err}
		}()
	}
	s.asked, s.all = checkpoint.Size, true
	err := s.publish(checkpoint)
	for range s.witnesses {
		a := <-answers
		if a.err == nil {
			checkpoint, a.err = s.cosigned(ctx, checkpoint, a)
		}
		s.all = s.all && a.err == nil
		s.board.answered(a.i, checkpoint.Size, a.err, s.cfg.Now())
		if err = errors.Join(err, s.judge(a)); err == nil {
			err = s.publish(checkpoint)
		}
	}
	return err
}

// ask asks one witness, a second time when it knows another size than was thought.
func (s *Sealer) ask(ctx context.Context, w *witnessing, checkpoint Signed) ([]byte, error) {
	lines, err := s.askFrom(ctx, w, checkpoint)
	var knows *KnowsError
	if !errors.As(err, &knows) {
		return lines, err
	}
	if knows.Size > checkpoint.Size {
		return nil, s.larger(ctx, knows)
	}
	w.size = knows.Size
	return s.askFrom(ctx, w, checkpoint)
}

func (s *Sealer) askFrom(ctx context.Context, w *witnessing, checkpoint Signed) ([]byte, error) {
	old := min(w.size, checkpoint.Size)
	path, err := proof.Consistency(checkpoint.Head, old, s.cfg.Tiles.ReadTile)
	if err != nil {
		return nil, localError{fmt.Errorf("prove the tree of size %d to witness %s: %w", checkpoint.Size, w.Name, damagedTiles(err))}
	}
	lines, err := s.cfg.Witnesses.AddCheckpoint(ctx, w.Witness, old, path, checkpoint.Note)
	if err == nil {
		w.size = checkpoint.Size
	}
	return lines, err
}

// larger tells what it means that a witness knows a larger tree: with several nodes that another one
// sealed it, and then LEDGER_CP holds it; otherwise that LEDGER_CP was set back.
func (s *Sealer) larger(ctx context.Context, knows *KnowsError) error {
	note, _, err := s.cfg.Stream.Last(ctx)
	if err != nil {
		return err
	}
	newest, err := s.openNote(note, inStream)
	if err != nil {
		return err
	}
	if newest.Size >= knows.Size {
		return knows
	}
	return fmt.Errorf("%w, but %s ends at size %d: %w", knows, inStream, newest.Size, ErrContradicted)
}

// localError is an error of ours, not of the witness that was to be asked.
type localError struct{ error }

func (e localError) Unwrap() error { return e.error }

// judge tells what an answer means for the log: nothing when a witness is out of reach or does not
// know us, the end of sealing when it contradicts us or when our own files fail.
func (s *Sealer) judge(a answer) error {
	name := s.witnesses[a.i].Name
	var local localError
	switch {
	case a.err == nil:
		return nil
	case errors.Is(a.err, ErrContradicted):
		return fmt.Errorf("%w: witness %s: %w", events.ErrIntegrity, name, a.err)
	case errors.Is(a.err, events.ErrIntegrity), errors.As(a.err, &local):
		return a.err
	case errors.Is(a.err, ErrUnregistered):
		s.cfg.Logger.Info("unwitnessed", "witness", name, "error", a.err)
	default:
		s.cfg.Logger.Warn("a witness did not cosign", "witness", name, "error", a.err)
	}
	return nil
}

// cosigned adds the cosignature of a witness to the checkpoint, when it verifies, and keeps it.
func (s *Sealer) cosigned(ctx context.Context, checkpoint Signed, a answer) (Signed, error) {
	note, err := proof.AddCosignature(checkpoint.Note, a.lines, s.witnesses[a.i].Key)
	if err != nil {
		return checkpoint, err
	}
	if bytes.Equal(note, checkpoint.Note) {
		return checkpoint, nil // it had cosigned before; the older time stays
	}
	checkpoint.Note = note
	// The files first: what is only in the stream could be lost with it.
	if err := s.cfg.Files.Cosigned(ctx, checkpoint); err != nil {
		return checkpoint, localError{err}
	}
	s.board.cosign(checkpoint)
	if err := s.cfg.Stream.Cosigned(ctx, checkpoint); err != nil {
		s.cfg.Logger.Warn("a cosignature is kept in its file only", "witness", s.witnesses[a.i].Name, "error", err)
	}
	return checkpoint, nil
}

// publish is step 7: the checkpoint becomes the one that everybody is shown, as soon as the policy's
// quorum has signed it. After a crash before it, or a failure that landed, it is published again.
func (s *Sealer) publish(checkpoint Signed) error {
	judgement, err := s.cfg.Policy.Judge(checkpoint.Note)
	if err != nil {
		return fmt.Errorf("judge the checkpoint of size %d: %w", checkpoint.Size, err)
	}
	s.publishing.Lock()
	defer s.publishing.Unlock()
	_, before, _ := s.board.newest()
	if !judgement.Satisfied || checkpoint.Size < before.Size || bytes.Equal(checkpoint.Note, before.Note) {
		return nil
	}
	if err := s.cfg.Tiles.publish(checkpoint.Note); err != nil {
		return fmt.Errorf("publish the checkpoint of size %d: %w", checkpoint.Size, err)
	}
	s.board.publish(checkpoint)
	return nil
}
