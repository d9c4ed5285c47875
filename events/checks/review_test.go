package checks_test

import (
	"errors"
	"slices"
	"testing"

	"starledger/events"
	"starledger/events/checks"
	"starledger/events/decide"
	. "starledger/events/decide/decidetest"
)

func planned(t *testing.T) *Story { return Planned(t, "gbt27922-2011") }

func assessed(t *testing.T) *Story { return planned(t).OnSite(1).AssessAll(1) }

func reported(t *testing.T) *Story { return planned(t).Reported(1, events.ToGrant) }

func reviewed(t *testing.T) *Story { return planned(t).Reviewed(1, events.ToGrant) }

// five is the result of an audit without deductions, from so many events back.
func five(s *Story, back uint64) *events.Standing {
	return &events.Standing{Final: "100/1", Grade: "five_star", BasisSeq: s.Case.Head.CaseSeq - back}
}

func reportOf(standing *events.Standing) events.AuditReported {
	return events.AuditReported{Audit: 1, Recommendation: events.ToGrant, Standing: standing, Summary: "seen"}
}

// What a faulty server lets through is found afterwards, at the event that did it.
func TestReviewFinds(t *testing.T) {
	zero := func(s *events.Standing) *events.Standing { s.Final = "70/1"; return s }
	for _, c := range []struct {
		name  string
		code  string
		story func() *Story
	}{
		{"a member of the team decides", "SOD-01", func() *Story {
			s := reviewed(t).As(Auditor, "decision_maker")
			return s.Force(events.DecisionMade{Decision: events.ToGrant, Audit: 1, Standing: five(s, 0)})
		}},
		{"a member of the team suspends", "SOD-01", func() *Story {
			return reviewed(t).Do(&decide.MakeDecision{Reasoned: Because, Decision: events.ToGrant, Audit: 1}).Certified().
				As(Lead, "decision_maker").Force(events.DecisionMade{Decision: events.ToSuspend})
		}},
		{"the decision maker joins the team", "SOD-01", func() *Story {
			return reviewed(t).Do(&decide.MakeDecision{Reasoned: Because, Decision: events.ToGrant, Audit: 1}).
				Force(events.TeamChanged{Audit: 1, Add: []events.Member{{Actor: Decider, Role: events.Expert}}})
		}},
		{"a member of the team reviews", "SOD-02", func() *Story {
			s := reported(t).As(Auditor, "reviewer")
			return s.Force(events.AuditReviewed{Audit: 1, Outcome: events.ReviewConfirmed, Standing: five(s, 0)})
		}},
		{"the reviewer joins the team", "SOD-02", func() *Story {
			return reviewed(t).Force(events.TeamChanged{Audit: 1, Add: []events.Member{{Actor: "gao", Role: events.Expert}, {Actor: Reviewer, Role: events.Expert}}})
		}},
		{"a service manager evaluates", "SOD-03", func() *Story {
			return planned(t).As("qian", "service_manager").Force(events.BonusGranted{Audit: 1, Bonus: "B1"})
		}},
		{"another value", "SCORE-01", func() *Story { s := assessed(t); return s.Force(reportOf(zero(five(s, 0)))) }},
		{"another value at an earlier basis", "SCORE-01", func() *Story { s := assessed(t); return s.Force(reportOf(zero(five(s, 3)))) }},
		{"a basis before the audit was planned", "SCORE-01", func() *Story { s := assessed(t); return s.Force(reportOf(five(s, s.Case.Head.CaseSeq-1))) }},
		{"a basis in the future", "SCORE-01", func() *Story {
			s := assessed(t)
			standing := five(s, 0)
			standing.BasisSeq++
			return s.Force(reportOf(standing))
		}},
		{"no value", "SCORE-01", func() *Story { return assessed(t).Force(reportOf(nil)) }},
		{"a scheme nobody has", "SCORE-01", func() *Story { s := Planned(t, Strict).OnSite(1).AssessAll(1); return s.Force(reportOf(five(s, 0))) }},
		{"a clause not assessed", "SCORE-02", func() *Story { s := planned(t); return s.Force(reportOf(five(s, 0))) }},
		{"a clause not rated", "SCORE-02", func() *Story {
			s := Planned(t, "cts-2025").Force(events.AssessmentRecorded{Audit: 1, Clause: "5.1.1.1", Result: events.Conforming})
			return s.AssessAll(1).Force(reportOf(five(s, 0)))
		}},
		{"a major nonconformity open", "CORR-01", func() *Story {
			s := planned(t).Do(&decide.RaiseFinding{Audit: 1, Clause: "5.1.1.1", Category: events.Nonconformity, Severity: events.Major, Statement: "x"})
			s.Reviewed(1, events.ToGrant)
			return s.Force(events.DecisionMade{Decision: events.ToGrant, Audit: 1, Standing: five(s, 0)})
		}},
		{"a bonus after the report", "TIME-03", func() *Story { return reported(t).Force(events.BonusGranted{Audit: 1, Bonus: "B1"}) }},
	} {
		t.Run(c.code+" "+c.name, func(t *testing.T) {
			s := c.story()
			schemes := s.Setting.Schemes
			if c.name == "a scheme nobody has" {
				schemes = shipped(t)
			}
			outcomes, err := checks.Review(CaseID, s.History, schemes)
			if err != nil {
				t.Fatal(err)
			}
			for _, o := range outcomes {
				if o.Check.Code != c.code {
					continue
				}
				if o.Result != checks.Fail || !slices.Equal(o.Events, []uint64{s.Case.Head.Seq}) || len(o.Detail) != 1 {
					t.Errorf("%s %v %v", o.Result, o.Events, o.Detail)
				}
			}
		})
	}
}

func TestReviewPasses(t *testing.T) {
	s := reviewed(t).Do(&decide.MakeDecision{Reasoned: Because, Decision: events.ToGrant, Audit: 1}).Certified().Decide(events.ToSuspend)
	for _, c := range []struct {
		name    string
		history []*events.Stored
		want    checks.Result
	}{
		{"before anything happened", s.History[:2], checks.NotApplicable},
		{"at the end", s.History, checks.Pass},
	} {
		outcomes, err := checks.Review(CaseID, c.history, s.Setting.Schemes)
		if err != nil {
			t.Fatal(err)
		}
		for i, o := range outcomes {
			if o.Check != checks.All[i] || o.Result != c.want || o.Detail != nil || o.Events != nil {
				t.Errorf("%s: %s is %s: %v", c.name, o.Check.Code, o.Result, o.Detail)
			}
		}
	}
}

// A value computed from an earlier event is right when it was right there.
func TestEarlierBasis(t *testing.T) {
	s := assessed(t)
	s.Force(reportOf(five(s, 2)))
	outcomes, err := checks.Review(CaseID, s.History, s.Setting.Schemes)
	if err != nil {
		t.Fatal(err)
	}
	if o := outcomes[3]; o.Check.Code != "SCORE-01" || o.Result != checks.Pass {
		t.Errorf("%s is %s: %v", o.Check.Code, o.Result, o.Detail)
	}
}

func TestReviewOfABrokenHistory(t *testing.T) {
	s := planned(t)
	_, err := checks.Review(CaseID, slices.Delete(slices.Clone(s.History), 1, 2), s.Setting.Schemes)
	if !errors.Is(err, events.ErrIntegrity) {
		t.Errorf("got %v", err)
	}
}

func TestChecksAreComplete(t *testing.T) {
	known := map[events.Type]bool{}
	for _, payload := range events.Catalogue() {
		known[payload.EventType()] = true
	}
	seen := map[string]bool{}
	for _, check := range checks.All {
		if seen[check.Code] || check.Name.ZH == "" || check.Name.EN == "" || check.Source == "" || check.Posting == "" || len(check.Guards) == 0 {
			t.Errorf("%s is not complete, or there twice", check.Code)
		}
		seen[check.Code] = true
		for _, guarded := range check.Guards {
			if !known[guarded] {
				t.Errorf("%s guards %s, which is no event", check.Code, guarded)
			}
		}
	}
}
