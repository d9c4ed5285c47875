package projections

import (
	"context"
	"slices"

	"starledger/events"
	"starledger/events/checks"
)

// Duty is who has to do a step: a role in the body, or one in the team of the latest audit.
type Duty string

// The duties. Lead and member are roles in the team.
const (
	DutyOfficer   Duty = "case_officer"
	DutyLead      Duty = "lead"
	DutyMember    Duty = "member" // lead or auditor
	DutyReviewer  Duty = "reviewer"
	DutyDecides   Duty = "decision_maker"
	DutyQuality   Duty = "quality"
	DutyOnAppeals Duty = "appeals"
)

// wait is a step that can be done now, and whose turn it is.
type wait struct {
	step    string
	duty    Duty
	subject string // label of the appeal or complaint that it answers
}

// waitsPerEvent is how many steps of a case are listed at once. A case has one next step besides its open
// appeals and complaints; what is beyond stands in the case itself.
const waitsPerEvent = 100

// waitsModel is what cases wait for: a row for each step, all of a case anew whenever one of them changes.
var waitsModel = readModel{
	name: "waits",
	tables: `
CREATE TABLE waits (
	no      INTEGER PRIMARY KEY, -- the sequence from which on it holds, times 100, and its place
	case_no INTEGER NOT NULL,
	step    TEXT NOT NULL,       -- '' when the case waits for nothing
	duty    TEXT NOT NULL,
	subject TEXT NOT NULL
);`,
	indexes: `
CREATE INDEX waits_case ON waits (case_no);
CREATE INDEX waits_duty ON waits (duty);`,
	apply: func(ctx context.Context, w *writer, m *moment) error {
		for i, each := range m.waits {
			no := int64(m.Seq)*waitsPerEvent + int64(i)
			if err := w.waits.add(ctx, no, int64(m.no), each.step, string(each.duty), each.subject); err != nil {
				return err
			}
		}
		return nil
	},
}

// wait brings what the case waits for up to date, and gives all of it when it is another than before. A
// case that waits for nothing any more waits for a step without a name.
func (f *folding) wait() []wait {
	before := f.waits
	f.waits = waitsOf(f.of, f.left())
	if slices.Equal(before, f.waits) {
		return nil
	}
	if len(f.waits) == 0 {
		return []wait{{}}
	}
	return f.waits[:min(len(f.waits), waitsPerEvent)]
}

// left tells how many clauses of the latest audit are not assessed yet.
func (f *folding) left() int {
	for i := len(f.audits) - 1; i >= 0; i-- {
		if j := &f.audits[i]; j.number == f.shown.audit {
			return j.score.involved - j.score.assessed
		}
	}
	return 0
}

// waitsOf is what a case waits for: the objections that are open, then the first step of the process that can
// be done. left is how many clauses of its latest audit are not assessed.
func waitsOf(c *events.Case, left int) []wait {
	if c.Closed != nil || c.Kind == "" || c.Accreditation != nil {
		return nil
	}
	list := objections(c)
	if next := nextStep(c, left); next.step != "" {
		list = append(list, next)
	}
	return list
}

func objections(c *events.Case) (list []wait) {
	for i := range c.Appeals {
		if a := &c.Appeals[i]; a.Decided == nil {
			list = append(list, wait{"appeal-outcome", DutyOnAppeals, string(a.Appeal)})
		}
	}
	for i := range c.Complaints {
		if m := &c.Complaints[i]; m.Closed == nil {
			list = append(list, wait{"complaint-outcome", DutyQuality, string(m.Complaint)})
		}
	}
	return list
}

// nextStep is the next step before there is an audit, and then that of the latest. What a certificate asks
// for after its issue has a deadline of its own (checks.Deadlines).
func nextStep(c *events.Case, left int) wait {
	audit := c.LastAudit()
	switch {
	case audit != nil:
		return nextInAudit(c, audit, left)
	case c.Certificate() != nil:
		return wait{}
	case c.Kind != events.Certification:
		return wait{step: "plan", duty: DutyOfficer}
	case c.Application == nil || c.Application.Outcome == events.ApplicationReturned:
		return wait{step: "application-review", duty: DutyOfficer}
	case c.Application.Outcome == events.ApplicationRefused:
		return wait{step: "closure", duty: DutyOfficer}
	}
	return wait{step: "plan", duty: DutyOfficer}
}

// nextInAudit follows the stages of an audit. An internal one ends with its report.
func nextInAudit(c *events.Case, a *events.Audit, left int) wait {
	switch StageOf(c, a) {
	case Planned:
		return wait{step: "document-review", duty: DutyLead}
	case DocumentsReviewed:
		return wait{step: "opening", duty: DutyLead}
	case OnSite, Corrections:
		return nextOnSite(a, left)
	case Reported:
		if c.Kind != events.Internal {
			return wait{step: "review", duty: DutyReviewer}
		}
	case Reviewed:
		if c.Kind != events.Internal {
			return wait{step: "decision", duty: DutyDecides}
		}
	case Decided:
		return toCertify(c, a)
	}
	return wait{}
}

func nextOnSite(a *events.Audit, left int) wait {
	switch {
	case left > 0:
		return wait{step: "sheet", duty: DutyMember}
	case a.Closing == nil:
		return wait{step: "closing", duty: DutyLead}
	case len(checks.Uncorrected(a)) > 0:
		return wait{step: "corrections", duty: DutyOfficer}
	}
	return wait{step: "report", duty: DutyLead}
}

// toCertify is the certificate that a decision to grant or to renew asks for.
func toCertify(c *events.Case, a *events.Audit) wait {
	decision := c.DecisionOn(a.Number).Decision
	issued := slices.ContainsFunc(c.Certificates, func(each events.Certificate) bool { return each.Audit == a.Number })
	if (decision == events.ToGrant || decision == events.ToRenew) && !issued {
		return wait{step: "certificate", duty: DutyOfficer}
	}
	return wait{}
}
