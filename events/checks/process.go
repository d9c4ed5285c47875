package checks

import (
	"fmt"
	"slices"
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

// What is due, and until when, is said by Deadlines alone: the checks below hold an event against the
// deadlines of the case as it stood before it, which are those the calendar shows.

// overdue finds the first deadline of some kinds that was past when something was done about it.
func (p Posting) overdue(code string, done events.Date, what Wording, kinds ...DeadlineKind) *Violation {
	for _, d := range Deadlines(p.Case) {
		due := d.Due(p.Registry)
		if !slices.Contains(kinds, d.Kind) || done <= due {
			continue
		}
		return &Violation{
			Code: code, Args: map[string]string{"due": string(due), "done": string(done)},
			Detail: Wording{
				fmt.Sprintf("%s应不晚于 %s，实际为 %s", what.ZH, due, done),
				fmt.Sprintf("%s was due on %s and done on %s", what.EN, due, done),
			},
		}
	}
	return nil
}

var applicationInTime = &Check{
	Code:    "PROC-02",
	Name:    Wording{"申请在收到之日起十日内（参数）评审", "application reviewed within 10 days (parameter)"},
	Source:  "P2; 002 5.2.1",
	Posting: Warn,
	Guards:  types(events.ApplicationReviewed{}),
	guard: func(p Posting) *Violation {
		return p.overdue(applicationLate, events.DateOf(p.Effective), Wording{"申请评审", "the review of the application"}, DueReview)
	},
}

var surveillanceInTime = &Check{
	Code: "PROC-03",
	Name: Wording{
		"监督审查未逾期（两次审查相隔不超过 12 个月，参数），再认证在证书到期前",
		"surveillance not overdue: at most 12 months after the audit before (parameter); recertification before the certificate expires",
	},
	Source:  "P3, P9; 002 3.2; practice",
	Posting: Warn,
	Guards:  types(events.AuditOpened{}),
	guard: func(p Posting) *Violation {
		d := p.Payload.(events.AuditOpened)
		a := p.Case.Audit(d.Audit)
		if a == nil {
			return nil
		}
		kinds := []DeadlineKind{DueSurveillance}
		switch a.Kind {
		case events.SurveillanceAudit:
		case events.RecertificationAudit: // does not make up for a surveillance that was left out
			kinds = append(kinds, DueRecertification)
		default:
			return nil
		}
		return p.overdue(surveillanceLate, events.DateOf(d.HeldAt), Wording{"审查", "the audit"}, kinds...)
	},
}

var suspensionInTime = &Check{
	Code:    "PROC-04",
	Name:    Wording{"自确认不符合之日起 5 日内（参数）暂停证书", "suspension within 5 days of the confirmed nonconformity (parameter)"},
	Source:  "P10; public",
	Posting: Warn,
	Guards:  types(events.DecisionMade{}),
	guard: func(p Posting) *Violation {
		switch p.Payload.(events.DecisionMade).Decision {
		case events.ToSuspend, events.ToWithdraw:
			return p.overdue(suspensionLate, events.DateOf(p.Effective), Wording{"暂停", "the suspension"}, DueSuspension)
		}
		return nil
	},
}

var suspensionEnded = &Check{
	Code:    "PROC-05",
	Name:    Wording{"暂停不超过 6 个月（参数），届时恢复或撤销", "a suspension lasts at most 6 months (parameter), then the certificate is restored or withdrawn"},
	Source:  "P10; public",
	Posting: Warn,
	Guards:  types(events.DecisionMade{}),
	guard: func(p Posting) *Violation {
		switch p.Payload.(events.DecisionMade).Decision {
		case events.ToRestore, events.ToWithdraw, events.ToCancel:
			return p.overdue(suspensionLong, events.DateOf(p.Effective), Wording{"暂停的终止", "the end of the suspension"}, DueSuspensionEnd)
		}
		return nil
	},
}
