package checks

import (
	"cmp"
	"slices"
	"strings"

	"starledger/events"
)

// Deadlines of a case, as its own events make them (002 3.2, 5.2.1; P2, P3, P9, P10):
//
//  1. An application waits for its first review: application_review_days from the day it was received.
//  2. While a certificate stands, the programme goes on: surveillance 1 and surveillance 2, each at most
//     surveillance_months after the closing meeting of the audit before (initial, surveillance or
//     recertification, imported ones included; special audits are not counted), then recertification up to the certificate's
//     last day. A surveillance or recertification that is on its way is the one planned for it.
//  3. A confirmed review of a report that recommends to suspend or withdraw confirms a nonconformity:
//     suspension_days from the review to the decision.
//  4. A suspension ends, by restoring or withdrawing, suspension_months after it was decided.
//  5. An appeal and a complaint wait for their outcome: appeal_days, complaint_days from the day they
//     were received.
//
// A closed case has no deadlines. Days are calendar days in Asia/Shanghai; the day itself is still in
// time. The value of a parameter is the one that held when the event was recorded that began the count.

// DeadlineKind is what is due.
type DeadlineKind string

// The kinds of a deadline.
const (
	DueReview          DeadlineKind = "application_review"
	DueSurveillance    DeadlineKind = "surveillance"
	DueRecertification DeadlineKind = "recertification"
	DueSuspension      DeadlineKind = "suspension"
	DueSuspensionEnd   DeadlineKind = "suspension_end"
	DueAppeal          DeadlineKind = "appeal"
	DueComplaint       DeadlineKind = "complaint"
)

// rulesOfDeadlines are the rule of the domain page behind each kind, and the parameter that counts.
var rulesOfDeadlines = map[DeadlineKind]struct {
	rule      string
	parameter events.ID
	months    bool
}{
	DueReview:          {"P2", ReviewDays, false},
	DueSurveillance:    {"P9", SurveillanceMonth, true},
	DueRecertification: {"P3", "", false},
	DueSuspension:      {"P10", SuspendDays, false},
	DueSuspensionEnd:   {"P10", SuspensionMonths, true},
	DueAppeal:          {"ISO/IEC 17065 7.13", AppealDays, false},
	DueComplaint:       {"ISO/IEC 17065 7.13", ComplaintDays, false},
}

// Deadline is something a case waits for. Two deadlines are equal exactly when they say the same.
type Deadline struct {
	Kind     DeadlineKind
	Number   uint64         // of the surveillance in the cycle, or of the audit that recommends a suspension; else 0
	Label    events.Label   // of the appeal or complaint; else ""
	Audit    uint64         // planned to settle it; 0 while none is
	From     events.Date    // the day counted from; the last day itself for a recertification
	Seq      uint64         // of the event that began the count
	Recorded events.Instant // when that was recorded
	Ends     events.Date    // after this day it is due no more, since its certificate has expired; "" for never
}

// Rule is where the deadline comes from.
func (d *Deadline) Rule() string { return rulesOfDeadlines[d.Kind].rule }

// Parameter is the one that counts; "" where the day is fixed.
func (d *Deadline) Parameter() events.ID { return rulesOfDeadlines[d.Kind].parameter }

// Due is the last day in time; registry may be nil.
func (d *Deadline) Due(registry *events.Case) events.Date {
	rule := rulesOfDeadlines[d.Kind]
	switch {
	case rule.parameter == "":
		return d.From
	case rule.months:
		return d.From.AddMonths(countAt(registry, rule.parameter, d.Seq))
	}
	return d.From.AddDays(countAt(registry, rule.parameter, d.Seq))
}

// Deadlines are those of a case as it stands, expired or not: the day of the view decides with Ends.
func Deadlines(c *events.Case) []Deadline {
	if c.Opened.CaseSeq == 0 && c.Opened.Seq == 0 || c.Closed != nil {
		return nil
	}
	var list []Deadline
	if c.Kind == events.Certification && c.Application == nil && c.AppliedAt != 0 {
		list = append(list, counted(DueReview, events.DateOf(c.AppliedAt), c.Opened))
	}
	list = append(list, programme(c)...)
	for i := range c.Audits {
		if review := confirmedForSuspension(c, &c.Audits[i]); review != nil {
			d := counted(DueSuspension, events.DateOf(review.Effective), review.Entry)
			d.Number = c.Audits[i].Number
			list = append(list, d)
		}
	}
	return append(list, objections(c)...)
}

func counted(kind DeadlineKind, from events.Date, by events.Entry) Deadline {
	return Deadline{Kind: kind, From: from, Seq: by.Seq, Recorded: by.Recorded}
}

// programme holds rules 2 and 4.
func programme(c *events.Case) []Deadline {
	certificate := c.Certificate()
	if certificate == nil {
		return nil
	}
	decided := certificate.Decided()
	if decided != events.CertificateActive && decided != events.CertificateSuspended {
		return nil
	}
	var list []Deadline
	if done, last, by := cycle(c, certificate); done < surveillances {
		d := counted(DueSurveillance, last, by)
		d.Number, d.Ends, d.Audit = done+1, certificate.ValidUntil, underway(c, events.SurveillanceAudit)
		list = append(list, d)
	}
	renewal := counted(DueRecertification, certificate.ValidUntil, certificate.Entry)
	renewal.Audit = underway(c, events.RecertificationAudit)
	list = append(list, renewal)
	if decided == events.CertificateSuspended {
		if by := lastDecision(c, events.ToSuspend); by != nil {
			end := counted(DueSuspensionEnd, events.DateOf(by.Effective), by.Entry)
			end.Ends = certificate.ValidUntil
			list = append(list, end)
		}
	}
	return list
}

// surveillances is how many there are between two certifications (002 3.2).
const surveillances = 2

// cycle counts the surveillances closed since the certification that the certificate goes back to, and
// finds the last day on site of the programme so far, with the event that says so. A certificate without
// such an audit counts from its first day.
func cycle(c *events.Case, certificate *events.Certificate) (done uint64, last events.Date, by events.Entry) {
	last, by = certificate.ValidFrom, certificate.Entry
	if a := lastImported(c, &done); a != nil {
		last, by = a.EndsOn, a.Entry
	}
	audits := make([]*events.Audit, len(c.Audits))
	for i := range c.Audits {
		audits[i] = &c.Audits[i]
	}
	slices.SortFunc(audits, func(a, b *events.Audit) int { return cmp.Compare(a.Number, b.Number) })
	for _, a := range audits {
		certifies := a.Kind == events.InitialAudit || a.Kind == events.RecertificationAudit
		switch decision := c.DecisionOn(a.Number); {
		case a.Closing == nil, !certifies && a.Kind != events.SurveillanceAudit:
			continue
		case certifies && (decision == nil || decision.Decision == events.ToRefuse):
			continue
		case certifies:
			done = 0
		default:
			done++
		}
		last, by = events.DateOf(a.Closing.HeldAt), a.Closing.Entry
	}
	return done, last, by
}

// lastImported is the last audit of the programme that was held before the import; done counts the
// surveillances since the certification before it.
func lastImported(c *events.Case, done *uint64) *events.ImportedAudit {
	var last *events.ImportedAudit
	held := slices.SortedStableFunc(slices.Values(c.ImportedAudits), func(a, b events.ImportedAudit) int { return strings.Compare(string(a.EndsOn), string(b.EndsOn)) })
	for i := range held {
		switch held[i].Kind {
		case events.InitialAudit, events.RecertificationAudit:
			*done = 0
		case events.SurveillanceAudit:
			*done++
		default:
			continue
		}
		last = &held[i]
	}
	return last
}

// underway is the latest audit of a kind that was planned and not closed yet; 0 for none.
func underway(c *events.Case, kind events.AuditKind) uint64 {
	number := uint64(0)
	for i := range c.Audits {
		if a := &c.Audits[i]; a.Kind == kind && a.Number > number && (a.Closing == nil || kind == events.RecertificationAudit && c.DecisionOn(a.Number) == nil) {
			number = a.Number
		}
	}
	return number
}

// confirmedForSuspension holds rule 3: the review, until the decision maker has decided anything about
// the certificate or the audit since.
func confirmedForSuspension(c *events.Case, a *events.Audit) *events.Review {
	standing := c.Certificate() != nil && c.Certificate().Decided() == events.CertificateActive
	confirmed := a.Report != nil && a.Review != nil && a.Review.Outcome == events.ReviewConfirmed
	if !standing || !confirmed || a.Report.Recommendation != events.ToSuspend && a.Report.Recommendation != events.ToWithdraw {
		return nil
	}
	since := func(d events.Decision) bool { return d.Seq > a.Review.Seq && (d.Audit == 0 || d.Audit == a.Number) }
	if slices.ContainsFunc(c.Decisions, since) {
		return nil
	}
	return a.Review
}

func lastDecision(c *events.Case, to events.Recommendation) *events.Decision {
	for i := len(c.Decisions) - 1; i >= 0; i-- {
		if c.Decisions[i].Decision == to {
			return &c.Decisions[i]
		}
	}
	return nil
}

// objections holds rule 5.
func objections(c *events.Case) []Deadline {
	var list []Deadline
	for i := range c.Appeals {
		if a := &c.Appeals[i]; a.Decided == nil {
			d := counted(DueAppeal, events.DateOf(a.Effective), a.Entry)
			d.Label = a.AppealLodged.Appeal
			list = append(list, d)
		}
	}
	for i := range c.Complaints {
		if m := &c.Complaints[i]; m.Closed == nil {
			d := counted(DueComplaint, events.DateOf(m.Effective), m.Entry)
			d.Label = m.ComplaintLodged.Complaint
			list = append(list, d)
		}
	}
	return list
}
