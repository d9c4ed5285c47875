package decide_test

import (
	"testing"
	"time"

	"starledger/events"
	"starledger/events/decide"
	. "starledger/events/decide/decidetest"
)

func nonconformity(severity events.Severity) *decide.RaiseFinding {
	return &decide.RaiseFinding{Audit: 1, Clause: "5.3.2.2", Category: events.Nonconformity, Severity: severity, Statement: "late visits"}
}

func observation() *decide.RaiseFinding {
	return &decide.RaiseFinding{Audit: 1, Clause: "5.3.2.2", Category: events.Remark, Statement: "an old sign"}
}

func withdrawal(number events.Number) *decide.WithdrawFinding {
	return &decide.WithdrawFinding{Reasoned: Because, Audit: 1, Finding: number}
}

// found is a planned audit with F1, a minor nonconformity, F2, a major one, and F3, an observation.
func found(t T) *Story {
	return planned(t).Do(nonconformity(events.Minor), nonconformity(events.Major), observation())
}

var findings = []row{
	{"a finding of an unknown audit", planned, &decide.RaiseFinding{Audit: 7, Clause: "5.3.2.2"}, decide.NotFound, decide.UnknownAudit, "", ""},
	{"a finding about nothing", planned, &decide.RaiseFinding{Audit: 1, Clause: "9.9"}, decide.Broken, decide.UnknownClause, "/clause", ""},
	{"a grave observation", planned, &decide.RaiseFinding{Audit: 1, Clause: "5.3.2.2", Category: events.Remark, Severity: events.Minor, Statement: "x"},
		decide.Broken, decide.SeverityNotExpected, "/severity", ""},
	{"evidence that is not kept", planned, &decide.RaiseFinding{Audit: 1, Clause: "5.3.2.2", Category: events.Remark, Statement: "x",
		Evidence: []events.Evidence{Photo, lost}}, decide.Broken, decide.UnknownAttachment, "/evidence/1/sha256", ""},
	{"a finding after the report", reported, observation(), decide.Broken, "after-report", "", "TIME-03"},
	{"a withdrawal in an unknown audit", found, &decide.WithdrawFinding{Reasoned: Because, Audit: 7, Finding: "F1"}, decide.NotFound, decide.UnknownAudit, "", ""},
	{"a withdrawal of F9", found, withdrawal("F9"), decide.NotFound, decide.UnknownFinding, "", ""},
	{"a withdrawal twice", then(found, withdrawal("F1")), withdrawal("F1"), decide.Standing, decide.FindingWithdrawn, "", ""},
	{"a withdrawal under a deduction", then(found, because("F1")), withdrawal("F1"), decide.Broken, decide.FindingInUse, "", ""},
	{"a withdrawal under a special deduction", then(found, special("F1")), withdrawal("F1"), decide.Broken, decide.FindingInUse, "", ""},
	{"a withdrawal before the finding", found, &decide.WithdrawFinding{Reasoned: decide.Reasoned{Reason: "x", EffectiveAt: At(2 * time.Minute)},
		Audit: 1, Finding: "F1"}, decide.Broken, decide.EffectiveBeforeCause, "/effective_at", ""},
}

// A withdrawal makes room for nothing: numbers are never used again.
func TestNumbersAreNotUsedAgain(t *testing.T) {
	s := found(t).Do(withdrawal("F3"), observation())
	if s.Audit(1).Find("F4") == nil {
		t.Errorf("the findings are %+v", s.Audit(1).Findings)
	}
}

func TestFindingWithoutUsersIsWithdrawn(t *testing.T) {
	s := found(t).Do(because("F1"), special("F1"),
		&decide.RevokeDeduction{Reasoned: Because, Audit: 1, Deduction: "D1"},
		&decide.RevokeSpecialDeduction{Reasoned: Because, Audit: 1, Special: "S1"}, withdrawal("F1"))
	if s.Audit(1).Find("F1").Withdrawn == nil {
		t.Error("F1 stands")
	}
}
