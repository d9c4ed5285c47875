package scoring_test

import (
	"math"
	"math/big"
	"strconv"
	"testing"

	"github.com/go-json-experiment/json"
	"pgregory.net/rapid"

	"starledger/scoring"
)

func TestValueRoundsHalfToEven(t *testing.T) {
	for fraction, want := range map[string]string{
		"0/1":                           "0",
		"96/1":                          "96",
		"18999/200":                     "94.995",
		"1/3":                           "0.333333",
		"2/3":                           "0.666667",
		"-2/3":                          "-0.666667",
		"1/2000000":                     "0",        // 0.0000005, even below
		"3/2000000":                     "0.000002", // 0.0000015, even above
		"-1/2000000":                    "0",        // never "-0"
		"949999999/10000000":            "95",
		"9223372036854775807/1":         "9223372036854775807",
		"9223372036854775807/2":         "4611686018427387903.5",
		"100000000000000000000/3":       "33333333333333333333.333333",
		"1/200000000000000000000000000": "0",
		"-9223372036854775808/1":        "-9223372036854775808",
		"30000000000000000000003/2000000000000000000000": "15",
	} {
		n := number(t, fraction)
		if n.Value() != want || n.Fraction() != fraction {
			t.Errorf("%s: value %s, fraction %s", fraction, n.Value(), n.Fraction())
		}
	}
	if zero := (scoring.Number{}); zero.Value() != "0" || zero.Fraction() != "0/1" || zero.Cmp(number(t, "0")) != 0 {
		t.Errorf("zero value: %s %s", zero.Value(), zero.Fraction())
	}
}

func TestNumberRefuses(t *testing.T) {
	for _, s := range []string{"", "-", "1/0", "2/4", "1e3", "010/1", "1.50", "+1", "1/-2", ".5", "-0", "a", string(make([]byte, 5000))} {
		if n, err := scoring.ParseNumber(s); err == nil {
			t.Errorf("%q read as %s", s, n.Fraction())
		}
	}
	for _, s := range []string{
		`"96"`, `{"value":"96","fraction":"95/1"}`, `{"value":"96","fraction":"x"}`,
		`{"value":"96","fraction":"96"}`, `{"value":"96","fraction":"96/1","more":1}`,
	} {
		var n scoring.Number
		if err := json.Unmarshal([]byte(s), &n); err == nil {
			t.Errorf("%s read as %s", s, n.Fraction())
		}
	}
}

func TestNumberOutgrowsMachineWord(t *testing.T) {
	largest := number(t, "9223372036854775807")
	if twice := largest.Add(largest); twice.Value() != "18446744073709551614" || twice.Sub(largest).Cmp(largest) != 0 {
		t.Errorf("twice the largest is %s", twice.Value())
	}
}

// drawn is a number of any size: small, at the edge of a machine word, or beyond.
func drawn(t *rapid.T, label string) *big.Rat {
	part := rapid.OneOf(
		rapid.Int64Range(-1000, 1000),
		rapid.Int64(),
		rapid.SampledFrom([]int64{math.MinInt64, math.MaxInt64, math.MinInt64 + 1, 1 << 32, 0, 1}),
	)
	num, den := big.NewInt(part.Draw(t, label)), big.NewInt(part.Draw(t, label+" den"))
	if rapid.Bool().Draw(t, label+" wide") {
		num.Mul(num, big.NewInt(part.Draw(t, label+" factor")))
	}
	if den.Sign() == 0 {
		den.SetInt64(7)
	}
	return new(big.Rat).SetFrac(num, den)
}

// Machine words and big.Rat give the same answers, and what is written is read back.
func TestNumberAgreesWithRat(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := drawn(t, "a"), drawn(t, "b")
		n, err := scoring.ParseNumber(a.String())
		if err != nil {
			t.Fatal(err)
		}
		m, err := scoring.ParseNumber(b.String())
		if err != nil {
			t.Fatal(err)
		}
		if got, want := n.Add(m).Fraction(), new(big.Rat).Add(a, b).String(); got != want {
			t.Errorf("%v + %v = %s, want %s", a, b, got, want)
		}
		if got, want := n.Sub(m).Fraction(), new(big.Rat).Sub(a, b).String(); got != want {
			t.Errorf("%v − %v = %s, want %s", a, b, got, want)
		}
		count := rapid.Int64().Draw(t, "count")
		if got, want := n.Times(count).Fraction(), new(big.Rat).Mul(a, new(big.Rat).SetInt64(count)).String(); got != want && got != want+"/1" {
			t.Errorf("%v × %d = %s, want %s", a, count, got, want)
		}
		if got, want := n.Cmp(m), a.Cmp(b); got != want {
			t.Errorf("%v against %v: %d, want %d", a, b, got, want)
		}
		if got := n.Add(m).Sub(m); got.Cmp(n) != 0 || got.Value() != n.Value() {
			t.Errorf("%v + %v − %v = %s", a, b, b, got.Fraction())
		}
		if got, want := n.Value(), rounded(a); got != want {
			t.Errorf("%v shown as %s, want %s", a, got, want)
		}
		written, err := json.Marshal(n)
		if err != nil {
			t.Fatal(err)
		}
		var again scoring.Number
		if err := json.Unmarshal(written, &again); err != nil || again.Cmp(n) != 0 {
			t.Errorf("%s read as %s: %v", written, again.Fraction(), err)
		}
	})
}

// rounded is a second way to six decimals, half to even: by the distance to both neighbours.
func rounded(r *big.Rat) string {
	scaled := new(big.Rat).Mul(r, big.NewRat(1_000_000, 1))
	floor := new(big.Int).Div(scaled.Num(), scaled.Denom()) // Euclidean: rounds down
	above := new(big.Rat).Sub(scaled, new(big.Rat).SetInt(floor))
	if c := above.Cmp(big.NewRat(1, 2)); c > 0 || c == 0 && floor.Bit(0) == 1 {
		floor.Add(floor, big.NewInt(1))
	}
	text := new(big.Rat).SetFrac(floor, big.NewInt(1_000_000)).FloatString(6)
	for text[len(text)-1] == '0' {
		text = text[:len(text)-1]
	}
	if text[len(text)-1] == '.' {
		text = text[:len(text)-1]
	}
	return text
}

func TestDecimal(t *testing.T) {
	for s, want := range map[string]string{
		"0": "0/1", "0.5": "1/2", "1.5": "3/2", "100": "100/1", "10": "10/1", "0.000": "0/1",
		"85.50": "171/2", "999999999999": "999999999999/1", "0.00000000001": "1/100000000000",
	} {
		d, err := scoring.ParseDecimal(s)
		if err != nil {
			t.Fatal(err)
		}
		if n, err := d.Number(); err != nil || n.Fraction() != want {
			t.Errorf("%s is %s, want %s: %v", s, n.Fraction(), want, err)
		}
	}
	for _, s := range []string{"", ".", "1.", ".5", "-1", "+1", "1e2", "00", "01", "01.5", "1.2.3", " 1", "1 ", "１", "1234567890123", "0.123456789012"} {
		if _, err := scoring.ParseDecimal(s); err == nil {
			t.Errorf("%q is no decimal", s)
		}
		if _, err := scoring.Decimal(s).Number(); err == nil {
			t.Errorf("%q has no value", s)
		}
	}
}

func FuzzParseDecimal(f *testing.F) {
	for _, s := range []string{"0", "1.5", "100", "01", "1.", "999999999999", "-1", "1e9"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := scoring.ParseDecimal(s)
		if err != nil {
			return
		}
		n, err := d.Number()
		if err != nil || string(d) != s {
			t.Fatalf("%q kept as %q: %v", s, d, err)
		}
		want, ok := new(big.Rat).SetString(s)
		if !ok || n.Fraction() != want.String() {
			t.Errorf("%q is %s", s, n.Fraction())
		}
		if whole, err := strconv.ParseInt(s, 10, 64); err == nil && n.Fraction() != strconv.FormatInt(whole, 10)+"/1" {
			t.Errorf("%q is %s", s, n.Fraction())
		}
	})
}

func FuzzParseNumber(f *testing.F) {
	for _, s := range []string{"96/1", "-1/3", "94.995", "1/0", "010", "-0"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n, err := scoring.ParseNumber(s)
		if err == nil && n.Fraction() != s && n.Value() != s {
			t.Errorf("%q read as %s", s, n.Fraction())
		}
	})
}
