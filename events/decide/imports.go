package decide

import "starledger/events"

// Rules of an import of an existing client, which is kept as printed:
//
//  1. It opens a case of its own, under a known scheme in force, for the next audits.
//  2. Certificates, what became of them, and audits are told only of such a case. What was printed may
//     break the rules of today: that is listed by the conformance checks, not refused.
//  3. What could not be at all is refused: a last day before the first, a day in the future, a status
//     before the certificate was issued, a number twice.

// ImportCase opens the case of an existing client; it is decided on a case without events.
type ImportCase struct {
	Common
	Organization events.Organization `json:"organization"`
	Scope        events.Text         `json:"scope"`
	Field        events.ID           `json:"field,omitzero"`
	Scheme       SchemeRef           `json:"scheme"`
	Source       events.Text         `json:"source"`
}

// ImportCertificate tells of a certificate issued before the import.
type ImportCertificate struct {
	Common
	events.CertificateImported
}

// ImportStatus tells what became of an imported certificate.
type ImportStatus struct {
	Common
	events.StatusImported
}

// ImportAudit tells of an audit held before the import; its label is given here.
type ImportAudit struct {
	Common
	events.AuditImported
}

func (i *ImportCase) decide(s *sitting) (events.Payload, error) {
	scheme, err := s.importedUnder(i.Scheme)
	if err != nil {
		return nil, err
	}
	return events.CaseImported{Organization: i.Organization, Scope: i.Scope, Field: i.Field, Scheme: scheme, Source: i.Source}, nil
}

// importedUnder is the scheme in force now: the import may be effective long before that.
func (s *sitting) importedUnder(ref SchemeRef) (events.SchemeName, error) {
	now := *s
	now.effective = s.Now
	scheme, err := now.appliedFor(ref)
	if err != nil {
		return events.SchemeName{}, err
	}
	return nameOf(scheme), nil
}

func (i *ImportCertificate) decide(s *sitting) (events.Payload, error) {
	switch {
	case s.c.Imported == nil:
		return nil, refuse(Broken, NotImported)
	case s.c.ImportedCertificate(i.Number) != nil:
		return nil, refuse(Standing, CertificateKnown).at("/number").with("certificate", i.Number).since(s.c.ImportedCertificate(i.Number).Entry)
	case i.IssuedOn > events.DateOf(s.Now):
		return nil, refuse(Broken, InFuture).at("/issued_on")
	case i.ValidUntil < i.ValidFrom:
		return nil, refuse(Broken, DatesOutOfOrder).at("/valid_until")
	}
	return i.CertificateImported, nil
}

func (i *ImportStatus) decide(s *sitting) (events.Payload, error) {
	certificate := s.c.ImportedCertificate(i.Number)
	switch {
	case certificate == nil:
		return nil, refuse(Broken, UnknownCertificate).at("/number").with("certificate", i.Number)
	case i.On > events.DateOf(s.Now):
		return nil, refuse(Broken, InFuture).at("/on")
	case i.On < certificate.Imported.IssuedOn:
		return nil, refuse(Broken, DatesOutOfOrder).at("/on")
	}
	s.follows(certificate.Entry)
	return i.StatusImported, nil
}

func (i *ImportAudit) decide(s *sitting) (events.Payload, error) {
	switch {
	case s.c.Imported == nil:
		return nil, refuse(Broken, NotImported)
	case i.EndsOn > events.DateOf(s.Now):
		return nil, refuse(Broken, InFuture).at("/ends_on")
	case i.EndsOn < i.StartsOn:
		return nil, refuse(Broken, DatesOutOfOrder).at("/ends_on")
	}
	audit := i.AuditImported
	audit.Import = nextLabel('I', s.c.ImportedAudits, func(a *events.ImportedAudit) events.Label { return a.Import })
	return audit, nil
}
