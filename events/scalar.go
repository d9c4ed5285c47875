package events

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
)

// The scalar types of the ledger check themselves when they are decoded, so that a decoded event
// holds no value outside its type's grammar. Each grammar is repeated in the JSON Schema that is
// generated for the type; the agreement test holds the two together.

// Digest is a SHA-256 in the form sha256:<64 lower-case hex digits>.
type Digest string

const digestPrefix = "sha256:"

// DigestOf hashes b.
func DigestOf(b []byte) Digest {
	sum := sha256.Sum256(b)
	var text [len(digestPrefix) + 2*sha256.Size]byte
	copy(text[:], digestPrefix)
	hex.Encode(text[len(digestPrefix):], sum[:])
	return Digest(text[:])
}

// UnmarshalText accepts lower-case hex only.
func (d *Digest) UnmarshalText(b []byte) error {
	if !isDigest(b) {
		return fmt.Errorf("%q is not a digest like sha256:<64 hex digits>", clip(b))
	}
	*d = Digest(b)
	return nil
}

func isDigest(b []byte) bool {
	return len(b) == len(digestPrefix)+2*sha256.Size && string(b[:len(digestPrefix)]) == digestPrefix && isHex(b[len(digestPrefix):])
}

// Decimal is a non-negative decimal number written as text, as in 1.5: up to 9 digits, then up to
// 6 decimals, no sign, no exponent, no superfluous leading zero.
type Decimal string

// UnmarshalText accepts the grammar of Decimal.
func (d *Decimal) UnmarshalText(b []byte) error {
	if !isDecimal(b) {
		return fmt.Errorf("%q is not a decimal number like 1.5", clip(b))
	}
	*d = Decimal(b)
	return nil
}

func isDecimal(b []byte) bool {
	whole, fraction, dotted := strings.Cut(string(b), ".")
	return isDigits(whole, 9) && (len(whole) == 1 || whole[0] != '0') && (!dotted || isDigits(fraction, 6))
}

// Fraction is an exact rational number, as in 18999/200 or 96/1. It may be negative: a score
// before cap and floor can be.
type Fraction string

// maxFraction bounds numerator and denominator, in digits: the sum of losses over many samples of
// unlike sizes has a long denominator.
const maxFraction = 1000

// UnmarshalText accepts up to 1000 digits over up to 1000 digits; neither has a superfluous zero in front.
func (f *Fraction) UnmarshalText(b []byte) error {
	numerator, denominator, ok := strings.Cut(strings.TrimPrefix(string(b), "-"), "/")
	ok = ok && isDigits(numerator, maxFraction) && isDigits(denominator, maxFraction) && denominator[0] != '0' &&
		(len(numerator) == 1 || numerator[0] != '0')
	if !ok {
		return fmt.Errorf("%q is not a fraction like 18999/200", clip(b))
	}
	*f = Fraction(b)
	return nil
}

// ID is a short identifier for an actor, scheme, version, trigger or grade: 1 to 64 of the
// characters a-z A-Z 0-9 . _ -, starting with a letter or digit.
type ID string

// UnmarshalText accepts the grammar of ID.
func (id *ID) UnmarshalText(b []byte) error {
	word, ok := ids.word(b)
	if !ok {
		return fmt.Errorf("%q is not an identifier of a-z A-Z 0-9 . _ -", clip(b))
	}
	*id = ID(word)
	return nil
}

func isID(b []byte) bool {
	return len(b) > 0 && len(b) <= 64 && alphanumeric[b[0]] && consistsOf(b, &idCharacters)
}

// Clause is the number of a clause as the scheme prints it, as in 5.1.1.1 or 6.2.1.1 a): 1 to 32
// characters, without control characters.
type Clause string

// UnmarshalText accepts the grammar of Clause.
func (c *Clause) UnmarshalText(b []byte) error {
	word, ok := clauses.word(b)
	if !ok {
		return fmt.Errorf("%q is not a clause like 5.1.1.1", clip(b))
	}
	*c = Clause(word)
	return nil
}

func isClause(b []byte) bool {
	ok := len(b) > 0 && len(b) <= 32 && b[0] != ' ' && b[len(b)-1] != ' '
	for _, x := range b {
		ok = ok && x >= ' ' && x < 0x7f
	}
	return ok
}

// Number is how people number things inside an audit: a letter for the kind and a count from 1.
// F1 finding, D1 deduction, S1 special deduction, B1 bonus, X1 deletion, C1 correction; in the
// access case G1 grant.
type Number string

// UnmarshalText accepts the grammar of Number.
func (n *Number) UnmarshalText(b []byte) error {
	word, ok := numbers.word(b)
	if !ok {
		return fmt.Errorf("%q is not a number like F1", clip(b))
	}
	*n = Number(word)
	return nil
}

func isNumber(b []byte) bool {
	return len(b) >= 2 && len(b) <= 8 && strings.IndexByte("FDSBXCG", b[0]) >= 0 && b[1] != '0' && isDigits(string(b[1:]), 7)
}

// Numbered is the n-th Number of a kind.
func Numbered(kind byte, n int) Number { return Number(fmt.Sprintf("%c%d", kind, n)) }

// enum accepts one of values; the typed string enumerations decode through it.
func enum[T ~string](target *T, b []byte, values []T) error {
	if !chosen(target, b, values) {
		return fmt.Errorf("%q is not one of %s", clip(b), join(values))
	}
	return nil
}

func chosen[T ~string](target *T, b []byte, values []T) bool {
	for _, v := range values {
		if string(v) == string(b) {
			*target = v
			return true
		}
	}
	return false
}

func join[T ~string](values []T) string {
	words := make([]string, len(values))
	for i, v := range values {
		words[i] = string(v)
	}
	return strings.Join(words, ", ")
}

func isDigits(s string, most int) bool {
	if len(s) == 0 || len(s) > most {
		return false
	}
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

var (
	base64Digits = charset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
	ulidDigits   = charset("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
	alphanumeric = charset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
	idCharacters = charset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz._-")
)

func charset(list string) (set [256]bool) {
	for i := range len(list) {
		set[list[i]] = true
	}
	return set
}

func consistsOf(b []byte, set *[256]bool) bool {
	for _, c := range b {
		if !set[c] {
			return false
		}
	}
	return true
}

// clip keeps error messages short whatever was sent.
func clip(b []byte) string {
	if len(b) <= 40 {
		return string(b)
	}
	return strings.ToValidUTF8(string(b[:40]), "") + "…"
}
