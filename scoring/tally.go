package scoring

import "fmt"

// A tally is what an audit's facts do to each clause, and the sums. Score reads the sums, the
// explanation reads the clauses: both rest on the same calculation.
type tally struct {
	scheme   *Scheme
	standing []standing // by position of the clause in the scheme
	covered  Number     // points of all clauses the audit covers
	deleted  Number     // of them: points of deleted clauses
	lost     Number     // of the rest: points lost
	clauses  int        // involved clauses
	assessed int        // of them: assessed
	next     int        // clause that position tries first
}

// standing is where one clause stands.
type standing struct {
	covered  bool
	deleted  bool
	assessed bool
	touched  bool   // something was lost, perhaps 0
	lost     Number // sum of all losses; it may exceed the clause's points
}

func newTally(f *Facts, s *Scheme) (*tally, error) {
	t := &tally{scheme: s, standing: make([]standing, len(s.Clauses))}
	if err := t.cover(f); err != nil {
		return nil, err
	}
	if err := t.delete(f); err != nil {
		return nil, err
	}
	if err := t.assess(f); err != nil {
		return nil, err
	}
	if err := t.deduct(f); err != nil {
		return nil, err
	}
	t.add()
	if t.involved().sign() == 0 {
		return nil, ErrAllDeleted
	}
	return t, nil
}

func (t *tally) involved() Number { return t.covered.Sub(t.deleted) }
func (t *tally) earned() Number   { return t.involved().Sub(t.lost) }

// cover marks the clauses the audit is about: all, or the listed ones of a partial audit.
func (t *tally) cover(f *Facts) error {
	if len(f.Clauses) == 0 {
		t.covered = t.scheme.prepared.total
		for i := range t.standing {
			t.standing[i].covered = true
		}
		return nil
	}
	for _, id := range f.Clauses {
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

// delete applies the first half of R5.
func (t *tally) delete(f *Facts) error {
	for _, deletion := range f.Deletions {
		i, err := t.position(deletion.Clause)
		if err != nil {
			return err
		}
		if !t.scheme.Deletions {
			return fmt.Errorf("delete clause %s: %w", deletion.Clause, ErrNotAllowed)
		}
		t.standing[i].deleted = true
	}
	return nil
}

// assess marks what was looked at. Under method rating only a rating does that, and it loses its
// complement (R4).
func (t *tally) assess(f *Facts) error {
	for _, assessment := range f.Assessments {
		i, err := t.position(assessment.Clause)
		if err != nil {
			return err
		}
		at := &t.standing[i]
		if t.scheme.Method == MethodDeduction && assessment.Rating == "" {
			at.assessed = true
			continue
		}
		if at.assessed, at.lost, err = t.rated(i, assessment.Rating); err != nil {
			return fmt.Errorf("rate clause %s: %w", assessment.Clause, err)
		}
		at.touched = at.assessed
	}
	return nil
}

// rated applies R4: the clause earns points × rating, so it loses the rest.
func (t *tally) rated(clause int, rating Decimal) (assessed bool, loss Number, err error) {
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

// deduct adds up the losses of each clause (R12).
func (t *tally) deduct(f *Facts) error {
	for _, deduction := range f.Deductions {
		i, err := t.position(deduction.Clause)
		if err != nil {
			return err
		}
		loss, err := t.loss(i, deduction)
		if err != nil {
			return fmt.Errorf("deduction %s on clause %s: %w", deduction.ID, deduction.Clause, err)
		}
		at := &t.standing[i]
		at.touched = true
		if !t.restored(deduction) {
			at.lost = at.lost.Add(loss)
		}
	}
	return nil
}

// restored tells whether a correction gave the points back.
func (t *tally) restored(d Deduction) bool { return t.scheme.CorrectionsRestore && d.Restored != 0 }

// loss applies R2 and R3.
func (t *tally) loss(clause int, d Deduction) (Number, error) {
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

// add sums up the clauses. A clause not covered counts nowhere; a loss on a deleted clause does not
// count (R5).
func (t *tally) add() {
	for i := range t.standing {
		at := &t.standing[i]
		switch {
		case !at.covered:
		case at.deleted:
			t.deleted = t.deleted.Add(t.scheme.prepared.points[i])
		default:
			t.clauses++
			if at.assessed {
				t.assessed++
			}
			if at.touched {
				t.lost = t.lost.Add(t.lostBy(i))
			}
		}
	}
}

// lostBy caps the losses of a clause at its points (R12).
func (t *tally) lostBy(clause int) Number {
	return lesser(t.scheme.prepared.points[clause], t.standing[clause].lost)
}

// position finds a clause. Facts mostly come in the order of the scheme, so the clause after the
// last one is tried before the index.
func (t *tally) position(clause string) (int, error) {
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
