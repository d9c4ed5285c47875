package scoring

import "fmt"

// A Tally is what an audit's facts do to each clause, and the sums. The outcome reads the sums, the
// explanation reads the clauses: both rest on the same calculation.
//
// Facts are added one by one, in any order; only of two assessments of a clause the later counts. What takes
// a fact back needs a new Tally.
type Tally struct {
	scheme   *Scheme
	partial  bool       // the audit covers a part of the clauses
	standing []standing // by position of the clause in the scheme
	covered  Number     // points of all clauses the audit covers
	deleted  Number     // of them: points of deleted clauses
	lost     Number     // of the rest: points lost
	clauses  int        // involved clauses
	assessed int        // of them: assessed
	specials int
	bonuses  int
	summed   bool // the clauses count in the sums: not before the first facts are in
	next     int  // clause that position tries first

	outcome Outcome // its points, when it was last asked for
	valued  bool    // and they are still the same: an assessment mostly moves nothing but the progress
}

// standing is where one clause stands.
type standing struct {
	covered  bool
	deleted  bool
	assessed bool
	rated    bool // a rating took something, perhaps 0
	deducted bool // a deduction took something, perhaps 0
	byRating Number
	byOthers Number // sum of the deductions; it may exceed the clause's points
}

func (at *standing) touched() bool { return at.rated || at.deducted }
func (at *standing) lost() Number  { return at.byRating.Add(at.byOthers) }

// NewTally begins with the facts that are known. Errors: those of Score, ErrAllDeleted excepted.
func NewTally(f Facts, s *Scheme) (*Tally, error) {
	if !s.Scorable() {
		return nil, s.refuse(ErrNoWeights)
	}
	t := &Tally{scheme: s, standing: make([]standing, len(s.Clauses)), specials: len(f.Specials), bonuses: len(f.Bonuses)}
	if err := t.cover(f.Clauses); err != nil {
		return nil, s.refuse(err)
	}
	for i := range f.Deletions {
		if err := t.Delete(f.Deletions[i]); err != nil {
			return nil, err
		}
	}
	for i := range f.Assessments {
		if err := t.Assess(f.Assessments[i]); err != nil {
			return nil, err
		}
	}
	for i := range f.Deductions {
		if err := t.Deduct(f.Deductions[i]); err != nil {
			return nil, err
		}
	}
	t.summed = true
	for i := range t.standing {
		t.count(i, 1)
	}
	return t, nil
}

// refuse says under which scheme facts are refused.
func (s *Scheme) refuse(err error) error {
	return fmt.Errorf("score under %s@%s: %w", s.ID, s.Version, err)
}

func (t *Tally) involved() Number { return t.covered.Sub(t.deleted) }
func (t *Tally) earned() Number   { return t.involved().Sub(t.lost) }

// cover marks the clauses the audit is about: all, or the listed ones of a partial audit.
func (t *Tally) cover(listed []string) error {
	if t.partial = len(listed) > 0; !t.partial {
		t.covered = t.scheme.prepared.total
		for i := range t.standing {
			t.standing[i].covered = true
		}
		return nil
	}
	for _, id := range listed {
		i, err := t.position(id)
		if err != nil {
			return err
		}
		if !t.standing[i].covered {
			t.standing[i].covered = true
			t.covered = t.covered.Add(t.scheme.prepared.points[i])
		}
	}
	return nil
}

// Delete applies the first half of R5. Errors: ErrUnknownClause, ErrNotAllowed.
func (t *Tally) Delete(d Deletion) error {
	i, err := t.position(d.Clause)
	if err != nil {
		return t.scheme.refuse(err)
	}
	if !t.scheme.Deletions {
		return t.scheme.refuse(fmt.Errorf("delete clause %s: %w", d.Clause, ErrNotAllowed))
	}
	t.count(i, -1)
	t.standing[i].deleted = true
	t.count(i, 1)
	return nil
}

// Assess marks what was looked at. Under method rating only a rating does that, and it loses its
// complement (R4). Errors: ErrUnknownClause, ErrNotAllowed, ErrBadFact.
func (t *Tally) Assess(a Assessment) error {
	i, err := t.position(a.Clause)
	if err != nil {
		return t.scheme.refuse(err)
	}
	assessed, loss := true, Number{}
	rates := t.scheme.Method != MethodDeduction || a.Rating != ""
	if rates {
		if assessed, loss, err = t.rated(i, a.Rating); err != nil {
			return t.scheme.refuse(fmt.Errorf("rate clause %s: %w", a.Clause, err))
		}
	}
	t.count(i, -1)
	at := &t.standing[i]
	at.assessed, at.rated, at.byRating = assessed, rates && assessed, loss
	t.count(i, 1)
	return nil
}

// rated applies R4: the clause earns points × rating, so it loses the rest.
func (t *Tally) rated(clause int, rating Decimal) (assessed bool, loss Number, err error) {
	if rating == "" {
		return false, Number{}, nil
	}
	if t.scheme.Method != MethodRating {
		return false, Number{}, ErrNotAllowed
	}
	percent, ok := parseDecimal(string(rating))
	all := 100 * percent.denominator() // a Decimal is short, so this fits
	if !ok || percent.num > all {
		return false, Number{}, ErrBadFact
	}
	return true, t.scheme.prepared.points[clause].share(all-percent.num, all), nil
}

// Deduct takes points from a clause (R12). Errors: ErrUnknownClause, ErrNotAllowed, ErrBadFact.
func (t *Tally) Deduct(d Deduction) error {
	i, err := t.position(d.Clause)
	if err != nil {
		return t.scheme.refuse(err)
	}
	loss, err := t.loss(i, &d)
	if err != nil {
		return t.scheme.refuse(fmt.Errorf("deduction %s on clause %s: %w", d.ID, d.Clause, err))
	}
	t.count(i, -1)
	at := &t.standing[i]
	at.deducted = true
	if !t.restored(&d) {
		at.byOthers = at.byOthers.Add(loss)
	}
	t.count(i, 1)
	return nil
}

// AddSpecial counts a special deduction (R6).
func (t *Tally) AddSpecial() { t.specials, t.valued = t.specials+1, false }

// AddBonus counts a bonus; those over the scheme's maximum add nothing (R8).
func (t *Tally) AddBonus() { t.bonuses, t.valued = t.bonuses+1, false }

// restored tells whether a correction gave the points back.
func (t *Tally) restored(d *Deduction) bool { return t.scheme.CorrectionsRestore && d.Restored != 0 }

// loss applies R2 and R3.
func (t *Tally) loss(clause int, d *Deduction) (Number, error) {
	points := t.scheme.prepared.points[clause]
	switch {
	case !t.scheme.Clauses[clause].Takes(d.Basis):
	case d.Basis == Qualitative && t.scheme.WholeDeductions:
		return points, nil
	case d.Basis == Sampled && t.scheme.SampledDeductions:
		if d.Sample.Nonconforming < 0 || d.Sample.Size < 1 || d.Sample.Nonconforming > d.Sample.Size {
			return Number{}, ErrBadFact
		}
		return points.share(int64(d.Sample.Nonconforming), int64(d.Sample.Size)), nil
	}
	return Number{}, ErrNotAllowed
}

// count has a clause count in the sums; times -1 takes it out of them, before it changes. One that is not
// covered counts nowhere; a loss on a deleted one does not count (R5).
func (t *Tally) count(clause, times int) {
	switch at := &t.standing[clause]; {
	case !t.summed || !at.covered:
	case at.deleted:
		t.valued = false
		t.deleted = t.deleted.Add(t.scheme.prepared.points[clause].Times(int64(times)))
	default:
		t.clauses += times
		if at.assessed {
			t.assessed += times
		}
		if at.touched() {
			lost := t.lostBy(clause)
			if times < 0 {
				lost = lost.neg()
			}
			t.lost, t.valued = t.lost.Add(lost), false
		}
	}
}

// lostBy caps the losses of a clause at its points (R12).
func (t *Tally) lostBy(clause int) Number {
	return lesser(t.scheme.prepared.points[clause], t.standing[clause].lost())
}

// position finds a clause. Facts mostly come in the order of the scheme, so the clause after the
// last one is tried before the index.
func (t *Tally) position(clause string) (int, error) {
	i, ok := t.next, true
	if i >= len(t.standing) || t.scheme.Clauses[i].ID != clause {
		i, ok = t.scheme.prepared.index[clause]
	}
	if !ok {
		return 0, fmt.Errorf("%w %.40q", ErrUnknownClause, clause)
	}
	t.next = i + 1
	return i, nil
}
