package api

import (
	"errors"
	"fmt"
	"net/http"

	"starledger/events"
	"starledger/projections"
)

// grantBody shows a grant in the words it was posted in.
type grantBody struct {
	Grant   events.Number `json:"grant"`
	Actor   events.ID     `json:"actor"`
	Cases   any           `json:"cases"` // "all", or a list of ids
	From    events.Date   `json:"from"`
	Until   events.Date   `json:"until"`
	Entry   entryBody     `json:"entry"`
	Revoked *entryBody    `json:"revoked,omitzero"`
}

// listGrants shows all grants to the body's staff, and to others their own. The state it names is the one
// that a revocation has to have seen.
func (s *Server) listGrants(w http.ResponseWriter, c *call) error {
	if err := s.caughtUp(c); err != nil {
		return err
	}
	h, err := s.views.History(c.Context(), events.Access)
	if errors.Is(err, projections.ErrNoCase) {
		h, err = &projections.History{Case: events.NewCase(events.Access)}, nil
	}
	if err != nil {
		return fmt.Errorf("read the grants: %w", err)
	}
	var shown []events.Grant
	everything := s.permits(c.actor, target{})
	for _, g := range h.Case.Grants {
		if everything || g.GrantMade.Actor == c.actor.ID {
			shown = append(shown, g)
		}
	}
	setETag(w, h.Case.Head.CaseSeq)
	return writePage(w, c, mapped(shown, grantOf), 0)
}

func grantOf(g *events.Grant) grantBody {
	body := grantBody{g.GrantMade.Grant, g.GrantMade.Actor, g.Cases, g.From, g.Until, sourceOf(g.Entry), sourceIf(g.Revoked)}
	if g.All {
		body.Cases = "all"
	}
	return body
}
