package scoring

import "strconv"

// A Step is one line of the calculation from points to grade.
type Step struct {
	ID      string // what the line is about; screens translate it
	Rule    string // R1 to R13
	Formula string // with numbers, in signs that need no translation
	Value   Number // what the line comes to
	Events  []uint64
}

// The steps of every score, in order.
const (
	StepInvolved     = "involved"                // points of the clauses that count
	StepEarned       = "earned"                  // what is left of them
	StepNormalised   = "normalised"              // Result.Score
	StepSpecials     = "special_deductions"      // points they take off
	StepSpecialLimit = "special_deduction_limit" // how many there are, against the limit
	StepBonus        = "bonus"                   // points it adds
	StepUncapped     = "uncapped"                // before cap and floor
	StepFinal        = "final"                   // after them
	StepCombined     = "combined"                // the final values of two evaluations made one
	StepGrade        = "grade"                   // the threshold that was reached or missed
)

// Steps shows the calculation as lines to read from top to bottom. A partial audit has no grade,
// so its last line is the final value.
func (r *Result) Steps() []Step {
	steps := []Step{
		r.stepInvolved(), r.stepEarned(), r.stepNormalised(),
		r.stepSpecials(), r.stepSpecialLimit(), r.stepBonus(),
		r.stepUncapped(), r.stepFinal(),
	}
	if len(r.Evaluations) > 0 {
		steps[len(steps)-1] = r.Evaluations[1].Result.stepFinal()
		steps = append(steps, r.stepCombined())
	}
	if r.Partial {
		return steps
	}
	return append(steps, r.stepGrade())
}

func (r *Result) stepInvolved() Step {
	var deletions []uint64
	for _, d := range r.facts.Deletions {
		deletions = append(deletions, d.Seq)
	}
	formula := difference(r.audit.covered, r.audit.deleted, r.Involved)
	return Step{StepInvolved, "R5", formula, r.Involved, sequences(deletions)}
}

func (r *Result) stepEarned() Step {
	return Step{StepEarned, "R12", difference(r.Involved, r.audit.lost, r.Earned), r.Earned, nil}
}

func (r *Result) stepNormalised() Step {
	formula := r.Earned.operand() + " ÷ " + r.Involved.operand() + " × " + r.audit.scheme.prepared.fullMarks.operand()
	return Step{StepNormalised, "R5", formula + " = " + r.Score.shown(), r.Score, nil}
}

func (r *Result) stepSpecials() Step {
	formula := times(r.Specials.Count, r.audit.scheme.prepared.special, r.Specials.Points)
	return Step{StepSpecials, "R6", formula, r.Specials.Points, itemSequences(r.facts.Specials)}
}

func (r *Result) stepSpecialLimit() Step {
	limit := r.audit.scheme.SpecialDeductions.Limit
	count := Whole(int64(r.Specials.Count))
	formula := r.relation(count, limit)
	return Step{StepSpecialLimit, "R7", formula, count, itemSequences(r.facts.Specials)}
}

// relation writes the limit as broken ("5 ≥ 5") or as kept ("4 < 5").
func (r *Result) relation(count Number, limit Limit) string {
	broken, kept := " > ", " ≤ "
	if limit.Operator == ">=" {
		broken, kept = " ≥ ", " < "
	}
	sign := kept
	if limit.broken(r.Specials.Count) {
		sign = broken
	}
	return count.Value() + sign + strconv.Itoa(limit.Count)
}

func (r *Result) stepBonus() Step {
	formula := times(r.Bonus.Count, r.audit.scheme.prepared.bonus, r.Bonus.Points)
	return Step{StepBonus, "R8", formula, r.Bonus.Points, itemSequences(r.facts.Bonuses[:r.Bonus.Count])}
}

func (r *Result) stepUncapped() Step {
	formula := r.Score.operand() + " − " + r.Specials.Points.operand() + " + " + r.Bonus.Points.operand()
	return Step{StepUncapped, "R11", formula + " = " + r.Uncapped.shown(), r.Uncapped, nil}
}

func (r *Result) stepFinal() Step {
	formula := "min(" + r.audit.scheme.prepared.cap.operand() + ", max(0, " + r.Uncapped.operand() + "))"
	return Step{StepFinal, "R11", formula + " = " + r.Final.shown(), r.Final, nil}
}

// stepGrade compares the final value with the threshold it reached, or with the minimum it missed.
// An audit that failed by its special deductions alone shows the minimum it would have passed.
func (r *Result) stepGrade() Step {
	threshold := r.audit.scheme.prepared.minimum
	if r.Grade != nil {
		threshold = known(r.Grade.Min)
	}
	sign := " ≥ "
	if r.Final.Cmp(threshold) < 0 {
		sign = " < "
	}
	return Step{StepGrade, "R9", r.Final.operand() + sign + threshold.operand(), threshold, nil}
}

func difference(from, less, result Number) string {
	return from.operand() + " − " + less.operand() + " = " + result.shown()
}

func times(count int, each, result Number) string {
	return strconv.Itoa(count) + " × " + each.operand() + " = " + result.shown()
}

func itemSequences(items []Item) []uint64 {
	seqs := make([]uint64, 0, len(items))
	for _, item := range items {
		seqs = append(seqs, item.Seq)
	}
	return sequences(seqs)
}
