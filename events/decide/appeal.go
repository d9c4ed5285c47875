package decide

import (
	"slices"

	"starledger/events"
)

// Rules of an appeal (ISO/IEC 17065 7.13; its deadline is a parameter of the body):
//
//  1. It is against a decision or an application review of this case, named by its number in the case.
//  2. An appeal against the same is open once at a time.
//  3. It is decided once, and not by anybody who made that decision, reviewed the report it rests on,
//     or was ever in the team of that audit.
//  4. The evidence is kept.

// LodgeAppeal is POST /v1/cases/{case}/appeals.
type LodgeAppeal struct {
	Common
	// Number in the case (case_seq) of the decision or application review appealed against.
	Against uint64 `json:"against"`
	// What is asked for, and why.
	Statement events.Text `json:"statement"`
	// What shows it.
	Evidence []events.Evidence `json:"evidence,omitzero"`
}

// DecideAppeal is POST /v1/cases/{case}/appeals/{appeal}/outcome.
type DecideAppeal struct {
	Reasoned
	Appeal events.Label `json:"-"`
	// What it came to.
	Outcome events.AppealOutcome `json:"outcome"`
}

func (l *LodgeAppeal) decide(s *sitting) (events.Payload, error) {
	against, known := s.appealable(l.Against)
	if !known {
		return nil, refuse(Broken, UnknownDecision).at("/against").with("against", l.Against)
	}
	s.follows(against.Entry)
	open := func(a events.Appeal) bool { return a.Decided == nil && a.Against == l.Against }
	if at := slices.IndexFunc(s.c.Appeals, open); at >= 0 {
		return nil, refuse(Standing, AppealOpen).with("appeal", s.c.Appeals[at].AppealLodged.Appeal).since(s.c.Appeals[at].Entry)
	}
	if err := s.known(l.Evidence, "/evidence"); err != nil {
		return nil, err
	}
	label := nextLabel('A', s.c.Appeals, func(a *events.Appeal) events.Label { return a.AppealLodged.Appeal })
	return events.AppealLodged{Appeal: label, Against: l.Against, Statement: l.Statement, Evidence: l.Evidence}, nil
}

func (d *DecideAppeal) decide(s *sitting) (events.Payload, error) {
	appeal := s.c.Appeal(d.Appeal)
	switch {
	case appeal == nil:
		return nil, refuse(NotFound, UnknownAppeal).with("appeal", d.Appeal)
	case appeal.Decided != nil:
		return nil, refuse(Standing, AppealDecided).with("appeal", d.Appeal).since(appeal.Decided.Entry)
	}
	s.follows(appeal.Entry)
	against, _ := s.appealable(appeal.Against) // of an application that was reviewed again: by nobody
	if part := s.partIn(against); part != nil {
		return nil, refuse(Denied, AppealOfOwnDecision).with("actor", s.Actor).under(appealDuty).since(*part)
	}
	return events.AppealDecided{Appeal: d.Appeal, Outcome: d.Outcome}, nil
}

// appealDuty names rule 3, and the same rule of complaints, in refusals.
const appealDuty = "ISO/IEC 17065 7.13.5"

// decided is what can be appealed against, and the audit it rests on, 0 for none.
type decided struct {
	events.Entry
	audit uint64
}

// appealable is the decision or application review with this number in the case. Only the latest review
// of an application stands, and only that can be appealed against.
func (s *sitting) appealable(caseSeq uint64) (decided, bool) {
	for i := range s.c.Decisions {
		if d := &s.c.Decisions[i]; d.CaseSeq == caseSeq {
			return decided{d.Entry, d.Audit}, true
		}
	}
	if review := s.c.Application; review != nil && review.CaseSeq == caseSeq {
		return decided{review.Entry, 0}, true
	}
	return decided{}, false
}

// partIn is the entry by which the actor made a decision or took part in the audit that it rests on; nil for
// none.
func (s *sitting) partIn(d decided) *events.Entry {
	if d.Actor == s.Actor {
		return &d.Entry
	}
	return s.partInAudit(d.audit)
}

// partInAudit is the entry by which the actor came into the team of an audit, reviewed its report or decided on
// it; nil for none.
func (s *sitting) partInAudit(audit uint64) *events.Entry {
	a := s.c.Audit(audit)
	if a == nil {
		return nil
	}
	if member := a.Membership(s.Actor); member != nil {
		return &member.Since
	}
	if decision := s.c.DecisionOn(audit); decision != nil && decision.Actor == s.Actor {
		return &decision.Entry
	}
	return a.ReviewBy(s.Actor)
}
