package api

import (
	"net/http"
	"strings"

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
	id := c.part("id")
	scheme, ok := s.book().InForce(id, s.clock())
	if c.query.Has("version") {
		scheme, ok = s.book().Find(id, c.query.Get("version"))
	}
	if !ok {
		return notFound("unknown-scheme", "scheme", clip(id))
	}
	tag := `"` + scheme.Digest() + `"`
	w.Header().Set("ETag", tag)
	if matches(c.Header.Values("If-None-Match"), tag) {
		w.WriteHeader(http.StatusNotModified)
		return nil
	}
	return writeBytes(w, http.StatusOK, "application/json", scheme.Canonical())
}

// matches tells whether If-None-Match names a tag: RFC 9110 13.1.2, with the weak comparison. Tags
// here hold no comma.
func matches(ifNoneMatch []string, tag string) bool {
	for _, line := range ifNoneMatch {
		for each := range strings.SplitSeq(line, ",") {
			each = strings.TrimSpace(each)
			if each == "*" || strings.TrimPrefix(each, "W/") == tag {
				return true
			}
		}
	}
	return false
}
