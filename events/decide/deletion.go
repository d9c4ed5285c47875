package decide

import (
	"errors"

	"starledger/events"
	"starledger/events/checks"
	"starledger/scoring"
)

// Rules of a deletion (R5; 000 6.1.2 b):
//
//  1. The scheme has deletions; the clause is known and covered by the audit.
//  2. A deleted clause is not deleted again.
//  3. Something remains to be evaluated.
//  4. It is revoked once; a clause stands for its standing deletion.
//  5. Granted and revoked not after the report (TIME-03).

// GrantDeletion is POST …/audits/{audit}/deletions.
type GrantDeletion struct {
	Reasoned
	Audit uint64 `json:"-"`
	// The clause that does not apply.
	Clause events.Clause `json:"clause"`
}

// RevokeDeletion is POST …/deletions/{deletion}/revocation.
type RevokeDeletion struct {
	Reasoned
	Audit uint64 `json:"-"`
	// Number of the deletion, or the clause: then its standing deletion is meant.
	Deletion string `json:"-"`
}

func (g *GrantDeletion) decide(s *sitting) (events.Payload, error) {
	a, scheme, err := s.evaluates(g.Audit, g.Clause)
	if err != nil {
		return nil, err
	}
	standing := a.Deleted(g.Clause)
	switch {
	case !scheme.Deletions:
		return nil, refuse(Broken, DeletionsNotAllowed)
	case standing != nil:
		return nil, refuse(Standing, ClauseDeleted).at("/clause").with("clause", g.Clause).with("deletion", standing.Deletion).since(standing.Entry)
	}
	number := next('X', a.Deletions, func(x *events.Deletion) events.Number { return x.Deletion })
	granted := events.DeletionGranted{Audit: g.Audit, Deletion: number, Clause: g.Clause}
	return granted, s.leavesSomething(granted)
}

// counts refuses what is about a deleted clause.
func counts(a *events.Audit, clause events.Clause) error {
	if deletion := a.Deleted(clause); deletion != nil {
		return refuse(Broken, ClauseDeleted).at("/clause").with("clause", clause).since(deletion.Entry)
	}
	return nil
}

// leavesSomething holds rule 3: without points that count there is nothing to divide by.
func (s *sitting) leavesSomething(granted events.DeletionGranted) error {
	imagined, err := s.imagine(granted)
	if err != nil {
		return err
	}
	_, err = checks.Score(imagined.Audit(granted.Audit), s.Schemes)
	if errors.Is(err, scoring.ErrAllDeleted) {
		return refuse(Broken, LastClause).at("/clause").with("clause", granted.Clause).under("R5")
	}
	return err
}

func (r *RevokeDeletion) decide(s *sitting) (events.Payload, error) {
	a, err := s.audit(r.Audit)
	if err != nil {
		return nil, err
	}
	d := r.meant(a)
	switch {
	case d == nil:
		return nil, refuse(NotFound, UnknownDeletion).with("deletion", r.Deletion)
	case d.Revoked != nil:
		return nil, refuse(Standing, DeletionRevoked).with("deletion", d.Deletion).since(*d.Revoked)
	}
	s.follows(d.Entry)
	return events.DeletionRevoked{Audit: r.Audit, Deletion: d.Deletion}, nil
}

// meant is the deletion with the number given, or else the latest of the clause given.
func (r *RevokeDeletion) meant(a *events.Audit) *events.Deletion {
	if d := a.Delete(events.Number(r.Deletion)); d != nil {
		return d
	}
	for i := len(a.Deletions) - 1; i >= 0; i-- {
		if a.Deletions[i].Clause == events.Clause(r.Deletion) {
			return &a.Deletions[i]
		}
	}
	return nil
}
