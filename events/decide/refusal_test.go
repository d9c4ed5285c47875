package decide_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"starledger/events"
	"starledger/events/decide"
	. "starledger/events/decide/decidetest"
)

// A row is a command that is refused, and how.
type row struct {
	name    string
	story   func(t T) *Story
	command decide.Command
	kind    decide.Kind
	code    string
	pointer string
	policy  string
}

// Every rule is a row in the table of its noun.
func TestRefusals(t *testing.T) {
	unseen := map[string]bool{}
	for _, code := range decide.Codes {
		unseen[code] = true
	}
	for _, table := range [][]row{
		everyCommand, applications, audits, teams, assessments, findings, corrections, deductions,
		deletions, specials, bonuses, reports, decisions, certificates, grants,
		schemeRows(t), registers, outlets, samplings, conformance,
		programme, applicationDocuments, imports, accreditations, selfReports,
	} {
		for _, r := range table {
			t.Run(r.name, func(t *testing.T) {
				story := r.story(t)
				head := story.Case.Head
				_, err := story.Try(r.command)
				want(t, err, decide.Refusal{Kind: r.kind, Code: r.code, Pointer: r.pointer, Policy: r.policy})
				wantEntries(t, err, story.History)
				if story.Case.Head != head {
					t.Errorf("the case moved")
				}
			})
			delete(unseen, r.code)
		}
	}
	for code := range unseen {
		if !slices.Contains(unreached, code) {
			t.Errorf("no row is refused with %s", code)
		}
	}
}

// standInTheWay are the codes of rules that one event of the case breaks, besides those of what stands already.
var standInTheWay = []string{
	decide.ClauseDeleted, decide.ClauseWhollyDeducted, decide.FindingWithdrawn, decide.FindingInUse, decide.NotANonconformity,
	decide.FindingOfOtherClause, decide.CertificateStands, decide.AppealOpen, decide.ComplaintOpen, decide.CaseClosed,
	decide.EffectiveBeforeCause,
}

// wantEntries wants a refusal to name events of the case, and one that an event stands in the way of to name that.
func wantEntries(t *testing.T, err error, history []*events.Stored) {
	t.Helper()
	var got *decide.Refusal
	if !errors.As(err, &got) {
		return // want has said so
	}
	elsewhere := []string{decide.SchemeVersionExists, decide.MemberStands} // in the book; in the plan or any change of the team
	needed := got.Kind == decide.Standing && !slices.Contains(elsewhere, got.Code) || slices.Contains(standInTheWay, got.Code)
	if needed && len(got.Entries) == 0 {
		t.Errorf("%s names no entry", got.Code)
	}
	if got.Kind == decide.Denied && len(got.Entries) == 0 {
		t.Errorf("%s does not name the entry that bars", got.Code)
	}
	for _, seq := range got.Entries {
		if !slices.ContainsFunc(history, func(e *events.Stored) bool { return e.Seq == seq }) {
			t.Errorf("%s rests on %d, which is no event of the case", got.Code, seq)
		}
	}
}

// unreached are the codes that no story comes to, each with its own test or reason.
var unreached = []string{
	decide.ResultUnwritable, // TestResultUnwritable
	// These warn, or are listed: TestWarnings and TestReviewFinds.
	"deletions-lift-grade", "person-days-below-plan", "suspension-late", "certificate-number-odd", "members-unqualified",
	"surveillance-late", "deduction-without-finding", "finding-without-evidence", "application-review-late",
	"steps-missing", // each step is missing in a way of its own before: wrong-state
	"suspension-too-long", "population-differs", "left-elsewhere",
	"documents-outstanding", "registers-unsearched", // warnings: TestOutstandingDocumentsAreWarnedOf
	"evaluators-not-independent", // a warning: TestResponsibleForWhatWasAudited
	decide.SchemeTooLarge,        // a document between 100,000 characters and scoring's 1 MiB
}

func want(t *testing.T, err error, want decide.Refusal) {
	t.Helper()
	var got *decide.Refusal
	if !errors.As(err, &got) {
		t.Fatalf("want %s %s, got %v", want.Kind, want.Code, err)
	}
	if got.Kind != want.Kind || got.Code != want.Code || got.Pointer != want.Pointer || got.Policy != want.Policy {
		t.Errorf("want %s %s at %q under %q, got %v", want.Kind, want.Code, want.Pointer, want.Policy, got)
	}
	if missing, ok := got.Args["missing"]; ok != (got.Code == decide.WrongState) || ok && !slices.Contains(decide.Steps, missing) {
		t.Errorf("%s says that %q is missing", got.Code, missing)
	}
	if !slices.Contains(decide.Codes, got.Code) {
		t.Errorf("%s is not in Codes", got.Code)
	}
}

// The states that rows start from.

func noCase(t T) *Story { return Empty(t, CaseID) }
func opened(t T) *Story {
	return Empty(t, CaseID).Do(Open(events.Certification, "gbt27922-2011"))
}
func applied(t T) *Story  { return Applied(t, "gbt27922-2011") }
func planned(t T) *Story  { return Planned(t, "gbt27922-2011") }
func rated(t T) *Story    { return Planned(t, "cts-2025") }
func onSite(t T) *Story   { return planned(t).OnSite(1) }
func assessed(t T) *Story { return onSite(t).AssessAll(1) }
func reported(t T) *Story {
	return planned(t).Reported(1, events.ToGrant).As(Reviewer, "reviewer")
}
func reviewed(t T) *Story { return planned(t).Reviewed(1, events.ToGrant) }
func granted(t T) *Story {
	return planned(t).Decided(1, events.ToGrant).As(Officer, "case_officer")
}
func certified(t T) *Story { return granted(t).Certified() }
func suspended(t T) *Story { return certified(t).Decide(events.ToSuspend) }
func closed(t T) *Story    { return applied(t).Do(&decide.CloseCase{Reasoned: Because}) }
func surveyed(t T) *Story  { return certified(t).Do(Plan(events.SurveillanceAudit)) }
func internal(t T) *Story {
	return Empty(t, CaseID).Do(Open(events.Internal, "gbt27922-2011"))
}
func access(t T) *Story { return Empty(t, events.Access) }

// inPart is a case whose surveillance audit covers two clauses.
func inPart(t T) *Story {
	plan := Plan(events.SurveillanceAudit)
	plan.Clauses = []events.Clause{"5.1.1.1", "5.3.2.2"}
	return certified(t).Do(plan).As(Lead, "lead_auditor")
}

// then adds commands to a state.
func then(state func(T) *Story, commands ...decide.Command) func(T) *Story {
	return func(t T) *Story { return state(t).Do(commands...) }
}

// by lets somebody else go on.
func by(state func(T) *Story, actor, role events.ID) func(T) *Story {
	return func(t T) *Story { return state(t).As(actor, role) }
}

// early is a reason given for what happened before everything else in the story.
var early = decide.Reasoned{Reason: "late entry", EffectiveAt: At(-time.Hour)}

var everyCommand = []row{
	{"nothing happens in the future", applied, &decide.CloseCase{Reasoned: decide.Reasoned{Reason: "x", EffectiveAt: At(24 * time.Hour)}},
		decide.Malformed, decide.EffectiveInFuture, "/effective_at", ""},
	{"nothing happens before the case was opened", opened, &decide.ReviewApplication{Reasoned: early, Outcome: "accepted"},
		decide.Broken, decide.EffectiveBeforeCause, "/effective_at", ""},
	{"a case without events takes nothing", noCase, &decide.CloseCase{Reasoned: Because}, decide.NotFound, decide.UnknownCase, "", ""},
	{"the access case takes grants only", access, &decide.CloseCase{Reasoned: Because}, decide.NotFound, decide.UnknownCase, "", ""},
	{"a case is opened once", applied, Open(events.Internal, "cts-2025"), decide.Standing, decide.CaseExists, "", ""},
	{"a closed case takes nothing", closed, Plan(events.InitialAudit), decide.Broken, decide.CaseClosed, "", ""},
	{"a closed case is not closed again", closed, &decide.CloseCase{Reasoned: Because}, decide.Standing, decide.CaseClosed, "", ""},
}
