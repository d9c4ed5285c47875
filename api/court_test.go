package api

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"starledger/events"
)

// A court says what the policies say, whatever it was asked before: nothing that a policy looks at
// is left out of what a question is recognised by.
func TestCourtSaysWhatPoliciesSay(t *testing.T) {
	governing, err := parsePolicies(policyText)
	if err != nil {
		t.Fatal(err)
	}
	var actions []string
	for _, c := range append(commands, openCase, makeGrant, revokeGrant) {
		actions = append(actions, c.name)
	}
	actions = append(actions, readCase, attach, "nobody governs this")
	for _, action := range bundleActions {
		actions = append(actions, action)
	}
	slices.Sort(actions)
	var actors []*Actor
	for _, roles := range [][]Role{{LeadAuditor}, {Auditor, ServiceManager}, {ServiceManager}, {CaseOfficer, Reviewer}, {Assessor}, {Admin}, nil} {
		for _, id := range []events.ID{"li", "zhao"} {
			actors = append(actors, newActor(tokenEntry{Actor: id, Organization: "Morning Light", Roles: roles}))
		}
	}
	ids := rapid.SampledFrom([]events.ID{"li", "zhao"})
	member := rapid.Custom(func(t *rapid.T) events.Member {
		return events.Member{Actor: ids.Draw(t, "member"), Role: rapid.SampledFrom([]events.TeamRole{events.Lead, events.Auditor, events.Expert}).Draw(t, "role")}
	})
	court := newCourt(governing)
	rapid.Check(t, func(t *rapid.T) {
		actor, action := rapid.SampledFrom(actors).Draw(t, "actor"), rapid.SampledFrom(actions).Draw(t, "action")
		on := target{
			kind:         rapid.SampledFrom([]events.CaseKind{"", events.Internal, events.Certification}).Draw(t, "kind"),
			organization: rapid.SampledFrom([]events.Text{"", "Morning Light", "Dusk"}).Draw(t, "organization"),
			team:         rapid.SliceOfN(member, 0, 2).Draw(t, "team"),
			readers:      rapid.SliceOfN(ids, 0, 1).Draw(t, "readers"),
		}
		want, err := governing.judge(actor, action, on)
		if err != nil {
			t.Fatal(err)
		}
		for range 2 {
			role, err := court.allow(actor, action, on)
			if want.allowed != (err == nil) || role != want.role {
				t.Fatalf("%q, %v; the policies: %+v", role, err, want)
			}
			if err != nil && problemOf(err).Policy != string(want.by) {
				t.Fatalf("refused by %q; the policies: %+v", problemOf(err).Policy, want)
			}
		}
	})
}

// However many different questions are asked, a court remembers no more than it may.
func TestCourtForgets(t *testing.T) {
	governing, err := parsePolicies(policyText)
	if err != nil {
		t.Fatal(err)
	}
	court, li := newCourt(governing), newActor(tokenEntry{Actor: "li", Roles: []Role{CaseOfficer}})
	for i := range mostJudged + 10 {
		if _, err := court.allow(li, readCase, target{organization: events.Text(fmt.Sprint("organization ", i))}); err != nil {
			t.Fatal(err)
		}
	}
	if len(court.said) == 0 || len(court.said) > mostJudged {
		t.Errorf("%d judgements are remembered, of at most %d", len(court.said), mostJudged)
	}
}
