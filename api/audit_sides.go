package api

import (
	"errors"
	"fmt"
	"net/http"
	"slices"

	"starledger/events"
	"starledger/events/checks"
	"starledger/scoring"
)

// auditSide is one of two audits that are held against each other clause by clause.
type auditSide struct {
	mark    auditMark
	final   *scoring.Number // nil for a partial audit
	order   []events.Clause // of the schemes
	clauses map[events.Clause]*clauseSide
}

// auditMark is one side as a whole.
type auditMark struct {
	Kind   events.AuditKind `json:"kind"`
	Scheme string           `json:"scheme"`
	Score  *markBody        `json:"score,omitzero"`
}

// clauseSide is a clause in one audit: what it is worth, what it earned, and what was said of it.
type clauseSide struct {
	Points   scoring.Decimal         `json:"points"`
	Earned   scoring.Number          `json:"earned"`
	Deleted  bool                    `json:"deleted"`
	Result   events.AssessmentResult `json:"result,omitzero"` // absent while it is not assessed, and when it is deleted
	Rating   events.Decimal          `json:"rating,omitzero"`
	Findings []events.Number         `json:"findings"` // nonconformities that stand
}

// sideOf reads an audit off its explanation; where the scheme declares an evaluation 1, its clauses come first.
func (s *Server) sideOf(a *events.Audit) (*auditSide, error) {
	result, err := checks.Score(a, s.book())
	switch {
	case errors.Is(err, scoring.ErrAllDeleted):
		return nil, refuse(http.StatusUnprocessableEntity, "score-impossible")
	case err != nil:
		return nil, fmt.Errorf("show audit %d clause by clause: %w", a.Number, err)
	}
	side := &auditSide{
		mark:    auditMark{Kind: a.Kind, Scheme: string(a.Scheme.ID + "@" + a.Scheme.Version)},
		clauses: map[events.Clause]*clauseSide{},
	}
	if !a.Partial() {
		side.mark.Score, side.final = markOf(result), &result.Final
	}
	if len(result.Evaluations) > 0 {
		side.add(a, result.Evaluations[0].Result)
	}
	side.add(a, result)
	for i := range a.Findings {
		f := &a.Findings[i]
		if on := side.clauses[f.Clause]; on != nil && f.Category == events.Nonconformity && f.Withdrawn == nil {
			on.Findings = append(on.Findings, f.Finding)
		}
	}
	return side, nil
}

func (x *auditSide) add(a *events.Audit, of *scoring.Result) {
	for _, r := range of.Clauses() {
		clause := events.Clause(r.Clause)
		shown := &clauseSide{Points: r.Points, Earned: r.Earned, Deleted: r.Deleted, Findings: []events.Number{}}
		if assessed := a.Assessment(clause); assessed != nil && !r.Deleted {
			shown.Result, shown.Rating = assessed.Result, assessed.Rating
		}
		x.order, x.clauses[clause] = append(x.order, clause), shown
	}
}

// clausePair is a clause on both sides; a side that does not cover it is nil.
type clausePair struct {
	clause events.Clause
	a, b   *clauseSide
}

// sideBySide joins two audits: the clauses of the wider in its order, then what only the other has.
func sideBySide(a, b *auditSide) []clausePair {
	wide, narrow := a.order, b.order
	if len(narrow) > len(wide) {
		wide, narrow = narrow, wide
	}
	order := slices.Clone(wide)
	for _, clause := range narrow {
		if a.clauses[clause] == nil || b.clauses[clause] == nil {
			order = append(order, clause)
		}
	}
	pairs := make([]clausePair, len(order))
	for i, clause := range order {
		pairs[i] = clausePair{clause, a.clauses[clause], b.clauses[clause]}
	}
	return pairs
}

// same tells that both audits have the clause and say the same of it.
func (p clausePair) same() bool {
	return p.a != nil && p.b != nil && p.a.Result == p.b.Result && p.a.Deleted == p.b.Deleted && p.a.Earned.Cmp(p.b.Earned) == 0
}

// repeated tells that both audits found a nonconformity on the clause.
func (p clausePair) repeated() bool {
	return p.a != nil && p.b != nil && len(p.a.Findings) > 0 && len(p.b.Findings) > 0
}

// delta is how many points more the first audit earned; nil where the clause does not count in both.
func (p clausePair) delta() *scoring.Number {
	if p.a == nil || p.b == nil || p.a.Deleted || p.b.Deleted {
		return nil
	}
	delta := p.a.Earned.Sub(p.b.Earned)
	return &delta
}
