package api

import (
	"fmt"
	"net/http"
	"slices"

	"starledger/events"
	"starledger/events/checks"
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

// auditMark is one side as a whole.
type auditMark struct {
	Kind   events.AuditKind `json:"kind"`
	Scheme string           `json:"scheme"`
	Score  *markBody        `json:"score,omitzero"`
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

// clauseSide is a clause in one audit.
type clauseSide struct {
	Points   scoring.Decimal         `json:"points"`
	Earned   scoring.Number          `json:"earned"`
	Deleted  bool                    `json:"deleted"`
	Result   events.AssessmentResult `json:"result,omitzero"`
	Findings []events.Number         `json:"findings"` // nonconformities that stand
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
	for _, clause := range union(one.order, other.order) {
		compared := clauseCompared{Clause: clause, Now: one.clauses[clause], Before: other.clauses[clause]}
		compared.settle()
		if compared.Repeated {
			body.Repeated = append(body.Repeated, clause)
		}
		body.Clauses = append(body.Clauses, compared)
	}
	return body, nil
}

func (c *clauseCompared) settle() {
	if c.Now == nil || c.Before == nil {
		return
	}
	c.Repeated = len(c.Now.Findings) > 0 && len(c.Before.Findings) > 0
	if !c.Now.Deleted && !c.Before.Deleted {
		delta := c.Now.Earned.Sub(c.Before.Earned)
		c.Delta = &delta
	}
}

// auditSide is an audit as the comparison needs it.
type auditSide struct {
	mark    auditMark
	final   *scoring.Number // nil for a partial audit
	order   []events.Clause // of the scheme
	clauses map[events.Clause]*clauseSide
}

func (s *Server) sideOf(a *events.Audit) (*auditSide, error) {
	result, err := checks.Score(a, s.book())
	if err != nil {
		return nil, err
	}
	side := &auditSide{
		mark:    auditMark{Kind: a.Kind, Scheme: string(a.Scheme.ID + "@" + a.Scheme.Version)},
		clauses: map[events.Clause]*clauseSide{},
	}
	if !a.Partial() {
		side.mark.Score, side.final = markOf(result), &result.Final
	}
	for _, r := range result.Clauses() {
		clause := events.Clause(r.Clause)
		shown := &clauseSide{Points: r.Points, Earned: r.Earned, Deleted: r.Deleted, Findings: []events.Number{}}
		if assessed := a.Assessment(clause); assessed != nil {
			shown.Result = assessed.Result
		}
		side.order, side.clauses[clause] = append(side.order, clause), shown
	}
	for i := range a.Findings {
		f := &a.Findings[i]
		if on := side.clauses[f.Clause]; on != nil && f.Category == events.Nonconformity && f.Withdrawn == nil {
			on.Findings = append(on.Findings, f.Finding)
		}
	}
	return side, nil
}

// union is the wider of two lists in its order, then what only the other has.
func union(a, b []events.Clause) []events.Clause {
	if len(b) > len(a) {
		a, b = b, a
	}
	all := slices.Clone(a)
	for _, clause := range b {
		if !slices.Contains(a, clause) {
			all = append(all, clause)
		}
	}
	return all
}
