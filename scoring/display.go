package scoring

import (
	"errors"
	"fmt"
	"math/big"
	"math/bits"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json"
)

// Value shows at most six decimals, rounded half to even, without trailing zeros: "94.995", "0".
// It is for reading only; what may decide anything is the Number itself.
func (n Number) Value() string {
	negative := n.sign() < 0
	text := millionths(n)
	if negative && text != "0" {
		return "-" + text
	}
	return text
}

// Fraction shows the exact value in lowest terms: "18999/200", "96/1".
func (n Number) Fraction() string {
	if n.big != nil {
		return n.big.String()
	}
	return strconv.FormatInt(n.num, 10) + "/" + strconv.FormatInt(n.denominator(), 10)
}

// millionths rounds the magnitude of n to millionths and writes it as a decimal.
func millionths(n Number) string {
	const scale = 1_000_000
	if n.big == nil {
		den := uint64(n.denominator())
		if hi, lo := bits.Mul64(magnitude(n.num), scale); hi < den {
			quotient, remainder := bits.Div64(hi, lo, den)
			if rest := den - remainder; remainder > rest || remainder == rest && quotient%2 == 1 {
				quotient++ // cannot wrap: a quotient of all ones has no remainder this large
			}
			return pointed(strconv.FormatUint(quotient, 10))
		}
	}
	return pointed(roundHalfEven(new(big.Rat).Mul(n.rat(), big.NewRat(scale, 1))).String())
}

// roundHalfEven rounds the magnitude of r to an integer.
func roundHalfEven(r *big.Rat) *big.Int {
	quotient, remainder := new(big.Int).QuoRem(new(big.Int).Abs(r.Num()), r.Denom(), new(big.Int))
	half := remainder.Lsh(remainder, 1).Cmp(r.Denom())
	if half > 0 || half == 0 && quotient.Bit(0) == 1 {
		quotient.Add(quotient, big.NewInt(1))
	}
	return quotient
}

// pointed turns a count of millionths into a decimal: "1500000" into "1.5".
func pointed(digits string) string {
	const places = 6
	if len(digits) <= places {
		digits = strings.Repeat("0", places+1-len(digits)) + digits
	}
	whole, fraction := digits[:len(digits)-places], digits[len(digits)-places:]
	fraction = strings.TrimRight(fraction, "0")
	if fraction == "" {
		return whole
	}
	return whole + "." + fraction
}

// ErrNotNumber is the kind of ParseNumber's errors.
var ErrNotNumber = errors.New("not a number")

// maxNumberText bounds what ParseNumber takes in. The widest score of the largest scheme is shorter.
const maxNumberText = 4096

// ParseNumber reads what Fraction or Value wrote, in exactly their form: "18999/200", "-0.5", "96".
// A Value that was rounded gives the rounded number.
func ParseNumber(s string) (Number, error) {
	// Rat takes other notations too: exponents, octal. The characters bound the work, the
	// comparison the form.
	if len(s) > maxNumberText || strings.Trim(s, "0123456789/.-") != "" {
		return Number{}, fmt.Errorf("%w: %.40q", ErrNotNumber, s)
	}
	r, ok := new(big.Rat).SetString(s)
	if !ok {
		return Number{}, fmt.Errorf("%w: %.40q", ErrNotNumber, s)
	}
	n := fromRat(r)
	if s != n.Fraction() && s != n.Value() {
		return Number{}, fmt.Errorf("%w: %.40q", ErrNotNumber, s)
	}
	return n, nil
}

// numberJSON is how the API writes a Number: to read, and to compute with.
type numberJSON struct {
	Value    string `json:"value"`
	Fraction string `json:"fraction"`
}

// MarshalJSON writes {"value":"94.995","fraction":"18999/200"}.
func (n Number) MarshalJSON() ([]byte, error) {
	return []byte(`{"value":"` + n.Value() + `","fraction":"` + n.Fraction() + `"}`), nil
}

// UnmarshalJSON reads what MarshalJSON wrote. It refuses a value that does not show the fraction:
// one of the two was altered.
func (n *Number) UnmarshalJSON(b []byte) error {
	var written numberJSON
	if err := json.Unmarshal(b, &written, json.RejectUnknownMembers(true)); err != nil {
		return fmt.Errorf("read number: %w", err)
	}
	parsed, err := ParseNumber(written.Fraction)
	if err != nil {
		return fmt.Errorf("read fraction: %w", err)
	}
	if parsed.Fraction() != written.Fraction || parsed.Value() != written.Value {
		return fmt.Errorf("%w: value %.40q does not show fraction %.40q", ErrNotNumber, written.Value, written.Fraction)
	}
	*n = parsed
	return nil
}
