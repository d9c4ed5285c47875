package decide_test

import (
	"testing"

	"starledger/events"
	"starledger/events/decide"
	. "starledger/events/decide/decidetest"
)

func grant(until events.Date, cases ...events.CaseID) *decide.MakeGrant {
	return &decide.MakeGrant{Actor: "guo", Cases: decide.GrantedCases{All: len(cases) == 0, List: cases}, Until: until}
}

func revokeGrant(number events.Number) *decide.RevokeGrant {
	return &decide.RevokeGrant{Reasoned: Because, Grant: number}
}

var grants = []row{
	{"a grant in a case", applied, grant("2026-03-31"), decide.NotFound, decide.UnknownCase, "", ""},
	{"a grant that ended before it began", access, grant("2026-02-28"), decide.Broken, decide.DatesOutOfOrder, "/until", ""},
	{"a grant of the ledger's own cases", access, grant("2026-03-31", CaseID, events.Access), decide.Broken, decide.UnknownCase, "/cases/1", ""},
	{"a revocation of G9", access, revokeGrant("G9"), decide.NotFound, decide.UnknownGrant, "", ""},
	{"a revocation twice", then(access, grant("2026-03-31"), revokeGrant("G1")), revokeGrant("G1"), decide.Standing, decide.GrantRevoked, "", ""},
	{"a revocation before the grant", then(access, grant("2026-03-31")), &decide.RevokeGrant{Reasoned: early, Grant: "G1"},
		decide.Broken, decide.EffectiveBeforeCause, "/effective_at", ""},
}

func TestGrants(t *testing.T) {
	s := access(t).Do(grant("2026-03-31", CaseID), grant("2026-03-31"))
	if g := s.Case.Grant("G1"); g.From != "2026-03-01" || !g.Allows("guo", CaseID, Start) || g.Allows("guo", "01JD3Z0000000000000000000D", Start) {
		t.Errorf("G1 is %+v", g)
	}
	s.Do(revokeGrant("G1"))
	if g := s.Case.Grant("G2"); !g.Allows("guo", "01JD3Z0000000000000000000D", Start) || s.Case.Grant("G1").Allows("guo", CaseID, Start) {
		t.Errorf("G2 is %+v", g)
	}
}
