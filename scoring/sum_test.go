package scoring_test

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"starledger/scoring"
)

// Sum is what adding one after the other gives, in any order and at any size.
func TestSum(t *testing.T) {
	number := rapid.Custom(func(t *rapid.T) scoring.Number {
		num := scoring.Whole(rapid.SampledFrom([]int64{0, 1, -3, 7, 1 << 40, math.MaxInt64, math.MinInt64 + 1}).Draw(t, "num"))
		return num.Quo(scoring.Whole(rapid.SampledFrom([]int64{1, 2, 3, 30, 1 << 33, math.MaxInt64}).Draw(t, "den")))
	})
	rapid.Check(t, func(t *rapid.T) {
		list := rapid.SliceOf(number).Draw(t, "list")
		var want scoring.Number
		for _, n := range list {
			want = want.Add(n)
		}
		if got := scoring.Sum(list); got.Cmp(want) != 0 {
			t.Fatalf("Sum(%v) = %s, want %s", list, got.Fraction(), want.Fraction())
		}
	})
}
