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
	Reopened *Entry        // the event that took an accepted correction back
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
	return correction != nil && correction.Accepted()
}

// Accepted tells whether the correction was accepted and not reopened since.
func (x *Correction) Accepted() bool {
	return x.Verified != nil && x.Verified.Outcome == CorrectionAccepted && x.Reopened == nil
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
	if d.Outcome == CorrectionAccepted {
		c.Audit(d.Audit).restore(d.Finding, e)
	}
	return nil
}

// CorrectionReopened takes an accepted correction back: it did not hold, and another has to follow.
type CorrectionReopened struct {
	// Number of the audit.
	Audit uint64 `json:"audit"`
	// The finding corrected.
	Finding Number `json:"finding"`
	// The correction that did not hold.
	Correction Number `json:"correction"`
}

// EventType is starledger.correction.reopened.v1.
func (CorrectionReopened) EventType() Type { return "starledger.correction.reopened.v1" }

func (d CorrectionReopened) apply(c *Case, e *Stored) error {
	correction, err := within(c, d.Audit, d.Correction, (*Audit).Correct)
	if err != nil {
		return err
	}
	reopened := entryOf(e)
	correction.Reopened = &reopened
	c.Audit(d.Audit).restore(d.Finding, nil)
	return nil
}

// restore notes on the deductions of a finding which event accepted its correction, nil for none any
// more. After the report nothing moves the score (TIME-03), so an acceptance then gives no points back.
func (a *Audit) restore(finding Number, accepted *Stored) {
	if a.Report != nil {
		return
	}
	for i := range a.Deductions {
		if d := &a.Deductions[i]; d.Finding == finding && d.Revoked == nil {
			d.Restored = nil
			if accepted != nil {
				entry := entryOf(accepted)
				d.Restored = &entry
			}
		}
	}
}
