package checks

import (
	"fmt"

	"starledger/events"
)

var evidenceNamed = &Check{
	Code:    "EVID-01",
	Name:    Wording{"每项扣分有审核发现，每项不符合有证据", "every deduction names a finding, every nonconformity names evidence"},
	Source:  "000 6.1.2 c; practice",
	Posting: Warn,
	Guards:  types(events.DeductionApplied{}, events.FindingRaised{}),
	guard: func(p Posting) *Violation {
		switch d := p.Payload.(type) {
		case events.DeductionApplied:
			if d.Finding == "" {
				return unfounded(deductionWithoutFinding, string(d.Deduction), Wording{"没有审核发现", "names no finding"})
			}
		case events.FindingRaised:
			if d.Category == events.Nonconformity && len(d.Evidence) == 0 {
				return unfounded(findingWithoutEvidence, string(d.Finding), Wording{"没有证据", "names no evidence"})
			}
		}
		return nil
	},
}

func unfounded(code, number string, what Wording) *Violation {
	return &Violation{
		Code: code, Args: map[string]string{"number": number},
		Detail: Wording{fmt.Sprintf("%s %s", number, what.ZH), fmt.Sprintf("%s %s", number, what.EN)},
	}
}
