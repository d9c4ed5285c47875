package projections

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"starledger/events"
)

// Resolve says once what a point is, so that everything in an answer uses the same. Errors: ErrFuture,
// ErrUnknownPoint, ErrSeqOnEffectiveAxis.
//
// A time on the recorded axis is the largest sequence up to which no event was recorded later. Nodes'
// clocks may differ by seconds, so a time as recent as that may still come to mean more events; a
// sequence never does.
func (v *Views) Resolve(ctx context.Context, p Point) (Resolved, error) {
	now := v.cfg.Now()
	r := Resolved{Axis: p.Axis, At: p.Time}
	if r.Axis == "" {
		r.Axis = Recorded
	}
	if p.Seq == 0 && p.Time == 0 {
		r.At = now
	}
	var err error
	switch {
	case r.At > now:
		return r, fmt.Errorf("%s: %w", r.At, ErrFuture)
	case p.Seq > 0 && r.Axis == Effective:
		return r, fmt.Errorf("sequence %d: %w", p.Seq, ErrSeqOnEffectiveAxis)
	case p.Seq > 0:
		r.Seq, err = p.Seq, v.reach(ctx, p.Seq)
	case r.Axis == Effective, p.Time == 0:
		r.Seq = v.moves.position().seq
	default:
		r.Seq, err = v.lastBy(ctx, p.Time)
	}
	if err != nil || r.Seq == 0 {
		return r, err
	}
	return v.recordedAt(ctx, p, r)
}

// reach waits until the views cover a sequence that the log has.
func (v *Views) reach(ctx context.Context, seq uint64) error {
	if v.moves.position().seq >= seq {
		return nil
	}
	last, err := v.cfg.Log.Last(ctx)
	if err != nil {
		return fmt.Errorf("find the end of the log: %w", err)
	}
	if seq > last {
		return fmt.Errorf("sequence %d, the log ends at %d: %w", seq, last, ErrUnknownPoint)
	}
	return v.WaitFor(ctx, seq)
}

// lastBy is the largest sequence up to which no event was recorded after t.
func (v *Views) lastBy(ctx context.Context, t events.Instant) (uint64, error) {
	if v.moves.position().latest <= t {
		if err := v.catchUp(ctx); err != nil {
			return 0, err
		}
	}
	first, err := v.firstAfter(ctx, t)
	return first - 1, err
}

// firstAfter is the smallest sequence up to which some event was recorded after t; the next of the
// position when there is none. The latest time so far never decreases, so it is found by halving.
func (v *Views) firstAfter(ctx context.Context, t events.Instant) (uint64, error) {
	low, high := uint64(1), v.moves.position().seq+1
	for low < high {
		middle := low + (high-low)/2
		_, latest, err := v.entryTimes(ctx, middle)
		if err != nil {
			return 0, fmt.Errorf("find the sequence of %s: %w", t, err)
		}
		if latest > t {
			high = middle
		} else {
			low = middle + 1
		}
	}
	return low, nil
}

// recordedAt adds the time of the last event that counts.
func (v *Views) recordedAt(ctx context.Context, p Point, r Resolved) (Resolved, error) {
	recorded, latest, err := v.entryTimes(ctx, r.Seq)
	if errors.Is(err, sql.ErrNoRows) {
		return r, fmt.Errorf("sequence %d: %w", r.Seq, ErrUnknownPoint)
	}
	if err != nil {
		return r, fmt.Errorf("read the time of sequence %d: %w", r.Seq, err)
	}
	if r.RecordedAt = recorded; p.Seq > 0 {
		r.At = latest
	}
	return r, nil
}
