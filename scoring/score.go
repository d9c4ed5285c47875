package scoring

import "errors"

// Why Score refuses. Posting rules keep such facts out of a case; Score refuses them all the same
// instead of guessing.
var (
	ErrNoWeights     = errors.New("scheme has no points")
	ErrAllDeleted    = errors.New("every clause is deleted") // R5
	ErrUnknownClause = errors.New("unknown clause")
	ErrNotAllowed    = errors.New("the scheme does not allow this") // R12
	ErrBadFact       = errors.New("sample or rating out of range")
)

// Score judges the facts of one audit under the scheme it is pinned to. Deletions and deductions
// fix what was earned (R2 to R5, R12), special deductions and bonus follow (R6, R8), cap and floor
// come last (R11), and the grade is read from that (R9).
func Score(f Facts, s *Scheme) (*Result, error) {
	audit, err := NewTally(f, s)
	if err != nil {
		return nil, err
	}
	outcome, err := audit.Outcome()
	if err != nil {
		return nil, err
	}
	return &Result{Outcome: outcome, facts: f, audit: audit}, nil
}

// Outcome is what the facts so far come to. Errors: ErrAllDeleted.
func (t *Tally) Outcome() (Outcome, error) {
	if t.involved().sign() == 0 {
		return Outcome{}, t.scheme.refuse(ErrAllDeleted)
	}
	if !t.valued {
		t.outcome.normalise(t)
		t.outcome.addSpecials(t)
		t.valued = true
	}
	o := t.outcome
	o.Assessed, o.InvolvedClauses = t.assessed, t.clauses
	o.Provisional, o.Partial = t.assessed < t.clauses, t.partial
	o.grade(t.scheme)
	return o, nil
}

// normalise applies R5. There are involved points.
func (o *Outcome) normalise(t *Tally) {
	o.Involved, o.Earned = t.involved(), t.earned()
	o.Score = o.Earned.Quo(o.Involved).mul(t.scheme.prepared.fullMarks)
}

// addSpecials applies R6, R8 and R11: outside the score, so never normalised.
func (o *Outcome) addSpecials(t *Tally) {
	s := t.scheme
	o.Specials = SpecialTotal{t.specials, s.prepared.special.Times(int64(t.specials)), s.prepared.limit}
	count := min(t.bonuses, s.Bonus.Max)
	o.Bonus = BonusTotal{count, s.prepared.bonus.Times(int64(count))}
	o.Uncapped = o.Score.Sub(o.Specials.Points).Add(o.Bonus.Points)
	o.Final = lesser(s.prepared.cap, greater(Number{}, o.Uncapped))
}

// grade applies R7 and R9. A partial audit has findings and no grade; a provisional one has the
// grade that would be, and no verdict yet.
func (o *Outcome) grade(s *Scheme) {
	if o.Partial {
		return
	}
	reasons := o.failures(s)
	if len(reasons) == 0 {
		o.Grade = s.gradeOf(o.Final)
	}
	if !o.Provisional {
		passed := len(reasons) == 0
		o.Passed, o.Reasons = &passed, reasons
	}
}

// failures are why the audit fails as it stands, provisional or not.
func (o *Outcome) failures(s *Scheme) []string {
	var reasons []string
	if o.Final.Cmp(s.prepared.minimum) < 0 {
		reasons = append(reasons, ReasonBelowMinimum)
	}
	if s.SpecialDeductions.Limit.broken(o.Specials.Count) {
		reasons = append(reasons, ReasonSpecialLimit)
	}
	return reasons
}

// broken applies R7.
func (l Limit) broken(count int) bool {
	if l.Operator == ">=" {
		return count >= l.Count
	}
	return count > l.Count
}

// gradeOf finds the highest grade reached (R9), nil below the lowest.
func (s *Scheme) gradeOf(final Number) *Grade {
	for i := len(s.Grades) - 1; i >= 0; i-- {
		if final.Cmp(s.prepared.gradeMins[i]) >= 0 {
			return &s.Grades[i]
		}
	}
	return nil
}
