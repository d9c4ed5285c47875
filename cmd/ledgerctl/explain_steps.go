package main

import (
	"fmt"
	"io"
	"math/big"
	"slices"
	"strings"

	"starledger/scoring"
)

// writeSteps is the way from points to grade.
func (p *program) writeSteps(w io.Writer, e *explanation) error {
	c, s := e.sums, e.score
	limit := e.scheme.SpecialDeductions.Limit
	t := table{indent: gap}
	line := func(rule string, label phrase, events []uint64, format string, args ...any) {
		t.add(label.in(p.settings.language), fmt.Sprintf(format, shown(args)...), rule, numbered(events))
	}
	line("R5", stepInvolved, nil, "%s − %s = %s", c.covered, c.deleted, c.involved)
	line("R12", stepEarned, nil, "%s − %s = %s", c.involved, new(big.Rat).Sub(c.involved, c.earned), c.earned)
	line("R5", stepNormalised, nil, "%s ÷ %s × %s = %s", c.earned, c.involved, c.full, c.score)
	line("R6", stepSpecials, s.causes(scoring.StepSpecials), "%d × %s = %s", s.Specials.Count, c.each, c.specials)
	line("R7", stepLimit, nil, "%s", relation(s.Specials.Count, limit, c.tooMany))
	line("R8", stepBonus, s.causes(scoring.StepBonus), "%d × %s = %s", s.Bonus.Count, c.bonusEach, c.bonus)
	line("R11", stepUncapped, nil, "%s − %s + %s = %s", c.score, c.specials, c.bonus, c.uncapped)
	line("R11", stepFinal, nil, "min(%s, max(0, %s)) = %s", c.cap, c.uncapped, c.final)
	if c.threshold != nil {
		sign := "≥"
		if c.final.Cmp(c.threshold) < 0 {
			sign = "<"
		}
		line("R9", stepGrade, nil, "%s %s %s", c.final, sign, c.threshold)
	}
	line("", stepResult, nil, "%s", p.verdict(s))
	line("", labelProgress, nil, "%d/%d", s.Progress.Assessed, s.Progress.Involved)
	return p.section(w, partSteps, &t)
}

// shown writes the numbers of a formula: what goes in exactly, what comes out with its rounding
// beside it where it is no decimal.
func shown(args []any) []any {
	words := slices.Clone(args)
	for i, arg := range words {
		r, ok := arg.(*big.Rat)
		switch {
		case !ok:
		case i == len(words)-1:
			words[i] = exact(number(r))
		default:
			words[i], _, _ = strings.Cut(exact(number(r)), " ")
		}
	}
	return words
}

// relation writes the limit as broken ("5 ≥ 5") or as kept ("4 < 5").
func relation(count int, limit scoring.Limit, broken bool) string {
	sign := map[string]map[bool]string{
		">=": {true: "≥", false: "<"},
		">":  {true: ">", false: "≤"},
	}[limit.Operator][broken]
	return fmt.Sprintf("%d %s %d", count, sign, limit.Count)
}
