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
	after, upTo, err := v.span(ctx, f.After, upTo, f.From, f.To)
	if err != nil {
		return Page[EntryRow]{}, err
	}
	along, found, err := v.along(ctx, f)
	if err != nil || !found {
		return Page[EntryRow]{}, err
	}
	s, seq, order := selectEntries(along, after, upTo)
	if f.Case != "" {
		s.and("ec.id = ?", string(f.Case))
	}
	s.byTypeAndActor(f.Type, f.Actor)
	s.recorded(seq, f.From, f.To)
	if err := s.within("ec.no", f.Within); err != nil {
		return Page[EntryRow]{}, err
	}
	rows, err := s.rows(ctx, v.store.read, order, f.Limit)
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

// selectEntries begins a query for entries after a sequence and up to one, of a strand or (0) of all, and
// says what their sequence is in it, and their order.
func selectEntries(along int64, after, upTo uint64) (s *selection, seq, order string) {
	if along == 0 {
		return selectFrom("SELECT "+entryColumns(everyEntry)+entriesIn+entryJoins(everyEntry)+"\n\tWHERE "+inRange,
			int64(after), int64(upTo), int64(after), int64(upTo)), everyEntry, "ep.no, l.no"
	}
	return selectFrom("SELECT "+entryColumns("j.value")+" FROM strands t CROSS JOIN json_each(t.seqs) j"+pageOf("j.value")+entryJoins("j.value")+
		"\n\tWHERE "+ofStrand+"\n\tAND j.value > ? AND j.value <= ?",
		along, int64(upTo), along, int64(after), int64(after), int64(upTo)), "j.value", "t.first, j.value"
}

// along is the shortest strand that has all entries a filter may let through: of its case, its type or
// its actor; 0 when it names none. found is false when the ledger knows nothing of one of them.
func (v *Views) along(ctx context.Context, f EntryFilter) (of int64, found bool, err error) {
	const query = `SELECT x.of FROM (
		SELECT no AS of FROM cases WHERE id = ?1
		UNION ALL SELECT -no FROM names WHERE name IN (?2, ?3)) x
	ORDER BY (SELECT count(*) FROM (SELECT 1 FROM strands s WHERE s.of = x.of LIMIT 1000))`
	named := map[string]bool{string(f.Case): true, string(f.Type): true, string(f.Actor): true}
	delete(named, "")
	if len(named) == 0 {
		return 0, true, nil
	}
	rows, err := v.store.read.QueryContext(ctx, query, string(f.Case), string(f.Type), string(f.Actor))
	if err != nil {
		return 0, false, fmt.Errorf("read entries: %w", err)
	}
	var strands []int64
	err = each(rows, func() error {
		var of int64
		err := rows.Scan(&of)
		strands = append(strands, of)
		return err
	})
	if err != nil {
		return 0, false, fmt.Errorf("read entries: %w", err)
	}
	if len(strands) < len(named) {
		return 0, false, nil
	}
	return strands[0], true, nil
}

// Changes are the events that moved a score or a grade, in the order of the log.
func (v *Views) Changes(ctx context.Context, f ChangeFilter) (Page[ChangeRow], error) {
	after, upTo, err := v.span(ctx, f.After, v.moves.position().seq, f.From, f.To)
	if err != nil {
		return Page[ChangeRow]{}, err
	}
	s := selectFrom("SELECT "+entryColumns("h.seq")+`, h.audit, h.clause, p.final, p.grade, p.judgement,
		h.final, h.grade, h.judgement
	FROM scores h CROSS JOIN scores p ON p.seq = h.previous`+pageOf("h.seq")+entryJoins("h.seq")+
		"\n\tWHERE h."+movedIn+" AND h.seq > ? AND h.seq <= ?", int64(after), int64(upTo))
	s.byTypeAndActor(f.Type, f.Actor)
	s.recorded("h.seq", f.From, f.To)
	if err := s.within("h.case_no", f.Within); err != nil {
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
		var before, after judgement
		err := rows.Scan(append(entryTargets(&c.EntryRow), &c.Audit, &c.Clause,
			&from, &c.Before.Grade, &before, &to, &c.After.Grade, &after)...)
		if err != nil {
			return err
		}
		c.Before.Provisional, c.After.Provisional = before.provisional(), after.provisional()
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
