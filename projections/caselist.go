package projections

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"starledger/scoring"
)

// stateThen is the state of a standing at the instant of the view, its first argument.
const stateThen = "CASE WHEN s.expires <> 0 AND ? > s.expires THEN '" + string(Expired) + "' ELSE s.state END"

// scopeThen is the scope of a case at the sequence of the view, its argument.
const scopeThen = "coalesce((SELECT scope FROM scopes WHERE case_no = c.no AND seq <= ? ORDER BY seq DESC LIMIT 1), c.scope)"

// selectCases takes the sequence of the view, its instant, its sequence five times, and the sequence of the case to
// begin before. The joins are crosswise so that SQLite keeps their order, and outer where a case without
// audit has nothing.
var selectCases = "SELECT c.no, c.id, c.kind, c.scheme, c.version, c.organization, " + scopeThen + ", c.field, c.imported, " + stateThen + ` AS state,
		s.certificate, ` + ofEntry("findings", "e.value") + `, s.audit, s.audit_kind, s.stage,
		coalesce(r.final, '0/1'), coalesce(r.grade, ''), coalesce(r.judgement, 0), coalesce(r.special_limit, ''),
		` + ofEntry("assessed", "e.value") + `, ` + entryColumns("e.value") + `
	FROM cases c
	CROSS JOIN standings s ON s.seq = (SELECT max(seq) FROM standings WHERE case_no = c.no AND seq <= ?)
	LEFT JOIN scores r ON r.seq = (SELECT seq FROM scores
		WHERE case_no = c.no AND audit = s.audit AND seq <= ? ORDER BY seq DESC LIMIT 1)
	CROSS JOIN json_each(json_array((SELECT max(value) FROM json_each(
		(SELECT seqs FROM strands WHERE of = c.no AND first <= ? ORDER BY first DESC LIMIT 1)) WHERE value <= ?))) e` +
	pageOf("e.value") + entryJoins("e.value") + `
	WHERE c.kind <> '' AND c.no <= ? AND c.no < ?`

// Cases lists the cases that a query finds, the newest first, as they stood at its point. Errors: those
// of Resolve.
func (v *Views) Cases(ctx context.Context, q CaseQuery) (Page[CaseRow], error) {
	s, err := v.findCases(ctx, q)
	if err != nil {
		return Page[CaseRow]{}, err
	}
	rows, err := s.rows(ctx, v.store.read, "c.no DESC", q.Limit)
	if err != nil {
		return Page[CaseRow]{}, fmt.Errorf("list cases: %w", err)
	}
	var items []CaseRow
	err = each(rows, func() error {
		row, err := scanCase(rows)
		items = append(items, row)
		return err
	})
	if err != nil {
		return Page[CaseRow]{}, fmt.Errorf("list cases: %w", err)
	}
	return page(items, q.Limit, func(c *CaseRow) uint64 { return c.Opened }), nil
}

func (v *Views) findCases(ctx context.Context, q CaseQuery) (*selection, error) {
	if q.AsOf.Axis == Effective {
		return nil, fmt.Errorf("list cases: %w", ErrListAxis)
	}
	at, err := v.Resolve(ctx, q.AsOf)
	if err != nil {
		return nil, err
	}
	seq, before := int64(at.Seq), int64(at.Seq)+1
	if q.After > 0 {
		before = int64(q.After)
	}
	s := selectFrom(selectCases, seq, int64(at.At), seq, seq, seq, seq, seq, before)
	if q.State != "" {
		s.and(stateThen+" = ?", int64(at.At), string(q.State))
	}
	if q.Grade != "" {
		s.and("r.grade = ? AND (r."+verdictIn+") = ?", string(q.Grade), int64(passed))
	}
	if q.Scheme != "" {
		s.and("c.scheme = ?", string(q.Scheme))
	}
	if q.Version != "" {
		s.and("c.version = ?", string(q.Version))
	}
	s.memberOf("c.no", q.Member, seq)
	for _, word := range strings.Fields(q.Text) {
		s.said(word, seq)
	}
	return s, s.within("c.no", q.Within)
}

func scanCase(rows *sql.Rows) (CaseRow, error) {
	var c CaseRow
	var a AuditRow
	var final string
	var judged judgement
	err := rows.Scan(append([]any{
		&c.Opened, &c.ID, &c.Kind, &c.Scheme, &c.Version, &c.Organization, &c.Scope, &c.Field, &c.Imported, &c.State,
		&c.Certificate, &c.OpenFindings, &a.Number, &a.Kind, &a.Stage, &final, &a.Grade, &judged, &a.Limit, &a.Assessed,
	}, entryTargets(&c.Changed)...)...)
	if err != nil || a.Number == 0 {
		return c, err
	}
	a.Involved, a.Specials, a.Provisional = judged.involved(), judged.specials(), judged.provisional()
	if a.Provisional {
		a.Grade = ""
	}
	if judged.verdict() != noVerdict {
		verdict := judged.verdict() == passed
		a.Passed = &verdict
	}
	a.Final, err = scoring.ParseNumber(final)
	c.Audit = &a
	return c, err
}
