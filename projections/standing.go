package projections

import (
	"math"

	"starledger/events"
)

// standing is what the list of cases shows of one case apart from scores. Two standings are equal
// exactly when the list shows the same.
type standing struct {
	state       State          // without expiry, which the instant of the view decides
	expires     events.Instant // last instant of a certificate that is active or suspended, 0 for none
	certificate events.CertificateNumber
	findings    int // open
	audit       uint64
	kind        events.AuditKind
	stage       State
}

// never is before every certificate's last day.
const never = events.Instant(math.MinInt64)

// stand derives a standing from the folded case.
func stand(c *events.Case, findings int) standing {
	s := standing{state: StateOf(c, never), findings: findings}
	if certificate := c.Certificate(); certificate != nil {
		s.certificate = certificate.Number
		if s.state == Active || s.state == Suspended {
			s.expires = certificate.ValidUntil.End()
		}
	}
	if a := c.LastAudit(); a != nil {
		s.audit, s.kind, s.stage = a.Number, a.Kind, StageOf(c, a)
	}
	return s
}

// openFindings counts the nonconformities that are neither withdrawn nor corrected, of all audits.
func openFindings(c *events.Case) int {
	open := 0
	for i := range c.Audits {
		a := &c.Audits[i]
		for j := range a.Findings {
			f := &a.Findings[j]
			if f.Category == events.Nonconformity && f.Withdrawn == nil && !a.Corrected(f.Finding) {
				open++
			}
		}
	}
	return open
}
