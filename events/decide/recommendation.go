package decide

import (
	"slices"

	"starledger/events"
	"starledger/scoring"
)

// Rules of what may be recommended and decided on an audit:
//
//  1. The kind of the audit says what it can lead to: see leadsTo. An internal audit is only reported.
//  2. A failed audit cannot grant, renew, maintain or change the grade.
//  3. A grant needs that no certificate stands; maintain one that stands; renew and change_grade one
//     that is active.
//  4. maintain needs an audit whose grade is not below the certificate's; change_grade one with
//     another grade, and so no partial audit.
//  5. suspend, restore, withdraw, cancel, extend_scope and reduce_scope may be recommended of an audit
//     that followed a certificate; when decided they rest on the certificate alone: see decision.go.

// leadsTo lists what an audit can lead to, by its kind.
var leadsTo = map[events.AuditKind][]events.Recommendation{
	events.InitialAudit:         {events.ToGrant, events.ToRefuse},
	events.SurveillanceAudit:    {events.ToMaintain, events.ToChangeGrade, events.ToRefuse},
	events.RecertificationAudit: {events.ToRenew, events.ToRefuse},
	events.SpecialAudit:         {events.ToMaintain, events.ToChangeGrade, events.ToRefuse},
	events.InternalAudit:        {events.ToGrant, events.ToMaintain, events.ToRefuse},
}

// recommend tells whether an audit with this result can lead to that. The caller points at the member.
func (s *sitting) recommend(
	to events.Recommendation, a *events.Audit, scheme *scoring.Scheme, standing *events.Standing,
) *Refusal {
	followed := a.Kind != events.InitialAudit && a.Kind != events.InternalAudit
	switch {
	case !to.NeedsAudit() && followed:
		return nil
	case !slices.Contains(leadsTo[a.Kind], to):
		return refuse(Broken, RecommendationImpossible).with("recommendation", to).with("kind", a.Kind)
	case to == events.ToRefuse:
		return nil
	case standing != nil && standing.Grade == "":
		return refuse(Broken, AuditFailed).with("recommendation", to)
	case a.Kind == events.InternalAudit:
		return nil
	}
	return s.fits(to, scheme, standing)
}

// fits holds rules 3 and 4.
func (s *sitting) fits(to events.Recommendation, scheme *scoring.Scheme, standing *events.Standing) *Refusal {
	certificate := s.standingCertificate()
	switch {
	case to == events.ToGrant && certificate != nil:
		return refuse(Broken, CertificateStands).with("certificate", certificate.Number).since(certificate.Entry)
	case to == events.ToGrant:
		return nil
	case certificate == nil:
		return missing(stepCertificate)
	case to != events.ToMaintain && certificate.StatusOn(s.effective) != events.CertificateActive:
		return refuse(Broken, CertificateStatus).with("status", certificate.StatusOn(s.effective))
	}
	return graded(to, scheme, standing, certificate)
}

// graded holds rule 4. A grade of the certificate that the scheme does not know cannot be compared:
// then it has to be changed.
func graded(
	to events.Recommendation, scheme *scoring.Scheme, standing *events.Standing, certificate *events.Certificate,
) *Refusal {
	switch {
	case standing == nil && to == events.ToChangeGrade:
		return refuse(Broken, RecommendationImpossible).with("recommendation", to).with("kind", "partial")
	case standing == nil, to == events.ToRenew:
		return nil
	case to == events.ToChangeGrade && standing.Grade == certificate.Grade:
		return refuse(Broken, GradeUnchanged).with("grade", standing.Grade)
	case to == events.ToMaintain && below(scheme, standing.Grade, certificate.Grade):
		return refuse(Broken, GradeBelowCertificate).with("grade", standing.Grade).with("certificate", certificate.Grade)
	}
	return nil
}

// below tells whether a grade of the scheme is lower than the certified one, or cannot be compared with it.
func below(scheme *scoring.Scheme, grade, certified events.ID) bool {
	rank := func(id events.ID) int {
		return slices.IndexFunc(scheme.Grades, func(g scoring.Grade) bool { return g.ID == string(id) })
	}
	return rank(certified) < 0 || rank(grade) < rank(certified)
}
