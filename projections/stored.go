package projections

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"sort"

	"starledger/events"
)

// Events are the events of a case up to a sequence of the log, 0 for all that are in the log at the
// time of the call. They are shared and read only. ErrNoCase when the case has no event at all; a
// case that begins after upTo has none, which is no error.
func (v *Views) Events(ctx context.Context, id events.CaseID, upTo uint64) ([]*events.Stored, error) {
	h, err := v.History(ctx, id)
	if err != nil {
		return nil, err
	}
	seqs := h.Seqs
	if upTo > 0 {
		seqs = seqs[:sort.Search(len(seqs), func(i int) bool { return seqs[i] > upTo })]
	}
	stored, err := v.stored(ctx, id, seqs)
	if err != nil {
		return nil, fmt.Errorf("read case %s: %w", id, err)
	}
	return stored, nil
}

// stored are the events of a case at its first sequences, from memory as far as they are kept.
func (v *Views) stored(ctx context.Context, id events.CaseID, seqs []uint64) ([]*events.Stored, error) {
	rows := v.hot.stored(id)
	if len(rows) >= len(seqs) {
		return rows[:len(seqs):len(seqs)], nil
	}
	rows, err := v.load(ctx, seqs[len(rows):], slices.Clip(rows))
	if err != nil {
		return nil, err
	}
	v.hot.keepStored(id, rows)
	return rows, nil
}

// load reads the events at ascending sequences from the log, and appends them to rows.
func (v *Views) load(ctx context.Context, seqs []uint64, rows []*events.Stored) ([]*events.Stored, error) {
	rows = slices.Grow(rows, len(seqs))
	read := 0
	for record, err := range v.cfg.Bodies.ReadAt(ctx, seqs) {
		if err != nil {
			return nil, err
		}
		e, err := events.DecodeRecord(record)
		if err != nil {
			return nil, err
		}
		rows, read = append(rows, e), read+1
	}
	if read < len(seqs) {
		return nil, &events.GapError{Want: seqs[read]}
	}
	return rows, nil
}

// seqs are the sequences of a case after one and up to another.
func (v *Views) seqs(ctx context.Context, id events.CaseID, after, upTo uint64) ([]uint64, error) {
	var no int64
	err := v.store.read.QueryRowContext(ctx, "SELECT no FROM cases WHERE id = ?", string(id)).Scan(&no)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("find case %s: %w", id, err)
	}
	return readStrand(ctx, v.store.read, no, after, upTo)
}
