package scoring_test

import (
	"testing"

	"starledger/schemas"
	"starledger/scoring"
)

// shipped returns the schemes inside the binary, by id.
func shipped(t testing.TB) map[string]*scoring.Scheme {
	t.Helper()
	documents, err := schemas.Schemes()
	if err != nil {
		t.Fatal(err)
	}
	byID := make(map[string]*scoring.Scheme, len(documents))
	for _, document := range documents {
		scheme, err := scoring.ParseScheme(document)
		if err != nil {
			t.Fatal(err)
		}
		byID[scheme.ID] = scheme
	}
	return byID
}

// scorable returns the shipped schemes that have points.
func scorable(t testing.TB) map[string]*scoring.Scheme {
	t.Helper()
	list := shipped(t)
	for id, s := range list {
		if !s.Scorable() {
			delete(list, id)
		}
	}
	return list
}

func standard(t testing.TB) *scoring.Scheme { return shipped(t)["gbt27922-2011"] }

func rated(t testing.TB) *scoring.Scheme { return shipped(t)["cts-2025"] }

// assessed is an audit under method deduction whose clauses were all looked at and conform.
func assessed(s *scoring.Scheme) scoring.Facts {
	var f scoring.Facts
	for _, clause := range s.Clauses {
		f.Assessments = append(f.Assessments, scoring.Assessment{Clause: clause.ID, Conforming: true})
	}
	return f
}

// allRated is an audit under method rating whose clauses all have one rating.
func allRated(s *scoring.Scheme, rating scoring.Decimal) scoring.Facts {
	f := assessed(s)
	for i := range f.Assessments {
		f.Assessments[i].Rating = rating
	}
	return f
}

func whole(id, clause string) scoring.Deduction {
	return scoring.Deduction{ID: id, Clause: clause, Basis: scoring.Qualitative}
}

func sampled(id, clause string, nonconforming, size int) scoring.Deduction {
	sample := scoring.Sample{Size: size, Nonconforming: nonconforming}
	return scoring.Deduction{ID: id, Clause: clause, Basis: scoring.Sampled, Sample: sample}
}

func score(t testing.TB, f scoring.Facts, s *scoring.Scheme) *scoring.Result {
	t.Helper()
	r, err := scoring.Score(f, s)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// gradeOf is the grade's id, or "" for none.
func gradeOf(r *scoring.Result) string {
	if r.Grade == nil {
		return ""
	}
	return r.Grade.ID
}

// number reads a fraction or a decimal of a test's row.
func number(t testing.TB, s string) scoring.Number {
	t.Helper()
	n, err := scoring.ParseNumber(s)
	if err != nil {
		t.Fatal(err)
	}
	return n
}
