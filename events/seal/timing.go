package seal

import (
	"fmt"
	"time"

	"starledger/events/proof"
)

// timingNotes bounds how many checkpoints are read for one range of events: a minute of skew is
// allowed for anyway, so more of them would hardly make the bounds narrower.
const timingNotes = 64

// A Timing places the recorded times of events between the times at which witnesses saw the trees
// around them: the time sandwich, as `ledgerctl verify` does it, on the operator's own side.
type Timing struct {
	Checkpoints *CheckpointDir
	Policy      *proof.Policy
	Skew        time.Duration // see proof.NewSandwich
}

// A Misplaced event claims a time that what witnesses saw speaks against.
type Misplaced struct {
	Seq      uint64
	Recorded time.Time
	proof.Placement
}

// Misplaced are the events of a range whose recorded times lie outside. The range should be at most
// some thousands.
func (t Timing) Misplaced(s Scrub, from, to uint64) ([]Misplaced, error) {
	if !t.Policy.Dates() {
		return nil, nil // whoever looked for a checkpoint with a time would go through all there are
	}
	leaves, err := s.leaves(from, to)
	if err != nil {
		return nil, err
	}
	witnessed, err := t.around(from, to)
	if err != nil {
		return nil, fmt.Errorf("place sequences %d to %d in time: %w", from, to, err)
	}
	sandwich := proof.NewSandwich(witnessed, t.Skew)
	var list []Misplaced
	for i, record := range leaves {
		leaf, err := proof.ParseLeaf(record)
		if err != nil {
			return nil, unreadable(from+uint64(i), err)
		}
		p := sandwich.Place(leaf.Seq-1, leaf.Time)
		if p.Outcome == proof.BackDated || p.Outcome == proof.PostDated {
			list = append(list, Misplaced{leaf.Seq, leaf.Time, p})
		}
	}
	return list, nil
}

// around is what the quorum saw: the newest tree before the range, trees that end within it, and the
// first that holds all of it.
func (t Timing) around(from, to uint64) ([]proof.Witnessed, error) {
	var witnessed []proof.Witnessed
	for size, err := range t.Checkpoints.SizesBelow(from) {
		if err != nil {
			return nil, err
		}
		w, ok, err := t.at(size)
		if err != nil {
			return nil, err
		}
		if ok {
			witnessed = append(witnessed, w)
			break
		}
	}
	step := max(1, (to-from)/timingNotes)
	for size, err := range t.Checkpoints.Sizes(from) {
		if err != nil {
			return nil, err
		}
		if size < to && size < from+step {
			continue
		}
		from = size
		w, ok, err := t.at(size)
		if err != nil {
			return nil, err
		}
		if ok {
			witnessed = append(witnessed, w)
		}
		if ok && size >= to {
			break
		}
	}
	return witnessed, nil
}

// at tells when the quorum saw the tree of a size; ok is false when it has not.
func (t Timing) at(size uint64) (w proof.Witnessed, ok bool, err error) {
	note, err := t.Checkpoints.Read(size)
	if err != nil {
		return w, false, err
	}
	judgement, err := t.Policy.Judge(note)
	if err != nil {
		return w, false, fmt.Errorf("the checkpoint of size %d: %w", size, err)
	}
	return proof.Witnessed{Size: size, Time: judgement.Time}, !judgement.Time.IsZero(), nil
}
