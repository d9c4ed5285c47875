package decidetest

import (
	"slices"
	"time"

	"starledger/events"
	"starledger/events/checks"
	"starledger/events/decide"
)

// Because is what every command that needs a reason says.
var Because = decide.Reasoned{Reason: "as agreed"}

// At is a time so long after the start of the story, as it stands in a body.
func At(after time.Duration) *decide.Timestamp {
	at := decide.Timestamp(Start + events.Instant(after/time.Microsecond))
	return &at
}

// Open is the application of an appliance service company.
func Open(kind events.CaseKind, scheme decide.SchemeRef) *decide.OpenCase {
	return &decide.OpenCase{
		Kind: kind, Scheme: scheme,
		Organization: events.Organization{Name: "华星电器服务有限公司"}, Scope: "家用电器安装与维修",
	}
}

// Plan is an audit of that kind with the usual team.
func Plan(kind events.AuditKind) *decide.PlanAudit {
	return &decide.PlanAudit{
		Kind: kind, StartsOn: "2026-03-10", EndsOn: "2026-03-12",
		Team: []events.Member{{Actor: Lead, Role: events.Lead}, {Actor: Auditor, Role: events.Auditor}},
	}
}

// Listed hands in every document of an application, and searches every register without an entry.
func (s *Story) Listed() *Story {
	s.t.Helper()
	for _, kind := range checks.Documents {
		s.Do(&decide.RecordDocument{Document: kind.ID, Status: events.DocumentReceived, Evidence: []events.Evidence{Photo}})
	}
	nothing := false
	for _, register := range new(events.PenaltyRegister).Values() {
		s.Do(&decide.CheckPenalty{Register: register, Found: &nothing, Evidence: []events.Evidence{Photo}})
	}
	return s
}

// Applied is a case whose application was accepted.
func Applied(t T, scheme decide.SchemeRef) *Story {
	t.Helper()
	return Empty(t, CaseID).Do(Open(events.Certification, scheme),
		&decide.ReviewApplication{Reasoned: Because, Outcome: events.ApplicationAccepted})
}

// Planned is a case whose initial audit is planned; the lead goes on.
func Planned(t T, scheme decide.SchemeRef) *Story {
	t.Helper()
	return Applied(t, scheme).Do(Plan(events.InitialAudit)).As(Lead, "lead_auditor")
}

// OnSite holds the document review, the opening and the closing of an audit.
func (s *Story) OnSite(audit uint64) *Story {
	s.t.Helper()
	now := decide.Timestamp(s.Setting.Now)
	return s.As(Lead, "lead_auditor").Do(
		&decide.ReviewDocuments{Reasoned: Because, Audit: audit, Outcome: events.DocumentsAccepted},
		&decide.OpenAudit{Audit: audit, HeldAt: now}, &decide.CloseAudit{Audit: audit, HeldAt: now})
}

// AssessAll assesses every clause that counts and was not assessed: conforming without a deduction,
// nonconforming with one, and rated 100 where the scheme rates.
func (s *Story) AssessAll(audit uint64) *Story {
	s.t.Helper()
	a := s.Audit(audit)
	scheme := s.Scheme(string(a.Scheme.ID), string(a.Scheme.Version))
	deducted := map[events.Clause]bool{}
	for _, d := range a.Deductions {
		deducted[d.Clause] = deducted[d.Clause] || d.Revoked == nil
	}
	for _, clause := range scheme.Clauses {
		id := events.Clause(clause.ID)
		if a.Deleted(id) != nil || a.Assessment(id) != nil || a.Partial() && !slices.Contains(a.Clauses, id) {
			continue
		}
		cmd := &decide.RecordAssessment{Audit: audit, Clause: id, Result: events.Conforming}
		if deducted[id] {
			cmd.Result = events.Nonconforming
		}
		if scheme.Method == "rating" {
			cmd.Rating = "100"
		}
		s.Do(cmd)
	}
	return s
}

// Reported brings an audit from its plan to the report.
func (s *Story) Reported(audit uint64, to events.Recommendation) *Story {
	s.t.Helper()
	return s.OnSite(audit).AssessAll(audit).
		Do(&decide.ReportAudit{Audit: audit, Recommendation: to, Summary: "seen and heard"})
}

// Reviewed brings an audit from its plan to the confirmed review; the decision maker goes on.
func (s *Story) Reviewed(audit uint64, to events.Recommendation) *Story {
	s.t.Helper()
	s.Reported(audit, to).As(Reviewer, "reviewer").
		Do(&decide.ReviewAudit{Reasoned: Because, Audit: audit, Outcome: events.ReviewConfirmed})
	return s.As(Decider, "decision_maker")
}

// Decided brings an audit from its plan to the decision.
func (s *Story) Decided(audit uint64, decision events.Recommendation) *Story {
	s.t.Helper()
	return s.Reviewed(audit, decision).Do(&decide.MakeDecision{Reasoned: Because, Decision: decision, Audit: audit})
}

// Certified issues the certificate on the latest decision, for three years.
func (s *Story) Certified() *Story {
	s.t.Helper()
	return s.As(Officer, "case_officer").
		Do(&decide.IssueCertificate{Number: "71226SC0001R0M", ValidFrom: "2026-03-01", ValidUntil: "2029-02-28"})
}

// Decide makes a decision on the certificate.
func (s *Story) Decide(decision events.Recommendation) *Story {
	s.t.Helper()
	return s.As(Decider, "decision_maker").Do(&decide.MakeDecision{Reasoned: Because, Decision: decision})
}
