package scoring_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"starledger/scoring"
)

func TestClauseFormulas(t *testing.T) {
	std, cts := standard(t), rated(t)
	look := func(clause string, rating scoring.Decimal, seq uint64) []scoring.Assessment {
		return []scoring.Assessment{{Clause: clause, Seq: 1}, {Clause: clause, Rating: rating, Seq: seq}}
	}
	rateOnly := func(clause string, rating scoring.Decimal, seq uint64) []scoring.Assessment {
		return look(clause, rating, seq)[1:]
	}
	with := func(seq uint64, d scoring.Deduction) scoring.Deduction { d.Seq = seq; return d }
	for _, row := range []struct {
		name    string
		scheme  *scoring.Scheme
		clause  string
		facts   scoring.Facts
		formula string
		events  []uint64
	}{
		{"not assessed", std, "5.3.1.4", scoring.Facts{}, "5", nil},
		{"conforming", std, "5.3.1.4", scoring.Facts{Assessments: look("5.3.1.4", "", 7)}, "5 − 0 = 5", []uint64{7}},
		{"hypothetical", std, "5.3.1.4", scoring.Facts{Deductions: []scoring.Deduction{whole("D1", "5.3.1.4")}}, "5 − 5 = 0", nil},
		{"sampled", std, "5.3.1.1", scoring.Facts{
			Assessments: look("5.3.1.1", "", 9),
			Deductions:  []scoring.Deduction{with(8, sampled("D1", "5.3.1.1", 2, 15))},
		}, "3 − 3 × 2/15 = 2.6", []uint64{8, 9}},
		{"endless", std, "5.3.1.1", scoring.Facts{
			Deductions: []scoring.Deduction{with(8, sampled("D1", "5.3.1.1", 1, 7))},
		}, "3 − 3 × 1/7 = 18/7 ≈ 2.571429", []uint64{8}},
		{"capped", std, "5.3.2.2", scoring.Facts{Deductions: []scoring.Deduction{
			with(8, sampled("D1", "5.3.2.2", 1, 2)), with(6, sampled("D2", "5.3.2.2", 2, 3)),
		}}, "max(0, 7 − 7 × 1/2 − 7 × 2/3) = 0", []uint64{6, 8}},
		{"deleted", std, "5.2.5.5", scoring.Facts{
			Deductions: []scoring.Deduction{with(8, whole("D1", "5.2.5.5"))},
			Deletions:  []scoring.Deletion{{ID: "X1", Clause: "5.2.5.5", Seq: 9}},
		}, "deleted", []uint64{9}},
		{"rated", cts, "5.3.2.2", scoring.Facts{Assessments: look("5.3.2.2", "85", 7)}, "7 × 85% = 5.95", []uint64{7}},
		{"rated and deducted", cts, "5.3.2.2", scoring.Facts{
			Assessments: rateOnly("5.3.2.2", "85", 7),
			Deductions:  []scoring.Deduction{with(8, whole("D1", "5.3.2.2"))},
		}, "max(0, 7 × 85% − 7) = 0", []uint64{7, 8}},
	} {
		results := score(t, row.facts, row.scheme).Clauses()
		i := slices.IndexFunc(results, func(c scoring.ClauseResult) bool { return c.Clause == row.clause })
		if got := results[i]; got.Formula != row.formula || fmt.Sprint(got.Events) != fmt.Sprint(row.events) {
			t.Errorf("%s: %q %v, want %q %v", row.name, got.Formula, got.Events, row.formula, row.events)
		}
	}
}

// R4: bounds belong to the upper band, 100 to the last.
func TestBands(t *testing.T) {
	s := rated(t)
	for rating, want := range map[scoring.Decimal]string{
		"0": "0-20", "19.99": "0-20", "20": "20-40", "59.999": "40-60", "80": "80-100", "100": "80-100",
	} {
		if band, ok := s.Band(rating); !ok || band.ID != want || len(band.Look) < 2 {
			t.Errorf("%s: %+v", rating, band)
		}
	}
	if _, ok := s.Band("high"); ok {
		t.Error("a band for no rating")
	}
	if _, ok := standard(t).Band("80"); ok {
		t.Error("a band in a scheme without ratings")
	}
	r := score(t, allRated(s, "60"), s)
	if clause := r.Clauses()[0]; clause.Rating != "60" || clause.Band == nil || clause.Band.ID != "60-80" {
		t.Errorf("explained as %+v", clause)
	}
}

// The whole calculation, as a reader sees it.
func TestSteps(t *testing.T) {
	std, cts := standard(t), rated(t)
	v8 := assessed(std)
	v8.Deletions = deleted("5.2.4.1", "5.2.4.2", "5.2.4.3", "5.2.4.4", "5.2.4.5", "5.2.4.6")
	v8.Deletions[0].Seq, v8.Deletions[1].Seq = 12, 11
	v8.Deductions = []scoring.Deduction{sampled("D1", "5.3.1.4", 18, 25)}
	v8.Specials = []scoring.Item{{ID: "S1", Seq: 13}}
	failed := assessed(std)
	failed.Specials = make([]scoring.Item, 5)
	below := allRated(cts, "60")
	below.Specials = []scoring.Item{{ID: "S1", Seq: 7}}
	below.Bonuses = []scoring.Item{{ID: "B1", Seq: 8}, {ID: "B2", Seq: 9}}
	endless := assessed(std)
	endless.Deductions = []scoring.Deduction{sampled("D1", "5.3.2.2", 1, 3)}
	for name, r := range map[string]*scoring.Result{
		"normalised": score(t, v8, std),
		"failed":     score(t, failed, std),
		"below":      score(t, below, cts),
		"endless":    score(t, endless, std),
		"partial":    score(t, scoring.Facts{Clauses: []string{"5.3.2.2"}}, std),
	} {
		var text strings.Builder
		for _, step := range r.Steps() {
			fmt.Fprintf(&text, "%s %s: %s [%s] %v\n", step.Rule, step.ID, step.Formula, step.Value.Fraction(), step.Events)
		}
		golden(t, filepath.Join("testdata", "steps", name+".txt"), text.String())
	}
}

// golden compares with a kept file. A new wanted text is written by hand into the file.
func golden(t *testing.T, file, got string) {
	t.Helper()
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s: got\n%swant\n%s", file, got, want)
	}
}
