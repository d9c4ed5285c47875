package decide

import "starledger/events"

// Rules of a correction:
//
//  1. It is made of a nonconformity that stands.
//  2. A finding has one correction under way: the next comes when the last was rejected, and none
//     after one was accepted, unless that was reopened because it did not hold.
//  3. A correction is verified once.
//  4. The evidence is kept.
//  5. After the decision only minor findings are corrected (TIME-03).

// SubmitCorrection is POST …/findings/{finding}/corrections.
type SubmitCorrection struct {
	Common
	Audit   uint64        `json:"-"`
	Finding events.Number `json:"-"`
	// Cause, and what was done.
	Statement events.Text `json:"statement"`
	// What shows it.
	Evidence []events.Evidence `json:"evidence,omitzero"`
}

// VerifyCorrection is POST …/findings/{finding}/verification: of the finding's latest correction.
type VerifyCorrection struct {
	Reasoned
	Audit   uint64        `json:"-"`
	Finding events.Number `json:"-"`
	// Accepted, or rejected so that another has to follow.
	Outcome events.CorrectionOutcome `json:"outcome"`
}

// ReopenCorrection is POST …/findings/{finding}/reopening: of the finding's accepted correction.
type ReopenCorrection struct {
	Reasoned
	Audit   uint64        `json:"-"`
	Finding events.Number `json:"-"`
}

func (c *SubmitCorrection) decide(s *sitting) (events.Payload, error) {
	a, f, err := s.finding(c.Audit, c.Finding)
	if err != nil {
		return nil, err
	}
	if err := correctable(f); err != nil {
		return nil, err
	}
	if last := a.Correction(c.Finding); last != nil {
		switch {
		case last.Verified == nil:
			return nil, refuse(Standing, CorrectionPending).with("correction", last.CorrectionSubmitted.Correction).since(last.Entry)
		case last.Accepted():
			return nil, refuse(Standing, CorrectionAccepted).with("correction", last.CorrectionSubmitted.Correction).since(last.Verified.Entry)
		}
	}
	if err := s.known(c.Evidence, "/evidence"); err != nil {
		return nil, err
	}
	number := next('C', a.Corrections, func(x *events.Correction) events.Number { return x.CorrectionSubmitted.Correction })
	return events.CorrectionSubmitted{
		Audit: c.Audit, Finding: c.Finding, Correction: number, Statement: c.Statement, Evidence: c.Evidence,
	}, nil
}

func (v *VerifyCorrection) decide(s *sitting) (events.Payload, error) {
	a, f, err := s.finding(v.Audit, v.Finding)
	if err != nil {
		return nil, err
	}
	if err := correctable(f); err != nil {
		return nil, err
	}
	last := a.Correction(v.Finding)
	switch {
	case last == nil:
		return nil, missing(stepCorrection)
	case last.Verified != nil:
		return nil, refuse(Standing, CorrectionVerified).with("correction", last.CorrectionSubmitted.Correction).since(last.Verified.Entry)
	}
	s.follows(last.Entry)
	return events.CorrectionVerified{
		Audit: v.Audit, Finding: v.Finding, Correction: last.CorrectionSubmitted.Correction, Outcome: v.Outcome,
	}, nil
}

func (r *ReopenCorrection) decide(s *sitting) (events.Payload, error) {
	a, _, err := s.finding(r.Audit, r.Finding)
	if err != nil {
		return nil, err
	}
	last := a.Correction(r.Finding)
	if last == nil || !last.Accepted() {
		return nil, refuse(Broken, CorrectionNotAccepted).with("finding", r.Finding)
	}
	s.follows(last.Verified.Entry)
	return events.CorrectionReopened{
		Audit: r.Audit, Finding: r.Finding, Correction: last.CorrectionSubmitted.Correction,
	}, nil
}

// correctable holds rule 1.
func correctable(f *events.Finding) error {
	switch {
	case f.Withdrawn != nil:
		return refuse(Broken, FindingWithdrawn).with("finding", f.Finding).since(*f.Withdrawn)
	case f.Category != events.Nonconformity:
		return refuse(Broken, NotANonconformity).with("finding", f.Finding).with("category", f.Category).since(f.Entry)
	}
	return nil
}
