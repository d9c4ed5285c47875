package projections

import (
	"starledger/events"
	"starledger/scoring"
)

// tallied is the score of an audit as lists show it.
type tallied struct {
	assessed int // clauses; a score can be as it was while this moves on
	rest
}

type rest struct {
	final       string // fraction; "" before the audit was planned
	grade       events.ID
	limit       string
	involved    int
	specials    int
	provisional bool
	verdict     verdict
}

// verdict is a *bool that can be compared.
type verdict int

const (
	noVerdict verdict = iota // provisional, or a partial audit
	failed
	passed
)

// tallyOf is what lists show of an outcome.
func tallyOf(o scoring.Outcome) tallied {
	t := tallied{o.Assessed, rest{
		final: o.Final.Fraction(), involved: o.InvolvedClauses,
		specials: o.Specials.Count, limit: o.Specials.Limit, provisional: o.Provisional,
	}}
	if o.Grade != nil {
		t.grade = events.ID(o.Grade.ID)
	}
	switch {
	case o.Passed == nil:
	case *o.Passed:
		t.verdict = passed
	default:
		t.verdict = failed
	}
	return t
}

// rescored is what an event did to the score of an audit.
type rescored struct {
	audit         uint64
	clause        events.Clause
	previous      uint64 // sequence of the event that made the score before; 0 when the audit was planned
	before, after tallied
}

// changed tells whether more than the progress is another.
func (r *rescored) changed() bool { return r.before.rest != r.after.rest }

// moved tells whether the final value or the grade is another. The planning of an audit moves nothing.
func (r *rescored) moved() bool {
	return r.previous > 0 && (r.before.final != r.after.final || r.before.grade != r.after.grade)
}
