package scoring

import (
	"errors"
	"fmt"
)

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
	if !s.Scorable() {
		return nil, fmt.Errorf("score under %s@%s: %w", s.ID, s.Version, ErrNoWeights)
	}
	audit, err := newTally(&f, s)
	if err != nil {
		return nil, fmt.Errorf("score under %s@%s: %w", s.ID, s.Version, err)
	}
	r := &Result{facts: f, audit: audit}
	r.normalise()
	r.addSpecials()
	r.grade()
	return r, nil
}

// normalise applies R5. The tally refused an audit without involved points.
func (r *Result) normalise() {
	t := r.audit
	r.Involved, r.Earned = t.involved(), t.earned()
	r.Score = r.Earned.Quo(r.Involved).mul(t.scheme.prepared.fullMarks)
	r.Assessed, r.InvolvedClauses = t.assessed, t.clauses
	r.Provisional = t.assessed < t.clauses
	r.Partial = len(r.facts.Clauses) > 0
}

// addSpecials applies R6, R8 and R11: outside the score, so never normalised.
func (r *Result) addSpecials() {
	s := r.audit.scheme
	count := len(r.facts.Specials)
	r.Specials = SpecialTotal{count, s.prepared.special.mul(Whole(int64(count))), s.prepared.limit}
	count = min(len(r.facts.Bonuses), s.Bonus.Max)
	r.Bonus = BonusTotal{count, s.prepared.bonus.mul(Whole(int64(count)))}
	r.Uncapped = r.Score.Sub(r.Specials.Points).Add(r.Bonus.Points)
	r.Final = lesser(s.prepared.cap, greater(Number{}, r.Uncapped))
}

// grade applies R7 and R9. A partial audit has findings and no grade; a provisional one has the
// grade that would be, and no verdict yet.
func (r *Result) grade() {
	if r.Partial {
		return
	}
	reasons := r.failures()
	passed := len(reasons) == 0
	if passed {
		r.Grade = r.audit.scheme.gradeOf(r.Final)
	}
	if !r.Provisional {
		r.Passed, r.Reasons = &passed, reasons
	}
}

// failures are why the audit fails as it stands, provisional or not.
func (r *Result) failures() []string {
	s := r.audit.scheme
	var reasons []string
	if r.Final.Cmp(s.prepared.minimum) < 0 {
		reasons = append(reasons, ReasonBelowMinimum)
	}
	if s.SpecialDeductions.Limit.broken(r.Specials.Count) {
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
