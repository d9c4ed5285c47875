package checks_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"starledger/events"
	"starledger/events/checks"
	"starledger/events/decide"
	. "starledger/events/decide/decidetest"
)

// due lists the deadlines of a case as people would say them: kind, number or label, last day.
func due(c *events.Case, registry *events.Case) string {
	var list []string
	for _, d := range checks.Deadlines(c) {
		name := string(d.Kind)
		if d.Number > 0 {
			name += fmt.Sprintf(" %d", d.Number)
		}
		if d.Label != "" {
			name += " " + string(d.Label)
		}
		if d.Audit > 0 {
			name += fmt.Sprintf(" by audit %d", d.Audit)
		}
		list = append(list, name+" "+string(d.Due(registry)))
	}
	return strings.Join(list, ", ")
}

// on sets the clock of a story to noon of a day in Shanghai.
func on(s *Story, day events.Date) *Story {
	s.Setting.Now = day.Start() + events.Instant(12*time.Hour/time.Microsecond)
	return s
}

// The three years of a certificate, with every deadline worked by hand: 2026-03-01 certified until
// 2029-02-28; surveillance a year after the closing meeting before.
func TestProgramme(t *testing.T) {
	s := Empty(t, CaseID).Do(Open(events.Certification, "gbt27922-2011"))
	expect := func(want string) {
		t.Helper()
		if got := due(s.Case, nil); got != want {
			t.Errorf("on %s: %s\nwant %s", events.DateOf(s.Setting.Now), got, want)
		}
	}
	expect("application_review 2026-03-11")
	s.Do(&decide.ReviewApplication{Reasoned: Because, Outcome: events.ApplicationAccepted}, Plan(events.InitialAudit))
	expect("")
	s.Decided(1, events.ToGrant).Certified() // closing meeting on 2026-03-01
	expect("surveillance 1 2027-03-01, recertification 2029-02-28")
	on(s, "2027-02-20").As(Officer, "case_officer").Do(Plan(events.SurveillanceAudit))
	expect("surveillance 1 by audit 2 2027-03-01, recertification 2029-02-28")
	s.Decided(2, events.ToMaintain)
	expect("surveillance 2 2028-02-20, recertification 2029-02-28")
	on(s, "2027-08-31").As(Officer, "case_officer").Do(Plan(events.SpecialAudit)).Reviewed(3, events.ToSuspend)
	expect("surveillance 2 2028-02-20, recertification 2029-02-28, suspension 3 2027-09-05")
	s.Decide(events.ToSuspend)
	expect("surveillance 2 2028-02-20, recertification 2029-02-28, suspension_end 2028-02-29")
	s.Decide(events.ToRestore)
	on(s, "2028-02-29").As(Officer, "case_officer").Do(Plan(events.SurveillanceAudit)).Decided(4, events.ToMaintain)
	expect("recertification 2029-02-28")
	on(s, "2029-01-10").As(Officer, "case_officer").Do(Plan(events.RecertificationAudit))
	expect("recertification by audit 5 2029-02-28")
	s.Decided(5, events.ToRenew).As(Officer, "case_officer").
		Do(&decide.IssueCertificate{Number: "71229SC0001R1M", ValidFrom: "2029-03-01", ValidUntil: "2032-02-29"})
	expect("surveillance 1 2030-01-10, recertification 2032-02-29")
	s.Do(&decide.LodgeComplaint{Complainant: "x", Statement: "x"})
	expect("surveillance 1 2030-01-10, recertification 2032-02-29, complaint M1 2029-03-11")
	s.Do(&decide.CloseComplaint{Reasoned: Because, Complaint: "M1", Outcome: events.ComplaintUnsubstantiated}).Decide(events.ToWithdraw)
	expect("")
	s.Do(&decide.LodgeAppeal{Against: s.Case.Head.CaseSeq, Statement: "x"})
	expect("appeal A1 2029-03-11")
}

// The day of an application is the one in Shanghai: one second around midnight at the end of a year
// moves the last day by one.
func TestDeadlinesAtMidnightAndYearsEnd(t *testing.T) {
	midnight := events.Date("2026-01-01").Start().Time()
	for received, want := range map[time.Time]string{
		midnight.Add(-time.Second): "application_review 2026-01-10", // 31 December there
		midnight:                   "application_review 2026-01-11",
	} {
		open := Open(events.Certification, "gbt27922-2011")
		at := decide.Timestamp(events.InstantOf(received))
		open.AppliedAt = &at
		if got := due(Empty(t, CaseID).Do(open).Case, nil); got != want {
			t.Errorf("received at %s: %s, want %s", received, got, want)
		}
	}
}

// A parameter counts for what was recorded after it was set, and for nothing before.
func TestDeadlinesFollowTheParameter(t *testing.T) {
	registry := Empty(t, events.Registry)
	registry.Setting.Now = Start + events.Instant(time.Hour/time.Microsecond)
	registry.Do(&decide.SetParameter{Reasoned: Because, Parameter: checks.ReviewDays, Value: "5"})
	before := Empty(t, CaseID).Do(Open(events.Certification, "gbt27922-2011")).Case
	after := on(Empty(t, CaseID), "2026-03-02").Do(Open(events.Certification, "gbt27922-2011")).Case
	after.Opened.Seq = registry.Case.Head.Seq + 1
	if got := due(before, registry.Case); got != "application_review 2026-03-11" {
		t.Errorf("before: %s", got)
	}
	if got := due(after, registry.Case); got != "application_review 2026-03-07" {
		t.Errorf("after: %s", got)
	}
}

// Nothing is due in a case that is not there, was closed, or is no certification.
func TestCasesWithoutDeadlines(t *testing.T) {
	for name, c := range map[string]*events.Case{
		"no event": events.NewCase(CaseID),
		"internal": Empty(t, CaseID).Do(Open(events.Internal, "gbt27922-2011")).Case,
		"closed":   Empty(t, CaseID).Do(Open(events.Certification, "gbt27922-2011"), &decide.CloseCase{Reasoned: Because}).Case,
		"returned": Empty(t, CaseID).Do(Open(events.Certification, "gbt27922-2011"), &decide.ReviewApplication{Reasoned: Because, Outcome: "returned"}).Case,
	} {
		if got := due(c, nil); got != "" {
			t.Errorf("%s: %s", name, got)
		}
	}
}

// What was held before the import counts in the programme.
func TestImportedProgramme(t *testing.T) {
	day := func(d events.Date) decide.Common {
		at := decide.Timestamp(d.Start())
		return decide.Common{EffectiveAt: &at}
	}
	s := Empty(t, CaseID).Do(
		&decide.ImportCase{Common: day("2024-02-21"), Organization: events.Organization{Name: "x"}, Scope: "x", Scheme: "gbt27922-2011", Source: "x"},
		&decide.ImportCertificate{Common: day("2024-03-05"), CertificateImported: events.CertificateImported{Number: "1", IssuedOn: "2024-03-05", ValidFrom: "2024-03-05", ValidUntil: "2027-03-04", Source: "x"}})
	audit := func(kind events.AuditKind, on events.Date) *decide.ImportAudit {
		return &decide.ImportAudit{Common: day(on), AuditImported: events.AuditImported{Kind: kind, StartsOn: on, EndsOn: on, Source: "x"}}
	}
	for _, row := range []struct {
		told *decide.ImportAudit
		want string
	}{
		{nil, "surveillance 1 2025-03-05, recertification 2027-03-04"},
		{audit(events.InitialAudit, "2024-02-21"), "surveillance 1 2025-02-21, recertification 2027-03-04"},
		{audit(events.SpecialAudit, "2024-12-01"), "surveillance 1 2025-02-21, recertification 2027-03-04"},
		{audit(events.SurveillanceAudit, "2025-02-10"), "surveillance 2 2026-02-10, recertification 2027-03-04"},
	} {
		if row.told != nil {
			s.Do(row.told)
		}
		if got := due(s.Case, nil); got != row.want {
			t.Errorf("%+v: %s", row.told, got)
		}
	}
}
