package decide_test

import (
	"math/big"
	"testing"
	"time"

	"starledger/events"
	"starledger/events/decide"
	. "starledger/events/decide/decidetest"
)

func report(to events.Recommendation, grade events.ID) *decide.ReportAudit {
	return &decide.ReportAudit{Audit: 1, Recommendation: to, Grade: grade, Summary: "seen and heard"}
}

func review(outcome events.ReviewOutcome) *decide.ReviewAudit {
	return &decide.ReviewAudit{Reasoned: Because, Audit: 1, Outcome: outcome}
}

// second is a report on audit 2.
func second(to events.Recommendation, grade events.ID) *decide.ReportAudit {
	r := report(to, grade)
	r.Audit = 2
	return r
}

// followed is an audit after the certificate, five stars, ready to be reported.
func followed(kind events.AuditKind) func(T) *Story {
	return func(t T) *Story { return certified(t).Do(Plan(kind)).OnSite(2).AssessAll(2) }
}

// failing is an audit that lost the first twenty clauses.
func failing(t T) *Story {
	s := planned(t)
	for _, clause := range s.Scheme("gbt27922-2011", "1").Clauses[:20] {
		s.Do(whole(events.Clause(clause.ID)))
	}
	return s.OnSite(1).AssessAll(1)
}

// fourStars is a surveillance in which 5.3.2.2 was lost: 93.
func fourStars(t T) *Story {
	deduction := whole("5.3.2.2")
	deduction.Audit = 2
	return surveyed(t).As(Lead, "lead_auditor").Do(deduction).OnSite(2).AssessAll(2)
}

func inPartAssessed(t T) *Story { return inPart(t).OnSite(2).AssessAll(2) }

var reports = []row{
	{"a report of an unknown audit", planned, &decide.ReportAudit{Audit: 7}, decide.NotFound, decide.UnknownAudit, "", ""},
	{"before the documents", planned, report("grant", ""), decide.Broken, decide.WrongState, "", ""},
	{"before the opening", then(planned, documents), report("grant", ""), decide.Broken, decide.WrongState, "", ""},
	{"before the closing", then(planned, documents, opening), report("grant", ""), decide.Broken, decide.WrongState, "", ""},
	{"a clause not assessed", onSite, report("grant", ""), decide.Broken, "clauses-not-assessed", "", "SCORE-02"},
	{"nonconforming without deduction", then(onSite, &decide.RecordAssessment{Audit: 1, Clause: "5.3.2.2", Result: "nonconforming"}),
		report("grant", ""), decide.Broken, decide.AssessmentContradicts, "", "R13"},
	{"conforming with a deduction", then(assessed, whole("5.3.2.2")), report("grant", ""), decide.Broken, decide.AssessmentContradicts, "", "R13"},
	{"a grade that is not the recomputed one", assessed, report("grant", "four_star"), decide.Broken, "result-differs", "/grade", "SCORE-01"},
	{"a grade for a failed audit", failing, report("refuse", "qualified"), decide.Broken, "result-differs", "/grade", "SCORE-01"},
	{"a grant of a failed audit", failing, report("grant", ""), decide.Broken, decide.AuditFailed, "/recommendation", ""},
	{"what an initial audit cannot lead to", assessed, report("maintain", ""), decide.Broken, decide.RecommendationImpossible, "/recommendation", ""},
	{"a suspension before there is anything", assessed, report("suspend", ""), decide.Broken, decide.RecommendationImpossible, "/recommendation", ""},
	{"what a surveillance cannot lead to", followed("surveillance"), second("renew", ""), decide.Broken, decide.RecommendationImpossible, "/recommendation", ""},
	{"the same grade again", followed("surveillance"), second("change_grade", ""), decide.Broken, decide.GradeUnchanged, "/recommendation", ""},
	{"a grade below the certificate's", fourStars, second("maintain", ""), decide.Broken, decide.GradeBelowCertificate, "/recommendation", ""},
	{"a grade for a partial audit", inPartAssessed, second("maintain", "five_star"), decide.Broken, decide.GradeNotExpected, "/grade", "SCORE-01"},
	{"another grade from a partial audit", inPartAssessed, second("change_grade", ""), decide.Broken, decide.RecommendationImpossible, "/recommendation", ""},
	{"a second report", by(reported, Lead, "lead_auditor"), report("grant", ""), decide.Standing, decide.ReportStands, "", ""},
	{"a report by a service manager", by(assessed, Lead, "service_manager"), report("grant", ""), decide.Denied, "service-manager-evaluates", "", "SOD-03"},

	{"a review of an unknown audit", planned, &decide.ReviewAudit{Audit: 7}, decide.NotFound, decide.UnknownAudit, "", ""},
	{"a review of nothing", by(assessed, Reviewer, "reviewer"), review("confirmed"), decide.Broken, decide.WrongState, "", ""},
	{"a review of a returned report", by(returned, Reviewer, "reviewer"), review("confirmed"), decide.Broken, decide.WrongState, "", ""},
	{"a second review", by(reviewed, Reviewer, "reviewer"), review("confirmed"), decide.Standing, decide.ReviewStands, "", ""},
	{"a review before the report", reported, &decide.ReviewAudit{Reasoned: decide.Reasoned{Reason: "x", EffectiveAt: At(10 * time.Minute)}, Audit: 1, Outcome: "confirmed"},
		decide.Broken, decide.EffectiveBeforeCause, "/effective_at", ""},
	{"a review by a member of the team", by(reported, Auditor, "reviewer"), review("confirmed"), decide.Denied, "team-member-reviews", "", "SOD-02"},
	{"a review by a former member of the team", by(leftTeam, Auditor, "reviewer"), review("confirmed"),
		decide.Denied, "team-member-reviews", "", "SOD-02"},
}

func leftTeam(t T) *Story {
	return planned(t).Do(change(nil, Auditor)).Reported(1, events.ToGrant)
}

// Report, review and decision state the recomputed result and the event it was computed from.
func TestResultIsRecomputed(t *testing.T) {
	s := planned(t).Do(share("5.3.2.2", 143, 200)).OnSite(1).AssessAll(1) // V7
	head := s.Case.Head.CaseSeq
	s.Do(report(events.ToGrant, "four_star"))
	want := events.Standing{Final: "18999/200", Grade: "four_star", BasisSeq: head}
	if got := *s.Audit(1).Report.Standing; got != want {
		t.Errorf("reported %+v, want %+v", got, want)
	}
	s.As(Reviewer, "reviewer").Do(review("confirmed"))
	if got := s.Audit(1).Review.Standing; got.Final != want.Final || got.BasisSeq != head+1 {
		t.Errorf("reviewed %+v", got)
	}
	s.As(Decider, "decision_maker").Do(decision("grant", "four_star"))
	if got := s.Case.DecisionOn(1).Standing; got.Final != want.Final || got.BasisSeq != head+2 {
		t.Errorf("decided %+v", got)
	}
}

// What was returned is mended and reported again (TIME-03).
func TestReturnedReport(t *testing.T) {
	s := returned(t).As(Lead, "lead_auditor").Do(
		share("5.3.2.2", 1, 2), &decide.RecordAssessment{Audit: 1, Clause: "5.3.2.2", Result: "nonconforming"},
		report(events.ToGrant, "five_star")).As(Reviewer, "reviewer").Do(review("confirmed"))
	if got := s.Audit(1).Report.Standing.Final; got != "193/2" {
		t.Errorf("reported %s, want 96.5", got)
	}
}

func TestPartialAudit(t *testing.T) {
	s := inPart(t).Reviewed(2, events.ToMaintain).
		Do(&decide.MakeDecision{Reasoned: Because, Decision: events.ToMaintain, Audit: 2})
	if a := s.Audit(2); a.Report.Standing != nil || a.Review.Standing != nil || s.Case.DecisionOn(2).Standing != nil {
		t.Errorf("a partial audit has a result: %+v", a.Report)
	}
}

// A surveillance may lead to a decision on the certificate itself.
func TestRecommendSuspension(t *testing.T) {
	followed("surveillance")(t).Do(second(events.ToSuspend, ""))
}

// A sum over samples of many different prime sizes has too many digits to be written.
func TestResultUnwritable(t *testing.T) {
	s := planned(t)
	for n := int64(999_000_000); len(s.Audit(1).Deductions) < 500; n++ {
		if big.NewInt(n).ProbablyPrime(0) {
			s.Do(share("5.3.2.2", 1, uint64(n)))
		}
	}
	s.OnSite(1).AssessAll(1)
	_, err := s.Try(report(events.ToGrant, ""))
	want(t, err, decide.Refusal{Kind: decide.Broken, Code: decide.ResultUnwritable})
}
