package api

import (
	"net/http"

	"starledger/events"
	"starledger/scoring"
)

// schemeRow is one version of a scheme in the list.
type schemeRow struct {
	ID           string         `json:"id"`
	Version      string         `json:"version"`
	Digest       string         `json:"digest"`
	Title        scoring.Text   `json:"title"`
	Method       scoring.Method `json:"method"`
	Scorable     bool           `json:"scorable"`
	InForceFrom  string         `json:"in_force_from"`
	InForceUntil string         `json:"in_force_until,omitzero"`
	Current      bool           `json:"current"`
}

// listSchemes lists every version of every scheme.
func (s *Server) listSchemes(w http.ResponseWriter, c *call) error {
	if err := s.caughtUp(c); err != nil {
		return err
	}
	if err := s.consult(c.Context()); err != nil {
		return err
	}
	rows := mapped(s.book().All(), func(each **scoring.Scheme) schemeRow {
		scheme := *each
		current, ok := s.book().InForce(scheme.ID, s.clock())
		return schemeRow{
			ID: scheme.ID, Version: scheme.Version, Digest: scheme.Digest(), Title: scheme.Title,
			Method: scheme.Method, Scorable: scheme.Scorable(),
			InForceFrom: scheme.InForceFrom, InForceUntil: scheme.InForceUntil,
			Current: ok && current == scheme,
		}
	})
	return writePage(w, c, rows, 0)
}

// getScheme shows the canonical document of a version, whose digest audits are pinned to; without
// a version, of the one in force today.
func (s *Server) getScheme(w http.ResponseWriter, c *call) error {
	if err := s.caughtUp(c); err != nil {
		return err
	}
	if err := s.consult(c.Context()); err != nil {
		return err
	}
	scheme, err := s.schemeOf(c)
	if err != nil {
		return err
	}
	return writeNamed(w, c, "application/json", events.Digest(scheme.Digest()), scheme.Canonical())
}

// schemeOf is the version that is asked for, or the one in force.
func (s *Server) schemeOf(c *call) (*scoring.Scheme, error) {
	if c.query.Has("version") {
		return s.versionOf(c, "version")
	}
	scheme, ok := s.book().InForce(c.part("id"), s.clock())
	if !ok {
		return nil, notFound("unknown-scheme", "scheme", clip(c.part("id")))
	}
	return scheme, nil
}
