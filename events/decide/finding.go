package decide

import (
	"strings"

	"starledger/events"
)

// Rules of a finding:
//
//  1. Its clause is known and covered by the audit; a deleted clause may have findings.
//  2. Only a nonconformity has a severity; one without counts as minor.
//  3. The evidence is kept.
//  4. It is withdrawn once, and not while a standing deduction or special deduction rests on it.
//  5. Raised and withdrawn not after the report (TIME-03).

// RaiseFinding is POST …/audits/{audit}/findings.
type RaiseFinding struct {
	Common
	Audit uint64 `json:"-"`
	// The clause it is about.
	Clause events.Clause `json:"clause"`
	// What it is.
	Category events.FindingCategory `json:"category"`
	// How grave it is; only for nonconformities.
	Severity events.Severity `json:"severity,omitzero"`
	// What was found.
	Statement events.Text `json:"statement"`
	// What shows it.
	Evidence []events.Evidence `json:"evidence,omitzero"`
}

// WithdrawFinding is POST …/findings/{finding}/withdrawal.
type WithdrawFinding struct {
	Reasoned
	Audit   uint64        `json:"-"`
	Finding events.Number `json:"-"`
}

func (r *RaiseFinding) decide(s *sitting) (events.Payload, error) {
	a, _, err := s.evaluates(r.Audit, r.Clause)
	if err != nil {
		return nil, err
	}
	if r.Category != events.Nonconformity && r.Severity != "" {
		return nil, refuse(Broken, SeverityNotExpected).at("/severity").with("category", r.Category)
	}
	if err := s.known(r.Evidence, "/evidence"); err != nil {
		return nil, err
	}
	number := next('F', a.Findings, func(f *events.Finding) events.Number { return f.Finding })
	return events.FindingRaised{
		Audit: r.Audit, Finding: number, Clause: r.Clause, Category: r.Category, Severity: r.Severity,
		Statement: r.Statement, Evidence: r.Evidence,
	}, nil
}

func (w *WithdrawFinding) decide(s *sitting) (events.Payload, error) {
	a, f, err := s.finding(w.Audit, w.Finding)
	if err != nil {
		return nil, err
	}
	if f.Withdrawn != nil {
		return nil, refuse(Standing, FindingWithdrawn).with("finding", w.Finding).since(*f.Withdrawn)
	}
	if users, entries := restOn(a, w.Finding); len(users) > 0 {
		return nil, refuse(Broken, FindingInUse).with("finding", w.Finding).with("by", strings.Join(users, ", ")).since(entries...)
	}
	return events.FindingWithdrawn{Audit: w.Audit, Finding: w.Finding}, nil
}

// finding is the finding the path names.
func (s *sitting) finding(audit uint64, number events.Number) (*events.Audit, *events.Finding, error) {
	a, err := s.audit(audit)
	if err != nil {
		return nil, nil, err
	}
	f := a.Find(number)
	if f == nil {
		return nil, nil, refuse(NotFound, UnknownFinding).with("finding", number)
	}
	s.follows(f.Entry)
	return a, f, nil
}

// restOn lists the standing deductions and special deductions that name a finding.
func restOn(a *events.Audit, finding events.Number) (users []string, entries []events.Entry) {
	for _, d := range a.Deductions {
		if d.Finding == finding && d.Revoked == nil {
			users, entries = append(users, string(d.Deduction)), append(entries, d.Entry)
		}
	}
	for _, special := range a.Specials {
		if special.Finding == finding && special.Revoked == nil {
			users, entries = append(users, string(special.Special)), append(entries, special.Entry)
		}
	}
	return users, entries
}

// behind is the finding the body names as the reason for a deduction: a nonconformity that stands.
func (s *sitting) behind(a *events.Audit, number events.Number) (*events.Finding, error) {
	f := a.Find(number)
	if f == nil {
		return nil, refuse(Broken, UnknownFinding).at("/finding").with("finding", number)
	}
	s.follows(f.Entry)
	switch {
	case f.Withdrawn != nil:
		return nil, refuse(Broken, FindingWithdrawn).at("/finding").with("finding", number).since(*f.Withdrawn)
	case f.Category != events.Nonconformity:
		return nil, refuse(Broken, NotANonconformity).at("/finding").with("finding", number).with("category", f.Category).since(f.Entry)
	}
	return f, nil
}
