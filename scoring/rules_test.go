package scoring_test

import (
	"errors"
	"testing"

	"starledger/scoring"
)

// R9 on every bound, both sides. 100 points of which a share is lost: the values are exact.
func TestGradesAreInclusive(t *testing.T) {
	s := standard(t)
	// 5.1.2.2, 5.1.5.2, 5.3.2.2, 5.3.1.4, 5.1.4.1 and others add up to the loss wanted.
	lose := func(clauses ...string) scoring.Facts {
		f := assessed(s)
		for _, clause := range clauses {
			f.Deductions = append(f.Deductions, whole("", clause))
		}
		return f
	}
	ten := []string{"5.1.2.2", "5.3.1.4"}                                 // 5 + 5
	twenty := append(ten, "5.1.5.2", "5.1.4.1")                           // + 6 + 4
	thirty := append(append([]string{}, twenty...), "5.3.2.2", "5.1.1.2") // + 7 + 3
	for _, row := range []struct {
		name   string
		facts  scoring.Facts
		final  string
		grade  string
		reason string
	}{
		{"95", lose("5.3.1.4"), "95", "five_star", ""},
		{"90", lose(ten...), "90", "four_star", ""},
		{"80", lose(twenty...), "80", "three_star", ""},
		{"79", lose(append(twenty, "5.1.1.1")...), "79", "qualified", ""},
		{"70", lose(thirty...), "70", "qualified", ""},
		{"69", lose(append(thirty, "5.1.1.1")...), "69", "", scoring.ReasonBelowMinimum},
	} {
		r := score(t, row.facts, s)
		if r.Final.Value() != row.final || gradeOf(r) != row.grade {
			t.Errorf("%s: got %s %q, want %s %q", row.name, r.Final.Value(), gradeOf(r), row.final, row.grade)
		}
		if row.reason != "" && (len(r.Reasons) != 1 || r.Reasons[0] != row.reason) {
			t.Errorf("%s: reasons %q", row.name, r.Reasons)
		}
	}
}

// Two values just below five stars: the second is shown as 95 and is still four stars.
func TestDisplayNeverDecidesAGrade(t *testing.T) {
	s := standard(t)
	for _, row := range []struct {
		nonconforming, size int
		shown               string
	}{
		{1001, 1000 * 7 / 5, "94.995"}, // 7 × 1001/1400 = 5.005
		{50000001, 70000000, "95"},     // 7 × 50000001/70000000 = 5.0000001, so 94.9999999
	} {
		f := assessed(s)
		f.Deductions = []scoring.Deduction{sampled("D1", "5.3.2.2", row.nonconforming, row.size)}
		r := score(t, f, s)
		if r.Final.Value() != row.shown || gradeOf(r) != "four_star" {
			t.Errorf("%d of %d: %s (%s) %q", row.nonconforming, row.size, r.Final.Value(), r.Final.Fraction(), gradeOf(r))
		}
	}
}

// R12: an unassessed clause keeps its points; the grade is what it would be, the verdict is open.
func TestProvisional(t *testing.T) {
	s := standard(t)
	f := assessed(s)
	f.Assessments = f.Assessments[1:]
	f.Deductions = []scoring.Deduction{whole("D1", "5.3.1.4")}
	r := score(t, f, s)
	if !r.Provisional || r.Passed != nil || len(r.Reasons) != 0 || gradeOf(r) != "five_star" {
		t.Errorf("passing: %+v", r)
	}
	if r.Assessed != 49 || r.InvolvedClauses != 50 {
		t.Errorf("progress %d of %d", r.Assessed, r.InvolvedClauses)
	}
	f.Specials = make([]scoring.Item, 5)
	if r = score(t, f, s); r.Grade != nil || r.Passed != nil || len(r.Reasons) != 0 {
		t.Errorf("failing: %+v", r)
	}
	f.Deletions = deleted(s.Clauses[0].ID) // the only clause not assessed
	if r = score(t, f, s); r.Provisional || r.Passed == nil || *r.Passed {
		t.Errorf("the rest assessed: %+v", r)
	}
}

// A surveillance covers part of the clauses: findings and a score, no grade and no verdict.
func TestPartialAudit(t *testing.T) {
	f := scoring.Facts{
		Clauses:     []string{"5.3.1.4", "5.3.2.2", "5.3.1.4"},
		Assessments: []scoring.Assessment{{Clause: "5.3.1.4"}, {Clause: "5.3.2.2"}},
		Deductions: []scoring.Deduction{
			sampled("D1", "5.3.1.4", 3, 5), // loses 3 of 12
			whole("D2", "5.1.1.2"),         // not covered: does not count
		},
	}
	r := score(t, f, standard(t))
	if r.Involved.Value() != "12" || r.Earned.Value() != "9" || r.Final.Value() != "75" {
		t.Errorf("involved %s, earned %s, final %s", r.Involved.Value(), r.Earned.Value(), r.Final.Value())
	}
	if !r.Partial || r.Provisional || r.Grade != nil || r.Passed != nil || len(r.Reasons) != 0 {
		t.Errorf("verdict of a partial audit: %+v", r)
	}
	if got := len(r.Clauses()); got != 2 {
		t.Errorf("%d clauses explained", got)
	}
}

// R12 for method rating.
func TestRating(t *testing.T) {
	s := rated(t)
	f := allRated(s, "100")
	rate(&f, "5.3.2.2", "40")
	rate(&f, "5.3.2.2", "62.5") // the latest counts: 7 × 37.5 % = 2.625 lost
	f.Deductions = []scoring.Deduction{whole("D1", "5.3.1.4")}
	if r := score(t, f, s); r.Earned.Value() != "92.375" {
		t.Errorf("latest rating, whole deduction: %s", r.Earned.Value())
	}
	rate(&f, "5.3.1.4", "0") // rated 0 and deducted: loses its 5 points once
	if r := score(t, f, s); r.Earned.Value() != "92.375" {
		t.Errorf("rated 0 and deducted: %s", r.Earned.Value())
	}
	rate(&f, "5.3.2.2", "") // looked at again without a rating: not assessed, keeps its points
	if r := score(t, f, s); r.Earned.Value() != "95" || !r.Provisional {
		t.Errorf("unrated: %s, provisional %t", r.Earned.Value(), r.Provisional)
	}
}

// R8 and R11: bonuses over the maximum add nothing; nothing falls below zero.
func TestBonusMaximumAndFloor(t *testing.T) {
	s := standard(t)
	f := assessed(s)
	f.Deductions = []scoring.Deduction{whole("D1", "5.3.1.4")}
	f.Bonuses = make([]scoring.Item, 3)
	if r := score(t, f, s); r.Final.Value() != "96" || r.Bonus.Count != 1 {
		t.Errorf("three bonuses: %s", r.Final.Value())
	}
	f = assessed(s)
	for _, clause := range s.Clauses {
		f.Deductions = append(f.Deductions, whole("", clause.ID))
	}
	f.Specials = make([]scoring.Item, 1)
	r := score(t, f, s)
	if r.Final.Value() != "0" || r.Uncapped.Value() != "-1" {
		t.Errorf("everything lost: %s, uncapped %s", r.Final.Value(), r.Uncapped.Value())
	}
	if len(r.Reasons) != 1 || r.Reasons[0] != scoring.ReasonBelowMinimum {
		t.Errorf("everything lost: %q", r.Reasons)
	}
}

// Score refuses what it cannot judge.
func TestScoreRefuses(t *testing.T) {
	std, cts := standard(t), rated(t)
	bare := edited(t, func(d document) {
		for _, clause := range d.list("clauses") {
			clause["points"] = nil
		}
	})
	strict := edited(t, func(d document) { d["deletions"], d["whole_deductions"] = false, false })
	deductions := func(d ...scoring.Deduction) scoring.Facts { return scoring.Facts{Deductions: d} }
	ratings := func(clause string, rating scoring.Decimal) scoring.Facts {
		return scoring.Facts{Assessments: []scoring.Assessment{{Clause: clause, Rating: rating}}}
	}
	for _, row := range []struct {
		name   string
		facts  scoring.Facts
		scheme *scoring.Scheme
		want   error
	}{
		{"no weights", scoring.Facts{}, mustParse(t, bare), scoring.ErrNoWeights},
		{"not from ParseScheme", scoring.Facts{}, new(scoring.Scheme), scoring.ErrNoWeights},
		{"unknown clause covered", scoring.Facts{Clauses: []string{"9.9"}}, std, scoring.ErrUnknownClause},
		{"unknown clause deleted", scoring.Facts{Deletions: deleted("9.9")}, std, scoring.ErrUnknownClause},
		{"unknown clause assessed", ratings("9.9", ""), std, scoring.ErrUnknownClause},
		{"unknown clause deducted", deductions(whole("D1", "9.9")), std, scoring.ErrUnknownClause},
		{"rating under deduction", ratings("5.1.1.1", "80"), std, scoring.ErrNotAllowed},
		{"sample under rating", deductions(sampled("D1", "5.1.1.1", 1, 2)), cts, scoring.ErrNotAllowed},
		{"deletion not allowed", scoring.Facts{Deletions: deleted("5.1.1.1")}, mustParse(t, strict), scoring.ErrNotAllowed},
		{"whole not allowed", deductions(whole("D1", "5.1.1.1")), mustParse(t, strict), scoring.ErrNotAllowed},
		{"no basis", deductions(scoring.Deduction{Clause: "5.1.1.1"}), std, scoring.ErrNotAllowed},
		{"rating above 100", ratings("5.1.1.1", "100.5"), cts, scoring.ErrBadFact},
		{"rating no decimal", ratings("5.1.1.1", "good"), cts, scoring.ErrBadFact},
		{"empty sample", deductions(sampled("D1", "5.1.1.1", 0, 0)), std, scoring.ErrBadFact},
		{"more than sampled", deductions(sampled("D1", "5.1.1.1", 3, 2)), std, scoring.ErrBadFact},
		{"less than none", deductions(sampled("D1", "5.1.1.1", -1, 2)), std, scoring.ErrBadFact},
	} {
		if r, err := scoring.Score(row.facts, row.scheme); !errors.Is(err, row.want) || r != nil {
			t.Errorf("%s: %v", row.name, err)
		}
	}
}

// R9: a scheme may pass an audit before its lowest grade.
func TestPassedWithoutGrade(t *testing.T) {
	s := mustParse(t, edited(t, func(d document) { d["minimum"] = "60"; d.list("grades")[0]["min"] = "75" }))
	f := assessed(s)
	for _, clause := range []string{"5.1.2.2", "5.1.5.2", "5.3.2.2", "5.3.1.4", "5.1.4.1", "5.1.1.2"} { // 30 points
		f.Deductions = append(f.Deductions, whole("", clause))
	}
	if r := score(t, f, s); r.Grade != nil || r.Passed == nil || !*r.Passed {
		t.Errorf("final %s: %+v", r.Final.Value(), r)
	}
}

// Points that fit no machine word once a clause is deleted are still exact.
func TestVeryFinePoints(t *testing.T) {
	s := mustParse(t, edited(t, func(d document) {
		points := []string{"99999999999", "0.99999999999", "0.00000000001"}
		clauses := d["clauses"].([]any)[:len(points)]
		for i := range points {
			clauses[i].(map[string]any)["points"] = points[i]
		}
		d["full_marks"], d["clauses"] = "100000000000", clauses
	}))
	f := assessed(s)
	f.Deletions = deleted(s.Clauses[2].ID)
	f.Deductions = []scoring.Deduction{whole("D1", s.Clauses[0].ID)}
	r := score(t, f, s)
	// involved (10²² − 1)/10¹¹, earned (10¹¹ − 1)/10¹¹; 10²² − 1 = (10¹¹ − 1) × (10¹¹ + 1), so the
	// score is 10¹¹/(10¹¹ + 1) of 10¹¹ points in 10¹¹.
	if got, want := r.Score.Fraction(), "100000000000/100000000001"; got != want {
		t.Errorf("score %s, want %s", got, want)
	}
	f.Deductions = []scoring.Deduction{sampled("D1", s.Clauses[0].ID, 1<<40, 1<<41)} // half of it
	if lost := r.Involved.Sub(score(t, f, s).Earned); lost.Value() != "49999999999.5" {
		t.Errorf("lost %s", lost.Value())
	}
}
