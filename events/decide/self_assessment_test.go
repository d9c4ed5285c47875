package decide_test

import (
	"testing"

	"starledger/events"
	"starledger/events/decide"
	. "starledger/events/decide/decidetest"
)

var yes, no = true, false

// selfReport is a complete self-assessment report with a change.
func selfReport(change func(*decide.ReportSelfAssessment)) *decide.ReportSelfAssessment {
	r := &decide.ReportSelfAssessment{
		Audit: 1, Purposes: []events.SelfAssessmentPurpose{events.ForManagementReview},
		Independence: []events.Independence{{Actor: Lead, Free: &yes}, {Actor: Auditor, Free: &yes}},
		Conclusion:   events.SelfConforms, Summary: "seen and heard",
	}
	change(r)
	return r
}

var ownReport = selfReport(func(*decide.ReportSelfAssessment) {})

// selfAssessed is an internal audit ready to be reported; change is posted before the clauses are assessed.
func selfAssessed(change ...decide.Command) func(T) *Story {
	return func(t T) *Story {
		s := internal(t).As(Lead, "service_manager").Do(Plan("internal")).Do(change...)
		return s.OnSite(1).As(Lead, "service_manager").AssessAll(1)
	}
}

// selfFailed lost the first twenty clauses.
func selfFailed(t T) *Story {
	var losses []decide.Command
	for _, clause := range noCase(t).Scheme("gbt27922-2011", "1").Clauses[:20] {
		losses = append(losses, whole(events.Clause(clause.ID)))
	}
	return selfAssessed(losses...)(t)
}

func declaring(change func(*decide.ReportSelfAssessment)) *decide.ReportSelfAssessment {
	return selfReport(func(r *decide.ReportSelfAssessment) {
		r.Purposes = append(r.Purposes, events.ForSelfDeclaration)
		change(r)
	})
}

var strayFinding = &decide.RaiseFinding{Audit: 1, Clause: "5.3.2.2", Category: "nonconformity", Severity: "minor", Statement: "late answers"}

var selfReports = []row{
	{"of an unknown audit", internal, ownReport, decide.NotFound, decide.UnknownAudit, "", ""},
	{"of a certification audit", assessed, ownReport, decide.Broken, decide.NotInternal, "", ""},
	{"before the closing", then(internal, Plan("internal")), ownReport, decide.Broken, decide.WrongState, "", ""},
	{"a second one", then(selfAssessed(), ownReport), ownReport, decide.Standing, decide.ReportStands, "", ""},
	{"nonconforming without deduction", then(selfAssessed(), &decide.RecordAssessment{Audit: 1, Clause: "5.3.2.2", Result: "nonconforming"}),
		ownReport, decide.Broken, decide.AssessmentContradicts, "", "R13"},
	{"a clause not assessed", func(t T) *Story { return internal(t).Do(Plan("internal")).OnSite(1) }, ownReport, decide.Broken, "clauses-not-assessed", "", "SCORE-02"},
	{"a grade that is not the recomputed one", selfAssessed(), selfReport(func(r *decide.ReportSelfAssessment) { r.Grade = "four_star" }),
		decide.Broken, "result-differs", "/grade", "SCORE-01"},
	{"a purpose twice", selfAssessed(), selfReport(func(r *decide.ReportSelfAssessment) { r.Purposes = append(r.Purposes, r.Purposes[0]) }),
		decide.Broken, decide.DuplicatePurpose, "/purposes/1", ""},
	{"nothing said of the auditor", selfAssessed(), selfReport(func(r *decide.ReportSelfAssessment) { r.Independence = r.Independence[:1] }),
		decide.Broken, decide.IndependenceMissing, "/independence", "P6"},
	{"nothing said of who was in the team before", selfAssessed(&decide.ChangeTeam{Reasoned: Because, Audit: 1, Remove: []events.ID{Auditor}}),
		selfReport(func(r *decide.ReportSelfAssessment) { r.Independence = r.Independence[:1] }), decide.Broken, decide.IndependenceMissing, "/independence", "P6"},
	{"something said of a stranger", selfAssessed(), selfReport(func(r *decide.ReportSelfAssessment) {
		r.Independence = append(r.Independence, events.Independence{Actor: "he", Free: &yes})
	}), decide.Broken, decide.NotAMember, "/independence/2/actor", ""},
	{"something said of an observer", selfAssessed(&decide.ChangeTeam{Reasoned: Because, Audit: 1, Add: []events.Member{{Actor: "he", Role: events.Observer}}}),
		selfReport(func(r *decide.ReportSelfAssessment) {
			r.Independence = append(r.Independence, events.Independence{Actor: "he", Free: &yes})
		}), decide.Broken, decide.NotAMember, "/independence/2/actor", ""},
	{"the same person twice", selfAssessed(), selfReport(func(r *decide.ReportSelfAssessment) {
		r.Independence = append(r.Independence, r.Independence[0])
	}), decide.Broken, decide.DuplicateMember, "/independence/2/actor", ""},
	{"what failed conforms", selfFailed, ownReport, decide.Broken, decide.ConclusionContradicts, "/conclusion", ""},
	{"a declaration on what conforms in part", selfAssessed(), declaring(func(r *decide.ReportSelfAssessment) { r.Conclusion = events.SelfConformsInPart }),
		decide.Broken, decide.DeclarationUnfounded, "/conclusion", ""},
	{"a declaration with a finding open", selfAssessed(strayFinding), declaring(func(*decide.ReportSelfAssessment) {}),
		decide.Broken, decide.FindingUncorrected, "/purposes/1", ""},
	{"a deduction after it", then(selfAssessed(), ownReport), whole("5.3.2.2"), decide.Broken, "after-report", "", "TIME-03"},
	{"a decision after it", then(selfAssessed(), ownReport), decision("grant", ""), decide.Broken, decide.InternalCase, "", ""},
}

// It states the recomputed result, is the audit's report in its own form, and recommends nothing.
func TestSelfAssessmentReported(t *testing.T) {
	s := selfAssessed(strayFinding)(t)
	s.Do(&decide.SubmitCorrection{Audit: 1, Finding: "F1", Statement: "trained"},
		&decide.VerifyCorrection{Reasoned: Because, Audit: 1, Finding: "F1", Outcome: "accepted"})
	s.Do(declaring(func(r *decide.ReportSelfAssessment) {
		r.Grade, r.Strengths, r.Improvements = "five_star", []events.Text{"quick"}, []events.Text{"more visits"}
	}))
	a := s.Audit(1)
	if a.Report == nil || a.Report.Recommendation != "" || a.Report.Standing.Final != "100/1" || a.SelfAssessment.Standing.Grade != "five_star" {
		t.Fatalf("%+v, %+v", a.Report, a.SelfAssessment)
	}
	if own := a.SelfAssessment; len(own.Purposes) != 2 || own.Strengths[0] != "quick" || own.Improvements[0] != "more visits" || own.Seq != a.Report.Seq {
		t.Errorf("%+v", own)
	}
	s.As(Reviewer, "reviewer").Do(review("returned"))
	if a := s.Audit(1); a.Report != nil || a.SelfAssessment != nil {
		t.Errorf("a returned report stands: %+v", a.SelfAssessment)
	}
}

// What failed may be reported as what it is, and the plain report of an internal audit still stands beside
// this form.
func TestSelfAssessmentOfWhatFailed(t *testing.T) {
	s := selfFailed(t)
	s.Do(selfReport(func(r *decide.ReportSelfAssessment) { r.Conclusion = events.SelfDoesNotConform }))
	if own := s.Audit(1).SelfAssessment; own.Standing.Grade != "" {
		t.Errorf("%+v", own.Standing)
	}
}

// Who is responsible for what was audited is warned of and not refused: there may be nobody else.
func TestResponsibleForWhatWasAudited(t *testing.T) {
	s := selfAssessed()(t)
	bound := selfReport(func(r *decide.ReportSelfAssessment) { r.Independence[1].Free = &no })
	verdict, err := decide.Decide(s.Case, bound, s.Setting)
	if err != nil || len(verdict.Warnings) != 1 || verdict.Warnings[0].Code != "evaluators-not-independent" ||
		verdict.Warnings[0].Policy != "SELF-01" || verdict.Warnings[0].Args["actors"] != string(Auditor) {
		t.Errorf("%+v, %v", verdict, err)
	}
}
