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
	outcomes, err := s.review(c.Context(), v.of.ID, v.of.Head.Seq, moment)
	if err != nil {
		return err
	}
	w.Header().Add("Vary", "Accept-Language")
	return v.show(w, list[checkBody]{Items: checkBodies(v.of.ID, outcomes, c.language)})
}

// ledgerChecks is a page of cases with their checks, which are true of everything up to as_of and hold what
// a case has seen since.
type ledgerChecks struct {
	AsOf asOfBody `json:"as_of"`
	list[checkBody]
}

// listChecks shows them over the ledger, a page of cases at a time: now as they are kept (see
// projections.Reviews), as of a point by running them.
func (s *Server) listChecks(w http.ResponseWriter, c *call) error {
	asked, err := pointOf(c.query)
	if err != nil {
		return err
	}
	if err := s.consult(c.Context()); err != nil {
		return err
	}
	part, within, err := s.listing(c)
	if err != nil {
		return err
	}
	at, err := s.views.Resolve(c.Context(), asked)
	if err != nil {
		return pointProblem(err, "as_of")
	}
	page, err := s.views.Cases(c.Context(), projections.CaseQuery{Within: within, AsOf: asked, After: part.after, Limit: part.limit})
	if err != nil {
		return pointProblem(err, "as_of")
	}
	outcomes, err := s.outcomes(c.Context(), page.Items, asked, at.Seq)
	if err != nil {
		return err
	}
	found := []checkBody{}
	for i, row := range page.Items {
		found = append(found, checkBodies(row.ID, outcomes[i], c.language)...)
	}
	w.Header().Add("Vary", "Accept-Language")
	keepableList(w, asked, within)
	body := ledgerChecks{AsOf: asOf(at), list: pageOf(w, c, found, page.Next)}
	return writeJSON(w, http.StatusOK, body)
}

// outcomes are those of the cases of a list, as of a point, which is at a sequence.
func (s *Server) outcomes(ctx context.Context, rows []projections.CaseRow, asked projections.Point, at uint64) ([][]checks.Outcome, error) {
	if asked == (projections.Point{}) {
		return s.reviews.Of(ctx, mapped(rows, func(row *projections.CaseRow) projections.CaseUpTo {
			return projections.CaseUpTo{ID: row.ID, Head: row.Changed.Seq}
		})...)
	}
	list := make([][]checks.Outcome, len(rows))
	for i, row := range rows {
		var err error
		if list[i], err = s.review(ctx, row.ID, at, at); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// review runs the checks over a case up to a sequence, 0 for all of it, with the registry as of a moment of
// the log, 0 for now.
func (s *Server) review(ctx context.Context, id events.CaseID, upTo, moment uint64) ([]checks.Outcome, error) {
	history, err := s.views.Events(ctx, id, upTo)
	if err != nil {
		return nil, fmt.Errorf("read the events of case %s: %w", id, err)
	}
	ground, err := s.groundOf(ctx, moment, history)
	if err != nil {
		return nil, err
	}
	return checks.ReviewOn(ground, id, history)
}

// KeepReviews has the conformance checks run over every case before anybody asks, and over each again
// that goes on, until ctx ends.
func (s *Server) KeepReviews(ctx context.Context) error { return s.reviews.Run(ctx) }

func checkBodies(id events.CaseID, outcomes []checks.Outcome, in language) []checkBody {
	return mapped(outcomes, func(o *checks.Outcome) checkBody {
		details := make([]string, len(o.Detail))
		for i, detail := range o.Detail {
			details[i] = in.of(detail)
		}
		return checkBody{o.Check.Code, in.of(o.Check.Name), o.Result, id, strings.Join(details, "; "), o.Events}
	})
}
