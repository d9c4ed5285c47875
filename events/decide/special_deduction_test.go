package decide_test

import (
	"starledger/events"
	"starledger/events/decide"
	. "starledger/events/decide/decidetest"
)

func special(finding events.Number) *decide.ApplySpecialDeduction {
	return &decide.ApplySpecialDeduction{Reasoned: Because, Audit: 1, Trigger: "law", Finding: finding}
}

var specials = []row{
	{"a special deduction in an unknown audit", planned, &decide.ApplySpecialDeduction{Audit: 7}, decide.NotFound, decide.UnknownAudit, "", ""},
	{"a trigger nobody knows", found, &decide.ApplySpecialDeduction{Reasoned: Because, Audit: 1, Trigger: "taste", Finding: "F1"},
		decide.Broken, decide.UnknownTrigger, "/trigger", ""},
	{"a special deduction for nothing", found, special("F9"), decide.Broken, decide.UnknownFinding, "/finding", ""},
	{"a special deduction for an observation", found, special("F3"), decide.Broken, decide.NotANonconformity, "/finding", ""},
	{"a special deduction for a withdrawn finding", then(found, withdrawal("F1")), special("F1"), decide.Broken, decide.FindingWithdrawn, "/finding", ""},
	{"a revocation in an unknown audit", planned, &decide.RevokeSpecialDeduction{Audit: 7}, decide.NotFound, decide.UnknownAudit, "", ""},
	{"a revocation of S9", planned, &decide.RevokeSpecialDeduction{Reasoned: Because, Audit: 1, Special: "S9"}, decide.NotFound, decide.UnknownSpecial, "", ""},
	{"a revocation twice", then(found, special("F1"), &decide.RevokeSpecialDeduction{Reasoned: Because, Audit: 1, Special: "S1"}),
		&decide.RevokeSpecialDeduction{Reasoned: Because, Audit: 1, Special: "S1"}, decide.Standing, decide.SpecialDeductionRevoked, "", ""},
}
