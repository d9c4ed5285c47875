package checks

import (
	"fmt"

	"starledger/events"
)

// The report rests on what was seen and by whom: what moves the score, findings and the team are
// settled by it. A review that returns the report opens all of them again.
var nothingAfterReport = &Check{
	Code: "TIME-03",
	Name: Wording{
		"报告后不得再有影响得分的记录（复核退回并重新报告除外）；认证决定后仅可整改一般不符合",
		"after the report nothing that moves the score is posted, until the review returns it; after the decision only corrections of minor findings",
	},
	Source:  "000 6.1; practice",
	Posting: Refuse,
	Guards: types(events.TeamChanged{}, events.AssessmentRecorded{}, events.FindingRaised{}, events.FindingWithdrawn{},
		events.DeductionApplied{}, events.DeductionRevoked{}, events.DeletionGranted{}, events.DeletionRevoked{},
		events.SpecialDeductionApplied{}, events.SpecialDeductionRevoked{}, events.BonusGranted{}, events.BonusRevoked{},
		events.CorrectionSubmitted{}, events.CorrectionVerified{}),
	guard: func(p Posting) *Violation {
		number, corrected := entryIn(p.Payload)
		a := p.Case.Audit(number)
		if a == nil {
			return nil
		}
		decided := p.Case.DecisionOn(number) != nil
		switch {
		case corrected != "" && (!decided || minor(a, corrected)):
			return nil
		case decided:
			return late(afterDecision, number, p.Case.DecisionOn(number).Entry, Wording{"认证决定", "decision"})
		case a.Report != nil:
			return late(afterReport, number, a.Report.Entry, Wording{"审查报告", "report"})
		}
		return nil
	},
}

func minor(a *events.Audit, finding events.Number) bool {
	f := a.Find(finding)
	return f != nil && f.Severity != events.Major
}

func late(code string, audit uint64, since events.Entry, step Wording) *Violation {
	return &Violation{
		Code: code, Entries: placed(since),
		Args: map[string]string{"audit": fmt.Sprint(audit)},
		Detail: Wording{
			fmt.Sprintf("在审查 %d 的%s之后记录", audit, step.ZH),
			fmt.Sprintf("posted after the %s on audit %d", step.EN, audit),
		},
	}
}

// entryIn is the audit an entry belongs to, and the finding when the entry is about its correction.
func entryIn(payload events.Payload) (audit uint64, corrected events.Number) {
	switch d := payload.(type) {
	case events.TeamChanged:
		return d.Audit, ""
	case events.AssessmentRecorded:
		return d.Audit, ""
	case events.FindingRaised:
		return d.Audit, ""
	case events.FindingWithdrawn:
		return d.Audit, ""
	case events.DeductionApplied:
		return d.Audit, ""
	case events.DeductionRevoked:
		return d.Audit, ""
	case events.DeletionGranted:
		return d.Audit, ""
	case events.DeletionRevoked:
		return d.Audit, ""
	case events.SpecialDeductionApplied:
		return d.Audit, ""
	case events.SpecialDeductionRevoked:
		return d.Audit, ""
	case events.BonusGranted:
		return d.Audit, ""
	case events.BonusRevoked:
		return d.Audit, ""
	case events.CorrectionSubmitted:
		return d.Audit, d.Finding
	case events.CorrectionVerified:
		return d.Audit, d.Finding
	}
	return 0, ""
}

// placed is the sequence of an event as a list; none for one that is only imagined.
func placed(e events.Entry) []uint64 {
	if e.Seq == 0 {
		return nil
	}
	return []uint64{e.Seq}
}
