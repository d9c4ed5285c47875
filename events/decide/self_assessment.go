package decide

import (
	"slices"

	"starledger/events"
)

// Rules of a self-assessment report (P5, P6; 004 Q5; 003 6.1.1):
//
//  1. It is the report of an internal audit. Nothing follows from it: no decision and no certificate.
//  2. It comes when any report comes, and says what any report says: see report.go.
//  3. It names at least one purpose, each once.
//  4. It says of everybody who was ever lead or auditor, and of nobody else, whether the person was free of
//     responsibility for what was audited. Whoever was not is warned of (SELF-01), not refused: a small
//     organization may have nobody else.
//  5. What failed does not conform. A declaration of conformity rests on an audit that conforms and leaves
//     no nonconformity uncorrected.

// ReportSelfAssessment is POST …/audits/{audit}/self-assessment-report.
type ReportSelfAssessment struct {
	Common
	Audit uint64 `json:"-"`
	// What the self-assessment is for.
	Purposes []events.SelfAssessmentPurpose `json:"purposes"`
	// How independent each evaluator was.
	Independence []events.Independence `json:"independence"`
	// To what degree the criteria are met.
	Conclusion events.SelfAssessmentConclusion `json:"conclusion"`
	// The grade as the evaluators see it; refused when it is not the recomputed one.
	Grade events.ID `json:"grade,omitzero"`
	// What is good.
	Strengths []events.Text `json:"strengths,omitzero"`
	// What is to be improved.
	Improvements []events.Text `json:"improvements,omitzero"`
	// Summary of the self-assessment.
	Summary events.Text `json:"summary"`
}

func (r *ReportSelfAssessment) decide(s *sitting) (events.Payload, error) {
	a, err := s.audit(r.Audit)
	if err != nil {
		return nil, err
	}
	if a.Kind != events.InternalAudit {
		return nil, refuse(Broken, NotInternal).with("kind", a.Kind)
	}
	if _, err := s.ripe(a); err != nil {
		return nil, err
	}
	standing, err := s.result(a, r.Grade)
	if err != nil {
		return nil, err
	}
	for i, purpose := range r.Purposes {
		if slices.Contains(r.Purposes[:i], purpose) {
			return nil, refuse(Broken, DuplicatePurpose).at("/purposes/%d", i).with("purpose", purpose)
		}
	}
	if err := r.declares(a); err != nil {
		return nil, err
	}
	if err := r.concludes(a, standing); err != nil {
		return nil, err
	}
	return events.SelfAssessmentReported{
		Audit: r.Audit, Purposes: r.Purposes, Independence: r.Independence, Conclusion: r.Conclusion,
		Standing: standing, Strengths: r.Strengths, Improvements: r.Improvements, Summary: r.Summary,
	}, nil
}

// declares holds rule 4.
func (r *ReportSelfAssessment) declares(a *events.Audit) error {
	evaluator := func(actor events.ID) bool {
		return slices.ContainsFunc(a.Ever, func(m events.Membership) bool {
			return m.Actor == actor && (m.Role == events.Lead || m.Role == events.Auditor)
		})
	}
	declared := func(list []events.Independence, actor events.ID) bool {
		return slices.ContainsFunc(list, func(x events.Independence) bool { return x.Actor == actor })
	}
	for i, x := range r.Independence {
		switch {
		case !evaluator(x.Actor):
			return refuse(Broken, NotAMember).at("/independence/%d/actor", i).with("actor", x.Actor)
		case declared(r.Independence[:i], x.Actor):
			return refuse(Broken, DuplicateMember).at("/independence/%d/actor", i).with("actor", x.Actor)
		}
	}
	for _, m := range a.Ever {
		if evaluator(m.Actor) && !declared(r.Independence, m.Actor) {
			return refuse(Broken, IndependenceMissing).at("/independence").with("actor", m.Actor).under("P6")
		}
	}
	return nil
}

// concludes holds rule 5.
func (r *ReportSelfAssessment) concludes(a *events.Audit, standing *events.Standing) error {
	if r.Conclusion == events.SelfConforms && standing.Grade == "" {
		return refuse(Broken, ConclusionContradicts).at("/conclusion").with("conclusion", r.Conclusion)
	}
	at := slices.Index(r.Purposes, events.ForSelfDeclaration)
	if at < 0 {
		return nil
	}
	if r.Conclusion != events.SelfConforms {
		return refuse(Broken, DeclarationUnfounded).at("/conclusion").with("conclusion", r.Conclusion)
	}
	for i := range a.Findings {
		f := &a.Findings[i]
		if f.Category == events.Nonconformity && f.Withdrawn == nil && !a.Corrected(f.Finding) {
			return refuse(Broken, FindingUncorrected).at("/purposes/%d", at).with("finding", f.Finding)
		}
	}
	return nil
}
