package api

import (
	"errors"
	"fmt"
	"net/http"

	"starledger/events"
	"starledger/events/checks"
	"starledger/scoring"
)

// sheetRow is one clause of two audits side by side: what the enterprise found in itself, and what the
// certification body found (004 Q5). A side is absent where its audit does not cover the clause.
type sheetRow struct {
	Clause string     `json:"clause"`
	A      *sheetSide `json:"a,omitzero"`
	B      *sheetSide `json:"b,omitzero"`
	Same   bool       `json:"same"` // both sides say the same
}

type sheetSide struct {
	Result  events.AssessmentResult `json:"result,omitzero"` // absent while it is not assessed
	Rating  events.Decimal          `json:"rating,omitzero"`
	Points  scoring.Decimal         `json:"points"`
	Earned  scoring.Number          `json:"earned"`
	Deleted bool                    `json:"deleted"`
}

// compareSheets shows the audit of the path beside another one, of the same or of another case that the
// caller may read.
func (s *Server) compareSheets(w http.ResponseWriter, c *call) error {
	if err := s.caughtUp(c); err != nil {
		return err
	}
	a, err := c.audit(c.history.Case)
	if err != nil {
		return err
	}
	b, err := s.otherAudit(c)
	if err != nil {
		return err
	}
	left, err := s.sheetOf(a)
	if err != nil {
		return err
	}
	right, err := s.sheetOf(b)
	if err != nil {
		return err
	}
	setETag(w, c.history.Case.Head.CaseSeq)
	return writePage(w, c, beside(left, right), 0)
}

// otherAudit is the audit that the parameters name.
func (s *Server) otherAudit(c *call) (*events.Audit, error) {
	for _, name := range []string{"other", "other_audit"} {
		if !c.query.Has(name) {
			return nil, malformed("parameter-missing", "parameter", name).at(name)
		}
	}
	var id events.CaseID
	if id.UnmarshalText([]byte(c.query.Get("other"))) != nil || own(id) {
		return nil, noCase()
	}
	h, err := s.history(c.Context(), id, s.views.History)
	if err != nil {
		return nil, err
	}
	if h.Case.Head.CaseSeq == 0 {
		return nil, noCase()
	}
	if err := s.mayRead(c.Context(), c.actor, h.Case); err != nil {
		return nil, err
	}
	if err := s.consultFor(c.Context(), h.Case); err != nil {
		return nil, err
	}
	number, err := auditNumber(c.query.Get("other_audit"))
	if err != nil {
		return nil, err
	}
	if other := h.Case.Audit(number); other != nil {
		return other, nil
	}
	return nil, noAudit()
}

// auditSheet is an audit clause by clause, in the order of its scheme.
type auditSheet struct {
	order []string
	sides map[string]*sheetSide
}

func (s *Server) sheetOf(a *events.Audit) (*auditSheet, error) {
	result, err := checks.Score(a, s.book())
	switch {
	case errors.Is(err, scoring.ErrAllDeleted):
		return nil, refuse(http.StatusUnprocessableEntity, "score-impossible")
	case err != nil:
		return nil, fmt.Errorf("show the sheet of audit %d: %w", a.Number, err)
	}
	clauses := result.Clauses()
	if len(result.Evaluations) > 0 {
		clauses = append(result.Evaluations[0].Result.Clauses(), clauses...)
	}
	list := &auditSheet{sides: map[string]*sheetSide{}}
	for _, clause := range clauses {
		side := &sheetSide{Points: clause.Points, Earned: clause.Earned, Deleted: clause.Deleted}
		if assessment := a.Assessment(events.Clause(clause.Clause)); assessment != nil && !clause.Deleted {
			side.Result, side.Rating = assessment.Result, assessment.Rating
		}
		list.order, list.sides[clause.Clause] = append(list.order, clause.Clause), side
	}
	return list, nil
}

// beside joins two sheets: the clauses of the first in its order, then what only the second has.
func beside(a, b *auditSheet) []sheetRow {
	var rows []sheetRow
	for _, clause := range a.order {
		left, right := a.sides[clause], b.sides[clause]
		rows = append(rows, sheetRow{clause, left, right, right != nil && left.says(right)})
	}
	for _, clause := range b.order {
		if a.sides[clause] == nil {
			rows = append(rows, sheetRow{Clause: clause, B: b.sides[clause]})
		}
	}
	return rows
}

func (x *sheetSide) says(y *sheetSide) bool {
	return x.Result == y.Result && x.Deleted == y.Deleted && x.Earned.Cmp(y.Earned) == 0
}
