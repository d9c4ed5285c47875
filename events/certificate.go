package events

// CertificateIssued issues a certificate on a decision to grant, renew or change the grade.
type CertificateIssued struct {
	// Number of the certificate as printed.
	Number CertificateNumber `json:"number"`
	// The audit whose decision it rests on.
	Audit uint64 `json:"audit"`
	// Grade certified.
	Grade ID `json:"grade"`
	// First day of validity, Asia/Shanghai.
	ValidFrom Date `json:"valid_from"`
	// Last day of validity, Asia/Shanghai.
	ValidUntil Date `json:"valid_until"`
}

// EventType is starledger.certificate.issued.v1.
func (CertificateIssued) EventType() Type { return "starledger.certificate.issued.v1" }

// CertificateStatus is whether a certificate may be relied on.
type CertificateStatus string

// The states of a certificate. Expired is never recorded: it follows from the day of the view.
const (
	CertificateActive    CertificateStatus = "active"
	CertificateSuspended CertificateStatus = "suspended"
	CertificateWithdrawn CertificateStatus = "withdrawn"
	CertificateCancelled CertificateStatus = "cancelled"
	CertificateExpired   CertificateStatus = "expired"
	CertificateReplaced  CertificateStatus = "replaced" // by a later certificate of the case
)

// Certificate is a certificate as decisions have left it.
type Certificate struct {
	Entry
	CertificateIssued
	Scope    Text                 // the case's when it was issued, and as changed since
	Imported *CertificateImported // as printed, where it was issued elsewhere; Audit is 0 then
	status   CertificateStatus
}

// StatusOn is the status at an instant: decisions first, then expiry after the last day.
func (c *Certificate) StatusOn(at Instant) CertificateStatus {
	if c.stands() && at > c.ValidUntil.End() {
		return CertificateExpired
	}
	return c.status
}

func (c *Certificate) stands() bool {
	return c.status == CertificateActive || c.status == CertificateSuspended
}

// Decided is the status as decisions have left it, whatever the day.
func (c *Certificate) Decided() CertificateStatus { return c.status }

// Certificate is the certificate issued last; nil before the first.
func (c *Case) Certificate() *Certificate {
	if len(c.Certificates) == 0 {
		return nil
	}
	return &c.Certificates[len(c.Certificates)-1]
}

func (c *Certificate) decided(d DecisionMade) {
	switch d.Decision {
	case ToSuspend:
		c.status = CertificateSuspended
	case ToRestore:
		c.status = CertificateActive
	case ToWithdraw:
		c.status = CertificateWithdrawn
	case ToCancel:
		c.status = CertificateCancelled
	}
}

func (d CertificateIssued) apply(c *Case, e *Stored) error {
	if _, err := c.audit(d.Audit); err != nil {
		return err
	}
	if last := c.Certificate(); last != nil {
		last.status = CertificateReplaced
	}
	c.Certificates = append(c.Certificates, Certificate{Entry: entryOf(e), CertificateIssued: d, Scope: c.Scope, status: CertificateActive})
	return nil
}
