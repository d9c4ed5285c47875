package scoring_test

import (
	"fmt"
	"math/big"
	"testing"

	"pgregory.net/rapid"

	"starledger/scoring"
)

// drawFacts makes an audit up: any clauses assessed, deducted, deleted; never all deleted.
func drawFacts(t *rapid.T, s *scoring.Scheme) scoring.Facts {
	clause := func(label string) string {
		return s.Clauses[rapid.IntRange(0, len(s.Clauses)-1).Draw(t, label)].ID
	}
	var f scoring.Facts
	for i := range rapid.IntRange(0, 60).Draw(t, "assessments") {
		assessment := scoring.Assessment{Clause: clause("assessed"), Conforming: true, Seq: uint64(i)}
		if s.Method == scoring.MethodRating {
			assessment.Rating = scoring.Decimal(fmt.Sprint(rapid.IntRange(0, 100).Draw(t, "rating")))
		}
		f.Assessments = append(f.Assessments, assessment)
	}
	for i := range rapid.IntRange(0, 20).Draw(t, "deductions") {
		d := whole(fmt.Sprint("D", i+1), clause("deducted"))
		if s.SampledDeductions && rapid.Bool().Draw(t, "by sample") {
			size := rapid.IntRange(1, 1<<40).Draw(t, "size")
			d = sampled(d.ID, d.Clause, rapid.IntRange(0, size).Draw(t, "nonconforming"), size)
		}
		d.Seq = uint64(100 + i)
		f.Deductions = append(f.Deductions, d)
	}
	for i := range rapid.IntRange(0, 5).Draw(t, "deletions") {
		f.Deletions = append(f.Deletions, scoring.Deletion{ID: fmt.Sprint("X", i+1), Clause: clause("deleted"), Seq: uint64(200 + i)})
	}
	f.Specials = make([]scoring.Item, rapid.IntRange(0, 7).Draw(t, "specials"))
	f.Bonuses = make([]scoring.Item, rapid.IntRange(0, 2).Draw(t, "bonuses"))
	return f
}

// underBoth runs a property under both methods.
func underBoth(t *testing.T, property func(*rapid.T, *scoring.Scheme)) {
	for id, s := range scorable(t) {
		t.Run(id, rapid.MakeCheck(func(t *rapid.T) { property(t, s) }))
	}
}

func mustScore(t *rapid.T, f scoring.Facts, s *scoring.Scheme) *scoring.Result {
	r, err := scoring.Score(f, s)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// summary is everything a score says, as text.
func summary(r *scoring.Result) string {
	return fmt.Sprint(r.Involved.Fraction(), r.Earned.Fraction(), r.Score.Fraction(), r.Uncapped.Fraction(), r.Final.Fraction(),
		gradeOf(r), r.Passed != nil && *r.Passed, r.Passed != nil, r.Reasons, r.Assessed, r.InvolvedClauses, r.Provisional, r.Specials, r.Bonus)
}

func TestOrderOfAdditiveFactsDoesNotMatter(t *testing.T) {
	underBoth(t, func(t *rapid.T, s *scoring.Scheme) {
		f := drawFacts(t, s)
		before := summary(mustScore(t, f, s))
		f.Deductions = rapid.Permutation(f.Deductions).Draw(t, "deductions in another order")
		f.Deletions = rapid.Permutation(f.Deletions).Draw(t, "deletions in another order")
		if after := summary(mustScore(t, f, s)); after != before {
			t.Errorf("before %s, after %s", before, after)
		}
	})
}

// A tally that facts are added to one by one, of whatever kind, comes after each to what all of them at once come to.
func TestTallyOfFactsOneByOne(t *testing.T) {
	underBoth(t, func(t *rapid.T, s *scoring.Scheme) {
		all, so := drawFacts(t, s), scoring.Facts{}
		if rapid.Bool().Draw(t, "partial") {
			for _, clause := range s.Clauses[:rapid.IntRange(10, len(s.Clauses)).Draw(t, "covered")] {
				so.Clauses = append(so.Clauses, clause.ID)
			}
		}
		tally, err := scoring.NewTally(so, s)
		if err != nil {
			t.Fatal(err)
		}
		for range rapid.IntRange(0, 50).Draw(t, "facts") {
			kind := rapid.IntRange(0, 4).Draw(t, "kind")
			switch {
			case kind == 0 && len(all.Assessments) > len(so.Assessments):
				so.Assessments = all.Assessments[:len(so.Assessments)+1]
				err = tally.Assess(so.Assessments[len(so.Assessments)-1])
			case kind == 1 && len(all.Deductions) > len(so.Deductions):
				so.Deductions = all.Deductions[:len(so.Deductions)+1]
				err = tally.Deduct(so.Deductions[len(so.Deductions)-1])
			case kind == 2 && len(all.Deletions) > len(so.Deletions):
				so.Deletions = all.Deletions[:len(so.Deletions)+1]
				err = tally.Delete(so.Deletions[len(so.Deletions)-1])
			case kind == 3 && len(all.Specials) > len(so.Specials):
				so.Specials = all.Specials[:len(so.Specials)+1]
				tally.AddSpecial()
			case kind == 4 && len(all.Bonuses) > len(so.Bonuses):
				so.Bonuses = all.Bonuses[:len(so.Bonuses)+1]
				tally.AddBonus()
			}
			if err != nil {
				t.Fatal(err)
			}
			got, err := tally.Outcome()
			if err != nil {
				t.Fatal(err)
			}
			want := mustScore(t, so, s)
			if summary(&scoring.Result{Outcome: got}) != summary(want) || got.Partial != want.Partial {
				t.Fatalf("one by one %+v, at once %+v", got, want.Outcome)
			}
		}
	})
}

func TestRevokingRestores(t *testing.T) {
	underBoth(t, func(t *rapid.T, s *scoring.Scheme) {
		f := drawFacts(t, s)
		before := summary(mustScore(t, f, s))
		more := f
		more.Deductions = append(f.Deductions[:len(f.Deductions):len(f.Deductions)], whole("D99", "5.3.2.2"))
		more.Deletions = append(f.Deletions[:len(f.Deletions):len(f.Deletions)], scoring.Deletion{ID: "X99", Clause: "5.3.1.4"})
		more.Specials = append(f.Specials[:len(f.Specials):len(f.Specials)], scoring.Item{ID: "S99"})
		mustScore(t, more, s)
		if after := summary(mustScore(t, f, s)); after != before {
			t.Errorf("before %s, after %s", before, after)
		}
	})
}

// What is lost and what is earned come to the points of each clause that counts.
func TestLossesAreWhatIsNotEarned(t *testing.T) {
	underBoth(t, func(t *rapid.T, s *scoring.Scheme) {
		result := mustScore(t, drawFacts(t, s), s)
		losses := result.Losses()
		for _, clause := range result.Clauses() {
			worth, _ := new(big.Rat).SetString(string(clause.Points))
			points, err := scoring.ParseNumber(worth.String())
			if err != nil {
				t.Fatal(err)
			}
			if lost := points.Sub(clause.Earned); !clause.Deleted && lost.Cmp(scoring.Whole(0)) > 0 {
				if len(losses) == 0 || losses[0].Clause != clause.Clause || losses[0].Lost.Cmp(lost) != 0 {
					t.Fatalf("%s lost %s, the first left of the losses is %+v", clause.Clause, lost.Fraction(), losses)
				}
				losses = losses[1:]
			}
		}
		if len(losses) > 0 {
			t.Errorf("nothing was lost of %+v", losses)
		}
	})
}

func TestDeletionChangesNoOtherFormula(t *testing.T) {
	underBoth(t, func(t *rapid.T, s *scoring.Scheme) {
		f := drawFacts(t, s)
		before := mustScore(t, f, s).Clauses()
		const gone = "5.3.1.3"
		f.Deletions = append(f.Deletions, scoring.Deletion{ID: "X99", Clause: gone, Seq: 999})
		for i, clause := range mustScore(t, f, s).Clauses() {
			if clause.Clause == gone {
				if clause.Formula != "deleted" || clause.Earned.Value() != "0" {
					t.Errorf("deleted clause: %+v", clause)
				}
				continue
			}
			if now, then := explained(clause), explained(before[i]); now != then {
				t.Errorf("before %s, after %s", then, now)
			}
		}
	})
}

func explained(c scoring.ClauseResult) string {
	return fmt.Sprint(c.Clause, c.Formula, c.Earned.Fraction(), c.Deleted, c.Assessed, c.Rating, c.Events)
}

func TestEarnedAddsUpAndFinalStaysInRange(t *testing.T) {
	underBoth(t, func(t *rapid.T, s *scoring.Scheme) {
		r := mustScore(t, drawFacts(t, s), s)
		var earned scoring.Number
		for _, clause := range r.Clauses() {
			earned = earned.Add(clause.Earned)
			points, err := clause.Points.Number()
			if err != nil || clause.Earned.Cmp(points) > 0 || clause.Earned.Cmp(scoring.Number{}) < 0 {
				t.Errorf("clause %s earns %s of %s", clause.Clause, clause.Earned.Value(), clause.Points)
			}
		}
		if earned.Cmp(r.Earned) != 0 {
			t.Errorf("clauses add up to %s, earned %s", earned.Fraction(), r.Earned.Fraction())
		}
		if limit, err := s.Cap.Number(); err != nil || r.Final.Cmp(scoring.Number{}) < 0 || r.Final.Cmp(limit) > 0 {
			t.Errorf("final %s", r.Final.Fraction())
		}
	})
}

// The same final value from the rules written down plainly over big.Rat.
func TestScoreAgreesWithPlainReference(t *testing.T) {
	underBoth(t, func(t *rapid.T, s *scoring.Scheme) {
		f := drawFacts(t, s)
		if got, want := mustScore(t, f, s).Final.Fraction(), reference(f, s).String(); got != want {
			t.Errorf("final %s, reference %s", got, want)
		}
	})
}

func reference(f scoring.Facts, s *scoring.Scheme) *big.Rat {
	rat := func(d scoring.Decimal) *big.Rat {
		r, _ := new(big.Rat).SetString(string(d))
		return r
	}
	smaller := func(a, b *big.Rat) *big.Rat {
		if a.Cmp(b) < 0 {
			return a
		}
		return b
	}
	involved, earned := new(big.Rat), new(big.Rat)
	for _, clause := range s.Clauses {
		if contains(f.Deletions, clause.ID) {
			continue
		}
		points, lost := rat(*clause.Points), new(big.Rat)
		for _, a := range f.Assessments {
			if a.Clause == clause.ID && a.Rating != "" {
				share := new(big.Rat).Quo(rat(a.Rating), big.NewRat(100, 1))
				lost = new(big.Rat).Sub(points, new(big.Rat).Mul(points, share))
			}
		}
		for _, d := range f.Deductions {
			if d.Clause != clause.ID {
				continue
			}
			share := big.NewRat(1, 1)
			if d.Basis == scoring.Sampled {
				share = big.NewRat(int64(d.Sample.Nonconforming), int64(d.Sample.Size))
			}
			lost.Add(lost, share.Mul(share, points))
		}
		involved.Add(involved, points)
		earned.Add(earned, new(big.Rat).Sub(points, smaller(lost, points)))
	}
	final := new(big.Rat).Quo(earned, involved)
	final.Mul(final, big.NewRat(100, 1))
	final.Sub(final, big.NewRat(int64(len(f.Specials)), 1))
	final.Add(final, big.NewRat(int64(min(len(f.Bonuses), 1)), 1))
	if final.Sign() < 0 {
		return new(big.Rat)
	}
	return smaller(final, big.NewRat(100, 1))
}

func contains(deletions []scoring.Deletion, clause string) bool {
	for _, d := range deletions {
		if d.Clause == clause {
			return true
		}
	}
	return false
}
