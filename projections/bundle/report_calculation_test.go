package bundle

import (
	"encoding/json"
	"errors"
	"testing"

	"starledger/events/checks"
	"starledger/events/decide/decidetest"
	"starledger/scoring"
)

// V8 of the domain's vectors: 5.2.4.* deleted, 5.3.1.4 18 of 25, one special deduction.
func TestReportCalculation(t *testing.T) {
	s := certifiedStory(t)
	text, err := reportCalculation(s.Case, s.Setting.Schemes)
	if err != nil {
		t.Fatal(err)
	}
	var got struct{ Audits []calculation }
	if err := json.Unmarshal(text, &got); err != nil {
		t.Fatal(err)
	}
	if len(got.Audits) != 1 || got.Audits[0].Specials != (calculatedItems{1, "1"}) || got.Audits[0].Bonus != (calculatedItems{0, "0"}) || got.Audits[0].Grade.ZH != "五星级" {
		t.Fatalf("%s", text)
	}
	deleted := 0
	for _, c := range got.Audits[0].Clauses {
		want := "0/1"
		if c.Clause == "5.3.1.4" {
			want = "18/5" // 5 × 18/25
		}
		if c.Lost != want {
			t.Errorf("%s loses %s, want %s", c.Clause, c.Lost, want)
		}
		if c.Deleted {
			deleted++
		}
	}
	if deleted != 6 || len(got.Audits[0].Clauses) != 50 {
		t.Errorf("%d of %d clauses are deleted, want 6 of 50", deleted, len(got.Audits[0].Clauses))
	}
}

func TestReportCalculationNeedsTheScheme(t *testing.T) {
	empty, err := scoring.NewBook()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := reportCalculation(certifiedStory(t).Case, empty); !errors.Is(err, checks.ErrUnknownScheme) {
		t.Errorf("%v, want %v", err, checks.ErrUnknownScheme)
	}
	text, err := reportCalculation(decidetest.Applied(t, "gbt27922-2011").Case, empty)
	if want := `{"audits":[]}`; err != nil || string(text) != want {
		t.Errorf("%s, %v, want %s", text, err, want)
	}
}
