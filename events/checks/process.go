package checks

import (
	"fmt"
	"strings"

	"starledger/events"
)

var completeBeforeCertificate = &Check{
	Code: "PROC-01",
	Name: Wording{
		"发证前须有：受理的申请、审查计划、文件审查、首末次会议、审查报告、复核、认证决定",
		"no certificate without accepted application, planned audit, document review, opened and closed on-site audit, report, review, decision",
	},
	Source:  "002 5.2; 002 4",
	Posting: Refuse,
	Guards:  types(events.CertificateIssued{}),
	guard: func(p Posting) *Violation {
		missing := missingSteps(p.Case, p.Payload.(events.CertificateIssued).Audit)
		if len(missing) == 0 {
			return nil
		}
		list := strings.Join(missing, ", ")
		return &Violation{
			Code: stepsMissing, Args: map[string]string{"steps": list},
			Detail: Wording{"发证时缺少：" + list, "issued without: " + list},
		}
	},
}

// missingSteps are the steps before a certificate that an audit has not gone through.
func missingSteps(c *events.Case, audit uint64) []string {
	a := c.Audit(audit)
	if a == nil {
		return []string{"audit"}
	}
	decision := c.DecisionOn(audit)
	decided := decision != nil && (decision.Decision == events.ToGrant || decision.Decision == events.ToRenew || decision.Decision == events.ToChangeGrade)
	var missing []string
	for _, step := range []struct {
		name string
		done bool
	}{
		{"application-review", c.Imported != nil || c.Application != nil && c.Application.Outcome == events.ApplicationAccepted},
		{"document-review", a.Documents != nil && a.Documents.Outcome == events.DocumentsAccepted},
		{"opening", a.Opening != nil},
		{"closing", a.Closing != nil},
		{"report", a.Report != nil},
		{"review", a.Review != nil && a.Review.Outcome == events.ReviewConfirmed},
		{"decision", decided},
	} {
		if !step.done {
			missing = append(missing, step.name)
		}
	}
	return missing
}

// The day on which something was due, and the day on which it was done.
func overdue(code string, due, done events.Date, what Wording) *Violation {
	if done <= due {
		return nil
	}
	return &Violation{
		Code: code, Args: map[string]string{"due": string(due), "done": string(done)},
		Detail: Wording{
			fmt.Sprintf("%s应不晚于 %s，实际为 %s", what.ZH, due, done),
			fmt.Sprintf("%s was due on %s and done on %s", what.EN, due, done),
		},
	}
}

var applicationInTime = &Check{
	Code:    "PROC-02",
	Name:    Wording{"申请在收到之日起十日内（参数）评审", "application reviewed within 10 days (parameter)"},
	Source:  "P2; 002 5.2.1",
	Posting: Warn,
	Guards:  types(events.ApplicationReviewed{}),
	guard: func(p Posting) *Violation {
		due := daysAfter(events.DateOf(p.Case.AppliedAt), p.count(ReviewDays))
		return overdue(applicationLate, due, events.DateOf(p.Effective), Wording{"申请评审", "the review of the application"})
	},
}

var surveillanceInTime = &Check{
	Code:    "PROC-03",
	Name:    Wording{"监督审查未逾期（两次审查相隔不超过 12 个月，参数）", "surveillance not overdue: audits at most 12 months apart (parameter)"},
	Source:  "P9; practice",
	Posting: Warn,
	Guards:  types(events.AuditOpened{}),
	guard: func(p Posting) *Violation {
		d := p.Payload.(events.AuditOpened)
		a, before := p.Case.Audit(d.Audit), events.Instant(0)
		if a == nil || a.Kind != events.SurveillanceAudit && a.Kind != events.RecertificationAudit {
			return nil
		}
		for i := range p.Case.Audits {
			if x := &p.Case.Audits[i]; x.Number < d.Audit && x.Closing != nil && x.Kind != events.SpecialAudit {
				before = max(before, x.Closing.HeldAt)
			}
		}
		if before == 0 {
			return nil
		}
		due := monthsAfter(events.DateOf(before), p.count(SurveillanceMonth))
		return overdue(surveillanceLate, due, events.DateOf(d.HeldAt), Wording{"审查", "the audit"})
	},
}

var suspensionInTime = &Check{
	Code:    "PROC-04",
	Name:    Wording{"自确认不符合之日起 5 日内（参数）暂停证书", "suspension within 5 days of the confirmed nonconformity (parameter)"},
	Source:  "P10; public",
	Posting: Warn,
	Guards:  types(events.DecisionMade{}),
	guard: func(p Posting) *Violation {
		if p.Payload.(events.DecisionMade).Decision != events.ToSuspend {
			return nil
		}
		confirmed := confirmedNonconformity(p.Case)
		if confirmed == nil {
			return nil
		}
		due := daysAfter(events.DateOf(confirmed.Effective), p.count(SuspendDays))
		return overdue(suspensionLate, due, events.DateOf(p.Effective), Wording{"暂停", "the suspension"})
	},
}

// confirmedNonconformity is the earliest major nonconformity raised since the certificate was issued that
// stands and is not corrected; nil when there is none.
func confirmedNonconformity(c *events.Case) *events.Finding {
	certificate := c.Certificate()
	if certificate == nil {
		return nil
	}
	var earliest *events.Finding
	for i := range c.Audits {
		a := &c.Audits[i]
		for j := range a.Findings {
			f := &a.Findings[j]
			since := f.CaseSeq > certificate.CaseSeq && f.Severity == events.Major && f.Withdrawn == nil && !a.Corrected(f.Finding)
			if since && (earliest == nil || f.Effective < earliest.Effective) {
				earliest = f
			}
		}
	}
	return earliest
}
