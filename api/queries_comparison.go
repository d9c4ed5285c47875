package api

import (
	"fmt"
	"net/http"

	"starledger/events"
	"starledger/scoring"
)

// auditsCompared sets an audit beside an earlier one of its case, clause by clause.
type auditsCompared struct {
	Case     events.CaseID    `json:"case"`
	AsOf     asOfBody         `json:"as_of"`
	Audit    uint64           `json:"audit"`
	With     uint64           `json:"with"`
	Now      auditMark        `json:"now"`
	Before   auditMark        `json:"before"`
	Delta    *scoring.Number  `json:"delta,omitzero"` // of the final values, where both have one
	Clauses  []clauseCompared `json:"clauses"`
	Repeated []events.Clause  `json:"repeated"`
}

// clauseCompared is a clause on both sides; a side that does not cover it is absent. Repeated means that
// both audits found a nonconformity on it.
type clauseCompared struct {
	Clause   events.Clause   `json:"clause"`
	Now      *clauseSide     `json:"now,omitzero"`
	Before   *clauseSide     `json:"before,omitzero"`
	Delta    *scoring.Number `json:"delta,omitzero"` // of the earned points, where both count
	Repeated bool            `json:"repeated"`
}

// getComparison compares an audit with the one before it, or with the one that is named.
func (s *Server) getComparison(w http.ResponseWriter, c *call) error {
	v, err := s.view(c)
	if err != nil {
		return err
	}
	now, err := c.audit(v.of)
	if err != nil {
		return err
	}
	before, err := earlierAudit(c, v.of, now)
	if err != nil {
		return err
	}
	body, err := s.compareAudits(v, now, before)
	if err != nil {
		return fmt.Errorf("compare audits %d and %d of case %s: %w", now.Number, before.Number, v.of.ID, err)
	}
	return v.show(w, body)
}

// earlierAudit is the audit that with names, or the last before this one.
func earlierAudit(c *call, of *events.Case, now *events.Audit) (*events.Audit, error) {
	number := uint64(0)
	if c.query.Has("with") {
		var ok bool
		if number, ok = parseSeq(c.query.Get("with")); !ok || number == now.Number {
			return nil, malformed("parameter-malformed", "parameter", "with", "expected", "count").at("with")
		}
		if a := of.Audit(number); a != nil {
			return a, nil
		}
		return nil, noAudit()
	}
	for i := range of.Audits {
		if n := of.Audits[i].Number; n < now.Number {
			number = max(number, n)
		}
	}
	if a := of.Audit(number); a != nil {
		return a, nil
	}
	return nil, notFound("nothing-to-compare")
}

func (s *Server) compareAudits(v *view, now, before *events.Audit) (*auditsCompared, error) {
	one, err := s.sideOf(now)
	if err != nil {
		return nil, err
	}
	other, err := s.sideOf(before)
	if err != nil {
		return nil, err
	}
	body := &auditsCompared{
		Case: v.of.ID, AsOf: asOf(v.at), Audit: now.Number, With: before.Number,
		Now: one.mark, Before: other.mark, Clauses: []clauseCompared{}, Repeated: []events.Clause{},
	}
	if one.final != nil && other.final != nil {
		delta := one.final.Sub(*other.final)
		body.Delta = &delta
	}
	for _, pair := range sideBySide(one, other) {
		compared := clauseCompared{pair.clause, pair.a, pair.b, pair.delta(), pair.repeated()}
		if compared.Repeated {
			body.Repeated = append(body.Repeated, pair.clause)
		}
		body.Clauses = append(body.Clauses, compared)
	}
	return body, nil
}
