package decide

import (
	"slices"

	"starledger/events"
	"starledger/scoring"
)

// Rules of a deduction:
//
//  1. The clause is known, covered by the audit, not deleted, and not wholly deducted already. A clause
//     may lose points by several samples, and then all of them (R12).
//  2. The scheme, and the clause, take deductions of that basis; a scheme that rates has none by
//     sample (R12).
//  3. A deduction by sample has a sample of which at least one failed, a whole one has none (R2, R3).
//  4. The finding it names is a standing nonconformity about the same clause.
//  5. It is revoked once.
//  6. Applied and revoked not after the report (TIME-03).

// ApplyDeduction is POST …/audits/{audit}/deductions.
type ApplyDeduction struct {
	Reasoned
	Audit uint64 `json:"-"`
	// The clause that loses points.
	Clause events.Clause `json:"clause"`
	// Whether all points go, or a share by sample.
	Basis events.DeductionBasis `json:"basis"`
	// The sample; exactly for basis sampled.
	Sample *events.Sample `json:"sample,omitzero"`
	// The finding behind it.
	Finding events.Number `json:"finding,omitzero"`
}

// RevokeDeduction is POST …/deductions/{deduction}/revocation.
type RevokeDeduction struct {
	Reasoned
	Audit     uint64        `json:"-"`
	Deduction events.Number `json:"-"`
}

func (d *ApplyDeduction) decide(s *sitting) (events.Payload, error) {
	a, scheme, err := s.evaluates(d.Audit, d.Clause)
	if err != nil {
		return nil, err
	}
	if err := d.measured(scheme); err != nil {
		return nil, err
	}
	if err := counts(a, d.Clause); err != nil {
		return nil, err
	}
	if at := slices.IndexFunc(a.Deductions, d.leavesNothing); at >= 0 {
		return nil, refuse(Broken, ClauseWhollyDeducted).at("/clause").with("clause", d.Clause).since(a.Deductions[at].Entry)
	}
	if err := d.caused(s, a); err != nil {
		return nil, err
	}
	number := next('D', a.Deductions, func(x *events.Deduction) events.Number { return x.Deduction })
	return events.DeductionApplied{
		Audit: d.Audit, Deduction: number, Clause: d.Clause, Basis: d.Basis, Sample: d.Sample, Finding: d.Finding,
	}, nil
}

func (d *ApplyDeduction) leavesNothing(x events.Deduction) bool {
	return x.Clause == d.Clause && x.Basis == events.Qualitative && x.Revoked == nil
}

// measured holds rules 2 and 3.
func (d *ApplyDeduction) measured(scheme *scoring.Scheme) error {
	sampled := d.Basis == events.Sampled
	allowed := scheme.WholeDeductions
	if sampled {
		allowed = scheme.SampledDeductions
	}
	if clause, _ := scheme.Clause(string(d.Clause)); !clause.Takes(scoring.Basis(d.Basis)) {
		allowed = false
	}
	switch {
	case !allowed:
		return refuse(Broken, BasisNotAllowed).at("/basis").with("basis", d.Basis).under("R12")
	case sampled && d.Sample == nil:
		return refuse(Malformed, MemberMissing).at("/sample")
	case !sampled && d.Sample != nil:
		return refuse(Broken, SampleNotExpected).at("/sample")
	case !sampled:
		return nil
	case *d.Sample.Nonconforming == 0:
		return refuse(Broken, SampleImpossible).at("/sample/nonconforming").with("least", 1)
	}
	return possible(d.Sample)
}

// caused holds rule 4.
func (d *ApplyDeduction) caused(s *sitting, a *events.Audit) error {
	if d.Finding == "" {
		return nil
	}
	f, err := s.behind(a, d.Finding)
	if err != nil {
		return err
	}
	if f.Clause != d.Clause {
		return refuse(Broken, FindingOfOtherClause).at("/finding").with("finding", d.Finding).with("clause", f.Clause).since(f.Entry)
	}
	return nil
}

func (r *RevokeDeduction) decide(s *sitting) (events.Payload, error) {
	a, err := s.audit(r.Audit)
	if err != nil {
		return nil, err
	}
	d := a.Deduct(r.Deduction)
	switch {
	case d == nil:
		return nil, refuse(NotFound, UnknownDeduction).with("deduction", r.Deduction)
	case d.Revoked != nil:
		return nil, refuse(Standing, DeductionRevoked).with("deduction", r.Deduction).since(*d.Revoked)
	}
	s.follows(d.Entry)
	return events.DeductionRevoked{Audit: r.Audit, Deduction: r.Deduction}, nil
}
