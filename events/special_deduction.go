package events

// SpecialDeductionApplied takes one point outside the score (特别扣分项; R6; 001 note). What caused
// it must be rectified.
type SpecialDeductionApplied struct {
	// Number of the audit.
	Audit uint64 `json:"audit"`
	// Number of the special deduction in the audit, S1, S2, …
	Special Number `json:"special"`
	// What was violated: one of the triggers of the scheme.
	Trigger ID `json:"trigger"`
	// The finding behind it.
	Finding Number `json:"finding"`
}

// EventType is starledger.special_deduction.applied.v1.
func (SpecialDeductionApplied) EventType() Type { return "starledger.special_deduction.applied.v1" }

// SpecialDeduction is a special deduction as it stands.
type SpecialDeduction struct {
	Entry
	SpecialDeductionApplied
	Revoked *Entry
}

// DeductSpecially is the special deduction with this number; nil when there is none.
func (a *Audit) DeductSpecially(number Number) *SpecialDeduction {
	return find(a.Specials, func(s *SpecialDeduction) bool { return s.Special == number })
}

func (d SpecialDeductionApplied) apply(c *Case, e *Stored) error {
	a, err := c.audit(d.Audit)
	if err != nil {
		return err
	}
	a.Specials = append(a.Specials, SpecialDeduction{Entry: entryOf(e), SpecialDeductionApplied: d})
	return nil
}

// SpecialDeductionRevoked takes a special deduction back.
type SpecialDeductionRevoked struct {
	// Number of the audit.
	Audit uint64 `json:"audit"`
	// Number of the special deduction.
	Special Number `json:"special"`
}

// EventType is starledger.special_deduction.revoked.v1.
func (SpecialDeductionRevoked) EventType() Type { return "starledger.special_deduction.revoked.v1" }

func (d SpecialDeductionRevoked) apply(c *Case, e *Stored) error {
	special, err := within(c, d.Audit, d.Special, (*Audit).DeductSpecially)
	if err != nil {
		return err
	}
	revoked := entryOf(e)
	special.Revoked = &revoked
	return nil
}
