package decide_test

import (
	"testing"

	"starledger/events"
	"starledger/events/decide"
	. "starledger/events/decide/decidetest"
)

func deletion(clause events.Clause) *decide.GrantDeletion {
	return &decide.GrantDeletion{Reasoned: Because, Audit: 1, Clause: clause}
}

func revokeDeletion(numberOrClause string) *decide.RevokeDeletion {
	return &decide.RevokeDeletion{Reasoned: Because, Audit: 1, Deletion: numberOrClause}
}

// lastLeft has one clause that is not deleted, 5.1.1.1.
func lastLeft(t T) *Story {
	s := planned(t)
	for _, clause := range s.Scheme("gbt27922-2011", "1").Clauses[1:] {
		s.Do(deletion(events.Clause(clause.ID)))
	}
	return s
}

var deletions = []row{
	{"a deletion in an unknown audit", planned, &decide.GrantDeletion{Audit: 7}, decide.NotFound, decide.UnknownAudit, "", ""},
	{"a deletion of a clause nobody knows", planned, deletion("9.9"), decide.Broken, decide.UnknownClause, "/clause", ""},
	{"a deletion the scheme has not", strict, deletion("5.3.2.2"), decide.Broken, decide.DeletionsNotAllowed, "", ""},
	{"a deletion twice", then(planned, deletion("5.3.2.2")), deletion("5.3.2.2"), decide.Standing, decide.ClauseDeleted, "/clause", ""},
	{"the last clause", lastLeft, deletion("5.1.1.1"), decide.Broken, decide.LastClause, "/clause", "R5"},
	{"a deletion after the report", by(reported, Lead, "lead_auditor"), deletion("5.3.2.2"), decide.Broken, "after-report", "", "TIME-03"},
	{"a revocation in an unknown audit", planned, &decide.RevokeDeletion{Audit: 7, Deletion: "X1"}, decide.NotFound, decide.UnknownAudit, "", ""},
	{"a revocation of X9", planned, revokeDeletion("X9"), decide.NotFound, decide.UnknownDeletion, "", ""},
	{"a revocation of a clause that applies", planned, revokeDeletion("5.3.2.2"), decide.NotFound, decide.UnknownDeletion, "", ""},
	{"a revocation of X1 twice", then(planned, deletion("5.3.2.2"), revokeDeletion("X1")), revokeDeletion("X1"), decide.Standing, decide.DeletionRevoked, "", ""},
	{"a revocation of a clause twice", then(planned, deletion("5.3.2.2"), revokeDeletion("5.3.2.2")), revokeDeletion("5.3.2.2"),
		decide.Standing, decide.DeletionRevoked, "", ""},
}

func TestDeletionByClauseIsTheStandingOne(t *testing.T) {
	s := planned(t).Do(deletion("5.3.2.2"), revokeDeletion("X1"), deletion("5.3.2.2"), revokeDeletion("5.3.2.2"))
	if x := s.Audit(1).Delete("X2"); x == nil || x.Revoked == nil {
		t.Errorf("the deletions are %+v", s.Audit(1).Deletions)
	}
}
