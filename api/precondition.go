package api

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"starledger/events"
	"starledger/projections"
)

// ifMatchOf is the state of the case that the caller has seen; nil when the request does not say.
// Only one strong tag of the contract's form is understood: to guess at others would let a command
// pass that was meant for another state.
func ifMatchOf(h http.Header) (*uint64, error) {
	given := h.Values("If-Match")
	if len(given) == 0 {
		return nil, nil
	}
	digits, quoted := strings.CutPrefix(given[0], `"`)
	digits, closed := strings.CutSuffix(digits, `"`)
	seen, err := strconv.ParseUint(digits, 10, 64)
	if len(given) > 1 || !quoted || !closed || err != nil || strconv.FormatUint(seen, 10) != digits {
		return nil, malformed("if-match-malformed").at("If-Match")
	}
	return &seen, nil
}

// mostMissed bounds how many missed events a refusal shows: as many as a page. Who missed more reads
// the feed of the case.
const mostMissed = maxLimit

// precondition holds If-Match against the case as it stands.
func (s *Server) precondition(ctx context.Context, h *projections.History, seen *uint64, required bool) error {
	switch {
	case seen == nil && required:
		return refuse(http.StatusPreconditionRequired, "if-match-missing").at("If-Match")
	case seen == nil || *seen == h.Case.Head.CaseSeq:
		return nil
	}
	problem := refuse(http.StatusPreconditionFailed, "if-match-stale",
		"seen", strconv.FormatUint(*seen, 10), "now", strconv.FormatUint(h.Case.Head.CaseSeq, 10)).at("If-Match")
	problem.Missed = []Item{}
	if h.Case.Head.CaseSeq == 0 {
		return problem // a case that is about to be opened
	}
	list, err := s.views.Events(ctx, h.Case.ID, 0)
	if err != nil {
		return fmt.Errorf("read what was missed of case %s: %w", h.Case.ID, err)
	}
	problem.Missed = missed(list, *seen)
	return problem
}

// missed are the events after the state seen, the oldest first.
func missed(list []*events.Stored, seen uint64) []Item {
	items := []Item{}
	for _, e := range list {
		if e.CaseSeq > seen && len(items) < mostMissed {
			items = append(items, itemOf(e))
		}
	}
	return items
}
