package events

import "fmt"

// What an existing client brings along was not done in this ledger: it is kept as printed, with its
// source, by the types in this file, and never by those of work that was done here. It is effective when
// it is said to have happened, and recorded when it was imported.

// CaseImported opens a case for an existing client whose history was kept elsewhere.
type CaseImported struct {
	// The certified organization.
	Organization Organization `json:"organization"`
	// Goods and services in scope, as printed.
	Scope Text `json:"scope"`
	// Service field (认证领域), such as 03.
	Field ID `json:"field,omitzero"`
	// Scheme that the next audits fall under, as it stood at the import.
	Scheme SchemeName `json:"scheme"`
	// Where this was taken from, such as a public register and the day.
	Source Text `json:"source"`
}

// EventType is starledger.case.imported.v1.
func (CaseImported) EventType() Type { return "starledger.case.imported.v1" }

// Import is that a case was imported, and from where.
type Import struct {
	Entry
	Source Text
}

func (d CaseImported) apply(c *Case, e *Stored) error {
	c.Kind, c.Scheme, c.Organization = Certification, d.Scheme, d.Organization
	c.Scope, c.Field, c.Opened = d.Scope, d.Field, entryOf(e)
	c.Imported = &Import{entryOf(e), d.Source}
	return nil
}

// CertificateImported records a certificate that was issued before the case was imported.
type CertificateImported struct {
	// Number as printed, odd or not.
	Number Text `json:"number"`
	// Grade as printed.
	Printed Text `json:"printed,omitzero"`
	// Grade of the scheme that the printed one means.
	Grade ID `json:"grade,omitzero"`
	// Service field (认证领域) it was issued in.
	Field ID `json:"field,omitzero"`
	// Day of issue, Asia/Shanghai.
	IssuedOn Date `json:"issued_on"`
	// First day of validity, Asia/Shanghai.
	ValidFrom Date `json:"valid_from"`
	// Last day of validity, Asia/Shanghai.
	ValidUntil Date `json:"valid_until"`
	// Where this was taken from.
	Source Text `json:"source"`
}

// EventType is starledger.certificate.imported.v1.
func (CertificateImported) EventType() Type { return "starledger.certificate.imported.v1" }

func (d CertificateImported) apply(c *Case, e *Stored) error {
	if c.Imported == nil {
		return fmt.Errorf("the case was not imported")
	}
	if last := c.Certificate(); last != nil && last.stands() {
		last.status = CertificateReplaced
	}
	imported := d
	c.Certificates = append(c.Certificates, Certificate{
		Entry:             entryOf(e),
		CertificateIssued: CertificateIssued{Number: CertificateNumber(d.Number), Grade: d.Grade, ValidFrom: d.ValidFrom, ValidUntil: d.ValidUntil},
		Scope:             c.Scope, Imported: &imported, status: CertificateActive,
	})
	return nil
}

// ImportedStatus is what became of a certificate before the case was imported.
type ImportedStatus string

// The states that an import can say.
const (
	WasSuspended ImportedStatus = "suspended"
	WasRestored  ImportedStatus = "active"
	WasWithdrawn ImportedStatus = "withdrawn"
	WasCancelled ImportedStatus = "cancelled"
)

// Values lists what is accepted.
func (*ImportedStatus) Values() []ImportedStatus {
	return []ImportedStatus{WasSuspended, WasRestored, WasWithdrawn, WasCancelled}
}

// UnmarshalText accepts one of Values.
func (s *ImportedStatus) UnmarshalText(b []byte) error { return enum(s, b, s.Values()) }

// StatusImported records what became of an imported certificate, elsewhere, on a day.
type StatusImported struct {
	// Number of the certificate as printed.
	Number Text `json:"number"`
	// Its status from the day on.
	Status ImportedStatus `json:"status"`
	// First day of that status, Asia/Shanghai.
	On Date `json:"on"`
	// Where this was taken from.
	Source Text `json:"source"`
}

// EventType is starledger.status.imported.v1.
func (StatusImported) EventType() Type { return "starledger.status.imported.v1" }

func (d StatusImported) apply(c *Case, _ *Stored) error {
	certificate := c.ImportedCertificate(d.Number)
	if certificate == nil {
		return fmt.Errorf("there is no imported certificate %s", d.Number)
	}
	certificate.status = CertificateStatus(d.Status)
	return nil
}

// ImportedCertificate is the imported certificate with this number; nil when there is none.
func (c *Case) ImportedCertificate(number Text) *Certificate {
	return find(c.Certificates, func(x *Certificate) bool { return x.Imported != nil && x.Imported.Number == number })
}

// AuditImported records an audit that was held before the case was imported. It has no sheet here, so
// nothing is recomputed: score and grade are kept as printed.
type AuditImported struct {
	// Label of the imported audit in the case, I1, I2, …
	Import Label `json:"import"`
	// Place of the audit in the cycle.
	Kind AuditKind `json:"kind"`
	// First day, Asia/Shanghai.
	StartsOn Date `json:"starts_on"`
	// Last day, Asia/Shanghai.
	EndsOn Date `json:"ends_on"`
	// Score as printed.
	Score Text `json:"score,omitzero"`
	// Grade as printed.
	Printed Text `json:"printed,omitzero"`
	// Where this was taken from.
	Source Text `json:"source"`
}

// EventType is starledger.audit.imported.v1.
func (AuditImported) EventType() Type { return "starledger.audit.imported.v1" }

// ImportedAudit is an imported audit and where it stands.
type ImportedAudit struct {
	Entry
	AuditImported
}

func (d AuditImported) apply(c *Case, e *Stored) error {
	if c.Imported == nil {
		return fmt.Errorf("the case was not imported")
	}
	c.ImportedAudits = append(c.ImportedAudits, ImportedAudit{entryOf(e), d})
	return nil
}
