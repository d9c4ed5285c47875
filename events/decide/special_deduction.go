package decide

import (
	"slices"

	"starledger/events"
	"starledger/scoring"
)

// Rules of a special deduction (R6; 001):
//
//  1. Its trigger is one of the scheme's.
//  2. It names a standing nonconformity, since what caused it has to be corrected (CORR-01).
//  3. It is revoked once.
//  4. Applied and revoked not after the report (TIME-03).
//
// How many there are is no reason to refuse one: too many fail the audit (R7).

// ApplySpecialDeduction is POST …/audits/{audit}/special-deductions.
type ApplySpecialDeduction struct {
	Reasoned
	Audit uint64 `json:"-"`
	// What was violated: one of the triggers of the scheme.
	Trigger events.ID `json:"trigger"`
	// The finding behind it.
	Finding events.Number `json:"finding"`
}

// RevokeSpecialDeduction is POST …/special-deductions/{special}/revocation.
type RevokeSpecialDeduction struct {
	Reasoned
	Audit   uint64        `json:"-"`
	Special events.Number `json:"-"`
}

func (d *ApplySpecialDeduction) decide(s *sitting) (events.Payload, error) {
	a, err := s.audit(d.Audit)
	if err != nil {
		return nil, err
	}
	scheme, err := s.scheme(a)
	if err != nil {
		return nil, err
	}
	triggers := scheme.SpecialDeductions.Triggers
	if !slices.ContainsFunc(triggers, func(t scoring.Trigger) bool { return t.ID == string(d.Trigger) }) {
		return nil, refuse(Broken, UnknownTrigger).at("/trigger").with("trigger", d.Trigger)
	}
	if _, err := s.behind(a, d.Finding); err != nil {
		return nil, err
	}
	number := next('S', a.Specials, func(x *events.SpecialDeduction) events.Number { return x.Special })
	return events.SpecialDeductionApplied{Audit: d.Audit, Special: number, Trigger: d.Trigger, Finding: d.Finding}, nil
}

func (r *RevokeSpecialDeduction) decide(s *sitting) (events.Payload, error) {
	a, err := s.audit(r.Audit)
	if err != nil {
		return nil, err
	}
	d := a.DeductSpecially(r.Special)
	switch {
	case d == nil:
		return nil, refuse(NotFound, UnknownSpecial).with("special", r.Special)
	case d.Revoked != nil:
		return nil, refuse(Standing, SpecialDeductionRevoked).with("special", r.Special).since(*d.Revoked)
	}
	s.follows(d.Entry)
	return events.SpecialDeductionRevoked{Audit: r.Audit, Special: r.Special}, nil
}
