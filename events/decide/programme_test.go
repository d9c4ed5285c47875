package decide_test

import (
	"testing"
	"time"

	"starledger/events"
	"starledger/events/decide"
	. "starledger/events/decide/decidetest"
)

// extended is a decision that widens the scope to a text.
func extended(scope events.Text) *decide.MakeDecision {
	return &decide.MakeDecision{Reasoned: Because, Decision: events.ToExtendScope, Scope: scope}
}

// appeal is one against the event with a number in the case.
func appeal(against uint64) *decide.LodgeAppeal {
	return &decide.LodgeAppeal{Against: against, Statement: "the sample was too small"}
}

func appealOutcome(label events.Label) *decide.DecideAppeal {
	return &decide.DecideAppeal{Reasoned: Because, Appeal: label, Outcome: events.AppealDismissed}
}

func complaint(audit uint64) *decide.LodgeComplaint {
	return &decide.LodgeComplaint{Complainant: "a customer", Audit: audit, Statement: "nobody came"}
}

func complaintOutcome(label events.Label) *decide.CloseComplaint {
	return &decide.CloseComplaint{Reasoned: Because, Complaint: label, Outcome: events.ComplaintUnsubstantiated}
}

// contested is a refused certification: the decision is the last event.
func contested(t T) *Story {
	s := planned(t).Decided(1, events.ToRefuse).As(Officer, "case_officer")
	return s.Do(appeal(s.Case.Head.CaseSeq))
}

// uninvolved took no part in any audit.
const uninvolved = events.ID("he")

var programme = []row{
	{"a scope with a grant", reviewed, &decide.MakeDecision{Reasoned: Because, Decision: events.ToGrant, Audit: 1, Scope: "all"},
		decide.Broken, decide.ScopeNotExpected, "/scope", ""},
	{"the scope it has", by(certified, Decider, "decision_maker"), extended("家用电器安装与维修"), decide.Standing, decide.ScopeUnchanged, "/scope", ""},
	{"a scope of nothing", by(granted, Decider, "decision_maker"), extended("more"), decide.Broken, decide.WrongState, "", ""},
	{"a scope changed by a member of the team", by(certified, Auditor, "decision_maker"), extended("more"), decide.Denied, "team-member-decides", "", "SOD-01"},

	{"an announcement of an unknown audit", planned, &decide.AnnounceAudit{Audit: 7}, decide.NotFound, decide.UnknownAudit, "", ""},
	{"announced twice", then(planned, &decide.AnnounceAudit{Audit: 1, AnnouncedAt: *At(0)}), &decide.AnnounceAudit{Audit: 1, AnnouncedAt: *At(0)},
		decide.Standing, decide.AuditAnnounced, "", ""},
	{"announced tomorrow", planned, &decide.AnnounceAudit{Audit: 1, AnnouncedAt: *At(24 * time.Hour)}, decide.Broken, decide.InFuture, "/announced_at", ""},
	{"announced after the opening", then(planned, documents, opening), &decide.AnnounceAudit{Audit: 1, AnnouncedAt: *At(time.Minute)},
		decide.Broken, decide.AnnouncedTooLate, "/announced_at", ""},

	{"an appeal against no decision", certified, appeal(1), decide.Broken, decide.UnknownDecision, "/against", ""},
	{"an appeal against what is not there", certified, appeal(1000), decide.Broken, decide.UnknownDecision, "/against", ""},
	{"an appeal with lost evidence", certified, &decide.LodgeAppeal{Against: 2, Statement: "x", Evidence: []events.Evidence{lost}},
		decide.Broken, decide.UnknownAttachment, "/evidence/0/sha256", ""},
	{"an appeal before the decision", certified, &decide.LodgeAppeal{Common: decide.Common{EffectiveAt: At(0)}, Against: 2, Statement: "x"},
		decide.Broken, decide.EffectiveBeforeCause, "/effective_at", ""},
	{"an appeal twice", then(certified, appeal(2)), appeal(2), decide.Standing, decide.AppealOpen, "", ""},
	{"the outcome of no appeal", certified, appealOutcome("A1"), decide.NotFound, decide.UnknownAppeal, "", ""},
	{"the outcome of an appeal twice", then(by(then(certified, appeal(2)), uninvolved, "decision_maker"), appealOutcome("A1")), appealOutcome("A1"), decide.Standing, decide.AppealDecided, "", ""},
	{"who decided decides on the appeal", by(contested, Decider, "decision_maker"), appealOutcome("A1"), decide.Denied, decide.AppealOfOwnDecision, "", "ISO/IEC 17065 7.13.5"},
	{"who reviewed decides on the appeal", by(contested, Reviewer, "decision_maker"), appealOutcome("A1"), decide.Denied, decide.AppealOfOwnDecision, "", "ISO/IEC 17065 7.13.5"},
	{"who audited decides on the appeal", by(contested, Auditor, "decision_maker"), appealOutcome("A1"), decide.Denied, decide.AppealOfOwnDecision, "", "ISO/IEC 17065 7.13.5"},
	{"who reviewed the application decides on the appeal against that", then(applied, appeal(2)), appealOutcome("A1"),
		decide.Denied, decide.AppealOfOwnDecision, "", "ISO/IEC 17065 7.13.5"},
	{"a case with an open appeal stays open", contested, &decide.CloseCase{Reasoned: Because}, decide.Broken, decide.AppealOpen, "", ""},

	{"a complaint about an unknown audit", applied, complaint(7), decide.Broken, decide.UnknownAudit, "/audit", ""},
	{"a complaint with lost evidence", applied, &decide.LodgeComplaint{Complainant: "x", Statement: "x", Evidence: []events.Evidence{lost}},
		decide.Broken, decide.UnknownAttachment, "/evidence/0/sha256", ""},
	{"a complaint before the audit was planned", planned, &decide.LodgeComplaint{Common: decide.Common{EffectiveAt: At(0)}, Complainant: "x", Audit: 1, Statement: "x"},
		decide.Broken, decide.EffectiveBeforeCause, "/effective_at", ""},
	{"the outcome of no complaint", applied, complaintOutcome("M1"), decide.NotFound, decide.UnknownComplaint, "", ""},
	{"the outcome of a complaint twice", then(applied, complaint(0), complaintOutcome("M1")), complaintOutcome("M1"), decide.Standing, decide.ComplaintClosed, "", ""},
	{"who audited closes the complaint about it", by(then(planned, complaint(1)), Lead, "quality"), complaintOutcome("M1"),
		decide.Denied, decide.ComplaintOfOwnAudit, "", "ISO/IEC 17065 7.13.5"},
	{"a case with an open complaint stays open", then(applied, complaint(0)), &decide.CloseCase{Reasoned: Because}, decide.Broken, decide.ComplaintOpen, "", ""},
}

// The certificate's scope follows the decision; a renewed certificate takes over the case's.
func TestScopeFollowsTheDecision(t *testing.T) {
	s := certified(t).As(Decider, "decision_maker").Do(extended("家用电器安装、维修与配送"))
	if c := s.Case.Certificate(); c.Scope != "家用电器安装、维修与配送" || s.Case.Scope != c.Scope {
		t.Errorf("certificate %q, case %q", c.Scope, s.Case.Scope)
	}
	s.Do(&decide.MakeDecision{Reasoned: Because, Decision: events.ToReduceScope, Scope: "家用电器安装"})
	if d := s.Case.Decisions[len(s.Case.Decisions)-1]; d.Decision != events.ToReduceScope || d.Scope != "家用电器安装" {
		t.Errorf("decided %+v", d)
	}
	s.As(Officer, "case_officer").Do(Plan("recertification")).Decided(2, "renew").Certified()
	if c := s.Case.Certificate(); c.Scope != "家用电器安装" || len(s.Case.Certificates) != 2 {
		t.Errorf("renewed for %q", c.Scope)
	}
}

// An appeal and a complaint are told on behalf of whom, decided by somebody else, and numbered on.
func TestAppealsAndComplaints(t *testing.T) {
	s := contested(t)
	if lodged := s.History[len(s.History)-1]; lodged.OnBehalfOf != "华星电器服务有限公司" {
		t.Errorf("lodged on behalf of %q", lodged.OnBehalfOf)
	}
	against := s.Case.Appeal("A1").Against
	s.As(uninvolved, "decision_maker").Do(appealOutcome("A1"), appeal(against), complaint(1), complaintOutcome("M1"), complaint(0))
	if s.Case.Appeal("A1").Decided.Outcome != events.AppealDismissed || s.Case.Appeal("A2") == nil || s.Case.Complaint("M2").Closed != nil {
		t.Errorf("%+v %+v", s.Case.Appeals, s.Case.Complaints)
	}
	s.Do(appealOutcome("A2"), complaintOutcome("M2"), &decide.CloseCase{Reasoned: Because})
}

// Notice is counted in days of Asia/Shanghai: an evening there is another day than in UTC.
func TestNotice(t *testing.T) {
	s := planned(t) // the audit starts on 2026-03-10
	s.Setting.Now = events.Date("2026-03-10").Start()
	for told, want := range map[events.Instant]int{
		events.Date("2026-03-08").End():       2,
		events.Date("2026-03-08").End() + 1:   1,
		events.Date("2026-03-10").Start():     0,
		events.Date("2026-03-10").Start() - 1: 1,
	} {
		c := s.Case.Clone()
		verdict, err := decide.Decide(c, &decide.AnnounceAudit{Audit: 1, AnnouncedAt: decide.Timestamp(told)}, s.Setting)
		if err != nil {
			t.Fatal(err)
		}
		if err := c.Apply(&events.Stored{Event: events.Event{Data: verdict.Data}}); err != nil {
			t.Fatal(err)
		}
		if got := c.Audit(1).Notice(); got != want {
			t.Errorf("told at %s: %d days, want %d", told, got, want)
		}
	}
}
