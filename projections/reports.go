package projections

import (
	"context"
	"database/sql/driver"
	"strings"

	"starledger/events"
	"starledger/scoring"
)

// reportsModel is what analytics rest on: the result of every reported audit, with what it lost
// clause by clause, and how long its steps took once it was decided. Nothing moves a score between
// its report and a review that returns it (TIME-03), so a report says it once and for all. A partial
// audit has no result and is not in it.
var reportsModel = readModel{
	name: "reports",
	tables: `
CREATE TABLE reports (
	seq       INTEGER PRIMARY KEY, -- holds from here on, until the next row of the audit
	case_no   INTEGER NOT NULL,
	audit     INTEGER NOT NULL,
	effective INTEGER NOT NULL,    -- when it was reported
	scheme    TEXT NOT NULL,       -- id@version
	final     TEXT NOT NULL,       -- fraction; '' when a review returned the report
	grade     TEXT NOT NULL,       -- '' when failed
	losses    TEXT NOT NULL,       -- a line for each clause that lost points: clause, fraction
	repeats   TEXT NOT NULL        -- clauses with a nonconformity here and in an earlier audit
);
CREATE TABLE courses (
	seq       INTEGER PRIMARY KEY, -- of the decision; a later one of the audit replaces it
	case_no   INTEGER NOT NULL,
	audit     INTEGER NOT NULL,
	effective INTEGER NOT NULL,    -- when it was decided
	scheme    TEXT NOT NULL,       -- id@version
	review_us INTEGER NOT NULL,    -- from the application to its review, and so on: see stepNames
	plan_us   INTEGER NOT NULL,    -- microseconds; -1 where a step is missing
	prepare_us INTEGER NOT NULL,
	on_site_us INTEGER NOT NULL,
	report_us INTEGER NOT NULL,
	confirm_us INTEGER NOT NULL,
	decide_us INTEGER NOT NULL,
	whole_us  INTEGER NOT NULL
);`,
	apply: func(ctx context.Context, w *writer, m *moment) error {
		if r := m.reported; r != nil {
			err := w.reports.add(ctx, int64(m.Seq), int64(m.no), int64(r.audit), int64(m.EffectiveTime), r.scheme,
				r.final, string(r.grade), r.losses, r.repeats)
			if err != nil {
				return err
			}
		}
		if c := m.decided; c != nil {
			row := []driver.Value{int64(m.Seq), int64(m.no), int64(c.audit), int64(m.EffectiveTime), c.scheme}
			for _, step := range c.steps {
				row = append(row, int64(step))
			}
			return w.courses.add(ctx, row...)
		}
		return nil
	},
}

// reported is the result of an audit as its report found it. Without final: a review returned it.
type reported struct {
	audit           uint64
	scheme          string
	final           string
	grade           events.ID
	losses, repeats string
}

// report is what an event says of the reports: the result, or that it was returned; nil when neither.
func (f *folding) report(p events.Payload) *reported {
	if report, is := events.Reported(p); is {
		return f.result(f.of.Audit(report.Audit))
	}
	d, reviewed := p.(events.AuditReviewed)
	if !reviewed || d.Outcome != events.ReviewReturned || f.of.Audit(d.Audit).Partial() {
		return nil
	}
	return &reported{audit: d.Audit, scheme: pinnedTo(f.of.Audit(d.Audit))}
}

func (f *folding) result(a *events.Audit) *reported {
	if a.Partial() {
		return nil
	}
	j := f.audit(a.Number)
	return &reported{
		audit: a.Number, scheme: pinnedTo(a), final: j.score.final, grade: j.score.grade,
		losses: lossesOf(j.running.Losses()), repeats: repeatsOf(f.of, a),
	}
}

func pinnedTo(a *events.Audit) string { return string(a.Scheme.ID + "@" + a.Scheme.Version) }

// lossesOf writes a line for each involved clause that earned less than its points: the clause, which may have
// spaces in it ("6.2.1.1 a)"), and the fraction it lost, which has none.
func lossesOf(losses []scoring.Loss) string {
	var text strings.Builder
	for _, loss := range losses {
		text.WriteString(loss.Clause + " " + loss.Lost.Fraction() + "\n")
	}
	return text.String()
}

// cutLoss reads a line of lossesOf.
func cutLoss(line string) (clause, lost string) {
	line = strings.TrimSuffix(line, "\n")
	end := max(strings.LastIndexByte(line, ' '), 0)
	return line[:end], strings.TrimPrefix(line[end:], " ")
}

// repeatsOf are, a line each, the clauses that have a standing nonconformity in this audit and in an earlier one,
// each once, in the order of the findings.
func repeatsOf(c *events.Case, a *events.Audit) string {
	before := map[events.Clause]bool{}
	for i := range c.Audits {
		if earlier := &c.Audits[i]; earlier.Number < a.Number {
			eachNonconformity(earlier, func(clause events.Clause) { before[clause] = true })
		}
	}
	var repeats []string
	eachNonconformity(a, func(clause events.Clause) {
		if before[clause] {
			before[clause] = false
			repeats = append(repeats, string(clause))
		}
	})
	return strings.Join(repeats, "\n")
}

func eachNonconformity(a *events.Audit, do func(events.Clause)) {
	for i := range a.Findings {
		if f := &a.Findings[i]; f.Category == events.Nonconformity && f.Withdrawn == nil {
			do(f.Clause)
		}
	}
}
