package events

import (
	"errors"
	"testing"
)

func at(day Date) Instant { return day.Start() }

// planned is a case with audit 1.
func planned(t *testing.T, more ...Payload) *Case {
	t.Helper()
	c := NewCase(chainCase)
	follow(t, c, examples[0].least, examples[2].least)
	follow(t, c, more...)
	return c
}

func TestTeamAsItStandsAndEverWas(t *testing.T) {
	plan := examples[2].full.(AuditPlanned) // li leads, wang audits, zhao is the expert
	c := NewCase(chainCase)
	follow(t, c, examples[0].least, plan,
		TeamChanged{Audit: 1, Remove: []ID{"wang"}},
		TeamChanged{Audit: 1, Add: []Member{{"zhao", Auditor}, {"sun", Observer}}},
	)
	a := c.Audit(1)
	for actor, want := range map[ID]struct {
		now  TeamRole
		ever bool
	}{"li": {Lead, true}, "wang": {"", true}, "zhao": {Auditor, true}, "sun": {Observer, true}, "zhou": {"", false}} {
		if got := a.RoleInTeam(actor); got != want.now {
			t.Errorf("%s is %q in the team, want %q", actor, got, want.now)
		}
		if got := a.Membership(actor) != nil; got != want.ever {
			t.Errorf("%s was in the team: %t", actor, got)
		}
	}
	if len(a.Team) != 3 || len(a.Ever) != 5 { // zhao was expert and auditor
		t.Errorf("%d in the team, %d ever", len(a.Team), len(a.Ever))
	}
	if len(a.AuditPlanned.Team) != 3 || a.AuditPlanned.Team[1].Actor != "wang" {
		t.Errorf("the plan was changed: %v", a.AuditPlanned.Team)
	}
}

func TestAuditsAreFoundByNumber(t *testing.T) {
	second := examples[2].full.(AuditPlanned)
	second.Audit = 2
	c := NewCase(chainCase)
	if c.LastAudit() != nil || c.Audit(1) != nil {
		t.Error("a new case has an audit")
	}
	follow(t, c, examples[0].least, second, examples[2].least) // as on the effective axis
	if got := c.LastAudit().Number; got != 2 {
		t.Errorf("the last audit is %d", got)
	}
	if got := c.Audit(1); got == nil || got.Number != 1 || got.Partial() {
		t.Errorf("audit 1 is %+v", got)
	}
	if !c.Audit(2).Partial() {
		t.Error("an audit of two clauses is not partial")
	}
}

func TestLatestAssessmentOfAClauseStands(t *testing.T) {
	c := planned(t,
		AssessmentRecorded{Audit: 1, Clause: "5.1.1.1", Result: Nonconforming},
		AssessmentRecorded{Audit: 1, Clause: "5.1.1.2", Result: Conforming},
		AssessmentRecorded{Audit: 1, Clause: "5.1.1.1", Result: Conforming},
	)
	a := c.Audit(1)
	if got := a.Assessment("5.1.1.1"); got.Result != Conforming || got.CaseSeq != 5 {
		t.Errorf("5.1.1.1 is %s by event %d", got.Result, got.CaseSeq)
	}
	if len(a.Assessments) != 2 || a.Assessment("5.1.1.3") != nil {
		t.Errorf("assessed: %v", a.Assessments)
	}
}

// What is taken back stays in the record and names the event that took it back.
func TestTakenBack(t *testing.T) {
	c := planned(t,
		FindingRaised{Audit: 1, Finding: "F1", Clause: "5.3.2.2", Category: Nonconformity, Severity: Minor, Statement: "x"}, // event 3
		DeductionApplied{Audit: 1, Deduction: "D1", Clause: "5.3.2.2", Basis: Qualitative},
		DeletionGranted{Audit: 1, Deletion: "X1", Clause: "5.2.4.1"},
		SpecialDeductionApplied{Audit: 1, Special: "S1", Trigger: "law", Finding: "F1"},
		BonusGranted{Audit: 1, Bonus: "B1"},
	)
	a := c.Audit(1)
	if a.Deleted("5.2.4.1") == nil {
		t.Error("5.2.4.1 is not deleted")
	}
	follow(t, c, // events 8 to 12
		FindingWithdrawn{Audit: 1, Finding: "F1"}, DeductionRevoked{Audit: 1, Deduction: "D1"},
		DeletionRevoked{Audit: 1, Deletion: "X1"}, SpecialDeductionRevoked{Audit: 1, Special: "S1"}, BonusRevoked{Audit: 1, Bonus: "B1"},
	)
	for i, revoked := range []*Entry{
		a.Find("F1").Withdrawn, a.Deduct("D1").Revoked, a.Delete("X1").Revoked, a.DeductSpecially("S1").Revoked, a.Reward("B1").Revoked,
	} {
		if revoked == nil || revoked.CaseSeq != uint64(8+i) {
			t.Errorf("event %d took back: %+v", 8+i, revoked)
		}
	}
	if a.Deleted("5.2.4.1") != nil {
		t.Error("5.2.4.1 is still deleted")
	}
}

func TestCorrectionOfAFinding(t *testing.T) {
	submitted := func(n Number) Payload {
		return CorrectionSubmitted{Audit: 1, Finding: "F1", Correction: n, Statement: "x"}
	}
	verified := func(n Number, outcome CorrectionOutcome) Payload {
		return CorrectionVerified{Audit: 1, Finding: "F1", Correction: n, Outcome: outcome}
	}
	c := planned(t, examples[7].full)
	for _, step := range []struct {
		post Payload
		want bool
	}{
		{submitted("C1"), false},
		{verified("C1", CorrectionRejected), false},
		{submitted("C2"), false},
		{verified("C2", CorrectionAccepted), true},
		{submitted("C3"), false}, // the latest counts
	} {
		follow(t, c, step.post)
		if got := c.Audit(1).Corrected("F1"); got != step.want {
			t.Errorf("after %+v F1 is corrected: %t", step.post, got)
		}
	}
	if c.Audit(1).Corrected("F2") {
		t.Error("a finding without correction is corrected")
	}
}

func TestReviewSendsTheReportBack(t *testing.T) {
	report := AuditReported{Audit: 1, Recommendation: ToGrant, Standing: &standing, Summary: "x"}
	c := planned(t, report)
	a := c.Audit(1)
	if a.Report == nil || a.Review != nil {
		t.Fatalf("reported: %v, %v", a.Report, a.Review)
	}
	follow(t, c, AuditReviewed{Audit: 1, Outcome: ReviewReturned})
	if a.Report != nil || a.Review.Outcome != ReviewReturned {
		t.Errorf("returned: %v, %v", a.Report, a.Review)
	}
	follow(t, c, report)
	if a.Report == nil || a.Review != nil {
		t.Errorf("reported again: %v, %v", a.Report, a.Review)
	}
	follow(t, c, AuditReviewed{Audit: 1, Outcome: ReviewConfirmed, Standing: &standing})
	if a.Report == nil || a.Review.Outcome != ReviewConfirmed {
		t.Errorf("confirmed: %v, %v", a.Report, a.Review)
	}
}

func TestCertificateFollowsTheDecisions(t *testing.T) {
	c := planned(t, DecisionMade{Decision: ToGrant, Audit: 1, Standing: &standing})
	if c.Certificate() != nil {
		t.Fatal("a certificate before it was issued")
	}
	follow(t, c, CertificateIssued{Number: "1", Audit: 1, Grade: "pass", ValidFrom: "2026-12-01", ValidUntil: "2029-11-30"})
	during, after := at("2029-11-30"), at("2029-12-01")
	for _, step := range []struct {
		decision      Recommendation
		during, after CertificateStatus
	}{
		{ToMaintain, CertificateActive, CertificateExpired},
		{ToSuspend, CertificateSuspended, CertificateExpired},
		{ToRestore, CertificateActive, CertificateExpired},
		{ToWithdraw, CertificateWithdrawn, CertificateWithdrawn},
		{ToCancel, CertificateCancelled, CertificateCancelled},
	} {
		follow(t, c, DecisionMade{Decision: step.decision})
		certificate := c.Certificate()
		if got := certificate.StatusOn(during); got != step.during {
			t.Errorf("%s: %s on the last day", step.decision, got)
		}
		if got := certificate.StatusOn(after); got != step.after {
			t.Errorf("%s: %s the day after", step.decision, got)
		}
	}
	follow(t, c, CertificateIssued{Number: "2", Audit: 1, Grade: "pass", ValidFrom: "2029-12-01", ValidUntil: "2032-11-30"})
	if got := c.Certificates[0].StatusOn(during); got != CertificateReplaced {
		t.Errorf("the first certificate is %s", got)
	}
	if got := c.Certificate(); got.Number != "2" || got.StatusOn(during) != CertificateActive {
		t.Errorf("the last certificate is %s", got.Number)
	}
}

func TestDecisionOnAnAudit(t *testing.T) {
	c := planned(t, DecisionMade{Decision: ToGrant, Audit: 1, Standing: &standing}, DecisionMade{Decision: ToSuspend})
	if got := c.DecisionOn(1); got == nil || got.Decision != ToGrant {
		t.Errorf("on audit 1: %+v", got)
	}
	if got := c.DecisionOn(2); got != nil {
		t.Errorf("on audit 2: %+v", got)
	}
}

func TestWhichDecisionsRestOnAnAudit(t *testing.T) {
	rest := map[Recommendation]bool{ToGrant: true, ToRefuse: true, ToMaintain: true, ToRenew: true, ToChangeGrade: true}
	for _, decision := range new(Recommendation).Values() {
		if got := decision.NeedsAudit(); got != rest[decision] {
			t.Errorf("%s: %t", decision, got)
		}
	}
}

func TestGrantAllows(t *testing.T) {
	const other CaseID = "01JD3Z0000000000000000000E"
	c := NewCase(Access)
	follow(t, c,
		GrantMade{Grant: "G1", Actor: "cnas-01", Cases: []CaseID{chainCase}, From: "2026-12-01", Until: "2026-12-31"},
		GrantMade{Grant: "G2", Actor: "cnas-02", All: true, From: "2026-12-01", Until: "2026-12-31"},
	)
	first, last := at("2026-12-01"), at("2027-01-01")-1
	for name, x := range map[string]struct {
		grant Number
		actor ID
		id    CaseID
		at    Instant
		want  bool
	}{
		"first instant":          {"G1", "cnas-01", chainCase, first, true},
		"last instant":           {"G1", "cnas-01", chainCase, last, true},
		"too early":              {"G1", "cnas-01", chainCase, first - 1, false},
		"too late":               {"G1", "cnas-01", chainCase, last + 1, false},
		"another actor":          {"G1", "cnas-02", chainCase, first, false},
		"a case not listed":      {"G1", "cnas-01", other, first, false},
		"any case, when all":     {"G2", "cnas-02", other, first, true},
		"all, but another actor": {"G2", "cnas-01", other, first, false},
	} {
		if got := c.Grant(x.grant).Allows(x.actor, x.id, x.at); got != x.want {
			t.Errorf("%s: %t", name, got)
		}
	}
	follow(t, c, GrantRevoked{Grant: "G2"})
	if c.Grant("G2").Allows("cnas-02", other, first) {
		t.Error("a revoked grant allows")
	}
}

func TestIntegrityErrorsNameThePlace(t *testing.T) {
	for want, err := range map[string]error{
		"sequence 7 is missing from the log: 9 follows":              &GapError{Want: 7, Got: 9},
		"the log ends before sequence 7, which was to be there":      &GapError{Want: 7},
		"sequence 7: is filed under case registry":                   &DamageError{Seq: 7, Reason: "is filed under case registry"},
		"sequence 7: cannot be decoded: not an event of this ledger": &DamageError{Seq: 7, Reason: "cannot be decoded", Err: ErrMalformed},
	} {
		if err.Error() != want {
			t.Errorf("got %q, want %q", err, want)
		}
		if !errors.Is(err, ErrIntegrity) {
			t.Errorf("%q is not a failure of integrity", err)
		}
	}
}
