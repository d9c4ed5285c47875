package scoring_test

import (
	"errors"
	"slices"
	"testing"

	"starledger/scoring"
)

// combined adds a combination with the standard's like to a document, with one member of its reference
// changed.
func combined(member string, value any) func(document) {
	return func(d document) {
		with := map[string]any{"id": "other", "version": "1", "digest": "sha256:0b368862dbede30b5d572690a196ff6310fee43c2df4c25e8d8246afc74cd070"}
		if member != "" {
			with[member] = value
		}
		d["combination"] = map[string]any{"with": with, "rule": "lower"}
	}
}

// weighted is the completeness scheme with synthetic points: 13 for the first indicator, 1 for each of
// the 87 others, and grades as in the standard.
func weighted(t testing.TB, change func(document)) *scoring.Scheme {
	t.Helper()
	like := document{}
	edited(t, func(d document) { like = d })
	return mustParse(t, editedFrom(t, shipped(t)["completeness"], func(d document) {
		d["version"] = "1"
		for i, clause := range d.list("clauses") {
			clause["points"] = "1"
			if i == 0 {
				clause["points"] = "13"
			}
		}
		for _, name := range []string{"special_deductions", "bonus", "minimum", "grades"} {
			d[name] = like[name]
		}
		if change != nil {
			change(d)
		}
	}))
}

func withStandard(rule scoring.CombinationRule, share string) func(document) {
	return func(d document) {
		combined("id", "gbt27922-2011")(d)
		d.object("combination")["rule"] = string(rule)
		if share != "" {
			d.object("combination")["share"] = share
		}
	}
}

// both is an audit in which every indicator of both schemes was looked at.
func both(t testing.TB, s *scoring.Scheme, deductions ...scoring.Deduction) scoring.Facts {
	t.Helper()
	f := assessed(standard(t))
	f.Assessments = append(f.Assessments, assessed(s).Assessments...)
	f.Deductions = deductions
	return f
}

// The shipped schemes without points show their 88 indicators and refuse to score.
func TestSchemesWithoutPoints(t *testing.T) {
	for _, id := range []string{"completeness", "maturity"} {
		s := shipped(t)[id]
		if len(s.Clauses) != 88 || len(s.Chapters) != 6 || s.Scorable() {
			t.Errorf("%s: %d indicators in %d chapters, scorable %t", id, len(s.Clauses), len(s.Chapters), s.Scorable())
		}
		if _, err := scoring.Score(assessed(s), s); !errors.Is(err, scoring.ErrNoWeights) {
			t.Errorf("%s: %v", id, err)
		}
	}
}

// Evaluation 1 and 2 side by side. Worked by hand: the standard without 5.3.1.4 (5 points) is 95, this
// scheme without its first indicator (13 points) is 87; 95 × 60 % + 87 × 40 % = 57 + 34.8 = 91.8.
func TestCombinations(t *testing.T) {
	five, thirteen := whole("D1", "5.3.1.4"), whole("D2", "6.2.1.1 a)")
	failing := []scoring.Deduction{whole("", "5.1.2.2"), whole("", "5.3.1.4"), whole("", "5.1.5.2"), whole("", "5.1.4.1"),
		whole("", "5.3.2.2"), whole("", "5.1.1.2"), whole("", "5.1.1.1")} // 31 of 100 lost: 69
	for _, row := range []struct {
		name       string
		rule       scoring.CombinationRule
		share      string
		deductions []scoring.Deduction
		final      string
		grade      string
		reasons    []string
	}{
		{"nothing lost", scoring.CombineLower, "", nil, "100", "five_star", nil},
		{"the lower counts", scoring.CombineLower, "", []scoring.Deduction{five, thirteen}, "87", "three_star", nil},
		{"the lower is evaluation 1", scoring.CombineLower, "", []scoring.Deduction{five}, "95", "five_star", nil},
		{"evaluation 2 counts", scoring.CombineSecond, "", []scoring.Deduction{five}, "100", "five_star", nil},
		{"weighted", scoring.CombineWeighted, "40", []scoring.Deduction{five, thirteen}, "91.8", "four_star", nil},
		{"weighted, all of it", scoring.CombineWeighted, "100", []scoring.Deduction{five, thirteen}, "87", "three_star", nil},
		{"evaluation 1 failed", scoring.CombineSecond, "", failing, "100", "", []string{scoring.ReasonBelowMinimum}},
	} {
		t.Run(row.name, func(t *testing.T) {
			s := weighted(t, withStandard(row.rule, row.share))
			r, err := scoring.ScoreBoth(both(t, s, row.deductions...), s, standard(t))
			if err != nil {
				t.Fatal(err)
			}
			if r.Final.Value() != row.final || gradeOf(r) != row.grade || !slices.Equal(r.Reasons, row.reasons) {
				t.Errorf("got %s %q %v, want %s %q %v", r.Final.Value(), gradeOf(r), r.Reasons, row.final, row.grade, row.reasons)
			}
			if r.Provisional || r.Assessed != 138 || r.InvolvedClauses != 138 || *r.Passed != (row.reasons == nil) {
				t.Errorf("provisional %t, %d of %d assessed, passed %t", r.Provisional, r.Assessed, r.InvolvedClauses, *r.Passed)
			}
			steps := r.Steps()
			if combined := steps[len(steps)-2]; combined.ID != scoring.StepCombined || combined.Value.Cmp(r.Final) != 0 {
				t.Errorf("step %+v", combined)
			}
		})
	}
}

func TestCombinationIsProvisionalUntilBothAreAssessed(t *testing.T) {
	s := weighted(t, withStandard(scoring.CombineLower, ""))
	r, err := scoring.ScoreBoth(assessed(s), s, standard(t))
	if err != nil || !r.Provisional || r.Passed != nil || gradeOf(r) != "five_star" {
		t.Fatalf("%+v, %v", r, err)
	}
}

// A partial audit may cover indicators of one evaluation only; it has no grade.
func TestPartialCombination(t *testing.T) {
	s := weighted(t, withStandard(scoring.CombineLower, ""))
	for _, row := range []struct {
		clauses           []string
		involved          string
		clausesInvolved   int
		ofBothEvaluations bool
	}{
		{[]string{"6.2.1.1 a)"}, "13", 1, false},
		{[]string{"5.3.1.4"}, "5", 1, false},
		{[]string{"6.2.1.1 a)", "5.3.1.4"}, "13", 2, true},
	} {
		r, err := scoring.ScoreBoth(scoring.Facts{Clauses: row.clauses}, s, standard(t))
		if err != nil {
			t.Fatal(err)
		}
		if r.Involved.Value() != row.involved || r.InvolvedClauses != row.clausesInvolved || (len(r.Evaluations) == 2) != row.ofBothEvaluations || r.Grade != nil {
			t.Errorf("%v: %s points, %d clauses, %d evaluations", row.clauses, r.Involved.Value(), r.InvolvedClauses, len(r.Evaluations))
		}
	}
	if _, err := scoring.ScoreBoth(scoring.Facts{Deductions: []scoring.Deduction{whole("D1", "9.9")}}, s, standard(t)); !errors.Is(err, scoring.ErrUnknownClause) {
		t.Errorf("a clause of neither: %v", err)
	}
}

func TestCompanions(t *testing.T) {
	alone := weighted(t, nil)
	same := mustParse(t, edited(t, func(d document) { d["id"] = "same"; combined("id", "gbt27922-2011")(d) }))
	good := weighted(t, withStandard(scoring.CombineLower, ""))
	book, err := scoring.NewBook(standard(t), shipped(t)["maturity"])
	if err != nil {
		t.Fatal(err)
	}
	pointless := weighted(t, func(d document) {
		combined("id", "maturity")(d)
		d.object("combination")["with"] = map[string]any{"id": "maturity", "version": "0", "digest": shipped(t)["maturity"].Digest()}
	})
	for _, row := range []struct {
		name   string
		scheme *scoring.Scheme
		want   error
	}{
		{"none declared", alone, nil},
		{"fits", good, nil},
		{"unknown", weighted(t, combined("", "")), scoring.ErrNoCompanion},
		{"another digest", weighted(t, func(d document) {
			withStandard(scoring.CombineLower, "")(d)
			d.object("combination")["with"].(map[string]any)["digest"] = alone.Digest()
		}), scoring.ErrNoCompanion},
		{"the same clauses", same, scoring.ErrCompanion},
		{"without points", pointless, scoring.ErrCompanion},
	} {
		if _, err := book.Companion(row.scheme); !errors.Is(err, row.want) {
			t.Errorf("%s: %v", row.name, err)
		}
	}
}

// Restored points come back where the scheme says so, and the explanation shows both ways.
func TestCorrectionsRestore(t *testing.T) {
	restoring := mustParse(t, edited(t, func(d document) { d["version"], d["corrections_restore"] = "2", true }))
	d := sampled("D1", "5.3.1.4", 18, 25) // 5 × 18/25 = 3.6
	d.Seq, d.Restored = 41, 60
	for _, row := range []struct {
		scheme         *scoring.Scheme
		final, formula string
		events         []uint64
	}{
		{restoring, "100", "5 − 5 × 18/25 + 5 × 18/25 = 5", []uint64{41, 60}},
		{standard(t), "96.4", "5 − 5 × 18/25 = 1.4", []uint64{41}},
	} {
		f := assessed(row.scheme)
		f.Deductions = []scoring.Deduction{d}
		r := score(t, f, row.scheme)
		clauses := r.Clauses()
		i := slices.IndexFunc(clauses, func(c scoring.ClauseResult) bool { return c.Clause == "5.3.1.4" })
		if r.Final.Value() != row.final || clauses[i].Formula != row.formula || !slices.Equal(clauses[i].Events, row.events) {
			t.Errorf("%s: %s, %s, %v", row.scheme.Version, r.Final.Value(), clauses[i].Formula, clauses[i].Events)
		}
	}
}

// A clause that takes one basis refuses the other.
func TestBasisOfAClause(t *testing.T) {
	s := mustParse(t, edited(t, func(d document) { d.list("clauses")[0]["basis"] = "sampled" }))
	f := assessed(s)
	f.Deductions = []scoring.Deduction{whole("D1", s.Clauses[0].ID)}
	if _, err := scoring.Score(f, s); !errors.Is(err, scoring.ErrNotAllowed) {
		t.Errorf("whole: %v", err)
	}
	f.Deductions = []scoring.Deduction{sampled("D1", s.Clauses[0].ID, 1, 2)}
	if _, err := scoring.Score(f, s); err != nil {
		t.Errorf("sampled: %v", err)
	}
}
