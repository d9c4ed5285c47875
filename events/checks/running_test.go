package checks_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"starledger/events"
	"starledger/events/checks"
	. "starledger/events/decide/decidetest"
	"starledger/scoring"
)

// exactly compares numbers by what they are, not by how they are kept.
var exactly = cmp.Comparer(func(a, b scoring.Number) bool { return a.Cmp(b) == 0 })

// Whatever an audit is told, and in whichever order, its running score is the one made anew, also where there
// is none: facts that the scheme does not allow are refused with the same words.
func TestRunningScoreIsTheScore(t *testing.T) {
	book := Book(t)
	for _, id := range []string{"gbt27922-2011", "cts-2025", Strict, Restoring, Combined} {
		scheme, _ := book.Find(id, "1")
		t.Run(id, rapid.MakeCheck(func(t *rapid.T) {
			c, running := events.NewCase("01J00000000000000000000000"), checks.Running{}
			for i := range rapid.IntRange(1, 60).Draw(t, "events") {
				payload := events.Payload(events.AuditPlanned{
					Audit: 1, Clauses: somePart(t, scheme),
					Scheme: events.SchemeName{ID: events.ID(scheme.ID), Version: "1", Digest: events.Digest(scheme.Digest())},
				})
				if i > 0 {
					payload = drawPayload(t, scheme)
				}
				if c.Apply(&events.Stored{Seq: uint64(i + 1), Event: events.Event{Data: payload}}) != nil {
					continue // it revokes what there is not
				}
				got, err := running.Score(c.Audit(1), payload, book)
				want, wanted := checks.Score(c.Audit(1), book)
				if fmt.Sprint(err) != fmt.Sprint(wanted) {
					t.Fatalf("%+v: %v, want %v", payload, err, wanted)
				}
				if wanted != nil {
					continue
				}
				if diff := cmp.Diff(want.Outcome, got, exactly); diff != "" {
					t.Fatalf("%+v (-anew +running):\n%s", payload, diff)
				}
				if diff := cmp.Diff(want.Losses(), running.Losses(), exactly); diff != "" {
					t.Fatalf("%+v: losses (-anew +running):\n%s", payload, diff)
				}
			}
		}))
	}
}

// somePart is what a partial audit covers; mostly nothing, which is an audit of all.
func somePart(t *rapid.T, scheme *scoring.Scheme) (part []events.Clause) {
	if rapid.IntRange(0, 3).Draw(t, "partial") > 0 {
		return nil
	}
	for _, clause := range scheme.Clauses[:rapid.IntRange(1, 8).Draw(t, "covered")] {
		part = append(part, events.Clause(clause.ID))
	}
	return part
}

// drawPayload says anything that may move the score of audit 1, on few clauses and numbers, so that things meet.
func drawPayload(t *rapid.T, scheme *scoring.Scheme) events.Payload {
	clause := events.Clause(scheme.Clauses[rapid.IntRange(0, 5).Draw(t, "clause")].ID)
	if rapid.IntRange(0, 60).Draw(t, "stray") == 0 {
		clause = "9.9.9"
	}
	n := rapid.IntRange(1, 4).Draw(t, "number")
	switch rapid.IntRange(0, 12).Draw(t, "kind") {
	case 0, 1:
		return events.DeductionApplied{Audit: 1, Deduction: events.Numbered('D', n), Clause: clause, Basis: events.Qualitative, Finding: "F1"}
	case 2, 3:
		failed := uint64(n)
		return events.DeductionApplied{Audit: 1, Deduction: events.Numbered('D', n), Clause: clause, Basis: events.Sampled,
			Sample: &events.Sample{Size: rapid.Uint64Range(3, 50).Draw(t, "size"), Nonconforming: &failed}}
	case 4:
		return events.DeductionRevoked{Audit: 1, Deduction: events.Numbered('D', n)}
	case 5:
		return events.DeletionGranted{Audit: 1, Deletion: events.Numbered('X', n), Clause: clause}
	case 6:
		return events.DeletionRevoked{Audit: 1, Deletion: events.Numbered('X', n)}
	case 7:
		return events.SpecialDeductionApplied{Audit: 1, Special: events.Numbered('S', n)}
	case 8:
		return events.SpecialDeductionRevoked{Audit: 1, Special: events.Numbered('S', n)}
	case 9:
		return events.BonusGranted{Audit: 1, Bonus: events.Numbered('B', n)}
	case 10:
		return events.CorrectionSubmitted{Audit: 1, Finding: "F1", Correction: "C1"}
	case 11:
		return events.CorrectionVerified{Audit: 1, Finding: "F1", Correction: "C1", Outcome: events.CorrectionAccepted}
	}
	assessed := events.AssessmentRecorded{Audit: 1, Clause: clause, Result: events.Conforming}
	if scheme.Method == scoring.MethodRating && n > 1 {
		assessed.Rating = events.Decimal(fmt.Sprint(25 * n))
	}
	return assessed
}
