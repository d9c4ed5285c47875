package checks_test

import (
	"errors"
	"slices"
	"testing"
	"time"

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
		{"a certificate out of nothing", "PROC-01", func() *Story {
			return planned(t).Force(events.CertificateIssued{Number: "71226SC0002R0M", Audit: 1, Grade: "five_star", ValidFrom: "2026-03-01", ValidUntil: "2029-02-28"})
		}},
		{"a deletion without reason", "SCORE-03", func() *Story {
			return planned(t).Force(events.DeletionGranted{Audit: 1, Deletion: "X1", Clause: "5.2.4.1"})
		}},
		{"a closing before its opening", "TIME-01", func() *Story {
			s := planned(t).Do(&decide.ReviewDocuments{Reasoned: Because, Audit: 1, Outcome: events.DocumentsAccepted},
				&decide.OpenAudit{Audit: 1, HeldAt: *At(0)})
			return s.Force(events.AuditClosed{Audit: 1, HeldAt: Start - 1})
		}},
		{"a review effective before its report", "TIME-01", func() *Story {
			s := reported(t).As(Reviewer, "reviewer")
			s.Setting.Now -= events.Instant(24 * time.Hour / time.Microsecond)
			return s.Force(events.AuditReviewed{Audit: 1, Outcome: events.ReviewConfirmed, Standing: five(s, 0)})
		}},
		{"a decision effective before its review", "TIME-01", func() *Story {
			s := reviewed(t)
			s.Setting.Now -= events.Instant(24 * time.Hour / time.Microsecond)
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
			outcomes, err := checks.ReviewOn(checks.Ground{Schemes: schemes}, CaseID, s.History)
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
	s := Empty(t, CaseID).Do(Open(events.Certification, "gbt27922-2011")).Listed().Do(&decide.ReviewApplication{Reasoned: Because, Outcome: events.ApplicationAccepted}).
		Do(Plan(events.InitialAudit)).Decided(1, events.ToGrant).Certified().Decide(events.ToSuspend)
	application := 1 + len(checks.Documents) + len(new(events.PenaltyRegister).Values()) + 1
	for _, c := range []struct {
		name    string
		history []*events.Stored
		want    checks.Result
		applies map[string]bool
		not     map[string]bool
	}{
		{"before anything happened", s.History[:application], checks.NotApplicable, map[string]bool{"PROC-02": true, "DOC-01": true, "DOC-02": true}, nil},
		{"at the end", s.History, checks.Pass, nil, map[string]bool{"SOD-04": true, "EVID-01": true, "COPY-01": true, "SELF-01": true}}, // nothing was found, no other case is at hand, nobody evaluated themselves
	} {
		outcomes, err := checks.ReviewOn(checks.Ground{Schemes: s.Setting.Schemes}, CaseID, c.history)
		if err != nil {
			t.Fatal(err)
		}
		for i, o := range outcomes {
			want := c.want
			if c.applies[o.Check.Code] {
				want = checks.Pass
			} else if c.not[o.Check.Code] {
				want = checks.NotApplicable
			}
			if o.Check != checks.All[i] || o.Result != want || o.Detail != nil || o.Events != nil {
				t.Errorf("%s: %s is %s: %v", c.name, o.Check.Code, o.Result, o.Detail)
			}
		}
	}
}

// A value computed from an earlier event is right when it was right there.
func TestEarlierBasis(t *testing.T) {
	s := assessed(t)
	s.Force(reportOf(five(s, 2)))
	outcomes, err := checks.ReviewOn(checks.Ground{Schemes: s.Setting.Schemes}, CaseID, s.History)
	if err != nil {
		t.Fatal(err)
	}
	at := slices.IndexFunc(outcomes, func(o checks.Outcome) bool { return o.Check.Code == "SCORE-01" })
	if o := outcomes[at]; o.Result != checks.Pass {
		t.Errorf("%s is %s: %v", o.Check.Code, o.Result, o.Detail)
	}
}

func TestReviewOfABrokenHistory(t *testing.T) {
	s := planned(t)
	_, err := checks.ReviewOn(checks.Ground{Schemes: s.Setting.Schemes}, CaseID, slices.Delete(slices.Clone(s.History), 1, 2))
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

// What the ledger knows besides the case: approvals, and where a certificate number was used first. The
// two public certificates were issued in a field the body did not hold, and are named from the first day.
func TestReviewOnTheLedger(t *testing.T) {
	s := planned(t).Decided(1, events.ToGrant).Certified()
	registry := events.NewCase(events.Registry)
	registry.Approvals = []events.Approval{{ApprovalRecorded: events.ApprovalRecorded{Approval: "A1", Fields: []events.ID{"01", "03", "22"}, From: "2020-01-01"}}}
	ground := checks.Ground{
		Schemes: s.Setting.Schemes, Registry: registry,
		Taken: func(number events.CertificateNumber, before uint64) bool {
			return number == "71226SC0001R0M" && before > 1
		},
	}
	outcomes, err := checks.ReviewOn(ground, CaseID, s.History)
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range outcomes {
		want := map[string]checks.Result{"SCOPE-01": checks.Fail, "CERT-01": checks.Warned}[o.Check.Code]
		if want != "" && (o.Result != want || len(o.Events) != 1) {
			t.Errorf("%s is %s: %v", o.Check.Code, o.Result, o.Detail)
		}
	}
}

// Months end where the month ends, and years turn.
func TestDaysOfDeadlines(t *testing.T) {
	for _, row := range []struct {
		held, opened events.Instant
		want         checks.Result
	}{
		{events.Date("2028-02-29").Start(), events.Date("2029-02-28").End(), checks.Pass},
		{events.Date("2028-02-29").Start(), events.Date("2029-02-28").End() + 1, checks.Warned},
		{events.Date("2026-12-31").End(), events.Date("2027-12-31").End(), checks.Pass},
		{events.Date("2026-12-31").End(), events.Date("2028-01-01").Start(), checks.Warned},
		{events.Date("2026-12-31").End() + 1, events.Date("2028-01-01").End(), checks.Pass}, // midnight: the new year
	} {
		s := planned(t)
		s.Setting.Now = row.held
		s.Decided(1, events.ToGrant).As(Officer, "case_officer")
		day := events.DateOf(s.Setting.Now)
		s.Do(&decide.IssueCertificate{Number: "71226SC0001R0M", ValidFrom: day, ValidUntil: day.AddMonths(36)}, Plan(events.SurveillanceAudit))
		found := checks.Guard(checks.Posting{Case: s.Case, Payload: events.AuditOpened{Audit: 2, HeldAt: row.opened}, Recorded: row.opened, Effective: row.opened})
		got := checks.Pass
		if slices.ContainsFunc(found, func(v checks.Violation) bool { return v.Check.Code == "PROC-03" }) {
			got = checks.Warned
		}
		if got != row.want {
			t.Errorf("held %s, opened %s: %s", row.held, row.opened, got)
		}
	}
}
