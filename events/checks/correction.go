package checks

import (
	"slices"
	"strings"

	"starledger/events"
)

var correctedBeforeDecision = &Check{
	Code: "CORR-01",
	Name: Wording{
		"认证决定前，特别扣分项和严重不符合均已整改并验证",
		"special deductions and major nonconformities are corrected and verified before the decision",
	},
	Source:  "R6; 001",
	Posting: Refuse,
	Guards:  types(events.DecisionMade{}),
	guard: func(p Posting) *Violation {
		d := p.Payload.(events.DecisionMade)
		a := p.Case.Audit(d.Audit)
		if a == nil || d.Decision == events.ToRefuse {
			return nil
		}
		open := Uncorrected(a)
		if len(open) == 0 {
			return nil
		}
		var raised []uint64
		for _, number := range open {
			raised = append(raised, placed(a.Find(events.Number(number)).Entry)...)
		}
		return &Violation{
			Entries: raised,
			Code:    correctionsOpen,
			Pointer: "/audit",
			Args:    map[string]string{"findings": strings.Join(open, ", ")},
			Detail: Wording{
				"决定时尚未整改并验证：" + strings.Join(open, ", "),
				"not corrected and verified when it was decided: " + strings.Join(open, ", "),
			},
		}
	},
}

// Uncorrected are the findings that have to be corrected before a decision and are not: those behind
// a standing special deduction, and standing major nonconformities.
func Uncorrected(a *events.Audit) []string {
	var open []string
	for i := range a.Findings {
		f := &a.Findings[i]
		special := slices.ContainsFunc(a.Specials, func(s events.SpecialDeduction) bool {
			return s.Revoked == nil && s.Finding == f.Finding
		})
		major := f.Withdrawn == nil && f.Severity == events.Major
		if (special || major) && !a.Corrected(f.Finding) {
			open = append(open, string(f.Finding))
		}
	}
	return open
}
