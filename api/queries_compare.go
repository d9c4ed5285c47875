package api

import (
	"errors"
	"fmt"
	"net/http"

	"starledger/events"
	"starledger/projections"
	"starledger/scoring"
)

type comparisonBody struct {
	A      comparedBody   `json:"a"`
	B      comparedBody   `json:"b"`
	Delta  scoring.Number `json:"delta"`
	Causes []causeBody    `json:"causes"`
}

// comparedBody is the score at one of the two points.
type comparedBody struct {
	Seq        uint64         `json:"seq"`
	RecordedAt events.Instant `json:"recorded_at"`
	Final      scoring.Number `json:"final"`
	Grade      *string        `json:"grade"`
}

// causeBody is what one event did to the score; the deltas of all add up exactly.
type causeBody struct {
	Seq    uint64         `json:"seq"`
	Type   events.Type    `json:"type"`
	Actor  events.ID      `json:"actor"`
	Clause events.Clause  `json:"clause,omitzero"`
	Delta  scoring.Number `json:"delta"`
}

func causeOf(x *projections.Cause) causeBody {
	return causeBody{x.Seq, x.Type, x.Actor, x.Clause, x.Delta}
}

// compareScores explains why the score of an audit differs between two points. The answer never
// changes when both are sequences.
func (s *Server) compareScores(w http.ResponseWriter, c *call) error {
	if err := s.caughtUp(c); err != nil {
		return err
	}
	number, err := auditNumber(c.part("audit"))
	if err != nil {
		return err
	}
	a, err := s.compared(c, "a")
	if err != nil {
		return err
	}
	b, err := s.compared(c, "b")
	if err != nil {
		return err
	}
	body, err := s.comparison(c, number, a, b)
	if err != nil {
		return err
	}
	setETag(w, c.history.Case.Head.CaseSeq)
	if a.asked.Seq > 0 {
		keepable(w, b.asked)
	}
	return writeJSON(w, http.StatusOK, body)
}

// A comparedPoint is one of the two points, resolved.
type comparedPoint struct {
	asked projections.Point
	at    projections.Resolved
}

func (s *Server) compared(c *call, name string) (comparedPoint, error) {
	if !c.query.Has(name) {
		return comparedPoint{}, malformed("parameter-missing", "parameter", name).at(name)
	}
	asked, ok := parsePoint(c.query.Get(name))
	if !ok {
		return comparedPoint{}, malformed("as-of-malformed").at(name)
	}
	at, err := s.views.Resolve(c.Context(), asked)
	if err != nil {
		return comparedPoint{}, pointProblem(err, name)
	}
	return comparedPoint{asked, at}, nil
}

func (s *Server) comparison(c *call, audit uint64, a, b comparedPoint) (*comparisonBody, error) {
	id := c.history.Case.ID
	list, err := s.views.Events(c.Context(), id, max(a.at.Seq, b.at.Seq))
	if err != nil {
		return nil, fmt.Errorf("read the events of case %s: %w", id, err)
	}
	found, err := projections.Compare(list, audit, a.at.Seq, b.at.Seq, s.book())
	switch {
	case errors.Is(err, projections.ErrNoAudit):
		return nil, noAudit()
	case err != nil:
		return nil, fmt.Errorf("compare the scores of case %s: %w", id, err)
	}
	return &comparisonBody{
		A:     comparedBody{a.at.Seq, a.at.RecordedAt, found.A.Final, gradeID(found.A.Grade)},
		B:     comparedBody{b.at.Seq, b.at.RecordedAt, found.B.Final, gradeID(found.B.Grade)},
		Delta: found.Delta, Causes: mapped(found.Causes, causeOf),
	}, nil
}
