package scoring_test

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/go-json-experiment/json"

	"starledger/schemas"
	"starledger/scoring"
)

// A document is a scheme as loose JSON, to be spoiled by tests.
type document map[string]any

func (d document) list(name string) []document {
	var list []document
	for _, item := range d[name].([]any) {
		list = append(list, item.(map[string]any))
	}
	return list
}

func (d document) object(name string) document { return d[name].(map[string]any) }

// edited is the standard's document after a change.
func edited(t testing.TB, change func(document)) []byte {
	t.Helper()
	return editedFrom(t, standard(t), change)
}

// editedFrom is a scheme's document after a change.
func editedFrom(t testing.TB, s *scoring.Scheme, change func(document)) []byte {
	t.Helper()
	d := document{}
	if err := json.Unmarshal(s.Canonical(), &d); err != nil {
		t.Fatal(err)
	}
	change(d)
	b, err := json.Marshal(d)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func mustParse(t testing.TB, b []byte) *scoring.Scheme {
	t.Helper()
	s, err := scoring.ParseScheme(b)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// Released schemes never change: audits are pinned to these digests. A new scheme adds a row.
func TestReleasedSchemesAreFrozen(t *testing.T) {
	frozen := map[string]string{
		"cts-2025@1":      "sha256:89d94db6411a5731d2a491e3fe37f2a78e0ee8c623346283e96c9710d33fde4d",
		"completeness@0":  "sha256:69f773a380e1b775ee9d0b9531ca1cd5c4456857688ac65887ff49d96d4f53bd",
		"maturity@0":      "sha256:2eeeedcb5fb241270b61454d66a61fdef895d60967f6060bb1bf4d9dea73c2e2",
		"gbt27922-2011@1": "sha256:0b368862dbede30b5d572690a196ff6310fee43c2df4c25e8d8246afc74cd070",
	}
	for _, s := range shipped(t) {
		id, version := s.Ref()
		if got := s.Digest(); got != frozen[id+"@"+version] {
			t.Errorf("%s@%s: digest %s", id, version, got)
		}
	}
}

// The shipped schemes agree with R1.
func TestShippedSchemesAddUp(t *testing.T) {
	for id, s := range scorable(t) {
		chapters := map[string]scoring.Number{}
		for _, clause := range s.Clauses {
			points, err := clause.Points.Number()
			if err != nil {
				t.Fatal(err)
			}
			chapters[clause.Chapter] = chapters[clause.Chapter].Add(points)
		}
		for chapter, want := range map[string]string{"5.1": "40", "5.2": "35", "5.3": "25"} {
			if got := chapters[chapter].Value(); got != want {
				t.Errorf("%s: chapter %s adds up to %s, want %s", id, chapter, got, want)
			}
		}
		if len(s.Clauses) != 50 || !s.Scorable() {
			t.Errorf("%s: %d clauses, scorable %t", id, len(s.Clauses), s.Scorable())
		}
	}
	if clause, ok := standard(t).Clause("5.2.2.1"); !ok || *clause.Points != "1.5" || clause.Section != "5.2.2" {
		t.Errorf("5.2.2.1: %+v, %t", clause, ok)
	}
	if _, ok := standard(t).Clause("5.9"); ok {
		t.Error("found clause 5.9")
	}
}

// What GET shows is what POST takes.
func TestCanonicalRoundTrip(t *testing.T) {
	for id, s := range shipped(t) {
		again := mustParse(t, s.Canonical())
		if again.Digest() != s.Digest() || !bytes.Equal(again.Canonical(), s.Canonical()) {
			t.Errorf("%s changes when read again", id)
		}
	}
}

// R11: a document without a cap has the default.
func TestCapDefault(t *testing.T) {
	if s := mustParse(t, edited(t, func(d document) { delete(d, "cap") })); s.Digest() != standard(t).Digest() {
		t.Errorf("cap %q", s.Cap)
	}
}

// A scheme whose weights are not known is taken for reading, even without grades.
func TestSchemeWithoutWeights(t *testing.T) {
	s := mustParse(t, edited(t, func(d document) {
		for _, clause := range d.list("clauses") {
			clause["points"] = nil
		}
		for _, name := range []string{"special_deductions", "bonus", "minimum", "grades"} {
			delete(d, name)
		}
	}))
	if s.Scorable() {
		t.Error("scorable without points")
	}
	mustParse(t, s.Canonical())
}

func TestParseSchemeRefuses(t *testing.T) {
	long := strings.Repeat("x", 10_001)
	first := func(d document, list string) document { return d.list(list)[0] }
	limit := func(d document) document { return d.object("special_deductions").object("limit") }
	bands := func(bounds ...string) func(document) {
		return func(d document) {
			var list []any
			for i := 1; i < len(bounds); i++ {
				list = append(list, map[string]any{
					"id": fmt.Sprint(i), "name": map[string]any{"zh": "级"}, "from": bounds[i-1], "to": bounds[i],
				})
			}
			d["bands"] = list
		}
	}
	for _, row := range []struct {
		pointer, code string
		malformed     bool
		change        func(document)
	}{
		{"/colour", "unknown-member", true, func(d document) { d["colour"] = "red" }},
		{"/clauses/0/weight", "unknown-member", true, func(d document) { first(d, "clauses")["weight"] = 1 }},
		{"/minimum", "wrong-type", true, func(d document) { d["minimum"] = 70 }},
		{"/bonus/max", "wrong-type", true, func(d document) { d.object("bonus")["max"] = 1.5 }},
		{"/deletions", "missing-member", true, func(d document) { delete(d, "deletions") }},
		{"/grades", "missing-member", true, func(d document) { d["grades"] = nil }},
		{"/title/zh", "missing-member", true, func(d document) { d["title"] = map[string]any{"en": "x"} }},
		{"/id", "bad-name", false, func(d document) { d["id"] = "a b" }},
		{"/version", "bad-name", false, func(d document) { d["version"] = ".1" }},
		{"/source", "too-long", false, func(d document) { d["source"] = long }},
		{"/filing_number", "too-long", false, func(d document) { d["filing_number"] = long }},
		{"/in_force_from", "not-a-date", false, func(d document) { d["in_force_from"] = "2012-02-30" }},
		{"/in_force_until", "not-a-date", false, func(d document) { d["in_force_until"] = "soon" }},
		{"/in_force_until", "dates-out-of-order", false, func(d document) { d["in_force_until"] = "2012-01-31" }},
		{"/method", "unknown-method", false, func(d document) { d["method"] = "guess" }},
		{"/sampled_deductions", "sampled-under-rating", false, func(d document) { d["method"] = "rating" }},
		{"/chapters", "empty-list", false, func(d document) { d["chapters"] = []any{} }},
		{"/chapters/1/id", "duplicate-id", false, func(d document) { d.list("chapters")[1]["id"] = "5.1" }},
		{"/sections/0/chapter", "unknown-chapter", false, func(d document) { first(d, "sections")["chapter"] = "6" }},
		{"/clauses/0/id", "bad-name", false, func(d document) { first(d, "clauses")["id"] = "5.1.1.1\n" }},
		{"/clauses/1/id", "duplicate-id", false, func(d document) { d.list("clauses")[1]["id"] = "5.1.1.1" }},
		{"/clauses/0/chapter", "unknown-chapter", false, func(d document) { first(d, "clauses")["chapter"] = "6" }},
		{"/clauses/0/section", "unknown-section", false, func(d document) { first(d, "clauses")["section"] = "5.2.1" }},
		{"/clauses/0/points", "points-missing", false, func(d document) { first(d, "clauses")["points"] = nil }},
		{"/clauses/0/points", "not-a-decimal", false, func(d document) { first(d, "clauses")["points"] = "-1" }},
		{"/clauses/0/basis", "unknown-basis", false, func(d document) { first(d, "clauses")["basis"] = "guess" }},
		{"/clauses/0/basis", "unknown-basis", false, func(d document) {
			d["sampled_deductions"], first(d, "clauses")["basis"] = false, "sampled"
		}},
		{"/combination/with/id", "bad-name", false, combined("id", "a b")},
		{"/combination/with/digest", "not-a-digest", false, combined("digest", "sha256:00")},
		{"/combination/rule", "unknown-rule", false, func(d document) { combined("", "")(d); d.object("combination")["rule"] = "sum" }},
		{"/combination/share", "share-not-expected", false, func(d document) { combined("", "")(d); d.object("combination")["share"] = "40" }},
		{"/combination/share", "not-a-decimal", false, func(d document) { combined("", "")(d); d.object("combination")["rule"] = "weighted" }},
		{"/combination/share", "out-of-range", false, func(d document) {
			combined("", "")(d)
			d.object("combination")["rule"], d.object("combination")["share"] = "weighted", "100.1"
		}},
		{"/full_marks", "points-do-not-sum", false, func(d document) { first(d, "clauses")["points"] = "1.000001" }},
		{"/full_marks", "not-positive", false, func(d document) { d["full_marks"] = "0" }},
		{"/cap", "not-a-decimal", false, func(d document) { d["cap"] = "high" }},
		{"/minimum", "above-cap", false, func(d document) { d["minimum"] = "101" }},
		{"/special_deductions/limit/operator", "unknown-operator", false, func(d document) { limit(d)["operator"] = "=" }},
		{"/special_deductions/limit/count", "out-of-range", false, func(d document) { limit(d)["count"] = -1 }},
		{"/special_deductions/triggers", "empty-list", false, func(d document) { d.object("special_deductions")["triggers"] = []any{} }},
		{"/bonus/max", "out-of-range", false, func(d document) { d.object("bonus")["max"] = 1001 }},
		{"/grades/0/min", "below-minimum", false, func(d document) { first(d, "grades")["min"] = "69.5" }},
		{"/grades/1/min", "grades-out-of-order", false, func(d document) { d.list("grades")[1]["min"] = "70" }},
		{"/grades/3/min", "above-cap", false, func(d document) { d.list("grades")[3]["min"] = "100.1" }},
		{"/bands", "bands-not-contiguous", false, bands("0", "60")},
		{"/bands/1/from", "bands-not-contiguous", false, bands("0", "60", "50", "100")},
		{"/notes", "too-many", false, func(d document) {
			notes := make([]any, 1001)
			for i := range notes {
				notes[i] = map[string]any{"zh": "注"}
			}
			d["notes"] = notes
		}},
	} {
		err := refused(t, edited(t, row.change))
		if !has(err, row.pointer, row.code) || errors.Is(err, scoring.ErrMalformed) != row.malformed {
			t.Errorf("want %s %s, malformed %t; got %v", row.pointer, row.code, row.malformed, err)
		}
	}
}

func TestParseSchemeRefusesBrokenDocuments(t *testing.T) {
	for _, row := range []struct{ name, document, pointer, code string }{
		{"nothing", "", "", "malformed"},
		{"cut off", `{"id":`, "/id", "malformed"},
		{"trailing data", `{} {}`, "", "malformed"},
		{"no object", `[]`, "", "wrong-type"},
		{"null", `null`, "/id", "missing-member"},
		{"twice", `{"id":"a","id":"b"}`, "/id", "duplicate-member"},
		{"bad UTF-8", "{\"id\":\"\xff\"}", "/id", "malformed"},
		{"too large", strings.Repeat(" ", 1<<20+1), "", "too-large"},
	} {
		if err := refused(t, []byte(row.document)); !has(err, row.pointer, row.code) {
			t.Errorf("%s: %v", row.name, err)
		}
	}
	many := refused(t, edited(t, func(d document) {
		for _, clause := range d.list("clauses") {
			clause["text"], clause["chapter"] = "", "6"
		}
	}))
	if len(many) != 50 || !errors.Is(many, scoring.ErrMalformed) || errors.Is(many, scoring.ErrNoWeights) {
		t.Errorf("%d problems", len(many))
	}
}

func refused(t testing.TB, b []byte) scoring.ProblemList {
	t.Helper()
	var problems scoring.ProblemList
	if _, err := scoring.ParseScheme(b); !errors.As(err, &problems) || problems.Error() == "" {
		t.Fatalf("not refused: %v", err)
	}
	return problems
}

func has(problems scoring.ProblemList, pointer, code string) bool {
	for _, p := range problems {
		if p.Pointer == pointer && p.Code == code {
			return true
		}
	}
	return false
}

func FuzzParseScheme(f *testing.F) {
	documents, err := schemas.Schemes()
	if err != nil {
		f.Fatal(err)
	}
	for _, document := range documents {
		f.Add(document)
	}
	f.Add([]byte(`{"id":"a","id":"b"}`))
	f.Add(edited(f, func(d document) { d["grades"] = []any{} }))
	f.Fuzz(func(t *testing.T, b []byte) {
		s, err := scoring.ParseScheme(b)
		if err != nil {
			return
		}
		if again := mustParse(t, s.Canonical()); again.Digest() != s.Digest() {
			t.Error("changes when read again")
		}
		if !s.Scorable() {
			return
		}
		// No facts: nothing is lost.
		r, err := scoring.Score(scoring.Facts{}, s)
		if err != nil || r.Earned.Cmp(r.Involved) != 0 {
			t.Errorf("score without facts: %v", err)
		}
	})
}
