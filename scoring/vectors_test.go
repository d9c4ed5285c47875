package scoring_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"starledger/scoring"
)

// The worked vectors of the domain page, every number worked by hand there.
func TestVectors(t *testing.T) {
	const std, cts = "gbt27922-2011", "cts-2025"
	items := func(n int) []scoring.Item { return make([]scoring.Item, n) }
	repair := []string{"5.2.4.1", "5.2.4.2", "5.2.4.3", "5.2.4.4", "5.2.4.5", "5.2.4.6"} // 10 points
	vectors := []struct {
		id, scheme                       string
		facts                            func(*scoring.Facts)
		involved, earned, score          string
		uncapped, final, grade, failedBy string
	}{
		{"V1", std, func(*scoring.Facts) {},
			"100", "100", "100", "100", "100", "five_star", ""},
		{"V3", std, func(f *scoring.Facts) { f.Deductions = []scoring.Deduction{whole("D1", "5.3.1.4")} },
			"100", "95", "95", "95", "95", "five_star", ""},
		{"V5", std, func(f *scoring.Facts) { f.Specials = items(6) },
			"100", "100", "100", "94", "94", "", scoring.ReasonSpecialLimit},
		{"V7", std, func(f *scoring.Facts) { f.Deductions = []scoring.Deduction{sampled("D1", "5.3.2.2", 143, 200)} },
			"100", "94.995", "94.995", "94.995", "94.995", "four_star", ""}, // 7 × 143/200 = 5.005
		{"V8", std, func(f *scoring.Facts) {
			f.Deletions = deleted(repair...)
			f.Deductions = []scoring.Deduction{sampled("D1", "5.3.1.4", 18, 25)} // 5 × 18/25 = 3.6
			f.Specials = items(1)
		}, "90", "86.4", "96", "95", "95", "five_star", ""},
		{"V9", std, func(f *scoring.Facts) {
			f.Deductions = []scoring.Deduction{whole("D1", "5.2.5.5")}
			f.Deletions = deleted("5.2.5.5")
		}, "98", "98", "100", "100", "100", "five_star", ""},
		{"V11", std, func(f *scoring.Facts) { f.Deductions = []scoring.Deduction{whole("D1", "5.2.2.1")} },
			"100", "98.5", "98.5", "98.5", "98.5", "five_star", ""},
		{"V13", std, func(f *scoring.Facts) { f.Bonuses = items(1) },
			"100", "100", "100", "101", "100", "five_star", ""},
		{"V14", std, func(f *scoring.Facts) {
			f.Deductions = []scoring.Deduction{sampled("D1", "5.3.2.2", 1, 2), sampled("D2", "5.3.2.2", 2, 3)}
		}, "100", "93", "93", "93", "93", "four_star", ""},
		{"V15", cts, func(f *scoring.Facts) { rate(f, "5.3.2.2", "85") },
			"100", "98.95", "98.95", "98.95", "98.95", "five_star", ""}, // 7 × 15 % = 1.05
		{"V16", std, func(f *scoring.Facts) { f.Specials = items(5) },
			"100", "100", "100", "95", "95", "", scoring.ReasonSpecialLimit},
		{"V16 rated", cts, func(f *scoring.Facts) { f.Specials = items(5) },
			"100", "100", "100", "95", "95", "five_star", ""},
	}
	schemes := shipped(t)
	for _, v := range vectors {
		t.Run(v.id, func(t *testing.T) {
			facts := assessed(schemes[v.scheme])
			if v.scheme == cts {
				facts = allRated(schemes[v.scheme], "100")
			}
			v.facts(&facts)
			r := score(t, facts, schemes[v.scheme])
			got := []string{
				r.Involved.Value(), r.Earned.Value(), r.Score.Value(), r.Uncapped.Value(), r.Final.Value(),
				gradeOf(r), strings.Join(r.Reasons, ","),
			}
			want := []string{v.involved, v.earned, v.score, v.uncapped, v.final, v.grade, v.failedBy}
			if fmt.Sprint(got) != fmt.Sprint(want) {
				t.Errorf("got %q, want %q", got, want)
			}
			if r.Passed == nil || *r.Passed != (v.failedBy == "") {
				t.Errorf("passed %v", r.Passed)
			}
		})
	}
}

// V12: every clause is deleted, so there is nothing to divide by.
func TestAllClausesDeleted(t *testing.T) {
	s := standard(t)
	var f scoring.Facts
	for _, clause := range s.Clauses {
		f.Deletions = append(f.Deletions, scoring.Deletion{Clause: clause.ID})
	}
	if _, err := scoring.Score(f, s); !errors.Is(err, scoring.ErrAllDeleted) {
		t.Errorf("all deleted: %v", err)
	}
	f = scoring.Facts{Clauses: []string{"5.1.1.1"}, Deletions: deleted("5.1.1.1")}
	if _, err := scoring.Score(f, s); !errors.Is(err, scoring.ErrAllDeleted) {
		t.Errorf("all covered deleted: %v", err)
	}
}

func deleted(clauses ...string) []scoring.Deletion {
	var deletions []scoring.Deletion
	for i, clause := range clauses {
		deletions = append(deletions, scoring.Deletion{ID: fmt.Sprint("X", i+1), Clause: clause})
	}
	return deletions
}

// rate replaces the latest rating of a clause.
func rate(f *scoring.Facts, clause string, rating scoring.Decimal) {
	f.Assessments = append(f.Assessments, scoring.Assessment{Clause: clause, Rating: rating})
}
