package scoring

import (
	"slices"
	"strconv"
)

// A ClauseResult shows how one clause of the audit stands and why.
type ClauseResult struct {
	Clause   string
	Points   Decimal
	Earned   Number // the Earned of all clauses add up to Result.Earned exactly
	Deleted  bool
	Assessed bool
	Rating   Decimal // empty unless rated
	Band     *Band   // what the rating means, where the scheme says
	// Formula is the calculation with its numbers in signs that need no translation:
	// "3 − 3 × 2/15 = 2.6", "7 × 85% = 5.95"; a clause that nothing happened to shows its points,
	// a deleted one the word "deleted".
	Formula string
	Events  []uint64 // sequences of the events that made it so, ascending
}

// Clauses explains every covered clause, in the order of the scheme.
func (r *Result) Clauses() []ClauseResult {
	entries := r.entries()
	results := make([]ClauseResult, 0, len(entries))
	for i := range entries {
		if r.audit.standing[i].covered {
			results = append(results, r.audit.explain(i, &entries[i]))
		}
	}
	return results
}

// entry gathers the facts about one clause that count.
type entry struct {
	rating     Decimal
	assessment uint64 // sequence of the latest assessment
	deductions []Deduction
	deletions  []uint64
}

func (r *Result) entries() []entry {
	t := r.audit
	entries := make([]entry, len(t.standing))
	at := func(clause string) *entry { return &entries[t.scheme.prepared.index[clause]] }
	for _, a := range r.facts.Assessments {
		at(a.Clause).rating, at(a.Clause).assessment = a.Rating, a.Seq
	}
	for _, d := range r.facts.Deductions {
		at(d.Clause).deductions = append(at(d.Clause).deductions, d)
	}
	for _, d := range r.facts.Deletions {
		at(d.Clause).deletions = append(at(d.Clause).deletions, d.Seq)
	}
	return entries
}

func (t *Tally) explain(clause int, e *entry) ClauseResult {
	of, at := t.scheme.Clauses[clause], t.standing[clause]
	result := ClauseResult{Clause: of.ID, Points: *of.Points, Deleted: at.deleted, Assessed: at.assessed}
	if at.deleted {
		result.Formula, result.Events = "deleted", sequences(e.deletions)
		return result
	}
	result.Earned = t.scheme.prepared.points[clause].Sub(t.lostBy(clause))
	result.Formula = t.formula(clause, e, result.Earned)
	caused := []uint64{e.assessment}
	for _, d := range e.deductions {
		caused = append(caused, d.Seq)
		if t.restored(&d) {
			caused = append(caused, d.Restored)
		}
	}
	result.Events = sequences(caused)
	result.Rating = e.rating
	if band, ok := t.scheme.Band(e.rating); ok {
		result.Band = &band
	}
	return result
}

// formula writes down what the tally calculated: the points or their rated part, then each loss.
func (t *Tally) formula(clause int, e *entry, earned Number) string {
	at := t.standing[clause]
	points := t.scheme.prepared.points[clause].Value()
	switch {
	case !at.touched() && !at.assessed:
		return points
	case !at.touched():
		return points + " − 0 = " + points
	}
	text := points
	if e.rating != "" {
		text += " × " + string(e.rating) + "%"
	}
	for _, d := range e.deductions {
		loss := points
		if d.Basis == Sampled {
			loss += " × " + strconv.Itoa(d.Sample.Nonconforming) + "/" + strconv.Itoa(d.Sample.Size)
		}
		text += " − " + loss
		if t.restored(&d) {
			text += " + " + loss // given back by a correction
		}
	}
	if t.scheme.prepared.points[clause].Cmp(at.lost()) < 0 {
		text = "max(0, " + text + ")" // R12: at most its points
	}
	return text + " = " + earned.shown()
}

// operand writes an exact decimal, or the exact fraction where there is none of six places.
func (n Number) operand() string {
	if n.showsExactly() {
		return n.Value()
	}
	return n.Fraction()
}

// shown writes a result: like operand, a fraction with its rounding beside it.
func (n Number) shown() string {
	if n.showsExactly() {
		return n.Value()
	}
	return n.Fraction() + " ≈ " + n.Value()
}

func (n Number) showsExactly() bool {
	millionfold := n.mul(Whole(1_000_000))
	return millionfold.big == nil && millionfold.denominator() == 1
}

// sequences sorts, and drops the zeros of hypothetical facts.
func sequences(seqs []uint64) []uint64 {
	seqs = slices.DeleteFunc(seqs, func(seq uint64) bool { return seq == 0 })
	slices.Sort(seqs)
	return slices.Compact(seqs)
}

// Band finds what a rating means (R4): the band that begins at or below it. Bounds belong to the
// upper band and 100 to the last, which is our reading of bands that overlap in the source.
func (s *Scheme) Band(rating Decimal) (Band, bool) {
	percent, ok := parseDecimal(string(rating))
	for i := len(s.Bands) - 1; i >= 0 && ok; i-- {
		if percent.Cmp(s.prepared.bandFroms[i]) >= 0 {
			return s.Bands[i], true
		}
	}
	return Band{}, false
}
