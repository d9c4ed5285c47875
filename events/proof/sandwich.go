package proof

import (
	"cmp"
	"slices"
	"time"
)

// A Witnessed is a tree size that witnesses saw, and when they signed it.
type Witnessed struct {
	Size uint64
	Time time.Time
}

// An Outcome says how the recorded time of an event relates to what witnesses saw.
type Outcome string

const (
	// Bounded: the recorded time lies between its bounds.
	Bounded Outcome = "bounded"
	// BackDated: the event claims a time at which witnesses had been shown a tree without it.
	BackDated Outcome = "back-dated"
	// PostDated: witnesses had seen the event before the time it claims.
	PostDated Outcome = "post-dated"
	// Unwitnessed: nothing speaks against the recorded time, but no witnessed tree holds the event
	// yet. It gets its upper bound with the next witnessed checkpoint.
	Unwitnessed Outcome = "unwitnessed"
)

// A Placement is the outcome for one event, with the bounds it was measured by.
type Placement struct {
	Outcome   Outcome
	NotBefore time.Time // zero when no witness had signed a smaller tree
	NotAfter  time.Time // zero when no witness has signed a larger tree
}

// A Sandwich bounds the recorded times of events by the times of witnesses.
type Sandwich struct {
	sizes    []uint64    // witnessed, ascending, each once
	latest   []time.Time // latest[k]: the latest time at sizes[0..k]
	earliest []time.Time // earliest[k]: the earliest time at sizes[k..]
	skew     time.Duration
}

// NewSandwich takes what was witnessed, in any order. The skew is how far an honest record may lie
// outside: it must cover the difference of the clocks, the whole seconds of a cosignature, and the
// time from reading the log for a checkpoint to the last cosignature, during which new events are
// recorded that the witnessed tree does not hold. It is also how far a dishonest record can go unseen.
func NewSandwich(witnessed []Witnessed, skew time.Duration) *Sandwich {
	sorted := slices.Clone(witnessed)
	slices.SortFunc(sorted, func(a, b Witnessed) int {
		return cmp.Or(cmp.Compare(a.Size, b.Size), a.Time.Compare(b.Time))
	})
	s := &Sandwich{skew: skew}
	for _, w := range sorted {
		k := len(s.sizes) - 1
		switch {
		case k >= 0 && s.sizes[k] == w.Size:
			s.latest[k] = later(s.latest[k], w.Time)
			continue // the first time at this size is the earliest
		case k >= 0:
			s.latest = append(s.latest, later(s.latest[k], w.Time))
		default:
			s.latest = append(s.latest, w.Time)
		}
		s.sizes, s.earliest = append(s.sizes, w.Size), append(s.earliest, w.Time)
	}
	for k := len(s.earliest) - 2; k >= 0; k-- {
		if s.earliest[k+1].Before(s.earliest[k]) {
			s.earliest[k] = s.earliest[k+1]
		}
	}
	return s
}

// Place measures the event with the leaf at index:
//
//	latest witness time at a size ≤ index, less skew  ≤  recorded
//	recorded  ≤  earliest witness time at a size > index, plus skew
//
// Where witness times contradict each other, as when a clock ran backwards, no time fits, and the
// outcome is the one that the lower bound gives.
func (s *Sandwich) Place(index uint64, recorded time.Time) Placement {
	// sizes[:k] are the trees without the leaf, sizes[k:] those with it.
	k, witnessed := slices.BinarySearch(s.sizes, index)
	if witnessed {
		k++
	}
	p := Placement{Outcome: Unwitnessed}
	if k < len(s.sizes) {
		p.Outcome, p.NotAfter = Bounded, s.earliest[k].Add(s.skew)
		if recorded.After(p.NotAfter) {
			p.Outcome = PostDated
		}
	}
	if k > 0 {
		p.NotBefore = s.latest[k-1].Add(-s.skew)
		if recorded.Before(p.NotBefore) {
			p.Outcome = BackDated
		}
	}
	return p
}

func later(a, b time.Time) time.Time {
	if a.Before(b) {
		return b
	}
	return a
}
