package decide_test

import (
	"testing"
	"time"

	"starledger/events"
	"starledger/events/checks"
	"starledger/events/decide"
	. "starledger/events/decide/decidetest"
)

func whole(clause events.Clause) *decide.ApplyDeduction {
	return &decide.ApplyDeduction{Reasoned: Because, Audit: 1, Clause: clause, Basis: events.Qualitative}
}

func share(clause events.Clause, nonconforming, size uint64) *decide.ApplyDeduction {
	return &decide.ApplyDeduction{Reasoned: Because, Audit: 1, Clause: clause, Basis: events.Sampled, Sample: sample(0, size, nonconforming)}
}

// because is a deduction of 5.3.2.2 that names a finding.
func because(finding events.Number) *decide.ApplyDeduction {
	d := whole("5.3.2.2")
	d.Finding = finding
	return d
}

func revokeDeduction(number events.Number) *decide.RevokeDeduction {
	return &decide.RevokeDeduction{Reasoned: Because, Audit: 1, Deduction: number}
}

func strict(t T) *Story { return Planned(t, Strict) }

var deductions = []row{
	{"a deduction in an unknown audit", planned, &decide.ApplyDeduction{Audit: 7}, decide.NotFound, decide.UnknownAudit, "", ""},
	{"a deduction of a clause nobody knows", planned, whole("9.9"), decide.Broken, decide.UnknownClause, "/clause", ""},
	{"a deduction of a clause outside the audit", inPart, &decide.ApplyDeduction{Reasoned: Because, Audit: 2, Clause: "5.1.1.2", Basis: "qualitative"},
		decide.Broken, decide.ClauseNotCovered, "/clause", ""},
	{"a deduction of a deleted clause", then(planned, deletion("5.3.2.2")), whole("5.3.2.2"), decide.Broken, decide.ClauseDeleted, "/clause", ""},
	{"a whole deduction twice", then(planned, whole("5.3.2.2")), whole("5.3.2.2"), decide.Broken, decide.ClauseWhollyDeducted, "/clause", ""},
	{"a sample after a whole deduction", then(planned, whole("5.3.2.2")), share("5.3.2.2", 1, 2), decide.Broken, decide.ClauseWhollyDeducted, "/clause", ""},
	{"a whole deduction the scheme has not", strict, whole("5.3.2.2"), decide.Broken, decide.BasisNotAllowed, "/basis", "R12"},
	{"a sample under method rating", rated, share("5.3.2.2", 1, 2), decide.Broken, decide.BasisNotAllowed, "/basis", "R12"},
	{"by sample without sample", planned, &decide.ApplyDeduction{Reasoned: Because, Audit: 1, Clause: "5.3.2.2", Basis: "sampled"},
		decide.Malformed, decide.MemberMissing, "/sample", ""},
	{"whole with sample", planned, &decide.ApplyDeduction{Reasoned: Because, Audit: 1, Clause: "5.3.2.2", Basis: "qualitative", Sample: sample(0, 2, 1)},
		decide.Broken, decide.SampleNotExpected, "/sample", ""},
	{"nothing failed", planned, share("5.3.2.2", 0, 2), decide.Broken, decide.SampleImpossible, "/sample/nonconforming", ""},
	{"more failed than sampled", planned, share("5.3.2.2", 3, 2), decide.Broken, decide.SampleImpossible, "/sample/nonconforming", ""},
	{"a finding nobody raised", found, because("F9"), decide.Broken, decide.UnknownFinding, "/finding", ""},
	{"a withdrawn finding", then(found, withdrawal("F1")), because("F1"), decide.Broken, decide.FindingWithdrawn, "/finding", ""},
	{"an observation", found, because("F3"), decide.Broken, decide.NotANonconformity, "/finding", ""},
	{"a finding about another clause", found, &decide.ApplyDeduction{Reasoned: Because, Audit: 1, Clause: "5.1.1.1", Basis: "qualitative", Finding: "F1"},
		decide.Broken, decide.FindingOfOtherClause, "/finding", ""},
	{"a deduction before its finding", found, &decide.ApplyDeduction{Reasoned: decide.Reasoned{Reason: "x", EffectiveAt: At(2 * time.Minute)},
		Audit: 1, Clause: "5.3.2.2", Basis: "qualitative", Finding: "F1"}, decide.Broken, decide.EffectiveBeforeCause, "/effective_at", ""},
	{"a deduction after the report", reported, whole("5.3.2.2"), decide.Broken, "after-report", "", "TIME-03"},
	{"a revocation in an unknown audit", planned, &decide.RevokeDeduction{Audit: 7, Deduction: "D1"}, decide.NotFound, decide.UnknownAudit, "", ""},
	{"a revocation of D9", planned, revokeDeduction("D9"), decide.NotFound, decide.UnknownDeduction, "", ""},
	{"a revocation twice", then(planned, whole("5.3.2.2"), revokeDeduction("D1")), revokeDeduction("D1"), decide.Standing, decide.DeductionRevoked, "", ""},
	{"a revocation before the deduction", then(planned, whole("5.3.2.2")),
		&decide.RevokeDeduction{Reasoned: decide.Reasoned{Reason: "x", EffectiveAt: At(2 * time.Minute)}, Audit: 1, Deduction: "D1"},
		decide.Broken, decide.EffectiveBeforeCause, "/effective_at", ""},
}

// A revocation gives back what was taken, and makes room for the next.
func TestRevokingRestores(t *testing.T) {
	s := found(t)
	before := final(t, s)
	s.Do(because("F1"), special("F2"), share("5.1.1.1", 18, 25), deletion("5.2.1.1"))
	if final(t, s) == before {
		t.Fatalf("nothing moved from %s", before)
	}
	s.Do(revokeDeduction("D1"), revokeDeduction("D2"), revokeDeletion("5.2.1.1"),
		&decide.RevokeSpecialDeduction{Reasoned: Because, Audit: 1, Special: "S1"})
	if got := final(t, s); got != before {
		t.Errorf("the score is %s, it was %s", got, before)
	}
	s.Do(because("F1"), bonus(), revokeBonus("B1"), bonus())
	if a := s.Audit(1); a.Deduct("D3") == nil || a.Reward("B2") == nil {
		t.Errorf("the deductions are %+v, the bonuses %+v", a.Deductions, a.Bonuses)
	}
}

// final is the exact final value of audit 1.
func final(t T, s *Story) string {
	t.Helper()
	result, err := checks.Score(s.Audit(1), s.Setting.Schemes)
	if err != nil {
		t.Fatal(err)
	}
	return result.Final.Fraction()
}
