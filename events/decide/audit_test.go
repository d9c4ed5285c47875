package decide_test

import (
	"testing"
	"time"

	"starledger/events"
	"starledger/events/decide"
	. "starledger/events/decide/decidetest"
)

// plan is an initial audit with a change.
func plan(kind events.AuditKind, change func(*decide.PlanAudit)) *decide.PlanAudit {
	p := Plan(kind)
	change(p)
	return p
}

func team(members ...events.Member) func(*decide.PlanAudit) {
	return func(p *decide.PlanAudit) { p.Team = members }
}

func clauses(list ...events.Clause) func(*decide.PlanAudit) {
	return func(p *decide.PlanAudit) { p.Clauses = list }
}

// lapsed is a case whose scheme was in force when it was opened and is no more.
func lapsed(t T) *Story {
	s := Applied(t, Lapsing)
	s.Setting.Now += events.Instant(180 * 24 * time.Hour / time.Microsecond)
	return s
}

func ended(p *decide.PlanAudit) { p.EndsOn = "2026-03-09" }

var (
	documents = &decide.ReviewDocuments{Reasoned: Because, Audit: 1, Outcome: "accepted"}
	opening   = &decide.OpenAudit{Audit: 1, HeldAt: *At(0)}
	closing   = &decide.CloseAudit{Audit: 1, HeldAt: *At(0)}
)

var audits = []row{
	{"before the application is reviewed", opened, Plan("initial"), decide.Broken, decide.WrongState, "", ""},
	{"after the application was returned", then(opened, &decide.ReviewApplication{Reasoned: Because, Outcome: "returned"}),
		Plan("initial"), decide.Broken, decide.WrongState, "", ""},
	{"an internal case with a returned application", then(internal, &decide.ReviewApplication{Reasoned: Because, Outcome: "returned"}),
		Plan("internal"), decide.Broken, decide.WrongState, "", ""},
	{"an internal audit of a certification", applied, Plan("internal"), decide.Broken, decide.AuditKindNotAllowed, "/kind", ""},
	{"an initial audit of an internal case", internal, Plan("initial"), decide.Broken, decide.AuditKindNotAllowed, "/kind", ""},
	{"surveillance without certificate", applied, Plan("surveillance"), decide.Broken, decide.WrongState, "/kind", ""},
	{"recertification after expiry", expired, Plan("recertification"), decide.Broken, decide.WrongState, "/kind", ""},
	{"an initial audit under a certificate", certified, Plan("initial"), decide.Broken, decide.CertificateStands, "/kind", ""},
	{"a team without lead", applied, plan("initial", team(events.Member{Actor: Auditor, Role: "auditor"})), decide.Broken, decide.OneLead, "/team", ""},
	{"a team with two leads", applied, plan("initial", team(events.Member{Actor: Lead, Role: "lead"}, events.Member{Actor: Auditor, Role: "lead"})),
		decide.Broken, decide.OneLead, "/team", ""},
	{"a person twice", applied, plan("initial", team(events.Member{Actor: Lead, Role: "lead"}, events.Member{Actor: Lead, Role: "expert"})),
		decide.Broken, decide.DuplicateMember, "/team/1/actor", ""},
	{"ends before it starts", applied, plan("initial", ended), decide.Broken, decide.DatesOutOfOrder, "/ends_on", ""},
	{"a part of the clauses in an initial audit", applied, plan("initial", clauses("5.1.1.1")), decide.Broken, decide.ClausesNotAllowed, "/clauses", ""},
	{"a clause nobody knows", certified, plan("special", clauses("5.1.1.1", "9.9")), decide.Broken, decide.UnknownClause, "/clauses/1", ""},
	{"a clause twice", certified, plan("special", clauses("5.1.1.1", "5.1.1.1")), decide.Broken, decide.DuplicateClause, "/clauses/1", ""},
	{"a scheme without points", func(t T) *Story { return Applied(t, Weightless) }, Plan("initial"),
		decide.Broken, decide.SchemeWithoutPoints, "", ""},
	{"a scheme no more in force", lapsed, Plan("initial"), decide.Broken, decide.SchemeNotInForce, "", ""},
	{"an audit planned before the case was opened", applied, plan("initial", func(p *decide.PlanAudit) { p.EffectiveAt = At(-time.Hour) }),
		decide.Broken, decide.EffectiveBeforeCause, "/effective_at", ""},

	{"documents of an audit nobody planned", planned, &decide.ReviewDocuments{Reasoned: Because, Audit: 7, Outcome: "accepted"},
		decide.NotFound, decide.UnknownAudit, "", ""},
	{"documents accepted twice", then(planned, documents), documents, decide.Standing, decide.DocumentsAccepted, "", ""},
	{"opening before the documents", planned, opening, decide.Broken, decide.WrongState, "", ""},
	{"opening after returned documents", then(planned, &decide.ReviewDocuments{Reasoned: Because, Audit: 1, Outcome: "returned"}), opening,
		decide.Broken, decide.WrongState, "", ""},
	{"opening of an unknown audit", planned, &decide.OpenAudit{Audit: 7}, decide.NotFound, decide.UnknownAudit, "", ""},
	{"opening tomorrow", then(planned, documents), &decide.OpenAudit{Audit: 1, HeldAt: *At(24 * time.Hour)}, decide.Broken, decide.InFuture, "/held_at", ""},
	{"opening twice", then(planned, documents, opening), opening, decide.Standing, decide.AuditOpened, "", ""},
	{"closing before opening", then(planned, documents), closing, decide.Broken, decide.WrongState, "", ""},
	{"closing of an unknown audit", planned, &decide.CloseAudit{Audit: 7}, decide.NotFound, decide.UnknownAudit, "", ""},
	{"closing tomorrow", then(planned, documents, opening), &decide.CloseAudit{Audit: 1, HeldAt: *At(24 * time.Hour)},
		decide.Broken, decide.InFuture, "/held_at", ""},
	{"closing twice", then(planned, documents, opening, closing), closing, decide.Standing, decide.AuditClosed, "", ""},
	{"a service manager opens a certification audit", by(then(planned, documents), Lead, "service_manager"), opening,
		decide.Denied, "service-manager-evaluates", "", "SOD-03"},
}

// An enterprise that evaluates itself needs no application, and its service manager does the work.
func TestInternalCase(t *testing.T) {
	s := internal(t).As(Lead, "service_manager")
	s.Setting.Organization = "华星电器服务有限公司"
	s.Do(Plan("internal"), documents, opening, closing).As(Lead, "service_manager").AssessAll(1)
	s.Do(&decide.ReportAudit{Audit: 1, Recommendation: "maintain", Grade: "five_star", Summary: "in order"})
	if got := s.History[len(s.History)-1].OnBehalfOf; got != "华星电器服务有限公司" {
		t.Errorf("posted on behalf of %q", got)
	}
}
