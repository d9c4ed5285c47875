package decide

import (
	"fmt"
	"slices"

	"starledger/events"
	"starledger/events/checks"
	"starledger/scoring"
)

// Rules of the report and its review:
//
//  1. A report comes after accepted documents, opening and closing; there is no second one until a
//     review returns it.
//  2. Every involved clause is assessed (SCORE-02), and under method deduction the assessments agree
//     with the deductions: nonconforming with one, conforming without (R13).
//  3. What is recommended can be decided: see recommendation.go.
//  4. The result stated is the recomputed one (SCORE-01). A partial audit has none.
//  5. A review needs a standing report, and reviews it once. The reviewer was never in the team (SOD-02).

// ReportAudit is POST …/audits/{audit}/report.
type ReportAudit struct {
	Common
	Audit uint64 `json:"-"`
	// What the team recommends.
	Recommendation events.Recommendation `json:"recommendation"`
	// The grade as the team sees it; refused when it is not the recomputed one.
	Grade events.ID `json:"grade,omitzero"`
	// Summary of the audit.
	Summary events.Text `json:"summary"`
}

// ReviewAudit is POST …/audits/{audit}/review.
type ReviewAudit struct {
	Reasoned
	Audit uint64 `json:"-"`
	// Confirmed, or returned to be mended.
	Outcome events.ReviewOutcome `json:"outcome"`
}

func (r *ReportAudit) decide(s *sitting) (events.Payload, error) {
	a, err := s.audit(r.Audit)
	if err != nil {
		return nil, err
	}
	schemes, err := s.ripe(a)
	if err != nil {
		return nil, err
	}
	standing, err := s.result(a, r.Grade)
	if err != nil {
		return nil, err
	}
	if refusal := s.recommend(r.Recommendation, a, schemes[len(schemes)-1], standing); refusal != nil {
		return nil, refusal.at("/recommendation")
	}
	return events.AuditReported{Audit: r.Audit, Recommendation: r.Recommendation, Standing: standing, Summary: r.Summary}, nil
}

// ripe holds rules 1 and 2, as far as no check does, and gives the schemes of the audit's evaluations.
func (s *sitting) ripe(a *events.Audit) ([]*scoring.Scheme, error) {
	schemes, err := s.schemes(a)
	if err != nil {
		return nil, err
	}
	if err := reportable(a); err != nil {
		return nil, err
	}
	for _, scheme := range schemes {
		if err := consistent(a, scheme); err != nil {
			return nil, err
		}
	}
	return schemes, nil
}

// reportable holds rule 1.
func reportable(a *events.Audit) error {
	switch {
	case a.Report != nil:
		return refuse(Standing, ReportStands).since(a.Report.Entry)
	case !accepted(a):
		return missing(stepDocuments)
	case a.Opening == nil:
		return missing(stepOpening)
	case a.Closing == nil:
		return missing(stepClosing)
	}
	return nil
}

// consistent holds R13.
func consistent(a *events.Audit, scheme *scoring.Scheme) error {
	if scheme.Method != scoring.MethodDeduction {
		return nil
	}
	for _, clause := range checks.Involved(a, scheme) {
		assessment := a.Assessment(clause)
		deducted := slices.ContainsFunc(a.Deductions, func(d events.Deduction) bool { return d.Clause == clause && d.Revoked == nil })
		if assessment != nil && deducted != (assessment.Result == events.Nonconforming) {
			return refuse(Broken, AssessmentContradicts).with("clause", clause).with("result", assessment.Result).under("R13")
		}
	}
	return nil
}

// result is the standing result of an audit, with the grade as the caller states it: SCORE-01
// compares the two. Nil for a partial audit.
func (s *sitting) result(a *events.Audit, stated events.ID) (*events.Standing, error) {
	standing, err := checks.Standing(s.c, a, s.Schemes)
	switch {
	case err != nil:
		return nil, fmt.Errorf("decide on audit %d of case %s: %w", a.Number, s.c.ID, err)
	case standing == nil && stated != "":
		return nil, refuse(Broken, GradeNotExpected).at("/grade").with("grade", stated).under("SCORE-01")
	case standing == nil:
		return nil, nil
	}
	if new(events.Fraction).UnmarshalText([]byte(standing.Final)) != nil {
		return nil, refuse(Broken, ResultUnwritable).with("digits", len(standing.Final))
	}
	if stated != "" {
		standing.Grade = stated
	}
	return standing, nil
}

func (r *ReviewAudit) decide(s *sitting) (events.Payload, error) {
	a, err := s.audit(r.Audit)
	if err != nil {
		return nil, err
	}
	switch {
	case a.Report == nil:
		return nil, missing(stepReport)
	case a.Review != nil:
		return nil, refuse(Standing, ReviewStands).since(a.Review.Entry)
	}
	s.follows(a.Report.Entry)
	standing, err := s.result(a, "")
	if err != nil {
		return nil, err
	}
	return events.AuditReviewed{Audit: r.Audit, Outcome: r.Outcome, Standing: standing}, nil
}
