package main

import (
	"fmt"
	"math/big"
	"slices"

	"starledger/scoring"
)

// A calculation is a score worked out anew from what the server says of each clause and from the
// rules of the scheme (R5 to R11). It shares no code with the server's own scoring, so that a
// mistake there does not explain itself away.
type calculation struct {
	covered, deleted *big.Rat // points of the clauses of the audit, and of those that do not apply
	involved, earned *big.Rat
	full, score      *big.Rat
	each, specials   *big.Rat // one special deduction, all of them
	bonusEach, bonus *big.Rat
	uncapped, cap    *big.Rat
	final, minimum   *big.Rat
	tooLow, tooMany  bool     // final value below the minimum; special deductions at their limit
	grade            string   // id, "" for none
	threshold        *big.Rat // of the grade, or the minimum that was missed; nil for a partial audit
}

// calculate works the score out, and fails with an events.ErrIntegrity where the server has
// another result.
func calculate(s *score, scheme *scoring.Scheme) (*calculation, error) {
	c := &calculation{covered: new(big.Rat), deleted: new(big.Rat), earned: new(big.Rat)}
	if err := c.addClauses(s.Clauses); err != nil {
		return nil, err
	}
	if err := c.readRules(s, scheme); err != nil {
		return nil, err
	}
	c.involved = new(big.Rat).Sub(c.covered, c.deleted)
	if c.involved.Sign() <= 0 {
		return nil, broken("the score rests on no clause at all")
	}
	c.score = new(big.Rat).Mul(new(big.Rat).Quo(c.earned, c.involved), c.full)
	c.uncapped = new(big.Rat).Add(new(big.Rat).Sub(c.score, c.specials), c.bonus)
	c.final = least(c.cap, most(new(big.Rat), c.uncapped))
	if !s.Partial {
		c.judge(scheme)
	}
	return c, c.compare(s)
}

func (c *calculation) addClauses(clauses []clauseScore) error {
	for _, clause := range clauses {
		worth, err := scoring.ParseDecimal(clause.Points)
		if err != nil {
			return broken("the points of clause %s: %v", clause.Clause, err)
		}
		points, earned := decimal(worth), rat(clause.Earned)
		if earned.Sign() < 0 || earned.Cmp(points) > 0 || clause.Deleted && earned.Sign() != 0 {
			return broken("clause %s earns %s of %s points", clause.Clause, exact(clause.Earned), clause.Points)
		}
		c.covered.Add(c.covered, points)
		c.earned.Add(c.earned, earned)
		if clause.Deleted {
			c.deleted.Add(c.deleted, points)
		}
	}
	return nil
}

// readRules takes the parameters from the scheme, not from the answer.
func (c *calculation) readRules(s *score, scheme *scoring.Scheme) error {
	if scheme.Digest() != string(s.Scheme.Digest) {
		return broken("the score rests on scheme %s@%s with digest %s, but the server shows one with %s",
			s.Scheme.ID, s.Scheme.Version, s.Scheme.Digest, scheme.Digest())
	}
	if s.Bonus.Count > scheme.Bonus.Max {
		return broken("%d bonuses count, but scheme %s has at most %d", s.Bonus.Count, scheme.ID, scheme.Bonus.Max)
	}
	c.full, c.cap, c.minimum = decimal(scheme.FullMarks), decimal(scheme.Cap), decimal(scheme.Minimum)
	c.each, c.bonusEach = decimal(scheme.SpecialDeductions.Each), decimal(scheme.Bonus.Each)
	c.specials = new(big.Rat).Mul(c.each, big.NewRat(int64(s.Specials.Count), 1))
	c.bonus = new(big.Rat).Mul(c.bonusEach, big.NewRat(int64(s.Bonus.Count), 1))
	limit := scheme.SpecialDeductions.Limit
	c.tooMany = s.Specials.Count > limit.Count || limit.Operator == ">=" && s.Specials.Count == limit.Count
	return nil
}

// judge reads the grade from the final value (R7, R9).
func (c *calculation) judge(scheme *scoring.Scheme) {
	c.tooLow, c.threshold = c.final.Cmp(c.minimum) < 0, c.minimum
	if c.tooLow || c.tooMany {
		return
	}
	for _, grade := range scheme.Grades {
		if from := decimal(grade.Min); c.final.Cmp(from) >= 0 {
			c.grade, c.threshold = grade.ID, from
		}
	}
}

// compare holds the server's result against this one.
func (c *calculation) compare(s *score) error {
	var grade string
	if s.Grade != nil {
		grade = s.Grade.ID
	}
	for _, line := range []struct{ what, theirs, ours string }{
		{"points involved", s.Involved, number(c.involved).Value()},
		{"points earned", s.Earned, number(c.earned).Value()},
		{"score", s.Score.Fraction(), number(c.score).Fraction()},
		{"points of special deductions", s.Specials.Points, number(c.specials).Value()},
		{"points of bonuses", s.Bonus.Points, number(c.bonus).Value()},
		{"uncapped value", s.Uncapped.Fraction(), number(c.uncapped).Fraction()},
		{"final value", s.Final.Fraction(), number(c.final).Fraction()},
		{"grade", grade, c.grade},
		{"verdict", verdictOf(s), c.verdict(s)},
	} {
		if line.theirs != line.ours {
			return broken("the server's %s is %.80q, worked out from its clauses it is %q", line.what, line.theirs, line.ours)
		}
	}
	return nil
}

// verdictOf is what the server says came of it: "" while provisional and for a partial audit.
func verdictOf(s *score) string {
	if s.Passed == nil {
		return ""
	}
	reasons := slices.Clone(s.Reasons)
	slices.Sort(reasons)
	return fmt.Sprint(*s.Passed, reasons)
}

func (c *calculation) verdict(s *score) string {
	if s.Partial || s.Provisional {
		return ""
	}
	var reasons []string
	if c.tooLow {
		reasons = append(reasons, scoring.ReasonBelowMinimum)
	}
	if c.tooMany {
		reasons = append(reasons, scoring.ReasonSpecialLimit)
	}
	return fmt.Sprint(len(reasons) == 0, reasons)
}

// rat is the exact value of a number of the API, which was checked when it was read.
func rat(n scoring.Number) *big.Rat {
	r, _ := new(big.Rat).SetString(n.Fraction())
	return r
}

// decimal is the exact value of a parameter, which was checked when the scheme was parsed; 0 for
// one a scheme that cannot score leaves out.
func decimal(d scoring.Decimal) *big.Rat {
	if r, ok := new(big.Rat).SetString(string(d)); ok {
		return r
	}
	return new(big.Rat)
}

// number shows an exact value in the API's form.
func number(r *big.Rat) scoring.Number {
	n, err := scoring.ParseNumber(r.String())
	if err != nil {
		return scoring.Number{}
	}
	return n
}

func least(a, b *big.Rat) *big.Rat {
	if a.Cmp(b) <= 0 {
		return a
	}
	return b
}

func most(a, b *big.Rat) *big.Rat {
	if a.Cmp(b) >= 0 {
		return a
	}
	return b
}
