package scoring

import (
	"errors"
	"fmt"
)

// A Decimal is a written decimal of a scheme or an assessment: points "1.5", a rating "85".
// It keeps the digits as they were written; as JSON it is a string.
type Decimal string

// maxDigits bounds a Decimal, so that every one of them fits a small Number.
const maxDigits = 12

// ErrNotDecimal is the kind of ParseDecimal's errors.
var ErrNotDecimal = errors.New("not a decimal")

// ParseDecimal accepts digits with an optional fraction, "0.5" or "100": no sign, no exponent, no
// leading zeros, at least one digit on both sides of a point, at most 12 digits in all.
func ParseDecimal(s string) (Decimal, error) {
	if _, ok := parseDecimal(s); !ok {
		return "", fmt.Errorf("%w: %.40q", ErrNotDecimal, s)
	}
	return Decimal(s), nil
}

// Number returns the exact value. It fails when d was not made by ParseDecimal and is none.
func (d Decimal) Number() (Number, error) {
	n, ok := parseDecimal(string(d))
	if !ok {
		return Number{}, fmt.Errorf("%w: %.40q", ErrNotDecimal, string(d))
	}
	return n, nil
}

func parseDecimal(s string) (Number, bool) {
	if len(s) > maxDigits+1 || len(s) > 1 && s[0] == '0' && s[1] != '.' {
		return Number{}, false
	}
	num, den, digits, point := int64(0), int64(1), 0, false
	for i := range len(s) {
		switch c := s[i]; {
		case c == '.' && !point && i > 0 && i < len(s)-1:
			point = true
		case '0' <= c && c <= '9':
			num, digits = num*10+int64(c-'0'), digits+1
			if point {
				den *= 10
			}
		default:
			return Number{}, false
		}
	}
	return ratio(num, den), 0 < digits && digits <= maxDigits
}
