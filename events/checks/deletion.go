package checks

import (
	"fmt"

	"starledger/events"
	"starledger/scoring"
)

var deletionByLead = &Check{
	Code: "SCORE-03",
	Name: Wording{
		"删减有理由且由组长准予；提高了等级的删减须列出",
		"a deletion has a reason and was granted by the lead auditor; deletions that lift the grade are listed",
	},
	Source:  "R5; 000 6.1.2 b",
	Posting: Refuse,
	Guards:  append(types(events.DeletionGranted{}), reports...),
	guard: func(p Posting) *Violation {
		if d, is := p.Payload.(events.DeletionGranted); is {
			return p.wrongDeletion(d)
		}
		report, _ := events.Reported(p.Payload)
		if a := p.Case.Audit(report.Audit); a != nil {
			return lifted(a, p.Schemes)
		}
		return nil
	},
}

// wrongDeletion refuses a deletion without reason, and one by somebody else than the lead. Inside an
// enterprise the service manager stands for the lead (P5).
func (p Posting) wrongDeletion(d events.DeletionGranted) *Violation {
	a := p.Case.Audit(d.Audit)
	if a == nil {
		return nil
	}
	byLead := a.RoleInTeam(p.Actor) == events.Lead || p.Case.Kind == events.Internal && p.Role == ServiceManager
	if p.Reason != "" && byLead {
		return nil
	}
	return &Violation{
		Code: deletionUnfounded, Args: map[string]string{"deletion": string(d.Deletion)},
		Detail: Wording{
			fmt.Sprintf("删减 %s 没有理由，或不是由组长准予", d.Deletion),
			fmt.Sprintf("deletion %s has no reason, or was not granted by the lead", d.Deletion),
		},
	}
}

// lifted lists the deletions of an audit whose grade would be lower without them.
func lifted(a *events.Audit, book *scoring.Book) *Violation {
	whole := *a
	whole.Deletions = nil
	with, err := Score(a, book)
	if err != nil || with.Grade == nil || len(Facts(a).Deletions) == 0 {
		return nil // what cannot be scored is for SCORE-01 to say
	}
	without, err := Score(&whole, book)
	if err != nil || without.Grade != nil && without.Grade.ID == with.Grade.ID || without.Final.Cmp(with.Final) >= 0 {
		return nil
	}
	grade := "–"
	if without.Grade != nil {
		grade = without.Grade.ID
	}
	return &Violation{
		Code: deletionsLift, Listed: true, Args: map[string]string{"grade": with.Grade.ID, "without": grade},
		Detail: Wording{
			fmt.Sprintf("删减使等级由 %s 升为 %s（得分 %s → %s）", grade, with.Grade.ID, without.Final.Value(), with.Final.Value()),
			fmt.Sprintf("deletions lift the grade from %s to %s (%s → %s)", grade, with.Grade.ID, without.Final.Value(), with.Final.Value()),
		},
	}
}
