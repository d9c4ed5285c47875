package scoring_test

import (
	"fmt"
	"testing"

	"starledger/scoring"
)

// busy is an audit as they come: 50 clauses assessed, 15 deductions, a deletion, a special
// deduction and a bonus.
func busy(s *scoring.Scheme) scoring.Facts {
	f := assessed(s)
	for i, size := range []int{10, 12, 15, 20, 25, 30, 40, 50, 60, 80} {
		f.Deductions = append(f.Deductions, sampled(fmt.Sprint("D", i+1), s.Clauses[3*i].ID, i+1, size))
	}
	for i := range 5 {
		f.Deductions = append(f.Deductions, whole(fmt.Sprint("D", i+11), s.Clauses[3*i+1].ID))
	}
	f.Deletions = []scoring.Deletion{{ID: "X1", Clause: "5.2.5.5", Seq: 90}}
	f.Specials = []scoring.Item{{ID: "S1", Seq: 91}}
	f.Bonuses = []scoring.Item{{ID: "B1", Seq: 92}}
	return f
}

func BenchmarkScore(b *testing.B) {
	s := standard(b)
	f := busy(s)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := scoring.Score(f, s); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkTally adds one deduction to such an audit, and asks what it comes to.
func BenchmarkTally(b *testing.B) {
	s := standard(b)
	tally, err := scoring.NewTally(busy(s), s)
	if err != nil {
		b.Fatal(err)
	}
	deduction := sampled("D99", s.Clauses[0].ID, 1, 30)
	b.ReportAllocs()
	for b.Loop() {
		if err := tally.Deduct(deduction); err != nil {
			b.Fatal(err)
		}
		if _, err := tally.Outcome(); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkScoreBig has sample sizes whose common multiple fits no machine word.
func BenchmarkScoreBig(b *testing.B) {
	s := standard(b)
	f := assessed(s)
	primes := []int{53, 59, 61, 67, 71, 73, 79, 83, 89, 97, 101, 103, 107, 109, 113}
	for i, prime := range primes {
		f.Deductions = append(f.Deductions, sampled(fmt.Sprint("D", i+1), s.Clauses[i].ID, 7, prime))
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := scoring.Score(f, s); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkScoreRated(b *testing.B) {
	s := rated(b)
	f := allRated(s, "85.5")
	b.ReportAllocs()
	for b.Loop() {
		if _, err := scoring.Score(f, s); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkExplain(b *testing.B) {
	s := standard(b)
	r := score(b, busy(s), s)
	b.ReportAllocs()
	for b.Loop() {
		r.Clauses()
		r.Steps()
	}
}

func BenchmarkDisplay(b *testing.B) {
	n := number(b, "18999/200")
	b.ReportAllocs()
	for b.Loop() {
		_ = n.Value()
		_ = n.Fraction()
	}
}
