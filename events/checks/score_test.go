package checks_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"starledger/events"
	"starledger/events/checks"
	"starledger/events/decide"
	. "starledger/events/decide/decidetest"
	"starledger/scoring"
)

// shipped is the book without the schemes made up for tests.
func shipped(t *testing.T) *scoring.Book {
	t.Helper()
	var list []*scoring.Scheme
	for _, scheme := range Book(t).All() {
		if scheme.ID == "gbt27922-2011" || scheme.ID == "cts-2025" {
			list = append(list, scheme)
		}
	}
	book, err := scoring.NewBook(list...)
	if err != nil {
		t.Fatal(err)
	}
	return book
}

// What stands is a fact with the sequence of its event; what was revoked is none.
func TestFacts(t *testing.T) {
	eighteen := uint64(18)
	s := planned(t)
	s.Do(
		&decide.RaiseFinding{Audit: 1, Clause: "5.3.1.4", Category: events.Nonconformity, Statement: "x"},                                                         // seq 40
		&decide.ApplyDeduction{Reasoned: Because, Audit: 1, Clause: "5.3.1.4", Basis: events.Sampled, Sample: &events.Sample{Size: 25, Nonconforming: &eighteen}}, // 50
		&decide.ApplyDeduction{Reasoned: Because, Audit: 1, Clause: "5.1.1.1", Basis: events.Qualitative},                                                         // 60
		&decide.RevokeDeduction{Reasoned: Because, Audit: 1, Deduction: "D2"},
		&decide.GrantDeletion{Reasoned: Because, Audit: 1, Clause: "5.2.4.1"}, // 80
		&decide.GrantDeletion{Reasoned: Because, Audit: 1, Clause: "5.2.4.2"}, // 90
		&decide.RevokeDeletion{Reasoned: Because, Audit: 1, Deletion: "X2"},
		&decide.ApplySpecialDeduction{Reasoned: Because, Audit: 1, Trigger: "law", Finding: "F1"}, // 110
		&decide.ApplySpecialDeduction{Reasoned: Because, Audit: 1, Trigger: "law", Finding: "F1"}, // 120
		&decide.RevokeSpecialDeduction{Reasoned: Because, Audit: 1, Special: "S1"},
		&decide.GrantBonus{Reasoned: Because, Audit: 1}, // 140
		&decide.RevokeBonus{Reasoned: Because, Audit: 1, Bonus: "B1"},
		&decide.GrantBonus{Reasoned: Because, Audit: 1},                                     // 160
		&decide.RecordAssessment{Audit: 1, Clause: "5.3.1.4", Result: events.Conforming},    // 170
		&decide.RecordAssessment{Audit: 1, Clause: "5.3.1.4", Result: events.Nonconforming}, // 180
	)
	want := scoring.Facts{
		Assessments: []scoring.Assessment{{Clause: "5.3.1.4", Seq: 180}},
		Deductions:  []scoring.Deduction{{ID: "D1", Clause: "5.3.1.4", Basis: scoring.Sampled, Sample: scoring.Sample{Size: 25, Nonconforming: 18}, Seq: 50}},
		Deletions:   []scoring.Deletion{{ID: "X1", Clause: "5.2.4.1", Seq: 80}},
		Specials:    []scoring.Item{{ID: "S2", Seq: 120}},
		Bonuses:     []scoring.Item{{ID: "B2", Seq: 160}},
	}
	if diff := cmp.Diff(want, checks.Facts(s.Audit(1))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestFactsOfAPartialAudit(t *testing.T) {
	a := &events.Audit{AuditPlanned: events.AuditPlanned{Clauses: []events.Clause{"5.1.1.1", "5.3.2.2"}}}
	if diff := cmp.Diff([]string{"5.1.1.1", "5.3.2.2"}, checks.Facts(a).Clauses); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// A scheme counts only with the digest the audit was planned under.
func TestScoreUnderAnotherScheme(t *testing.T) {
	a := *planned(t).Audit(1)
	if result, err := checks.Score(&a, shipped(t)); err != nil || result.Final.Fraction() != "100/1" {
		t.Fatalf("%v, %v", result, err)
	}
	altered, unknown := a, a
	altered.Scheme.Digest = events.DigestOf([]byte("another"))
	unknown.Scheme.Version = "9"
	for _, a := range []events.Audit{altered, unknown} {
		if _, err := checks.Score(&a, shipped(t)); !errors.Is(err, checks.ErrUnknownScheme) {
			t.Errorf("%+v: %v", a.Scheme, err)
		}
	}
}

// Counts beyond any sample are refused by scoring, not wrapped round.
func TestScoreOfAnAbsurdSample(t *testing.T) {
	for _, count := range []uint64{1 << 63, 1<<64 - 1} {
		s := planned(t).Force(events.DeductionApplied{Audit: 1, Deduction: "D1", Clause: "5.3.2.2", Basis: events.Sampled,
			Sample: &events.Sample{Size: count, Nonconforming: &count}})
		if _, err := checks.Score(s.Audit(1), shipped(t)); !errors.Is(err, scoring.ErrBadFact) {
			t.Errorf("%d: %v", count, err)
		}
	}
}
