package scoring

import (
	"errors"
	"fmt"
	"slices"
)

// A Combination declares that an audit under the scheme is evaluated twice, side by side: evaluation 1
// by the scheme With, evaluation 2 by the scheme that declares it (000 6.3, 评价1 and 评价2). How the
// two become one value is not stated by any source, so a body declares it when it registers weights.
type Combination struct {
	With SchemeRef       `json:"with"`
	Rule CombinationRule `json:"rule"`
	// Share is what evaluation 2 counts under rule weighted, in percent; evaluation 1 counts the rest.
	Share Decimal `json:"share,omitzero"`
}

// A SchemeRef names one version of a scheme by what nobody can change.
type SchemeRef struct {
	ID      string `json:"id"`
	Version string `json:"version"`
	Digest  string `json:"digest"`
}

// A CombinationRule says how the final values of two evaluations become one.
type CombinationRule string

// The rules. Under every rule the audit passes only when it passes both evaluations, and the grade is
// read from the combined value in the grades of the scheme that declares the rule.
const (
	CombineSecond   CombinationRule = "second"   // evaluation 2 counts, evaluation 1 has to be passed
	CombineLower    CombinationRule = "lower"    // the lower of the two counts
	CombineWeighted CombinationRule = "weighted" // evaluation 1 × (100 − share) % + evaluation 2 × share %
)

// combination checks what a scheme declares about another one. Whether that exists, and shares no
// clause with this one, is asked when the scheme is registered: see Companion.
func (c *checker) combination() {
	k := c.scheme.Combination
	if k == nil {
		return
	}
	c.name("/combination/with/id", k.With.ID)
	c.name("/combination/with/version", k.With.Version)
	if len(k.With.Digest) != len("sha256:")+64 {
		c.problems.add("/combination/with/digest", codeDigest, "sha256: and 64 hexadecimal digits")
	}
	switch k.Rule {
	case CombineSecond, CombineLower:
		if k.Share != "" {
			c.problems.add("/combination/share", codeShare, "only rule weighted has a share")
		}
	case CombineWeighted:
		if c.decimal("/combination/share", k.Share).Cmp(Whole(100)) > 0 {
			c.problems.add("/combination/share", codeRange, "from 0 to 100")
		}
	default:
		c.problems.add("/combination/rule", codeRule, "second, lower or weighted")
	}
}

// Why two schemes cannot be combined.
var (
	ErrNoCompanion = errors.New("the scheme of evaluation 1 is not known") // not in the book, or with another digest
	ErrCompanion   = errors.New("the scheme of evaluation 1 does not fit") // without points, combined itself, or sharing a clause
)

// Companion is the scheme of evaluation 1; nil when the scheme declares none. Errors: ErrNoCompanion,
// ErrCompanion.
func (b *Book) Companion(s *Scheme) (*Scheme, error) {
	if s.Combination == nil {
		return nil, nil
	}
	ref := s.Combination.With
	with, known := b.Find(ref.ID, ref.Version)
	if !known || with.Digest() != ref.Digest {
		return nil, fmt.Errorf("%w: %s@%s", ErrNoCompanion, ref.ID, ref.Version)
	}
	shares := slices.ContainsFunc(s.Clauses, func(c Clause) bool { _, both := with.Clause(c.ID); return both })
	if !with.Scorable() || with.Combination != nil || shares {
		return nil, fmt.Errorf("%w: %s@%s", ErrCompanion, ref.ID, ref.Version)
	}
	return with, nil
}

// An Evaluation is one of the two evaluations behind a combined result, each a complete result.
type Evaluation struct {
	Scheme *Scheme
	Result *Result
}

// ScoreBoth judges the facts of one audit under two schemes and combines the results as s declares;
// without a companion it is Score. Facts about a clause go to the scheme that has it; special deductions
// and bonuses count in both, each by its own parameters. Errors: those of Score.
//
// The result is that of evaluation 2 with the combined final value, grade and verdict; the two
// evaluations stand in Evaluations. Of a partial audit that covers clauses of one evaluation only,
// that one is the result.
func ScoreBoth(f Facts, s, with *Scheme) (*Result, error) {
	if with == nil {
		return Score(f, s)
	}
	first, second, err := f.split(s, with)
	if err != nil {
		return nil, fmt.Errorf("score under %s@%s: %w", s.ID, s.Version, err)
	}
	partial := len(f.Clauses) > 0
	if partial && len(first.Clauses) == 0 {
		return Score(second, s)
	}
	if partial && len(second.Clauses) == 0 {
		return Score(first, with)
	}
	one, err := Score(first, with)
	if err != nil {
		return nil, fmt.Errorf("evaluation 1: %w", err)
	}
	two, err := Score(second, s)
	if err != nil {
		return nil, fmt.Errorf("evaluation 2: %w", err)
	}
	return combine(one, two), nil
}

// split gives every fact to the scheme that has its clause.
func (f *Facts) split(s, with *Scheme) (first, second Facts, err error) {
	first.Specials, first.Bonuses = f.Specials, f.Bonuses
	second.Specials, second.Bonuses = f.Specials, f.Bonuses
	side := func(clause string) *Facts {
		if _, ok := with.Clause(clause); ok {
			return &first
		}
		if _, ok := s.Clause(clause); !ok {
			err = fmt.Errorf("%w %.40q", ErrUnknownClause, clause)
		}
		return &second
	}
	for _, clause := range f.Clauses {
		at := side(clause)
		at.Clauses = append(at.Clauses, clause)
	}
	for _, a := range f.Assessments {
		at := side(a.Clause)
		at.Assessments = append(at.Assessments, a)
	}
	for _, d := range f.Deductions {
		at := side(d.Clause)
		at.Deductions = append(at.Deductions, d)
	}
	for _, d := range f.Deletions {
		at := side(d.Clause)
		at.Deletions = append(at.Deletions, d)
	}
	return first, second, err
}

// combine makes one result of two.
func combine(one, two *Result) *Result {
	s := two.audit.scheme
	r := *two
	r.Evaluations = []Evaluation{{one.audit.scheme, one}, {s, two}}
	r.Final = s.Combination.value(one.Final, two.Final)
	r.Assessed, r.InvolvedClauses = one.Assessed+two.Assessed, one.InvolvedClauses+two.InvolvedClauses
	r.Provisional = one.Provisional || two.Provisional
	r.Grade, r.Passed, r.Reasons = nil, nil, nil
	if r.Partial {
		return &r
	}
	reasons := reasonsOf(one, two)
	if r.Final.Cmp(s.prepared.minimum) < 0 && !slices.Contains(reasons, ReasonBelowMinimum) {
		reasons = append(reasons, ReasonBelowMinimum)
	}
	passed := len(reasons) == 0
	if passed {
		r.Grade = s.gradeOf(r.Final)
	}
	if !r.Provisional {
		r.Passed, r.Reasons = &passed, reasons
	}
	return &r
}

// reasonsOf are the reasons why one evaluation or the other failed, also while they are provisional.
func reasonsOf(results ...*Result) []string {
	var reasons []string
	for _, r := range results {
		for _, reason := range r.failures(r.audit.scheme) {
			if !slices.Contains(reasons, reason) {
				reasons = append(reasons, reason)
			}
		}
	}
	return reasons
}

// value applies the rule.
func (k *Combination) value(one, two Number) Number {
	switch k.Rule {
	case CombineLower:
		return lesser(one, two)
	case CombineWeighted:
		hundred, share := Whole(100), known(k.Share)
		return one.mul(hundred.Sub(share)).Add(two.mul(share)).Quo(hundred)
	}
	return two
}

// stepCombined shows how the two final values became one.
func (r *Result) stepCombined() Step {
	k := r.audit.scheme.Combination
	one, two := r.Evaluations[0].Result.Final, r.Evaluations[1].Result.Final
	formula := two.operand()
	switch k.Rule {
	case CombineLower:
		formula = "min(" + one.operand() + ", " + two.operand() + ")"
	case CombineWeighted:
		share := known(k.Share)
		formula = one.operand() + " × " + Whole(100).Sub(share).Value() + "% + " + two.operand() + " × " + share.Value() + "%"
	}
	return Step{StepCombined, "000 6.3", formula + " = " + r.Final.shown(), r.Final, nil}
}
