package proof

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

// at is a time in minutes after noon.
func at(minutes float64) time.Time {
	return time.Date(2026, 11, 1, 12, 0, 0, 0, time.UTC).Add(time.Duration(minutes * float64(time.Minute)))
}

// Witnesses saw 10 leaves at 12:10, 20 at 12:20 and 30 at 12:30. The skew is one minute.
func TestSandwich(t *testing.T) {
	s := NewSandwich([]Witnessed{{30, at(30)}, {10, at(10)}, {20, at(20)}}, time.Minute)
	for _, c := range []struct {
		name                string
		index               uint64
		recorded            float64
		outcome             Outcome
		notBefore, notAfter float64 // -1 for none
	}{
		{"the first event", 0, 5, Bounded, -1, 11},
		{"nobody had looked before: any early time", 0, -600, Bounded, -1, 11},
		{"the first event, later than it was seen", 0, 12, PostDated, -1, 11},
		{"the last of the first ten", 9, 11, Bounded, -1, 11},
		{"the eleventh", 10, 15, Bounded, 9, 21},
		{"the eleventh within the skew below", 10, 9, Bounded, 9, 21},
		{"the eleventh, back-dated", 10, 8.99, BackDated, 9, 21},
		{"the eleventh within the skew above", 10, 21, Bounded, 9, 21},
		{"the eleventh, post-dated", 10, 21.01, PostDated, 9, 21},
		{"the thirtieth", 29, 25, Bounded, 19, 31},
		{"not seen yet", 30, 35, Unwitnessed, 29, -1},
		{"not seen yet, in the far future", 99, 6000, Unwitnessed, 29, -1},
		{"not seen yet, and back-dated", 30, 10, BackDated, 29, -1},
	} {
		p := s.Place(c.index, at(c.recorded))
		want := Placement{Outcome: c.outcome}
		if c.notBefore >= 0 {
			want.NotBefore = at(c.notBefore)
		}
		if c.notAfter >= 0 {
			want.NotAfter = at(c.notAfter)
		}
		if p != want {
			t.Errorf("%s: %v, want %v", c.name, p, want)
		}
	}
}

func TestSandwichOddities(t *testing.T) {
	if p := NewSandwich(nil, 0).Place(3, at(0)); p != (Placement{Outcome: Unwitnessed}) {
		t.Errorf("nobody looked: %v", p)
	}
	// The same size seen three times: the first time bounds from above, the last from below.
	s := NewSandwich([]Witnessed{{10, at(15)}, {10, at(10)}, {10, at(20)}}, 0)
	if p := s.Place(9, at(5)); p.NotAfter != at(10) || !p.NotBefore.IsZero() {
		t.Errorf("before it: %v", p)
	}
	if p := s.Place(10, at(25)); p.NotBefore != at(20) || !p.NotAfter.IsZero() {
		t.Errorf("after it: %v", p)
	}
	// The clock of a witness ran backwards: no time fits between, and the earlier is believed above.
	s = NewSandwich([]Witnessed{{10, at(30)}, {20, at(20)}}, 0)
	if p := s.Place(5, at(25)); p.Outcome != PostDated || p.NotAfter != at(20) {
		t.Errorf("below both: %v", p)
	}
	if p := s.Place(15, at(25)); p.Outcome != BackDated || p.NotBefore != at(30) || p.NotAfter != at(20) {
		t.Errorf("between them: %v", p)
	}
	if p := s.Place(25, at(29)); p.Outcome != BackDated {
		t.Errorf("above both: %v", p)
	}
	// A witness that saw the empty log bounds every event from below.
	if p := NewSandwich([]Witnessed{{0, at(0)}}, 0).Place(0, at(-1)); p.Outcome != BackDated {
		t.Errorf("the empty log: %v", p)
	}
}

// The definition, word for word.
func TestSandwichIsItsDefinition(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var witnessed []Witnessed
		for range rapid.IntRange(0, 6).Draw(t, "witnessed") {
			witnessed = append(witnessed, Witnessed{
				Size: rapid.Uint64Range(0, 8).Draw(t, "size"),
				Time: at(float64(rapid.IntRange(0, 9).Draw(t, "time"))),
			})
		}
		index, recorded := rapid.Uint64Range(0, 9).Draw(t, "index"), at(float64(rapid.IntRange(0, 12).Draw(t, "recorded")))
		skew := time.Duration(rapid.IntRange(0, 2).Draw(t, "skew")) * time.Minute
		want := Placement{Outcome: Unwitnessed}
		for _, w := range witnessed {
			if w.Size <= index && (want.NotBefore.IsZero() || w.Time.Add(-skew).After(want.NotBefore)) {
				want.NotBefore = w.Time.Add(-skew)
			}
			if w.Size > index && (want.NotAfter.IsZero() || w.Time.Add(skew).Before(want.NotAfter)) {
				want.NotAfter, want.Outcome = w.Time.Add(skew), Bounded
			}
		}
		if want.Outcome == Bounded && recorded.After(want.NotAfter) {
			want.Outcome = PostDated
		}
		if !want.NotBefore.IsZero() && recorded.Before(want.NotBefore) {
			want.Outcome = BackDated
		}
		if got := NewSandwich(witnessed, skew).Place(index, recorded); got != want {
			t.Fatalf("%v, want %v", got, want)
		}
	})
}
