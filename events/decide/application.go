package decide

import (
	"fmt"

	"starledger/events"
)

// Rules of the application and of the case as a whole:
//
//  1. A case is opened under a known scheme in force, whether it has points or not.
//  2. The application was not received in the future.
//  3. An accepted or refused application is not reviewed again; a returned one is (P2; 002 5.2.1).
//     None is accepted while a penalty that was found is not cleared (002 5.2.1 a).
//  4. A case is not closed while a certificate stands, or an appeal or complaint is open.

// OpenCase is POST /v1/cases; it is decided on a case without events.
type OpenCase struct {
	Common
	// Who evaluates whom.
	Kind events.CaseKind `json:"kind"`
	// Scheme applied for: its id, or id@version.
	Scheme SchemeRef `json:"scheme"`
	// The organization to be evaluated.
	Organization events.Organization `json:"organization"`
	// Goods and services in scope.
	Scope events.Text `json:"scope"`
	// Service field (认证领域) in the body's approval, such as 03.
	Field events.ID `json:"field,omitzero"`
	// When the application was received; when the case is opened, if absent.
	AppliedAt *Timestamp `json:"applied_at,omitzero"`
}

// ReviewApplication is POST /v1/cases/{case}/application-review.
type ReviewApplication struct {
	Reasoned
	// Accepted, returned to be completed, or refused.
	Outcome events.ApplicationOutcome `json:"outcome"`
	// What was checked.
	Checks []events.ApplicationCheck `json:"checks,omitzero"`
}

// CloseCase is POST /v1/cases/{case}/closure.
type CloseCase struct {
	Reasoned
}

func (o *OpenCase) decide(s *sitting) (events.Payload, error) {
	scheme, err := s.appliedFor(o.Scheme)
	if err != nil {
		return nil, err
	}
	applied := s.effective
	if o.AppliedAt != nil {
		if err := s.happened(*o.AppliedAt, "/applied_at"); err != nil {
			return nil, err
		}
		applied = events.Instant(*o.AppliedAt)
	}
	return events.CaseOpened{
		Kind: o.Kind, Scheme: nameOf(scheme), VersionNamed: o.Scheme.namesVersion(), Organization: o.Organization,
		Scope: o.Scope, Field: o.Field, AppliedAt: applied,
	}, nil
}

func (r *ReviewApplication) decide(s *sitting) (events.Payload, error) {
	if last := s.c.Application; last != nil && last.Outcome != events.ApplicationReturned {
		return nil, refuse(Standing, ApplicationReviewed).with("outcome", last.Outcome).since(last.Entry)
	}
	if r.Outcome == events.ApplicationAccepted {
		if err := s.cleared(); err != nil {
			return nil, err
		}
	}
	for i, check := range r.Checks {
		if err := s.known(check.Evidence, fmt.Sprintf("/checks/%d/evidence", i)); err != nil {
			return nil, err
		}
	}
	return events.ApplicationReviewed{Outcome: r.Outcome, Checks: r.Checks}, nil
}

func (*CloseCase) decide(s *sitting) (events.Payload, error) {
	if certificate := s.standingCertificate(); certificate != nil {
		return nil, refuse(Broken, CertificateStands).with("certificate", certificate.Number).since(certificate.Entry)
	}
	for _, a := range s.c.Appeals {
		if a.Decided == nil {
			return nil, refuse(Broken, AppealOpen).with("appeal", a.AppealLodged.Appeal).since(a.Entry)
		}
	}
	for _, m := range s.c.Complaints {
		if m.Closed == nil {
			return nil, refuse(Broken, ComplaintOpen).with("complaint", m.ComplaintLodged.Complaint).since(m.Entry)
		}
	}
	return events.CaseClosed{}, nil
}
