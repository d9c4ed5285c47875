package decide_test

import (
	"slices"
	"testing"
	"time"

	"starledger/events"
	"starledger/events/checks"
	"starledger/events/decide"
	. "starledger/events/decide/decidetest"
)

// knowing is a state whose body has a registry.
func knowing(state func(T) *Story, commands ...decide.Command) func(T) *Story {
	return func(t T) *Story {
		s := state(t)
		s.Setting.Registry = registry(t).Do(commands...).Case
		return s
	}
}

// fromOrganization lets somebody of the organization go on.
func fromOrganization(state func(T) *Story) func(T) *Story {
	return func(t T) *Story {
		s := state(t)
		s.Setting.Organization = string(s.Case.Organization.Name)
		return s
	}
}

// after is a state in which so much time has passed.
func after(d time.Duration, state func(T) *Story) func(T) *Story {
	return func(t T) *Story {
		s := state(t)
		s.Setting.Now += events.Instant(d / time.Microsecond)
		return s
	}
}

func submitted(t T) *Story { return found(t).Do(correction("F1")) }

var inField = func(t T) *Story {
	open := Open(events.Certification, "gbt27922-2011")
	open.Field = "03"
	return Empty(t, CaseID).Do(open, &decide.ReviewApplication{Reasoned: Because, Outcome: events.ApplicationAccepted},
		Plan(events.InitialAudit)).Decided(1, events.ToGrant).As(Officer, "case_officer")
}

// The checks that refuse, apart from those that are rows of their noun. Stories begin on 1 March 2026,
// 09:00 in Asia/Shanghai.
var conformance = []row{
	{"a correction verified by the own organization", fromOrganization(submitted), verification("F1", "accepted"),
		decide.Denied, "own-correction-verified", "", "SOD-04"},
	{"a correction verified by somebody whom the registry places there",
		knowing(submitted, &decide.RecordPerson{Actor: Lead, Name: "李", Organization: "华星电器服务有限公司"}), verification("F1", "accepted"),
		decide.Denied, "own-correction-verified", "", "SOD-04"},
	{"a deletion by an auditor who does not lead", by(planned, Auditor, "lead_auditor"), &decide.GrantDeletion{Reasoned: Because, Audit: 1, Clause: "5.2.4.1"},
		decide.Broken, "deletion-unfounded", "", "SCORE-03"},
	{"an opening the day before the plan", then(planned, &decide.ReviewDocuments{Reasoned: Because, Audit: 1, Outcome: events.DocumentsAccepted}),
		&decide.OpenAudit{Audit: 1, HeldAt: *At(-10 * time.Hour)}, decide.Broken, "steps-out-of-order", "/held_at", "TIME-01"}, // 23:00
	{"a certificate valid before its decision", granted, &decide.IssueCertificate{Number: "71226SC0002R0M", ValidFrom: "2026-02-28", ValidUntil: "2029-02-27"},
		decide.Broken, "steps-out-of-order", "/valid_from", "TIME-01"},
	{"an entry 73 hours late without a reason", after(96*time.Hour, planned), &decide.RaiseFinding{Common: decide.Common{EffectiveAt: At(23 * time.Hour)}, Audit: 1,
		Clause: "5.3.2.2", Category: "observation", Statement: "x"}, decide.Broken, "late-entry-without-reason", "/reason", "TIME-02"},
	{"an entry 73 hours late where the body allows 24", knowing(after(30*time.Hour, planned), parameter("late_entry_hours", "24")),
		&decide.RaiseFinding{Common: decide.Common{EffectiveAt: At(time.Hour)}, Audit: 1, Clause: "5.3.2.2", Category: "observation", Statement: "x"},
		decide.Broken, "late-entry-without-reason", "/reason", "TIME-02"},
	{"a certificate in a field the body does not hold", knowing(inField, approval("2026-01-01", "", "01", "22")), certificate(),
		decide.Broken, "field-not-approved", "", "SCOPE-01"},
	{"a certificate in a field approved from tomorrow", knowing(inField, approval("2026-03-02", "", "03")), certificate(),
		decide.Broken, "field-not-approved", "", "SCOPE-01"},
	{"a certificate in no field, once approvals are recorded", knowing(granted, approval("2026-01-01", "", "03")), certificate(),
		decide.Broken, "field-not-approved", "", "SCOPE-01"},
}

// What the checks let pass: the same commands a day or a reason to the right side.
func TestConformanceAllows(t *testing.T) {
	for name, c := range map[string]struct {
		state   func(T) *Story
		command decide.Command
	}{
		"a field approved until today":    {knowing(inField, approval("2026-01-01", "2026-03-01", "03")), certificate()},
		"nothing recorded of approvals":   {inField, certificate()},
		"a late entry with its reason":    {after(96*time.Hour, planned), &decide.RaiseFinding{Common: decide.Common{EffectiveAt: At(time.Hour), Reason: "paper first"}, Audit: 1, Clause: "5.3.2.2", Category: "observation", Statement: "x"}},
		"an entry late by 72 hours":       {after(80*time.Hour, planned), &decide.RaiseFinding{Common: decide.Common{EffectiveAt: At(9 * time.Hour)}, Audit: 1, Clause: "5.3.2.2", Category: "observation", Statement: "x"}},
		"an opening earlier the same day": {then(planned, &decide.ReviewDocuments{Reasoned: Because, Audit: 1, Outcome: events.DocumentsAccepted}), &decide.OpenAudit{Audit: 1, HeldAt: *At(-8 * time.Hour)}},
	} {
		t.Run(name, func(t *testing.T) { c.state(t).Do(c.command) })
	}
}

// The checks that warn, with dates worked by hand.
func TestWarnings(t *testing.T) {
	day := 24 * time.Hour
	for _, c := range []struct {
		name    string
		state   func(T) *Story
		command decide.Command
		want    []string
	}{
		{"a deduction without finding", planned, &decide.ApplyDeduction{Reasoned: Because, Audit: 1, Clause: "5.1.1.1", Basis: events.Qualitative}, []string{"deduction-without-finding"}},
		{"a nonconformity without evidence", planned, nonconformity(events.Minor), []string{"finding-without-evidence"}},
		{"a nonconformity with evidence", planned, &decide.RaiseFinding{Audit: 1, Clause: "5.3.2.2", Category: events.Nonconformity, Severity: events.Minor, Statement: "x", Evidence: []events.Evidence{Photo}}, nil},
		// Applied on 1 March, so due on 11 March: until its last minute.
		{"an application reviewed on the tenth day", after(10*day+14*time.Hour, inFull), &decide.ReviewApplication{Reasoned: Because, Outcome: events.ApplicationAccepted}, nil},
		{"an application reviewed after midnight", after(10*day+15*time.Hour, inFull), &decide.ReviewApplication{Reasoned: Because, Outcome: events.ApplicationAccepted}, []string{"application-review-late"}},
		{"an application where the body allows 20 days", knowing(after(15*day, func(t T) *Story {
			s := inFull(t)
			s.Case.Opened.Seq = 1000 // opened after the parameter was set
			return s
		}), parameter("application_review_days", "20")), &decide.ReviewApplication{Reasoned: Because, Outcome: events.ApplicationAccepted}, nil},
		{"a certificate number of another form", granted, &decide.IssueCertificate{Number: "1", ValidFrom: "2026-03-01", ValidUntil: "2029-02-28"}, []string{"certificate-number-odd"}},
		{"a lead without qualification", knowing(applied, qualification(events.QualifiedAuditor, "2026-01-01", "")), Plan(events.InitialAudit), []string{"members-unqualified"}},
		{"person-days below the plan", func(t T) *Story {
			plan := Plan(events.InitialAudit)
			plan.PersonDays = "1.5"
			return applied(t).Do(plan).OnSite(1).AssessAll(1)
		}, &decide.ReportAudit{Audit: 1, Recommendation: events.ToGrant, Summary: "x"}, []string{"person-days-below-plan"}},
		{"a quarter of a day at an outlet", func(t T) *Story {
			s := today(t)
			return s.As(Officer, "case_officer").Do(pudong, spent(Lead, "2026-03-01", "0.25", "O1")).OnSite(1).AssessAll(1)
		}, &decide.ReportAudit{Audit: 1, Recommendation: events.ToGrant, Summary: "x"}, []string{"person-days-below-plan"}},
		// Closed on 1 March 2026: a year later is 1 March 2027.
		{"surveillance on the last day", func(t T) *Story { return secondVisit(t, 365*day) }, &decide.OpenAudit{Audit: 2, HeldAt: *At(365 * day)}, nil},
		{"surveillance a day later", func(t T) *Story { return secondVisit(t, 366*day) }, &decide.OpenAudit{Audit: 2, HeldAt: *At(366 * day)}, []string{"surveillance-late"}},
		// Confirmed by the review of 1 March, so due on 6 March.
		{"suspended on the fifth day", func(t T) *Story { return grave(t, 5*day) }, onCertificate("suspend"), nil},
		{"suspended on the sixth day", func(t T) *Story { return grave(t, 6*day) }, onCertificate("suspend"), []string{"suspension-late"}},
		{"withdrawn on the sixth day", func(t T) *Story { return grave(t, 6*day) }, onCertificate("withdraw"), []string{"suspension-late"}},
		{"suspended for another reason", func(t T) *Story { return certified(t).As(Decider, "decision_maker") }, onCertificate("suspend"), nil},
		// Suspended on 1 March, so ended by 1 September: 184 days.
		{"restored on the last day", func(t T) *Story { return suspendedFor(t, 184*day) }, onCertificate("restore"), nil},
		{"restored a day later", func(t T) *Story { return suspendedFor(t, 185*day) }, onCertificate("restore"), []string{"suspension-too-long"}},
		{"withdrawn a day later", func(t T) *Story { return suspendedFor(t, 185*day) }, onCertificate("withdraw"), []string{"suspension-too-long"}},
		{"a sample of another population than was recorded", listing("5.3.2.2", 400), statingPopulation(412), []string{"population-differs"}},
		{"a sample of the population that was recorded", listing("5.3.2.2", 412), statingPopulation(412), nil},
		{"a sample where the list is of another clause", listing("5.1.1.1", 400), statingPopulation(412), nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := c.state(t)
			verdict, err := decide.Decide(s.Case, c.command, s.Setting)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, w := range verdict.Warnings {
				got = append(got, w.Code)
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("warnings %v, want %v", got, c.want)
			}
		})
	}
}

// secondVisit is a certified case whose surveillance is about to be opened so long after its beginning.
func secondVisit(t T, later time.Duration) *Story {
	s := surveyed(t).As(Lead, "lead_auditor").Do(&decide.ReviewDocuments{Reasoned: Because, Audit: 2, Outcome: events.DocumentsAccepted})
	s.Setting.Now += events.Instant(later / time.Microsecond)
	return s
}

// inFull is an application with all its documents.
func inFull(t T) *Story { return opened(t).Listed() }

// listing is an audit for which a list of so many items was recorded.
func listing(clause events.Clause, size uint64) func(T) *Story {
	return func(t T) *Story {
		return planned(t).Do(&decide.RecordPopulation{Audit: 1, Subject: "x", Clause: clause, Digest: Photo.SHA256, Size: size, Items: size})
	}
}

func statingPopulation(population uint64) decide.Command {
	none := uint64(0)
	return &decide.RecordAssessment{Audit: 1, Clause: "5.3.2.2", Result: events.Conforming,
		Sample: &events.Sample{Population: population, Size: 20, Nonconforming: &none}}
}

// suspendedFor is a certificate that was suspended so long ago.
func suspendedFor(t T, ago time.Duration) *Story {
	s := certified(t).Decide(events.ToSuspend)
	s.Setting.Now += events.Instant(ago / time.Microsecond)
	return s
}

// grave is a certified case in whose surveillance a review confirmed, so long ago, what the certificate
// is to be suspended for.
func grave(t T, ago time.Duration) *Story {
	s := surveyed(t).Reviewed(2, events.ToSuspend)
	s.Setting.Now += events.Instant(ago / time.Microsecond)
	return s
}

// A deletion that lifts the grade is listed at the report, and refuses nothing. Worked by hand: 5.3.1.4
// and 5.1.4.1 lost is 91, four stars; with 5.1.4.1 deleted it is 91 of 96, 94.79, four stars; with
// 5.3.1.4 deleted it is 91 of 95, 95.79, five stars.
func TestDeletionsThatLiftTheGrade(t *testing.T) {
	for clause, want := range map[events.Clause]checks.Result{"5.1.4.1": checks.Pass, "5.3.1.4": checks.Warned} {
		s := planned(t).Do(
			&decide.ApplyDeduction{Reasoned: Because, Audit: 1, Clause: "5.3.1.4", Basis: events.Qualitative},
			&decide.ApplyDeduction{Reasoned: Because, Audit: 1, Clause: "5.1.4.1", Basis: events.Qualitative},
			&decide.GrantDeletion{Reasoned: Because, Audit: 1, Clause: clause}).Reported(1, events.ToGrant)
		outcomes, err := checks.ReviewOn(checks.Ground{Schemes: s.Setting.Schemes}, CaseID, s.History)
		if err != nil {
			t.Fatal(err)
		}
		for _, o := range outcomes {
			if o.Check.Code == "SCORE-03" && (o.Result != want || len(o.Events) != len(o.Detail)) {
				t.Errorf("%s deleted: %s %v", clause, o.Result, o.Detail)
			}
		}
	}
}
