package projections

import (
	"context"
	"fmt"

	"starledger/events"
)

// FindingQuery asks for findings across cases, the latest first.
type FindingQuery struct {
	Stage    FindingStage           // "" is any
	Category events.FindingCategory // "" is any
	Severity events.Severity        // "" is any
	Clause   events.Clause          // "" is any
	Case     events.CaseID          // "" is any
	Member   events.ID              // has to do with its case; "" is anybody
	Within   *Within
	AsOf     Point // on the recorded axis
	After    uint64
	Limit    int
}

// FindingRow is a finding as it stands at a point.
type FindingRow struct {
	Seq          uint64 // of the event that raised it
	Case         events.CaseID
	Organization events.Text
	Audit        uint64
	Finding      events.Number
	Clause       events.Clause
	Category     events.FindingCategory
	Severity     events.Severity
	Statement    events.Text
	Actor        events.ID
	Raised       events.Instant // when it was effective
	Stage        FindingStage
	Moved        uint64         // sequence of the event that brought it there
	Since        events.Instant // when that was effective
	// Repeated tells that an earlier audit of the case had found a nonconformity on the clause, which was
	// not withdrawn.
	Repeated bool
}

// movedThen is the stage of a finding; it takes the end of the view, which is where the stages of the next sequence begin.
const movedThen = "coalesce((SELECT max(moved) FROM stages WHERE finding = f.seq AND moved < ?), f.seq * 10)"

// repeats takes the end of the view and the place of the stage withdrawn.
const repeats = `f.category = 'nonconformity' AND EXISTS (SELECT 1 FROM findings x
		WHERE x.case_no = f.case_no AND x.clause = f.clause AND x.audit < f.audit AND x.category = 'nonconformity' AND x.seq < f.seq
		AND NOT EXISTS (SELECT 1 FROM stages w WHERE w.finding = x.seq AND w.moved < ? AND w.moved % 10 = ?))`

// selectFindings takes the end of the view, the place of the stage withdrawn, the end, and the sequence that raised
// the finding to begin before.
var selectFindings = "SELECT f.seq, c.id, c.organization, f.audit, f.number, f.clause, f.category, f.severity, f.statement, n.name, " + ofEntry("effective", "f.seq") + `,
		f.moved, (SELECT ` + ofEntry("effective", "(f.moved / 10)") + ` FROM (SELECT 1)` + pageOf("(f.moved / 10)") + `), ` + repeats + `
	FROM (SELECT *, ` + movedThen + ` AS moved FROM findings f) f
	CROSS JOIN cases c ON c.no = f.case_no` + pageOf("f.seq") + `
	CROSS JOIN names n ON n.no = ` + ofEntry("actor_no", "f.seq") + `
	WHERE f.seq < ?`

// Findings lists the findings that a query finds, as they stood at its point. Errors: those of Resolve,
// ErrListAxis.
func (v *Views) Findings(ctx context.Context, q FindingQuery) (Page[FindingRow], error) {
	items, err := v.findFindings(ctx, q)
	if err != nil {
		return Page[FindingRow]{}, fmt.Errorf("list findings: %w", err)
	}
	return page(items, q.Limit, func(f *FindingRow) uint64 { return f.Seq }), nil
}

func (v *Views) findFindings(ctx context.Context, q FindingQuery) ([]FindingRow, error) {
	if q.AsOf.Axis == Effective {
		return nil, ErrListAxis
	}
	at, err := v.Resolve(ctx, q.AsOf)
	if err != nil {
		return nil, err
	}
	before := at.Seq + 1
	if q.After > 0 {
		before = min(before, q.After)
	}
	end := int64(at.Seq+1) * stagesPerEvent
	s := selectFrom(selectFindings, end, FindingWithdrawn.place(), end, int64(before))
	if q.Stage != "" {
		s.and("f.moved % 10 = ?", q.Stage.place())
	}
	for _, filter := range []struct{ column, value string }{
		{"f.category", string(q.Category)}, {"f.severity", string(q.Severity)},
		{"f.clause", string(q.Clause)}, {"c.id", string(q.Case)},
	} {
		if filter.value != "" {
			s.and(filter.column+" = ?", filter.value)
		}
	}
	s.memberOf("f.case_no", q.Member, int64(at.Seq))
	if err := s.within("f.case_no", q.Within); err != nil {
		return nil, err
	}
	rows, err := s.rows(ctx, v.store.read, "f.seq DESC", q.Limit)
	if err != nil {
		return nil, err
	}
	var items []FindingRow
	err = each(rows, func() error {
		var f FindingRow
		var moved uint64
		err := rows.Scan(&f.Seq, &f.Case, &f.Organization, &f.Audit, &f.Finding, &f.Clause, &f.Category, &f.Severity, &f.Statement,
			&f.Actor, &f.Raised, &moved, &f.Since, &f.Repeated)
		f.Moved, f.Stage = moved/stagesPerEvent, f.Stage.Values()[moved%stagesPerEvent]
		items = append(items, f)
		return err
	})
	return items, err
}
