package api

import (
	"errors"
	"fmt"
	"net/http"

	"starledger/events/checks"
	"starledger/scoring"
)

// getScore shows the score of an audit, with its explanation when asked for.
func (s *Server) getScore(w http.ResponseWriter, c *call) error {
	more, err := detailOf(c.query)
	if err != nil {
		return err
	}
	v, err := s.view(c)
	if err != nil {
		return err
	}
	audit, err := c.audit(v.of)
	if err != nil {
		return err
	}
	result, err := checks.Score(audit, s.book())
	switch {
	case errors.Is(err, scoring.ErrAllDeleted):
		return refuse(http.StatusUnprocessableEntity, "score-impossible")
	case err != nil:
		return fmt.Errorf("show the score of case %s: %w", v.of.ID, err)
	}
	body := scoreOf(result, audit.Scheme, asOf(v.at))
	body.explain(result, more)
	return v.show(w, body)
}
