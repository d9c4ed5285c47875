package decide_test

import (
	"testing"
	"time"

	"starledger/events"
	"starledger/events/decide"
	. "starledger/events/decide/decidetest"
)

func decision(to events.Recommendation, grade events.ID) *decide.MakeDecision {
	return &decide.MakeDecision{Reasoned: Because, Decision: to, Audit: 1, Grade: grade}
}

// onSecond is a decision on audit 2.
func onSecond(to events.Recommendation) *decide.MakeDecision {
	return &decide.MakeDecision{Reasoned: Because, Decision: to, Audit: 2}
}

// onCertificate is a decision that needs no audit.
func onCertificate(to events.Recommendation) *decide.MakeDecision {
	return &decide.MakeDecision{Reasoned: Because, Decision: to}
}

// concluded is a story at the review of its last audit; the decision maker goes on.
func concluded(state func(T) *Story, to events.Recommendation) func(T) *Story {
	return func(t T) *Story {
		s := state(t)
		r := &decide.ReportAudit{Audit: s.Case.LastAudit().Number, Recommendation: to, Summary: "seen and heard"}
		s.As(Lead, "lead_auditor").Do(r).As(Reviewer, "reviewer")
		s.Do(&decide.ReviewAudit{Reasoned: Because, Audit: r.Audit, Outcome: "confirmed"})
		return s.As(Decider, "decision_maker")
	}
}

// major is an audit with a major nonconformity that was not corrected, reviewed.
func major(t T) *Story {
	return planned(t).Do(nonconformity(events.Major)).Reviewed(1, events.ToGrant)
}

// penalised is one with a special deduction for a minor nonconformity.
func penalised(t T) *Story {
	return planned(t).Do(nonconformity(events.Minor), special("F1")).Reviewed(1, events.ToGrant)
}

func internalReported(t T) *Story {
	return internal(t).Do(Plan("internal")).Reviewed(1, events.ToMaintain)
}

// thenSuspended is a surveillance or recertification, reviewed, after which the certificate was suspended.
func thenSuspended(to events.Recommendation) func(T) *Story {
	return func(t T) *Story {
		kind := events.SurveillanceAudit
		if to == events.ToRenew {
			kind = events.RecertificationAudit
		}
		return concluded(followed(kind), to)(t).Do(onCertificate("suspend"))
	}
}

// twoInitials are two initial audits side by side, of which the first was granted.
func twoInitials(t T) *Story {
	return applied(t).Do(Plan("initial"), Plan("initial")).Reviewed(2, events.ToGrant).Decided(1, events.ToGrant)
}

var decisions = []row{
	{"a decision without audit", reviewed, onCertificate("grant"), decide.Malformed, decide.MemberMissing, "/audit", ""},
	{"a decision on an unknown audit", reviewed, &decide.MakeDecision{Reasoned: Because, Decision: "grant", Audit: 7}, decide.Broken, decide.UnknownAudit, "/audit", ""},
	{"a decision in an internal case", internalReported, decision("grant", ""), decide.Broken, decide.InternalCase, "", ""},
	{"a decision before the report", by(assessed, Decider, "decision_maker"), decision("grant", ""), decide.Broken, decide.WrongState, "", ""},
	{"a decision before the review", by(reported, Decider, "decision_maker"), decision("grant", ""), decide.Broken, decide.WrongState, "", ""},
	{"a decision on a returned report", by(returned, Decider, "decision_maker"), decision("grant", ""), decide.Broken, decide.WrongState, "", ""},
	{"a decision before the review happened", reviewed, &decide.MakeDecision{Reasoned: decide.Reasoned{Reason: "x", EffectiveAt: At(10 * time.Minute)},
		Decision: "grant", Audit: 1}, decide.Broken, decide.EffectiveBeforeCause, "/effective_at", ""},
	{"a decision twice", by(granted, Decider, "decision_maker"), decision("grant", ""), decide.Standing, decide.DecisionStands, "", ""},
	{"another decision on the audit", by(granted, Decider, "decision_maker"), decision("refuse", ""), decide.Standing, decide.DecisionStands, "", ""},
	{"a grade that is not the recomputed one", reviewed, decision("grant", "four_star"), decide.Broken, "result-differs", "/grade", "SCORE-01"},
	{"the reviewer decides", by(reviewed, Reviewer, "decision_maker"), decision("grant", ""), decide.Denied, decide.ReviewerDecides, "", "P8"},
	{"a member of the team decides", by(reviewed, Auditor, "decision_maker"), decision("grant", ""), decide.Denied, "team-member-decides", "", "SOD-01"},
	{"a member of the team suspends", by(certified, Auditor, "decision_maker"), onCertificate("suspend"), decide.Denied, "team-member-decides", "", "SOD-01"},
	{"a major nonconformity is open", major, decision("grant", ""), decide.Broken, "corrections-open", "/audit", "CORR-01"},
	{"what a special deduction is for is open", penalised, decision("grant", ""), decide.Broken, "corrections-open", "/audit", "CORR-01"},
	{"a failed audit", concluded(failing, events.ToRefuse), decision("grant", ""), decide.Broken, decide.AuditFailed, "/decision", ""},
	{"what an initial audit cannot lead to", reviewed, decision("renew", ""), decide.Broken, decide.RecommendationImpossible, "/decision", ""},
	{"a certificate kept above the grade reached", concluded(fourStars, events.ToChangeGrade), onSecond("maintain"),
		decide.Broken, decide.GradeBelowCertificate, "/decision", ""},
	{"a renewal while suspended", thenSuspended("renew"), onSecond("renew"), decide.Broken, decide.CertificateStatus, "/decision", ""},
	{"maintained after it was withdrawn", func(t T) *Story {
		return concluded(followed("surveillance"), events.ToMaintain)(t).Do(onCertificate("withdraw"))
	}, onSecond("maintain"), decide.Broken, decide.WrongState, "/decision", ""},
	{"a grant while one waits for its certificate", twoInitials, onSecond("grant"), decide.Broken, decide.WrongState, "/decision", ""},
	{"a grant beside a certificate", func(t T) *Story { return twoInitials(t).Certified().As(Decider, "decision_maker") },
		onSecond("grant"), decide.Broken, decide.CertificateStands, "/decision", ""},

	{"a suspension that names an audit", by(certified, Decider, "decision_maker"), decision("suspend", ""), decide.Broken, decide.AuditNotExpected, "/audit", ""},
	{"a suspension with a grade", by(certified, Decider, "decision_maker"), &decide.MakeDecision{Reasoned: Because, Decision: "suspend", Grade: "five_star"},
		decide.Broken, decide.GradeNotExpected, "/grade", ""},
	{"a suspension of nothing", by(granted, Decider, "decision_maker"), onCertificate("suspend"), decide.Broken, decide.WrongState, "", ""},
	{"a suspension twice", suspended, onCertificate("suspend"), decide.Standing, decide.CertificateStatus, "/decision", ""},
	{"restoring what is active", by(certified, Decider, "decision_maker"), onCertificate("restore"), decide.Standing, decide.CertificateStatus, "/decision", ""},
	{"restoring what was withdrawn", then(suspended, onCertificate("withdraw")), onCertificate("restore"), decide.Broken, decide.CertificateStatus, "/decision", ""},
	{"a withdrawal twice", then(suspended, onCertificate("withdraw")), onCertificate("withdraw"), decide.Standing, decide.CertificateStatus, "/decision", ""},
	{"a cancellation twice", then(suspended, onCertificate("cancel")), onCertificate("cancel"), decide.Standing, decide.CertificateStatus, "/decision", ""},
	{"a wider scope while suspended", suspended, onCertificate("extend_scope"), decide.Broken, decide.CertificateStatus, "/decision", ""},
	{"a narrower scope after expiry", by(expired, Decider, "decision_maker"), onCertificate("reduce_scope"), decide.Broken, decide.CertificateStatus, "/decision", ""},
	{"a suspension before the certificate", by(certified, Decider, "decision_maker"),
		&decide.MakeDecision{Reasoned: decide.Reasoned{Reason: "x", EffectiveAt: At(10 * time.Minute)}, Decision: "suspend"},
		decide.Broken, decide.EffectiveBeforeCause, "/effective_at", ""},
}

func TestReviewerMayDecideWhereTheBodyAllowsIt(t *testing.T) {
	s := reviewed(t).As(Reviewer, "decision_maker")
	s.Setting.Body.ReviewerMayDecide = true
	s.Do(decision("grant", "five_star"))
}

func TestCorrectedFindingsAllowTheDecision(t *testing.T) {
	for name, s := range map[string]*Story{"major": major(t), "special": penalised(t)} {
		s.As(Officer, "case_officer").Do(correction("F1")).As(Lead, "lead_auditor").Do(verification("F1", "accepted"))
		s.As(Decider, "decision_maker").Do(decision("grant", ""))
		if s.Case.DecisionOn(1) == nil {
			t.Errorf("%s: not decided", name)
		}
	}
}

// The whole cycle: certificate, surveillance with a lower grade, suspension and back, scope,
// recertification, and the end.
func TestCycle(t *testing.T) {
	s := concluded(fourStars, events.ToChangeGrade)(t).Do(onSecond("change_grade")).Certified()
	if c := s.Case.Certificate(); c.Grade != "four_star" || c.Audit != 2 || len(s.Case.Certificates) != 2 {
		t.Errorf("the certificate is %+v", c)
	}
	s.Decide("suspend").Decide("restore").Decide("extend_scope").Decide("reduce_scope")
	s.As(Officer, "case_officer").Do(Plan("special")).Decided(3, "maintain")
	s.As(Officer, "case_officer").Do(Plan("recertification")).Decided(4, "renew").Certified()
	if c := s.Case.Certificate(); c.Grade != "five_star" || c.StatusOn(s.Case.Head.Time) != events.CertificateActive {
		t.Errorf("the certificate is %+v", c)
	}
	s.Decide("cancel").As(Officer, "case_officer").Do(Plan("initial"), &decide.CloseCase{Reasoned: Because})
}

// After the decision a minor finding is still corrected (TIME-03).
func TestAfterDecision(t *testing.T) {
	refused(t).As(Officer, "case_officer").Do(correction("F1")).As(Lead, "lead_auditor").Do(verification("F1", "accepted"))
}
