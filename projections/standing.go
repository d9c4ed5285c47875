package projections

import (
	"math"

	"starledger/events"
)

// standing is what the list of cases shows of one case apart from scores and findings. Two standings are equal
// exactly when the list shows the same.
type standing struct {
	state       State          // without expiry, which the instant of the view decides
	expires     events.Instant // last instant of a certificate that is active or suspended, 0 for none
	certificate events.CertificateNumber
	audit       uint64
	kind        events.AuditKind
	stage       State
}

// never is before every certificate's last day.
const never = events.Instant(math.MinInt64)

// stand derives a standing from the folded case.
func stand(c *events.Case) standing {
	s := standing{state: StateOf(c, never)}
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

// openFindings counts the nonconformities of an audit that are neither withdrawn nor corrected.
func openFindings(a *events.Audit) int {
	open := 0
	for i := range a.Findings {
		f := &a.Findings[i]
		if f.Category == events.Nonconformity && f.Withdrawn == nil && !a.Corrected(f.Finding) {
			open++
		}
	}
	return open
}
