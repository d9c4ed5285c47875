package checks

import (
	"fmt"

	"starledger/events"
	"starledger/scoring"
)

// Standing recomputes the result of an audit as a report, review or decision has to state it; nil for
// a partial audit, which has none. Errors: those of Score.
func Standing(c *events.Case, a *events.Audit, book *scoring.Book) (*events.Standing, error) {
	if a.Partial() {
		return nil, nil
	}
	result, err := Score(a, book)
	if err != nil {
		return nil, err
	}
	standing := &events.Standing{Final: events.Fraction(result.Final.Fraction()), BasisSeq: c.Head.CaseSeq}
	if result.Grade != nil {
		standing.Grade = events.ID(result.Grade.ID)
	}
	return standing, nil
}

var resultRecomputed = &Check{
	Code: "SCORE-01",
	Name: Wording{
		"报告、复核和认证决定中的等级与得分和重新计算的结果一致",
		"the reported, reviewed and decided grade and value equal the recomputed one at their basis_seq",
	},
	Source:  "R9, R11; 000 6.1.2",
	Posting: Refuse,
	Guards:  types(events.AuditReported{}, events.SelfAssessmentReported{}, events.AuditReviewed{}, events.DecisionMade{}),
	guard: func(p Posting) *Violation {
		number, claimed := claim(p.Payload)
		a := p.Case.Audit(number)
		if a == nil {
			return nil // a decision that rests on no audit
		}
		computed, err := p.recompute(a, claimed)
		switch {
		case err != nil:
			return differs(claimed, nil, Wording{"无法重新计算：" + err.Error(), "cannot be recomputed: " + err.Error()})
		case computed == nil && claimed == nil:
			return nil // a partial audit
		case computed == nil || claimed == nil:
			return differs(claimed, computed, Wording{"部分审查没有得分，完整审查必须有得分", "a partial audit has no result, a full one has"})
		case computed.Final != claimed.Final || computed.Grade != claimed.Grade:
			return differs(claimed, computed, Wording{
				fmt.Sprintf("记载为 %s，重新计算为 %s", written(claimed), written(computed)),
				fmt.Sprintf("states %s, recomputed %s", written(claimed), written(computed)),
			})
		}
		return nil
	},
}

// claim is what an event states about an audit's result.
func claim(payload events.Payload) (audit uint64, standing *events.Standing) {
	if report, is := events.Reported(payload); is {
		return report.Audit, report.Standing
	}
	switch d := payload.(type) {
	case events.AuditReviewed:
		return d.Audit, d.Standing
	case events.DecisionMade:
		return d.Audit, d.Standing
	}
	return 0, nil
}

// recompute scores the audit where the claim says it was scored.
func (p Posting) recompute(a *events.Audit, claimed *events.Standing) (*events.Standing, error) {
	if claimed == nil || claimed.BasisSeq == p.Case.Head.CaseSeq {
		return Standing(p.Case, a, p.Schemes)
	}
	if p.asOf == nil || claimed.BasisSeq > p.Case.Head.CaseSeq {
		return nil, fmt.Errorf("the basis is event %d, the case stands at %d", claimed.BasisSeq, p.Case.Head.CaseSeq)
	}
	then, err := p.asOf(claimed.BasisSeq)
	if err != nil {
		return nil, err
	}
	if a = then.Audit(a.Number); a == nil {
		return nil, fmt.Errorf("at event %d the audit was not planned", claimed.BasisSeq)
	}
	return Standing(then, a, p.Schemes)
}

// displayed is a final score as people read it; one that is no number is shown as it stands.
func displayed(final events.Fraction) string {
	number, err := scoring.ParseNumber(string(final))
	if err != nil {
		return string(final)
	}
	return number.Value()
}

func written(s *events.Standing) string { return fmt.Sprintf("%s (%s)", s.Final, s.Grade) }

func differs(claimed, computed *events.Standing, detail Wording) *Violation {
	args := map[string]string{}
	if claimed != nil {
		args["claimed"] = string(claimed.Grade)
	}
	if computed != nil {
		args["grade"], args["final"] = string(computed.Grade), displayed(computed.Final)
	}
	return &Violation{Code: resultDiffers, Pointer: "/grade", Args: args, Detail: detail}
}
