package decide

import (
	"slices"

	"starledger/events"
	"starledger/events/checks"
)

// Rules of a decision (P8):
//
//  1. An internal case ends with its report: nothing is decided.
//  2. grant, refuse, maintain, renew and change_grade rest on an audit with a confirmed review, once;
//     the audit allows them (recommendation.go), and what has to be corrected is (CORR-01).
//  3. The others rest on the certificate and name no audit and no grade: suspend, extend_scope and
//     reduce_scope an active one, restore a suspended one, withdraw and cancel one that stands.
//     Deciding what is so already is refused as a repetition.
//     extend_scope and reduce_scope may say the scope from then on, which the certificate's follows.
//  4. A grant that waits for its certificate is not granted again.
//  5. The grade stated is the recomputed one (SCORE-01).
//  6. The decision maker was never in the team (SOD-01), and is not the reviewer unless the body
//     allows it.

// MakeDecision is POST /v1/cases/{case}/decisions.
type MakeDecision struct {
	Reasoned
	// What is decided.
	Decision events.Recommendation `json:"decision"`
	// The audit it rests on, where it needs one.
	Audit uint64 `json:"audit,omitzero"`
	// The grade as the decision maker sees it; refused when it is not the recomputed one.
	Grade events.ID `json:"grade,omitzero"`
	// The scope from now on; for extend_scope and reduce_scope.
	Scope events.Text `json:"scope,omitzero"`
}

func (d *MakeDecision) decide(s *sitting) (events.Payload, error) {
	switch {
	case s.c.Kind == events.Internal:
		return nil, refuse(Broken, InternalCase)
	case d.Scope != "" && d.Decision != events.ToExtendScope && d.Decision != events.ToReduceScope:
		return nil, refuse(Broken, ScopeNotExpected).at("/scope").with("decision", d.Decision)
	case !d.Decision.NeedsAudit():
		return d.onCertificate(s)
	case d.Audit == 0:
		return nil, refuse(Malformed, MemberMissing).at("/audit")
	}
	a := s.c.Audit(d.Audit)
	if a == nil {
		return nil, refuse(Broken, UnknownAudit).at("/audit").with("audit", d.Audit)
	}
	if err := d.due(s, a); err != nil {
		return nil, err
	}
	scheme, err := s.scheme(a)
	if err != nil {
		return nil, err
	}
	standing, err := s.result(a, d.Grade)
	if err != nil {
		return nil, err
	}
	if refusal := s.recommend(d.Decision, a, scheme, standing); refusal != nil {
		return nil, refusal.at("/decision")
	}
	return events.DecisionMade{Decision: d.Decision, Audit: d.Audit, Standing: standing}, nil
}

// due tells whether the audit is ripe for this person's decision.
func (d *MakeDecision) due(s *sitting, a *events.Audit) error {
	switch {
	case s.c.DecisionOn(d.Audit) != nil:
		return refuse(Standing, DecisionStands).with("audit", d.Audit).since(s.c.DecisionOn(d.Audit).Entry)
	case a.Report == nil:
		return missing(stepReport)
	case a.Review == nil:
		return missing(stepReview)
	case a.ReviewBy(s.Actor) != nil && !s.reviewerMayDecide():
		return refuse(Denied, ReviewerDecides).under("P8").since(*a.ReviewBy(s.Actor))
	case d.Decision == events.ToGrant && s.unissued() != nil:
		return missing(stepCertificate).at("/decision")
	}
	s.follows(a.Planned)
	s.follows(a.Review.Entry)
	return nil
}

// reviewerMayDecide is what the registry says, and until it says something what the server was told.
func (s *sitting) reviewerMayDecide() bool {
	if s.Registry != nil && s.Registry.Parameter(checks.ReviewerDecides, 0) != nil {
		return checks.ValueAt(s.Registry, checks.ReviewerDecides, 0).Cmp(checks.Decimal("0")) > 0
	}
	return s.Body.ReviewerMayDecide
}

// onCertificate holds rule 3.
func (d *MakeDecision) onCertificate(s *sitting) (events.Payload, error) {
	switch {
	case d.Audit != 0:
		return nil, refuse(Broken, AuditNotExpected).at("/audit")
	case d.Grade != "":
		return nil, refuse(Broken, GradeNotExpected).at("/grade").with("grade", d.Grade)
	}
	certificate := s.c.Certificate()
	if certificate == nil {
		return nil, missing(stepCertificate)
	}
	s.follows(certificate.Entry)
	status := certificate.StatusOn(s.effective)
	if status == reached[d.Decision] {
		return nil, refuse(Standing, CertificateStatus).at("/decision").with("status", status).since(certificate.Entry)
	}
	if !slices.Contains(from[d.Decision], status) {
		return nil, refuse(Broken, CertificateStatus).at("/decision").with("status", status)
	}
	switch d.Scope {
	case "":
		return events.DecisionMade{Decision: d.Decision}, nil
	case certificate.Scope:
		return nil, refuse(Standing, ScopeUnchanged).at("/scope").since(certificate.Entry)
	}
	return events.ScopeChanged{Decision: events.ScopeChange(d.Decision), Scope: d.Scope}, nil
}

// The decisions on a certificate: the state each leads to, and the states each may start from.
var (
	reached = map[events.Recommendation]events.CertificateStatus{
		events.ToSuspend:  events.CertificateSuspended,
		events.ToRestore:  events.CertificateActive,
		events.ToWithdraw: events.CertificateWithdrawn,
		events.ToCancel:   events.CertificateCancelled,
	}
	from = map[events.Recommendation][]events.CertificateStatus{
		events.ToSuspend:     {events.CertificateActive},
		events.ToRestore:     {events.CertificateSuspended},
		events.ToWithdraw:    {events.CertificateActive, events.CertificateSuspended},
		events.ToCancel:      {events.CertificateActive, events.CertificateSuspended},
		events.ToExtendScope: {events.CertificateActive},
		events.ToReduceScope: {events.CertificateActive},
	}
)
