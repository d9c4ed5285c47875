package decide

import (
	"starledger/events"
)

// Rules of a certificate:
//
//  1. It is issued on the latest decision to grant, renew or change the grade, once. A withdrawal or
//     cancellation after that decision ends the right to it.
//  2. Its first day is not after its last.

// IssueCertificate is POST /v1/cases/{case}/certificates.
type IssueCertificate struct {
	Common
	// Number of the certificate as printed.
	Number events.CertificateNumber `json:"number"`
	// First day of validity, Asia/Shanghai.
	ValidFrom events.Date `json:"valid_from"`
	// Last day of validity, Asia/Shanghai.
	ValidUntil events.Date `json:"valid_until"`
}

func (i *IssueCertificate) decide(s *sitting) (events.Payload, error) {
	decision := s.lastIssuing()
	switch {
	case decision == nil:
		return nil, missing(stepDecision)
	case s.issued(decision.Audit) != nil:
		return nil, refuse(Standing, CertificateIssued).with("audit", decision.Audit).since(s.issued(decision.Audit).Entry)
	case i.ValidUntil < i.ValidFrom:
		return nil, refuse(Broken, DatesOutOfOrder).at("/valid_until")
	}
	s.follows(decision.Entry)
	return events.CertificateIssued{
		Number: i.Number, Audit: decision.Audit, Grade: decision.Standing.Grade,
		ValidFrom: i.ValidFrom, ValidUntil: i.ValidUntil,
	}, nil
}

// lastIssuing is the decision that a certificate can be issued on; nil when there is none, or when
// the certificate was ended since.
func (s *sitting) lastIssuing() *events.Decision {
	for i := len(s.c.Decisions) - 1; i >= 0; i-- {
		switch d := &s.c.Decisions[i]; d.Decision {
		case events.ToGrant, events.ToRenew, events.ToChangeGrade:
			return d
		case events.ToWithdraw, events.ToCancel:
			return nil
		}
	}
	return nil
}

// unissued is the decision whose certificate is still to be issued; nil when there is none.
func (s *sitting) unissued() *events.Decision {
	if d := s.lastIssuing(); d != nil && s.issued(d.Audit) == nil {
		return d
	}
	return nil
}

// issued is the certificate that an audit led to, nil when there is none.
func (s *sitting) issued(audit uint64) *events.Certificate {
	for i := range s.c.Certificates {
		if c := &s.c.Certificates[i]; c.Audit == audit {
			return c
		}
	}
	return nil
}

// standingCertificate is the certificate that is active or suspended when the event happens; nil when
// there is none, or it has ended.
func (s *sitting) standingCertificate() *events.Certificate {
	certificate := s.c.Certificate()
	if certificate == nil {
		return nil
	}
	switch certificate.StatusOn(s.effective) {
	case events.CertificateActive, events.CertificateSuspended:
		return certificate
	}
	return nil
}
