package events

// CorrectionSubmitted records what the organization did about a finding (整改).
type CorrectionSubmitted struct {
	// Number of the audit.
	Audit uint64 `json:"audit"`
	// The finding corrected.
	Finding Number `json:"finding"`
	// Number of the correction in the audit, C1, C2, …
	Correction Number `json:"correction"`
	// Cause, and what was done.
	Statement Text `json:"statement"`
	// What shows it.
	Evidence []Evidence `json:"evidence,omitzero"`
}

// EventType is starledger.correction.submitted.v1.
func (CorrectionSubmitted) EventType() Type { return "starledger.correction.submitted.v1" }

// CorrectionOutcome is what the verification of a correction came to.
type CorrectionOutcome string

// The outcomes of a verification.
const (
	CorrectionAccepted CorrectionOutcome = "accepted"
	CorrectionRejected CorrectionOutcome = "rejected"
)

// Values lists what is accepted.
func (*CorrectionOutcome) Values() []CorrectionOutcome {
	return []CorrectionOutcome{CorrectionAccepted, CorrectionRejected}
}

// UnmarshalText accepts one of Values.
func (o *CorrectionOutcome) UnmarshalText(b []byte) error { return enum(o, b, o.Values()) }

// Correction is a correction as it stands.
type Correction struct {
	Entry
	CorrectionSubmitted
	Verified *Verification // nil until verified
}

// Verification is the outcome of a verification and where it stands.
type Verification struct {
	Entry
	Outcome CorrectionOutcome
}

// Correction is the latest correction of a finding; nil before the first.
func (a *Audit) Correction(finding Number) *Correction {
	return find(a.Corrections, func(x *Correction) bool { return x.Finding == finding })
}

// Correct is the correction with this number; nil when there is none.
func (a *Audit) Correct(number Number) *Correction {
	return find(a.Corrections, func(x *Correction) bool { return x.CorrectionSubmitted.Correction == number })
}

// Corrected tells whether a correction of the finding was verified and accepted.
func (a *Audit) Corrected(finding Number) bool {
	correction := a.Correction(finding)
	return correction != nil && correction.Verified != nil && correction.Verified.Outcome == CorrectionAccepted
}

func (d CorrectionSubmitted) apply(c *Case, e *Stored) error {
	a, err := c.audit(d.Audit)
	if err != nil {
		return err
	}
	a.Corrections = append(a.Corrections, Correction{Entry: entryOf(e), CorrectionSubmitted: d})
	return nil
}

// CorrectionVerified verifies a correction.
type CorrectionVerified struct {
	// Number of the audit.
	Audit uint64 `json:"audit"`
	// The finding corrected.
	Finding Number `json:"finding"`
	// The correction verified.
	Correction Number `json:"correction"`
	// Accepted, or rejected so that another has to follow.
	Outcome CorrectionOutcome `json:"outcome"`
}

// EventType is starledger.correction.verified.v1.
func (CorrectionVerified) EventType() Type { return "starledger.correction.verified.v1" }

func (d CorrectionVerified) apply(c *Case, e *Stored) error {
	correction, err := within(c, d.Audit, d.Correction, (*Audit).Correct)
	if err != nil {
		return err
	}
	correction.Verified = &Verification{entryOf(e), d.Outcome}
	return nil
}
