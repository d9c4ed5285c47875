package api

import (
	"net/http"

	"starledger/events"
	"starledger/projections"
	"starledger/scoring"
)

// sheetRow is one clause of two audits side by side: what the enterprise found in itself, and what the
// certification body found (004 Q5). A side is absent where its audit does not cover the clause.
type sheetRow struct {
	Clause events.Clause   `json:"clause"`
	A      *clauseSide     `json:"a,omitzero"`
	B      *clauseSide     `json:"b,omitzero"`
	Same   bool            `json:"same"`           // both sides say the same
	Delta  *scoring.Number `json:"delta,omitzero"` // how many points more a earned, where both count
}

// compareSheets shows the audit of the path beside another one, of the same or of another case that the
// caller may read, both as they stood at one instant.
func (s *Server) compareSheets(w http.ResponseWriter, c *call) error {
	v, err := s.view(c)
	if err != nil {
		return err
	}
	a, err := c.audit(v.of)
	if err != nil {
		return err
	}
	b, err := s.otherAudit(c, v.instant())
	if err != nil {
		return err
	}
	left, err := s.sideOf(a)
	if err != nil {
		return err
	}
	right, err := s.sideOf(b)
	if err != nil {
		return err
	}
	setETag(w, v.caseSeq)
	keepable(w, v.asked)
	return writePage(w, c, mapped(sideBySide(left, right), func(p *clausePair) sheetRow {
		return sheetRow{p.clause, p.a, p.b, p.same(), p.delta()}
	}), 0)
}

// otherAudit is the audit that the parameters name, as it stood at a point. Whether the caller may read it is
// judged by the case as it is now.
func (s *Server) otherAudit(c *call, at projections.Point) (*events.Audit, error) {
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
	then, _, err := s.views.At(c.Context(), id, at)
	if err != nil {
		return nil, pointProblem(err, "as_of")
	}
	if other := then.Audit(number); other != nil {
		return other, nil
	}
	return nil, noAudit()
}
