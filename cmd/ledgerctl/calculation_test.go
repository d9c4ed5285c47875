package main

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/go-json-experiment/json"
	"pgregory.net/rapid"

	"starledger/events"
	"starledger/scoring"
)

// scored is the score document of an audit as the API writes it, by way of its JSON.
func scored(t interface{ Fatal(...any) }, f scoring.Facts, scheme *scoring.Scheme) *score {
	result, err := scoring.Score(f, scheme)
	if err != nil {
		t.Fatal(err)
	}
	document := map[string]any{
		"as_of":    map[string]any{"seq": 41, "recorded_at": "2026-11-01T02:02:00.000000Z"},
		"scheme":   map[string]any{"id": scheme.ID, "version": scheme.Version, "digest": scheme.Digest()},
		"involved": result.Involved.Value(), "earned": result.Earned.Value(),
		"score": result.Score, "uncapped": result.Uncapped, "final": result.Final,
		"special_deductions": map[string]any{"count": result.Specials.Count, "points": result.Specials.Points.Value(), "limit": result.Specials.Limit},
		"bonus":              map[string]any{"count": result.Bonus.Count, "points": result.Bonus.Points.Value()},
		"progress":           map[string]any{"assessed": result.Assessed, "involved": result.InvolvedClauses},
		"passed":             result.Passed, "reasons": result.Reasons, "grade": nil,
		"provisional": result.Provisional, "partial": result.Partial,
	}
	if result.Grade != nil {
		document["grade"] = map[string]any{"id": result.Grade.ID, "name": result.Grade.Name}
	}
	clauses, steps := []any{}, []any{}
	for _, c := range result.Clauses() {
		clauses = append(clauses, map[string]any{"clause": c.Clause, "points": c.Points, "earned": c.Earned,
			"deleted": c.Deleted, "assessed": c.Assessed, "formula": c.Formula, "events": c.Events})
	}
	for _, s := range result.Steps() {
		steps = append(steps, map[string]any{"id": s.ID, "events": s.Events})
	}
	document["clauses"], document["steps"] = clauses, steps
	text, err := json.Marshal(document)
	if err != nil {
		t.Fatal(err)
	}
	var s score
	if err := json.Unmarshal(text, &s); err != nil {
		t.Fatal(err)
	}
	return &s
}

// assessedExcept says that everything was assessed but the clauses named.
func assessedExcept(scheme *scoring.Scheme, open ...string) []scoring.Assessment {
	var list []scoring.Assessment
	for _, c := range scheme.Clauses {
		if !strings.Contains(strings.Join(open, " "), c.ID) {
			list = append(list, scoring.Assessment{Clause: c.ID, Conforming: true})
		}
	}
	return list
}

// TestVectors works the scores of the domain page out by the second calculation: what the ledger
// says is accepted, and comes to the number in the row.
func TestVectors(t *testing.T) {
	scheme := shippedScheme(t, "gbt27922-2011")
	sampled := func(clause string, bad, size int) scoring.Deduction {
		return scoring.Deduction{Clause: clause, Basis: scoring.Sampled, Sample: scoring.Sample{Size: size, Nonconforming: bad}, Seq: 7}
	}
	whole := func(clause string) scoring.Deduction {
		return scoring.Deduction{Clause: clause, Basis: scoring.Qualitative, Seq: 7}
	}
	specials := func(n int) []scoring.Item { return make([]scoring.Item, n) }
	var chapter524 []scoring.Deletion
	for i := 1; i <= 6; i++ {
		chapter524 = append(chapter524, scoring.Deletion{Clause: fmt.Sprintf("5.2.4.%d", i), Seq: 5})
	}
	for _, row := range []struct {
		name         string
		facts        scoring.Facts
		final, grade string
	}{
		{"V1 nothing deducted", scoring.Facts{}, "100", "five_star"},
		{"V3 5.3.1.4 lost: 100 − 5", scoring.Facts{Deductions: []scoring.Deduction{whole("5.3.1.4")}}, "95", "five_star"},
		{"V5 six special deductions: 100 − 6, failed", scoring.Facts{Specials: specials(6)}, "94", ""},
		{"V7 143 of 200: 100 − 7 × 143/200", scoring.Facts{Deductions: []scoring.Deduction{sampled("5.3.2.2", 143, 200)}}, "94.995", "four_star"},
		{"V8 86.4 ÷ 90 × 100 − 1", scoring.Facts{Deletions: chapter524, Deductions: []scoring.Deduction{sampled("5.3.1.4", 18, 25)}, Specials: specials(1)}, "95", "five_star"},
		{"V13 only a bonus, capped", scoring.Facts{Bonuses: specials(1)}, "100", "five_star"},
		{"V14 two samples, at most the points: 100 − 7", scoring.Facts{Deductions: []scoring.Deduction{sampled("5.3.2.2", 1, 2), sampled("5.3.2.2", 2, 3)}}, "93", "four_star"},
	} {
		t.Run(row.name, func(t *testing.T) {
			row.facts.Assessments = assessedExcept(scheme)
			c, err := calculate(scored(t, row.facts, scheme), scheme)
			if err != nil {
				t.Fatal(err)
			}
			if got := number(c.final).Value(); got != row.final || c.grade != row.grade {
				t.Errorf("comes to %s, %q; want %s, %q", got, c.grade, row.final, row.grade)
			}
		})
	}
}

// TestAlteredScoreIsNoticed: no number of the document can be changed alone.
func TestAlteredScoreIsNoticed(t *testing.T) {
	scheme := shippedScheme(t, "gbt27922-2011")
	facts := scoring.Facts{
		Assessments: assessedExcept(scheme),
		Deductions:  []scoring.Deduction{{Clause: "5.3.2.2", Basis: scoring.Sampled, Sample: scoring.Sample{Size: 200, Nonconforming: 143}}},
		Specials:    []scoring.Item{{Seq: 3}},
	}
	seven := scored(t, scoring.Facts{Assessments: facts.Assessments}, scheme).Final
	for name, alter := range map[string]func(*score){
		"earned":              func(s *score) { s.Earned = "95" },
		"involved":            func(s *score) { s.Involved = "99" },
		"score":               func(s *score) { s.Score = seven },
		"uncapped":            func(s *score) { s.Uncapped = seven },
		"final":               func(s *score) { s.Final = seven },
		"special deductions":  func(s *score) { s.Specials.Count = 0 },
		"their points":        func(s *score) { s.Specials.Points = "0" },
		"bonus":               func(s *score) { s.Bonus.Count = 1 },
		"more than the bonus": func(s *score) { s.Bonus.Count = 2 },
		"grade":               func(s *score) { s.Grade.ID = "five_star" },
		"no grade":            func(s *score) { s.Grade = nil },
		"passed":              func(s *score) { *s.Passed = false },
		"scheme":              func(s *score) { s.Scheme.Digest = events.DigestOf(nil) },
		"a clause left out":   func(s *score) { s.Clauses = s.Clauses[1:] },
		"a clause deleted":    func(s *score) { s.Clauses[0].Deleted = true },
		"points of a clause":  func(s *score) { s.Clauses[0].Points = "1e9" },
		"earned by a clause":  func(s *score) { s.Clauses[0].Earned = seven },
		"no clause":           func(s *score) { s.Clauses = nil },
	} {
		s := scored(t, facts, scheme)
		alter(s)
		if _, err := calculate(s, scheme); !errors.Is(err, events.ErrIntegrity) {
			t.Errorf("%s was altered: %v", name, err)
		}
	}
}

// TestSecondOpinion: whatever stands in an audit, both calculations agree.
func TestSecondOpinion(t *testing.T) {
	for _, id := range []string{"gbt27922-2011", "cts-2025"} {
		scheme := shippedScheme(t, id)
		rapid.Check(t, func(t *rapid.T) {
			if _, err := calculate(scored(t, anyFacts(t, scheme), scheme), scheme); err != nil {
				t.Fatal(err)
			}
		})
	}
}

func anyFacts(t *rapid.T, scheme *scoring.Scheme) scoring.Facts {
	var f scoring.Facts
	for i, c := range scheme.Clauses {
		switch kind := rapid.IntRange(0, 5).Draw(t, c.ID); {
		case kind == 1 && i > 0:
			f.Deletions = append(f.Deletions, scoring.Deletion{Clause: c.ID})
		case kind == 2:
			f.Deductions = append(f.Deductions, scoring.Deduction{Clause: c.ID, Basis: scoring.Qualitative})
		case kind == 3 && scheme.SampledDeductions:
			size := rapid.IntRange(1, 60).Draw(t, "size")
			f.Deductions = append(f.Deductions, scoring.Deduction{Clause: c.ID, Basis: scoring.Sampled,
				Sample: scoring.Sample{Size: size, Nonconforming: rapid.IntRange(0, size).Draw(t, "nonconforming")}})
		case kind == 4:
			continue
		}
		a := scoring.Assessment{Clause: c.ID, Conforming: true}
		if scheme.Method == scoring.MethodRating {
			a.Rating = scoring.Decimal(fmt.Sprint(rapid.IntRange(0, 100).Draw(t, "rating")))
		}
		f.Assessments = append(f.Assessments, a)
	}
	if rapid.IntRange(0, 9).Draw(t, "partial") == 0 {
		f.Clauses = []string{scheme.Clauses[0].ID, scheme.Clauses[1].ID}
	}
	f.Specials = make([]scoring.Item, rapid.IntRange(0, 7).Draw(t, "specials"))
	f.Bonuses = make([]scoring.Item, rapid.IntRange(0, 2).Draw(t, "bonuses"))
	return f
}
