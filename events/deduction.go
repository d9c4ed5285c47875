package events

// DeductionBasis is what part of a clause's points a deduction takes.
type DeductionBasis string

// The bases of a deduction.
const (
	Qualitative DeductionBasis = "qualitative" // all points of the clause (R2; 000 6.1.2 c)
	Sampled     DeductionBasis = "sampled"     // points × nonconforming ÷ size (R3; 000 6.1.2 c)
)

// Values lists what is accepted.
func (*DeductionBasis) Values() []DeductionBasis { return []DeductionBasis{Qualitative, Sampled} }

// UnmarshalText accepts one of Values.
func (b *DeductionBasis) UnmarshalText(text []byte) error { return enum(b, text, b.Values()) }

// DeductionApplied takes points from a clause (扣分).
type DeductionApplied struct {
	// Number of the audit.
	Audit uint64 `json:"audit"`
	// Number of the deduction in the audit, D1, D2, …
	Deduction Number `json:"deduction"`
	// The clause that loses points.
	Clause Clause `json:"clause"`
	// Whether all points go, or a share by sample.
	Basis DeductionBasis `json:"basis"`
	// The sample; exactly for basis sampled.
	Sample *Sample `json:"sample,omitzero"`
	// The finding behind it.
	Finding Number `json:"finding,omitzero"`
}

// EventType is starledger.deduction.applied.v1.
func (DeductionApplied) EventType() Type { return "starledger.deduction.applied.v1" }

// Deduction is a deduction as it stands.
type Deduction struct {
	Entry
	DeductionApplied
	Revoked  *Entry
	Restored *Entry // the acceptance of its finding's correction; whether that gives points back is the scheme's
}

// Deduct is the deduction with this number; nil when there is none.
func (a *Audit) Deduct(number Number) *Deduction {
	return find(a.Deductions, func(d *Deduction) bool { return d.Deduction == number })
}

func (d DeductionApplied) apply(c *Case, e *Stored) error {
	a, err := c.audit(d.Audit)
	if err != nil {
		return err
	}
	a.Deductions = append(a.Deductions, Deduction{Entry: entryOf(e), DeductionApplied: d})
	return nil
}

// DeductionRevoked takes a deduction back. It stays in the record; it no longer counts.
type DeductionRevoked struct {
	// Number of the audit.
	Audit uint64 `json:"audit"`
	// Number of the deduction.
	Deduction Number `json:"deduction"`
}

// EventType is starledger.deduction.revoked.v1.
func (DeductionRevoked) EventType() Type { return "starledger.deduction.revoked.v1" }

func (d DeductionRevoked) apply(c *Case, e *Stored) error {
	deduction, err := within(c, d.Audit, d.Deduction, (*Audit).Deduct)
	if err != nil {
		return err
	}
	revoked := entryOf(e)
	deduction.Revoked = &revoked
	return nil
}
