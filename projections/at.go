package projections

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"starledger/events"
)

// At is the case at a point, shared and read only. Errors: ErrNoCase when it did not exist there, and
// those of Resolve.
//
// On the recorded axis it is the fold of the events up to the sequence the point resolves to. On the
// effective axis it is the fold of the events effective up to the time, in the order in which they
// happened, of all that is recorded now; such a case has no Head.
func (v *Views) At(ctx context.Context, id events.CaseID, p Point) (*events.Case, Resolved, error) {
	if p.Seq == 0 && p.Time == 0 && p.Axis != Effective {
		return v.now(ctx, id)
	}
	at, err := v.Resolve(ctx, p)
	if err != nil {
		return nil, at, err
	}
	h, err := v.History(ctx, id)
	if err != nil {
		return nil, at, err
	}
	if at.Axis == Effective {
		at.Seq, at.RecordedAt = h.Case.Head.Seq, h.Case.Head.Time
	}
	if at.Seq < h.Seqs[0] {
		return nil, at, fmt.Errorf("case %s at sequence %d: %w", id, at.Seq, ErrNoCase)
	}
	c, err := v.fold(ctx, h, at)
	return c, at, err
}

func (v *Views) now(ctx context.Context, id events.CaseID) (*events.Case, Resolved, error) {
	now := Resolved{Axis: Recorded, At: v.cfg.Now()}
	h, err := v.History(ctx, id)
	if err != nil {
		return nil, now, err
	}
	now.Seq, now.RecordedAt = h.Case.Head.Seq, h.Case.Head.Time
	return h.Case, now, nil
}

// fold folds what counts at a point.
func (v *Views) fold(ctx context.Context, h *History, at Resolved) (*events.Case, error) {
	id := h.Case.ID
	if at.Axis == Recorded && at.Seq >= h.Case.Head.Seq {
		return h.Case, nil
	}
	list, err := v.Events(ctx, id, at.Seq)
	if err != nil {
		return nil, err
	}
	if at.Axis == Recorded {
		return followAll(list)
	}
	happened := Happened(list, at.At)
	if len(happened) == 0 {
		return nil, fmt.Errorf("case %s at %s: %w", id, at.At, ErrNoCase)
	}
	return foldAll(happened)
}

// followAll folds the events of one case as recorded, and checks their chain.
func followAll(list []*events.Stored) (*events.Case, error) {
	c := events.NewCase(list[0].Subject)
	for _, e := range list {
		if err := c.Follow(e); err != nil {
			return nil, err
		}
	}
	return c, nil
}

// foldAll folds the events of one case in the order of the list.
func foldAll(list []*events.Stored) (*events.Case, error) {
	c := events.NewCase(list[0].Subject)
	for _, e := range list {
		if err := c.Apply(e); err != nil {
			return nil, &events.DamageError{Seq: e.Seq, Reason: "comes before what it refers to", Err: err}
		}
	}
	return c, nil
}

// Happened are the events effective up to t, in the order in which they happened: by effective time,
// and by sequence where that is the same.
func Happened(list []*events.Stored, t events.Instant) []*events.Stored {
	happened := slices.DeleteFunc(slices.Clone(list), func(e *events.Stored) bool { return e.EffectiveTime > t })
	slices.SortStableFunc(happened, func(a, b *events.Stored) int {
		return cmp.Or(cmp.Compare(a.EffectiveTime, b.EffectiveTime), cmp.Compare(a.Seq, b.Seq))
	})
	return happened
}
