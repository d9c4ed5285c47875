package decide_test

import (
	"testing"

	"starledger/events"
	"starledger/events/decide"
	. "starledger/events/decide/decidetest"
)

func change(add []events.Member, remove ...events.ID) *decide.ChangeTeam {
	return &decide.ChangeTeam{Reasoned: Because, Audit: 1, Add: add, Remove: remove}
}

func returned(t T) *Story {
	return reported(t).Do(&decide.ReviewAudit{Reasoned: Because, Audit: 1, Outcome: "returned"}).As(Officer, "case_officer")
}

var teams = []row{
	{"a team of an unknown audit", planned, &decide.ChangeTeam{Reasoned: Because, Audit: 7}, decide.NotFound, decide.UnknownAudit, "", ""},
	{"a change of nothing", planned, change(nil), decide.Broken, decide.NothingChanges, "", ""},
	{"a stranger leaves", planned, change(nil, Auditor, "gao"), decide.Broken, decide.NotAMember, "/remove/1", ""},
	{"somebody leaves twice", planned, change(nil, Auditor, Auditor), decide.Broken, decide.DuplicateMember, "/remove/1", ""},
	{"somebody leaves and joins", planned, change([]events.Member{{Actor: Auditor, Role: "expert"}}, Auditor),
		decide.Broken, decide.DuplicateMember, "/remove/0", ""},
	{"somebody joins twice", planned, change([]events.Member{{Actor: "gao", Role: "expert"}, {Actor: "gao", Role: "auditor"}}),
		decide.Broken, decide.DuplicateMember, "/add/1/actor", ""},
	{"somebody joins who is there", planned, change([]events.Member{{Actor: Auditor, Role: "auditor"}}), decide.Standing, decide.MemberStands, "/add/0", ""},
	{"the lead leaves", planned, change(nil, Lead), decide.Broken, decide.OneLead, "", ""},
	{"a second lead", planned, change([]events.Member{{Actor: Auditor, Role: "lead"}}), decide.Broken, decide.OneLead, "", ""},
	{"the reviewer joins after returning the report", returned, change([]events.Member{{Actor: Reviewer, Role: "expert"}}),
		decide.Denied, "team-member-reviews", "/add/0/actor", "SOD-02"},
	{"after the report", reported, change(nil, Auditor), decide.Broken, "after-report", "", "TIME-03"},
	{"the decision maker joins after the decision", granted, change([]events.Member{{Actor: Decider, Role: "expert"}}),
		decide.Denied, "team-member-decides", "/add/0/actor", "SOD-01"},
}

func TestTeamRemembersWhoLeft(t *testing.T) {
	s := planned(t).Do(change([]events.Member{{Actor: "gao", Role: "lead"}}, Lead))
	a := s.Audit(1)
	if a.RoleInTeam(Lead) != "" || !a.WasInTeam(Lead) || a.RoleInTeam("gao") != events.Lead {
		t.Errorf("the team is %v, ever %v", a.Team, a.Ever)
	}
}
