package decide_test

import (
	"errors"
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

// Who is refused a duty is told by which entry: the first that put them into the team, or what they did before.
func TestBarredByAnEntry(t *testing.T) {
	changed := func(t T) *Story { // gao is made lead, the lead and the auditor stay as auditors
		team := []events.Member{{Actor: "gao", Role: "lead"}, {Actor: Lead, Role: "auditor"}}
		return planned(t).Do(change(team)).As("gao", "lead_auditor").Reported(1, events.ToGrant)
	}
	for _, r := range []struct {
		name    string
		story   *Story
		command decide.Command
		want    func(*Story) events.Entry
	}{
		{"the lead by the plan, not by the later role", by(changed, Lead, "reviewer")(t), review("confirmed"), func(s *Story) events.Entry { return s.Audit(1).Planned }},
		{"who joined by the change of the team", by(changed, "gao", "reviewer")(t), review("confirmed"), func(s *Story) events.Entry { return s.Audit(1).Ever[2].Since }},
		{"the reviewer by the review", returned(t), change([]events.Member{{Actor: Reviewer, Role: "expert"}}), func(s *Story) events.Entry { return s.Audit(1).Review.Entry }},
		{"the decision maker by the decision", granted(t), change([]events.Member{{Actor: Decider, Role: "expert"}}), func(s *Story) events.Entry { return s.Case.DecisionOn(1).Entry }},
	} {
		_, err := r.story.Try(r.command)
		var got *decide.Refusal
		if !errors.As(err, &got) || len(got.Entries) != 1 || got.Entries[0] != r.want(r.story).Seq {
			t.Errorf("%s: got %v, want entry %d", r.name, err, r.want(r.story).Seq)
		}
	}
}

func TestTeamRemembersWhoLeft(t *testing.T) {
	s := planned(t).Do(change([]events.Member{{Actor: "gao", Role: "lead"}}, Lead))
	a := s.Audit(1)
	if a.RoleInTeam(Lead) != "" || a.Membership(Lead) == nil || a.RoleInTeam("gao") != events.Lead {
		t.Errorf("the team is %v, ever %v", a.Team, a.Ever)
	}
}
