package projections

import (
	"context"
	"fmt"

	"github.com/go-json-experiment/json"

	"starledger/events"
)

// WorkQuery asks for the steps that wait for a person, the latest first.
type WorkQuery struct {
	Actor  events.ID
	Duties []Duty // of the person in the body; those in a team are known from the teams
	// Internal tells that the person does every step of internal evaluations but those that follow the report.
	Internal bool
	Within   *Within
	AsOf     Point // on the recorded axis
	After    uint64
	Limit    int
}

// WorkRow is a step of a case that waits for the person.
type WorkRow struct {
	Place        uint64 // in the list
	Case         events.CaseID
	Kind         events.CaseKind
	Organization events.Text
	State        State
	Audit        uint64 // the latest; 0 before the first
	Step         string
	Duty         Duty
	Subject      events.Label // of the appeal or complaint that the step answers
	Since        uint64       // sequence of the event that made it wait
	Recorded     events.Instant
	// Barred is the sequence of the event that put the person into the team of the audit, who therefore neither
	// reviews nor decides (SOD-01, SOD-02); 0 where nothing bars.
	Barred uint64
}

// seqOfWait is the sequence from which on a row of waits holds, out of its number. A number holds the sequence
// and the place of the row among those of its event, so that one column orders the list and is its cursor.
func seqOfWait(no string) string { return fmt.Sprintf("(%s / %d)", no, waitsPerEvent) }

// selectWork takes the instant of the view, the actor, the sequence, then the sequence twice, and the place to
// begin before. The joins are crosswise so that SQLite keeps their order: from what waits to its case.
var selectWork = "SELECT w.no, c.id, c.kind, c.organization, " + stateThen + `, s.audit, w.step, w.duty, w.subject,
		` + seqOfWait("w.no") + ", " + ofEntry("recorded", seqOfWait("w.no")) + `, CASE WHEN w.duty IN ('reviewer', 'decision_maker') THEN coalesce((SELECT min(m.seq) FROM members m
			WHERE m.actor_no = ` + actorNumber + ` AND m.case_no = c.no AND m.audit = s.audit
			AND m.role IN ('lead', 'auditor', 'expert', 'observer') AND m.seq <= ?), 0) ELSE 0 END
	FROM waits w
	CROSS JOIN cases c ON c.no = w.case_no
	CROSS JOIN standings s ON s.seq = (SELECT max(seq) FROM standings WHERE case_no = c.no AND seq <= ?)` + pageOf(seqOfWait("w.no")) + `
	WHERE w.step <> '' AND ` + seqOfWait("w.no") + " = (SELECT " + seqOfWait("max(no)") + ` FROM waits
		WHERE case_no = w.case_no AND ` + seqOfWait("no") + ` <= ?) AND w.no < ?`

// roleThen is the role of a person in the team of the latest audit; it takes the actor and the sequence.
const roleThen = "coalesce((SELECT role FROM members WHERE actor_no = " + actorNumber +
	" AND case_no = c.no AND audit = s.audit AND seq <= ? ORDER BY seq DESC LIMIT 1), '')"

// Work lists the steps that wait for a person at a point. Errors: those of Resolve, ErrListAxis.
func (v *Views) Work(ctx context.Context, q WorkQuery) (Page[WorkRow], error) {
	items, err := v.findWork(ctx, q)
	if err != nil {
		return Page[WorkRow]{}, fmt.Errorf("list what waits for %s: %w", q.Actor, err)
	}
	return page(items, q.Limit, func(r *WorkRow) uint64 { return r.Place }), nil
}

func (v *Views) findWork(ctx context.Context, q WorkQuery) ([]WorkRow, error) {
	if q.AsOf.Axis == Effective {
		return nil, ErrListAxis
	}
	at, err := v.Resolve(ctx, q.AsOf)
	if err != nil {
		return nil, err
	}
	duties, err := json.Marshal(q.Duties, json.FormatNilSliceAsNull(false))
	if err != nil {
		return nil, err
	}
	seq, actor := int64(at.Seq), string(q.Actor)
	before := (seq + 1) * waitsPerEvent
	if q.After > 0 {
		before = min(before, int64(q.After))
	}
	s := selectFrom(selectWork, int64(at.At), actor, seq, seq, seq, before)
	s.and(`(w.duty IN (SELECT value FROM json_each(?))
		OR w.duty = 'lead' AND `+roleThen+` = 'lead'
		OR w.duty = 'member' AND `+roleThen+` IN ('lead', 'auditor')
		OR ? AND c.kind = 'internal' AND w.duty NOT IN ('reviewer', 'decision_maker'))`,
		string(duties), actor, seq, actor, seq, q.Internal)
	if err := s.within("c.no", q.Within); err != nil {
		return nil, err
	}
	rows, err := s.rows(ctx, v.store.read, "w.no DESC", q.Limit)
	if err != nil {
		return nil, err
	}
	var items []WorkRow
	err = each(rows, func() error {
		var r WorkRow
		err := rows.Scan(&r.Place, &r.Case, &r.Kind, &r.Organization, &r.State, &r.Audit, &r.Step, &r.Duty, &r.Subject,
			&r.Since, &r.Recorded, &r.Barred)
		items = append(items, r)
		return err
	})
	return items, err
}
