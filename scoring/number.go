package scoring

import (
	"cmp"
	"math"
	"math/big"
	"math/bits"
)

// A Number is an exact ratio: a score, points earned or lost, a difference of two scores.
// Grades compare Numbers, never their displayed digits. The zero value is 0.
//
// Nearly every number of an audit fits two machine words, so that is how it is kept; results that
// do not fit are kept as big.Rat. A ratio that fits is never kept as big.Rat, and both forms are in
// lowest terms with a positive denominator, so the form never shows.
type Number struct {
	num int64
	den int64    // 0 stands for 1
	big *big.Rat // when set, it is the value; never modified
}

// Whole is the number n.
func Whole(n int64) Number { return Number{num: n, den: 1} }

// ratio returns num ÷ den; den is positive.
func ratio(num, den int64) Number {
	g := gcd(num, den)
	return Number{num: over(num, g), den: over(den, g)}
}

// Add returns n + m.
func (n Number) Add(m Number) Number {
	if small, ok := addSmall(n, m); ok {
		return small
	}
	return fromRat(new(big.Rat).Add(n.rat(), m.rat()))
}

// Sub returns n − m.
func (n Number) Sub(m Number) Number { return n.Add(m.neg()) }

func (n Number) neg() Number {
	if n.big != nil {
		return fromRat(new(big.Rat).Neg(n.rat()))
	}
	return Number{num: -n.num, den: n.den}
}

func (n Number) mul(m Number) Number {
	if small, ok := mulSmall(n, m); ok {
		return small
	}
	return fromRat(new(big.Rat).Mul(n.rat(), m.rat()))
}

// share returns n × part ÷ of; of is positive.
func (n Number) share(part, of int64) Number {
	if n.big == nil {
		num, okNum := product(n.num, part)
		den, okDen := product(n.denominator(), of)
		if okNum && okDen {
			return ratio(num, den)
		}
	}
	return fromRat(new(big.Rat).Mul(n.rat(), big.NewRat(part, of)))
}

// Times is n × count.
func (n Number) Times(count int64) Number { return n.mul(Whole(count)) }

// Quo is n ÷ m; m is positive.
func (n Number) Quo(m Number) Number {
	if m.big == nil {
		return n.mul(Number{num: m.denominator(), den: m.num})
	}
	return fromRat(new(big.Rat).Quo(n.rat(), m.rat()))
}

// Cmp returns -1, 0 or +1 as n is less than, equal to or greater than m.
func (n Number) Cmp(m Number) int {
	if n.big == nil && m.big == nil {
		left, okLeft := product(n.num, m.denominator())
		right, okRight := product(m.num, n.denominator())
		if okLeft && okRight {
			return cmp.Compare(left, right)
		}
	}
	return n.rat().Cmp(m.rat())
}

func (n Number) sign() int {
	switch {
	case n.big != nil:
		return n.big.Sign()
	case n.num < 0:
		return -1
	case n.num > 0:
		return 1
	}
	return 0
}

func lesser(n, m Number) Number {
	if n.Cmp(m) <= 0 {
		return n
	}
	return m
}

func greater(n, m Number) Number {
	if n.Cmp(m) >= 0 {
		return n
	}
	return m
}

func (n Number) denominator() int64 { return max(n.den, 1) }

// addSmall adds over the least common denominator (Knuth, TAOCP 4.5.1), which keeps the parts
// small; it reports false when a part does not fit.
func addSmall(n, m Number) (Number, bool) {
	if n.big != nil || m.big != nil {
		return Number{}, false
	}
	switch {
	case n.num == 0:
		return m, true
	case m.num == 0:
		return n, true
	}
	nd, md := n.denominator(), m.denominator()
	if nd == md {
		num, ok := sum(n.num, m.num)
		if !ok {
			return Number{}, false
		}
		return ratio(num, nd), true
	}
	common := gcd(nd, md)
	left, okLeft := product(n.num, over(md, common))
	right, okRight := product(m.num, over(nd, common))
	den, okDen := product(over(nd, common), md)
	num, okNum := sum(left, right)
	if !okLeft || !okRight || !okDen || !okNum {
		return Number{}, false
	}
	shared := gcd(num, common)
	return Number{num: over(num, shared), den: over(den, shared)}, true
}

// mulSmall cancels crosswise first, so the product is already in lowest terms.
func mulSmall(n, m Number) (Number, bool) {
	if n.big != nil || m.big != nil {
		return Number{}, false
	}
	if n.num == 0 || m.num == 0 {
		return Number{}, true
	}
	a, b := gcd(n.num, m.denominator()), gcd(m.num, n.denominator())
	num, okNum := product(over(n.num, a), over(m.num, b))
	den, okDen := product(over(n.denominator(), b), over(m.denominator(), a))
	return Number{num: num, den: den}, okNum && okDen
}

// over divides by a divisor that is 1 most of the time: division is slow.
func over(n, divisor int64) int64 {
	if divisor == 1 {
		return n
	}
	return n / divisor
}

// sum adds; ok is false when the result does not fit.
func sum(a, b int64) (s int64, ok bool) {
	s = a + b
	return s, (s > a) == (b > 0) && s != math.MinInt64
}

// product multiplies; ok is false when the result does not fit. The smallest int64 counts as not
// fitting, so that a small Number can always be negated.
func product(a, b int64) (p int64, ok bool) {
	if a == int64(int32(a)) && b == int64(int32(b)) { // nearly always
		return a * b, true
	}
	hi, lo := bits.Mul64(magnitude(a), magnitude(b))
	return a * b, hi == 0 && lo <= math.MaxInt64
}

func magnitude(a int64) uint64 {
	if a < 0 {
		return -uint64(a)
	}
	return uint64(a)
}

// gcd returns the greatest common divisor of a and the positive b. gcd(0, b) is b; a is never the
// smallest int64.
func gcd(a, b int64) int64 {
	if a == 1 || b == 1 {
		return 1
	}
	x, y := b, int64(magnitude(a))
	for y != 0 {
		x, y = y, x%y
	}
	return x
}

func (n Number) rat() *big.Rat {
	if n.big != nil {
		return n.big
	}
	return big.NewRat(n.num, n.denominator())
}

// fromRat takes ownership of r.
func fromRat(r *big.Rat) Number {
	if r.Num().IsInt64() && r.Denom().IsInt64() && r.Num().Int64() != math.MinInt64 {
		return Number{num: r.Num().Int64(), den: r.Denom().Int64()}
	}
	return Number{big: r}
}
