package api

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"starledger/events"
	"starledger/events/checks"
	"starledger/projections"
)

// checkBody is what one conformance check came to over one case.
type checkBody struct {
	Code    string        `json:"code"`
	Name    string        `json:"name"`
	Outcome checks.Result `json:"outcome"`
	Case    events.CaseID `json:"case"`
	Detail  string        `json:"detail"`
	Events  []uint64      `json:"events"`
}

// getCaseChecks runs every conformance check over the history of a case.
func (s *Server) getCaseChecks(w http.ResponseWriter, c *call) error {
	v, err := s.view(c)
	if err != nil {
		return err
	}
	moment := uint64(0)
	if c.query.Has("as_of") {
		moment = v.at.Seq
	}
	outcomes, err := s.review(c.Context(), v.of.ID, v.of.Head.Seq, moment, c.language)
	if err != nil {
		return err
	}
	w.Header().Add("Vary", "Accept-Language")
	return v.show(w, list[checkBody]{Items: outcomes})
}

// listChecks runs them over the ledger, a page of cases at a time.
func (s *Server) listChecks(w http.ResponseWriter, c *call) error {
	if err := s.consult(c.Context()); err != nil {
		return err
	}
	part, within, err := s.listing(c)
	if err != nil {
		return err
	}
	page, err := s.views.Cases(c.Context(), projections.CaseQuery{Within: within, After: part.after, Limit: part.limit})
	if err != nil {
		return err
	}
	var found []checkBody
	for _, row := range page.Items {
		outcomes, err := s.review(c.Context(), row.ID, 0, 0, c.language)
		if err != nil {
			return err
		}
		found = append(found, outcomes...)
	}
	return writePage(w, c, found, page.Next)
}

// review runs the checks over a case up to a sequence, 0 for all of it, with the registry as of a moment of
// the log, 0 for now.
func (s *Server) review(ctx context.Context, id events.CaseID, upTo, moment uint64, in language) ([]checkBody, error) {
	history, err := s.views.Events(ctx, id, upTo)
	if err != nil {
		return nil, fmt.Errorf("read the events of case %s: %w", id, err)
	}
	ground, err := s.groundOf(ctx, moment, history)
	if err != nil {
		return nil, err
	}
	outcomes, err := checks.ReviewOn(ground, id, history)
	if err != nil {
		return nil, err
	}
	return mapped(outcomes, func(o *checks.Outcome) checkBody {
		details := make([]string, len(o.Detail))
		for i, detail := range o.Detail {
			details[i] = in.of(detail)
		}
		return checkBody{o.Check.Code, in.of(o.Check.Name), o.Result, id, strings.Join(details, "; "), o.Events}
	}), nil
}
