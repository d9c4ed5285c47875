package decide

import (
	"fmt"
	"slices"

	"starledger/events"
	"starledger/scoring"
)

// Rules of the audit, from plan to closing:
//
//  1. An audit is planned after the application was accepted. An enterprise does not apply to itself:
//     in an internal case a review of the application counts only when there is one, and so it does while an
//     imported certificate stands: that was applied for elsewhere.
//  2. An internal case has internal audits, and only an internal case has. The first audit of other
//     cases is initial; surveillance, recertification and special audits need a certificate that
//     stands, an initial one that none does (P3; 002 3.2).
//  3. A team has exactly one lead, and nobody in it twice.
//  4. The last day is not before the first.
//  5. Only surveillance and special audits may cover a part of the clauses; each once, and known.
//  6. The audit is pinned to the version of the scheme in force; it has to have points.
//  7. Documents are reviewed until accepted; the opening comes after that, the closing after the
//     opening, each once. No meeting was held in the future.

// PlanAudit is POST /v1/cases/{case}/audits.
type PlanAudit struct {
	Common
	// Place of the audit in the cycle.
	Kind events.AuditKind `json:"kind"`
	// The audit team, with exactly one lead.
	Team []events.Member `json:"team"`
	// First day, Asia/Shanghai.
	StartsOn events.Date `json:"starts_on"`
	// Last day, Asia/Shanghai.
	EndsOn events.Date `json:"ends_on"`
	// The clauses covered, for a partial surveillance or special audit.
	Clauses []events.Clause `json:"clauses,omitzero"`
	// Person-days on site.
	PersonDays events.Decimal `json:"person_days,omitzero"`
	// Outlets to be visited.
	Outlets []events.Text `json:"outlets,omitzero"`
	// How the audit is held.
	Mode events.AuditMode `json:"mode,omitzero"`
}

// ReviewDocuments is POST …/audits/{audit}/document-review.
type ReviewDocuments struct {
	Reasoned
	Audit uint64 `json:"-"`
	// Accepted, or returned to be completed.
	Outcome events.DocumentsOutcome `json:"outcome"`
}

// OpenAudit is POST …/audits/{audit}/opening.
type OpenAudit struct {
	Common
	Audit uint64 `json:"-"`
	// When the meeting was held.
	HeldAt Timestamp `json:"held_at"`
	// Who took part.
	Attendees []events.Text `json:"attendees,omitzero"`
}

// CloseAudit is POST …/audits/{audit}/closing.
type CloseAudit struct {
	Common
	Audit uint64 `json:"-"`
	// When the meeting was held.
	HeldAt Timestamp `json:"held_at"`
	// Who took part.
	Attendees []events.Text `json:"attendees,omitzero"`
}

func (p *PlanAudit) decide(s *sitting) (events.Payload, error) {
	if err := p.timely(s); err != nil {
		return nil, err
	}
	if err := wellFormed(p.Team, "/team"); err != nil {
		return nil, err
	}
	if p.EndsOn < p.StartsOn {
		return nil, refuse(Broken, DatesOutOfOrder).at("/ends_on")
	}
	scheme, err := s.forPlan()
	if err != nil {
		return nil, err
	}
	if !scheme.Scorable() {
		return nil, refuse(Broken, SchemeWithoutPoints).with("scheme", scheme.ID+"@"+scheme.Version)
	}
	with, err := s.Schemes.Companion(scheme)
	if err != nil {
		return nil, fmt.Errorf("plan an audit of case %s: %w", s.c.ID, err)
	}
	if err := p.partial(scheme, with); err != nil {
		return nil, err
	}
	number := uint64(1)
	if last := s.c.LastAudit(); last != nil {
		number = last.Number + 1
	}
	return events.AuditPlanned{
		Audit: number, Kind: p.Kind, Scheme: nameOf(scheme), Team: p.Team, StartsOn: p.StartsOn, EndsOn: p.EndsOn,
		Clauses: p.Clauses, PersonDays: p.PersonDays, Outlets: p.Outlets, Mode: p.Mode,
	}, nil
}

// timely holds rules 1 and 2.
func (p *PlanAudit) timely(s *sitting) error {
	internal, certificate := s.c.Kind == events.Internal, s.standingCertificate()
	reviewed, imported := s.c.Application, s.c.Imported != nil && certificate != nil
	switch {
	case reviewed == nil && !internal && !imported, reviewed != nil && reviewed.Outcome != events.ApplicationAccepted:
		return missing(stepApplication)
	case internal != (p.Kind == events.InternalAudit):
		return refuse(Broken, AuditKindNotAllowed).at("/kind").with("kind", p.Kind).with("case", s.c.Kind)
	case internal:
		return nil
	case p.Kind == events.InitialAudit && certificate != nil:
		return refuse(Broken, CertificateStands).at("/kind").with("certificate", certificate.Number).since(certificate.Entry)
	case p.Kind != events.InitialAudit && certificate == nil:
		return missing(stepCertificate).at("/kind")
	}
	return nil
}

// partial holds rule 5; with is the scheme of evaluation 1, nil where there is none.
func (p *PlanAudit) partial(scheme, with *scoring.Scheme) error {
	if len(p.Clauses) > 0 && p.Kind != events.SurveillanceAudit && p.Kind != events.SpecialAudit {
		return refuse(Broken, ClausesNotAllowed).at("/clauses").with("kind", p.Kind)
	}
	for i, clause := range p.Clauses {
		_, known := scheme.Clause(string(clause))
		if with != nil && !known {
			_, known = with.Clause(string(clause))
		}
		if !known {
			return refuse(Broken, UnknownClause).at("/clauses/%d", i).with("clause", clause)
		}
		if slices.Contains(p.Clauses[:i], clause) {
			return refuse(Broken, DuplicateClause).at("/clauses/%d", i).with("clause", clause)
		}
	}
	return nil
}

func (r *ReviewDocuments) decide(s *sitting) (events.Payload, error) {
	a, err := s.audit(r.Audit)
	if err != nil {
		return nil, err
	}
	if accepted(a) {
		return nil, refuse(Standing, DocumentsAccepted).since(a.Documents.Entry)
	}
	return events.DocumentsReviewed{Audit: r.Audit, Outcome: r.Outcome}, nil
}

func accepted(a *events.Audit) bool {
	return a.Documents != nil && a.Documents.Outcome == events.DocumentsAccepted
}

func (o *OpenAudit) decide(s *sitting) (events.Payload, error) {
	a, err := s.audit(o.Audit)
	if err != nil {
		return nil, err
	}
	switch {
	case a.Opening != nil:
		return nil, refuse(Standing, AuditOpened).since(a.Opening.Entry)
	case !accepted(a):
		return nil, missing(stepDocuments)
	}
	if err := s.happened(o.HeldAt, "/held_at"); err != nil {
		return nil, err
	}
	return events.AuditOpened{Audit: o.Audit, HeldAt: events.Instant(o.HeldAt), Attendees: o.Attendees}, nil
}

func (c *CloseAudit) decide(s *sitting) (events.Payload, error) {
	a, err := s.audit(c.Audit)
	if err != nil {
		return nil, err
	}
	switch {
	case a.Closing != nil:
		return nil, refuse(Standing, AuditClosed).since(a.Closing.Entry)
	case a.Opening == nil:
		return nil, missing(stepOpening)
	}
	s.follows(a.Opening.Entry)
	if err := s.happened(c.HeldAt, "/held_at"); err != nil {
		return nil, err
	}
	return events.AuditClosed{Audit: c.Audit, HeldAt: events.Instant(c.HeldAt), Attendees: c.Attendees}, nil
}
