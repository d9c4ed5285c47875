package checks

import (
	"fmt"
	"time"

	"starledger/events"
)

var datesAgree = &Check{
	Code: "TIME-01",
	Name: Wording{
		"各步骤日期相符：计划 ≤ 首次会议 ≤ 末次会议 ≤ 报告 ≤ 复核 ≤ 决定 ≤ 发证",
		"the dates of the steps agree: plan ≤ opening ≤ closing ≤ report ≤ review ≤ decision ≤ issue",
	},
	Source:  "002 4; practice",
	Posting: Refuse,
	Guards: types(events.AuditOpened{}, events.AuditClosed{}, events.AuditReported{}, events.SelfAssessmentReported{}, events.AuditReviewed{},
		events.DecisionMade{}, events.CertificateIssued{}),
	guard: func(p Posting) *Violation {
		if report, is := events.Reported(p.Payload); is {
			if a := p.Case.Audit(report.Audit); a != nil && a.Closing != nil {
				return earlier("/effective_at", events.DateOf(p.Effective), events.DateOf(a.Closing.HeldAt), Wording{"末次会议", "the closing meeting"})
			}
		}
		switch d := p.Payload.(type) {
		case events.AuditOpened:
			if a := p.Case.Audit(d.Audit); a != nil {
				return earlier("/held_at", events.DateOf(d.HeldAt), events.DateOf(a.Planned.Effective), Wording{"计划", "the plan"})
			}
		case events.AuditClosed:
			if a := p.Case.Audit(d.Audit); a != nil && a.Opening != nil && d.HeldAt < a.Opening.HeldAt {
				return outOfOrder("/held_at", d.HeldAt.String(), a.Opening.HeldAt.String(), Wording{"首次会议", "the opening meeting"})
			}
		case events.AuditReviewed:
			if a := p.Case.Audit(d.Audit); a != nil && a.Report != nil {
				return earlier("/effective_at", events.DateOf(p.Effective), events.DateOf(a.Report.Effective), Wording{"审查报告", "the report"})
			}
		case events.DecisionMade:
			if a := p.Case.Audit(d.Audit); a != nil && a.Review != nil {
				return earlier("/effective_at", events.DateOf(p.Effective), events.DateOf(a.Review.Effective), Wording{"复核", "the review"})
			}
		case events.CertificateIssued:
			if decision := p.Case.DecisionOn(d.Audit); decision != nil {
				return earlier("/valid_from", d.ValidFrom, events.DateOf(decision.Effective), Wording{"认证决定", "the decision"})
			}
		}
		return nil
	},
}

// earlier compares calendar days.
func earlier(pointer string, day, than events.Date, step Wording) *Violation {
	if day >= than {
		return nil
	}
	return outOfOrder(pointer, string(day), string(than), step)
}

func outOfOrder(pointer, at, before string, step Wording) *Violation {
	return &Violation{
		Code: stepsOutOfOrder, Pointer: pointer, Args: map[string]string{"at": at, "before": before},
		Detail: Wording{
			fmt.Sprintf("%s 早于%s（%s）", at, step.ZH, before),
			fmt.Sprintf("%s is before %s (%s)", at, step.EN, before),
		},
	}
}

var lateEntrySaysWhy = &Check{
	Code: "TIME-02",
	Name: Wording{
		"观察到后超过 72 小时（参数）才记录的，须说明理由",
		"recorded more than 72 hours (parameter) after it was observed needs a reason",
	},
	Source:  "practice",
	Posting: Refuse,
	Guards: types(events.AuditOpened{}, events.AuditClosed{}, events.AssessmentRecorded{}, events.FindingRaised{},
		events.DeductionApplied{}, events.DeletionGranted{}, events.SpecialDeductionApplied{}, events.BonusGranted{},
		events.CorrectionSubmitted{}, events.CorrectionVerified{}, events.AuditReported{}, events.SelfAssessmentReported{}, events.AuditReviewed{},
		events.DecisionMade{}, events.CertificateIssued{}),
	guard: func(p Posting) *Violation {
		hours := p.count(LateHours)
		if p.Reason != "" || p.Recorded-p.Effective <= events.Instant(hours)*events.Instant(time.Hour/time.Microsecond) {
			return nil
		}
		return &Violation{
			Code: lateWithoutReason, Pointer: "/reason", Args: map[string]string{"hours": fmt.Sprint(hours)},
			Detail: Wording{
				fmt.Sprintf("观察于 %s，超过 %d 小时后才记录，未说明理由", p.Effective, hours),
				fmt.Sprintf("observed at %s and recorded more than %d hours later without a reason", p.Effective, hours),
			},
		}
	},
}
