package projections

import "testing"

// What is a small number of a score is read as it was written, also where all of it is at its greatest.
func TestJudgementsComeBack(t *testing.T) {
	before := tallied{rest: rest{final: "90/1", grade: "4"}}
	for _, want := range []tallied{
		{},
		{rest: rest{final: "90/1", grade: "4", involved: 1<<20 - 1}},
		{rest: rest{final: "91/1", grade: "4", provisional: true}},
		{rest: rest{final: "90/1", grade: "5", specials: 1 << 20, verdict: passed}},
		{rest: rest{final: "0/1", specials: 1, involved: 50, verdict: failed, provisional: true}},
	} {
		r := rescored{previous: 1, before: before, after: want}
		j := judgementOf(&r)
		got := tallied{rest: want.rest}
		got.provisional, got.verdict, got.involved, got.specials = j.provisional(), j.verdict(), j.involved(), j.specials()
		if got != want || (j&1 == 1) != r.moved() {
			t.Errorf("%+v became %b, which is %+v", want, j, got)
		}
	}
}
