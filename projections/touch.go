package projections

import "starledger/events"

// touch is what an event may do to what is derived from its case.
type touch struct {
	audit        uint64 // whose score it may touch; 0 for none
	clause       events.Clause
	reach        reach
	findings     bool // it may open or settle a finding
	certificates bool // it may change the status of a certificate
}

// reach is how far an event reaches into the score of its audit.
type reach int

const (
	untouched reach = iota
	assesses        // moves the progress; under method rating the score, too
	scores          // touches the score
	starts          // plans the audit: the score begins at its full marks
)

// touchOf reads off the payload what the event may touch.
func touchOf(p events.Payload) touch {
	switch d := p.(type) {
	case events.AuditPlanned:
		return touch{audit: d.Audit, reach: starts}
	case events.AssessmentRecorded:
		return touch{audit: d.Audit, clause: d.Clause, reach: assesses}
	case events.DeductionApplied:
		return touch{audit: d.Audit, clause: d.Clause, reach: scores}
	case events.DeductionRevoked:
		return touch{audit: d.Audit, reach: scores}
	case events.DeletionGranted:
		return touch{audit: d.Audit, clause: d.Clause, reach: scores}
	case events.DeletionRevoked:
		return touch{audit: d.Audit, reach: scores}
	case events.SpecialDeductionApplied:
		return touch{audit: d.Audit, reach: scores}
	case events.SpecialDeductionRevoked:
		return touch{audit: d.Audit, reach: scores}
	case events.BonusGranted:
		return touch{audit: d.Audit, reach: scores}
	case events.BonusRevoked:
		return touch{audit: d.Audit, reach: scores}
	case events.FindingRaised, events.FindingWithdrawn, events.CorrectionSubmitted, events.CorrectionVerified:
		return touch{findings: true}
	case events.DecisionMade, events.CertificateIssued:
		return touch{certificates: true}
	}
	return touch{}
}

// of completes the clause of a revocation, which only what it revokes can tell. c is the case with the
// event applied.
func (t touch) of(p events.Payload, c *events.Case) touch {
	switch d := p.(type) {
	case events.DeductionRevoked:
		t.clause = c.Audit(d.Audit).Deduct(d.Deduction).Clause
	case events.DeletionRevoked:
		t.clause = c.Audit(d.Audit).Delete(d.Deletion).Clause
	}
	return t
}
