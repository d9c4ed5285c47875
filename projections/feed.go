package projections

import (
	"context"
	"fmt"

	"starledger/scoring"
)

// Entries are the events of the log that a filter lets through, in the order of the log.
func (v *Views) Entries(ctx context.Context, f EntryFilter) (Page[EntryRow], error) {
	upTo := v.moves.position().seq
	if f.UpTo > 0 {
		upTo = min(upTo, f.UpTo)
	}
	s := selectFrom("SELECT "+entryColumns+" FROM entries e"+entryJoins+
		"\n\tWHERE e.seq > ? AND e.seq <= ?", int64(f.After), int64(upTo))
	if f.Case != "" {
		s.and("e.case_no = (SELECT no FROM cases WHERE id = ?)", string(f.Case))
	}
	s.byTypeAndActor(f.Type, f.Actor)
	if err := v.recorded(ctx, s, f.From, f.To); err != nil {
		return Page[EntryRow]{}, err
	}
	if err := s.within("e.case_no", f.Within); err != nil {
		return Page[EntryRow]{}, err
	}
	rows, err := s.rows(ctx, v.store.read, "e.seq", f.Limit)
	if err != nil {
		return Page[EntryRow]{}, fmt.Errorf("read entries: %w", err)
	}
	var items []EntryRow
	err = each(rows, func() error {
		var e EntryRow
		err := rows.Scan(entryTargets(&e)...)
		items = append(items, e)
		return err
	})
	if err != nil {
		return Page[EntryRow]{}, fmt.Errorf("read entries: %w", err)
	}
	return page(items, f.Limit, func(e *EntryRow) uint64 { return e.Seq }), nil
}

// Changes are the events that moved a score or a grade, in the order of the log.
func (v *Views) Changes(ctx context.Context, f ChangeFilter) (Page[ChangeRow], error) {
	s := selectFrom("SELECT "+entryColumns+`, h.audit, h.clause, p.final, p.grade, p.provisional,
		h.final, h.grade, h.provisional
	FROM scores h CROSS JOIN scores p ON p.seq = h.previous CROSS JOIN entries e ON e.seq = h.seq`+entryJoins+
		"\n\tWHERE h.moved AND h.seq > ? AND h.seq <= ?", int64(f.After), int64(v.moves.position().seq))
	s.byTypeAndActor(f.Type, f.Actor)
	if err := v.recorded(ctx, s, f.From, f.To); err != nil {
		return Page[ChangeRow]{}, err
	}
	if err := s.within("e.case_no", f.Within); err != nil {
		return Page[ChangeRow]{}, err
	}
	rows, err := s.rows(ctx, v.store.read, "h.seq", f.Limit)
	if err != nil {
		return Page[ChangeRow]{}, fmt.Errorf("read changes: %w", err)
	}
	var items []ChangeRow
	err = each(rows, func() error {
		var c ChangeRow
		var from, to string
		err := rows.Scan(append(entryTargets(&c.EntryRow), &c.Audit, &c.Clause,
			&from, &c.Before.Grade, &c.Before.Provisional, &to, &c.After.Grade, &c.After.Provisional)...)
		if err != nil {
			return err
		}
		if c.Before.Final, err = scoring.ParseNumber(from); err != nil {
			return err
		}
		c.After.Final, err = scoring.ParseNumber(to)
		items = append(items, c)
		return err
	})
	if err != nil {
		return Page[ChangeRow]{}, fmt.Errorf("read changes: %w", err)
	}
	return page(items, f.Limit, func(c *ChangeRow) uint64 { return c.Seq }), nil
}
