package projections

import (
	"starledger/events"
	"starledger/events/checks"
	"starledger/scoring"
)

// touch is what an event may do to what is derived from its case.
type touch struct {
	audit        uint64 // that it is about, if it may touch its score or findings
	clause       events.Clause
	reach        reach
	findings     bool // it may open or settle a finding; where the case stands it leaves as it was
	certificates bool // it may change the status of a certificate
}

// reach is how far an event reaches into the score of its audit.
type reach int

const (
	untouched reach = iota
	restores        // may give points back, where the scheme says that corrections do
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
	case events.CorrectionVerified:
		return touch{audit: d.Audit, reach: restores, findings: true}
	case events.CorrectionReopened:
		return touch{audit: d.Audit, reach: restores, findings: true}
	case events.FindingRaised:
		return touch{audit: d.Audit, findings: true}
	case events.FindingWithdrawn:
		return touch{audit: d.Audit, findings: true}
	case events.CorrectionSubmitted:
		return touch{audit: d.Audit, findings: true}
	case events.DecisionMade, events.CertificateIssued, events.CertificateImported, events.StatusImported:
		return touch{certificates: true}
	}
	return touch{}
}

// scoreMoves tells whether an event may move the score of the audit it touches. c is the case with the
// event applied. A correction gives points back under some schemes only, and none after the report
// (TIME-03), when what the score rests on may have been trimmed.
func scoreMoves(t touch, c *events.Case, schemes *scoring.Book) (bool, error) {
	if t.reach != restores {
		return t.reach != untouched, nil
	}
	a := c.Audit(t.audit)
	if a.Report != nil {
		return false, nil
	}
	scheme, err := checks.Scheme(a, schemes)
	if err != nil {
		return false, err
	}
	return scheme.CorrectionsRestore, nil
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
