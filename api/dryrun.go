package api

import (
	"net/http"
	"net/url"

	"starledger/events"
	"starledger/events/checks"
)

// rehearsalBody is what a dry run answers: the event that would be written, with a nonce and an id
// that the real one will not have, and the score before and after.
type rehearsalBody struct {
	Event    rawJSON       `json:"event"`
	Before   *markBody     `json:"before,omitzero"`
	After    *markBody     `json:"after,omitzero"`
	Warnings []warningBody `json:"warnings"`
}

func dryRunOf(query url.Values) (bool, error) {
	switch query.Get("dry_run") {
	case "true":
		return true, nil
	case "", "false":
		return false, nil
	}
	return false, malformed("dry-run-malformed").at("dry_run")
}

// rehearse judges a posting like a real one, but for the key and for asking which state was seen:
// nothing is stored, so nothing can be overwritten unseen. A stale If-Match is told all the same.
func (s *Server) rehearse(w http.ResponseWriter, c *call, p *posting) error {
	h, err := s.target(c.Context(), p, s.views.History)
	if err != nil {
		return err
	}
	if err := s.admissible(c.Context(), p, h); err != nil {
		return err
	}
	imagined, err := s.decideAll(h.Case, p)
	if err != nil {
		return err
	}
	ground, err := s.ground(c.Context(), imagined)
	if err != nil {
		return err
	}
	items, err := s.rehearsals(ground, h.Case.Clone(), imagined, c.language)
	if err != nil {
		return err
	}
	if h.Case.Head.CaseSeq > 0 { // a case that would be opened has no state yet
		setETag(w, h.Case.Head.CaseSeq)
	}
	if p.batch {
		return writeJSON(w, http.StatusOK, list[rehearsalBody]{Items: items})
	}
	return writeJSON(w, http.StatusOK, items[0])
}

// rehearsals folds now over the imagined events.
func (s *Server) rehearsals(ground checks.Ground, now *events.Case, imagined []*events.Stored, in language) ([]rehearsalBody, error) {
	items := make([]rehearsalBody, len(imagined))
	for i, e := range imagined {
		before, err := s.mark(now, e.Data)
		if err != nil {
			return nil, err
		}
		warnings := warningsOf(ground, now, e, in)
		if err := now.Follow(e); err != nil {
			return nil, err
		}
		after, err := s.mark(now, e.Data)
		if err != nil {
			return nil, err
		}
		items[i] = rehearsalBody{rawJSON(e.Body), before, after, warnings}
	}
	return items, nil
}
