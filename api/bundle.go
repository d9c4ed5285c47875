package api

import (
	"fmt"
	"net/http"
)

// The actions of a bundle by its profile: policies.cedar says who may have which.
var bundleActions = map[string]string{
	"assessor": "bundleForAssessor", // complete: rests on all leaves
	"client":   "bundleForClient",   // the own case alone
}

// getBundle streams a case as a zip that is verified without a connection. Once a byte was sent the
// only way to tell of a failure is to cut the connection.
func (s *Server) getBundle(w http.ResponseWriter, c *call) error {
	log, err := s.sealed()
	if err != nil {
		return err
	}
	profile, err := s.profileOf(c)
	if err != nil {
		return err
	}
	of := c.history.Case
	if err := s.provable(log, of.Head.Seq); err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", "application/zip")
	h.Set("Content-Disposition", fmt.Sprintf(`attachment; filename="%s-%s.zip"`, of.ID, profile))
	if c.Method == http.MethodHead { // nobody would read it
		w.WriteHeader(http.StatusOK)
		return nil
	}
	out := newOutlet(w, writePatience)
	if err := log.Bundle(c.Context(), out, of.ID, profile); err != nil {
		return out.broken(fmt.Errorf("bundle case %s for %s: %w", of.ID, profile, err))
	}
	return out.flush()
}

// profileOf is the profile asked for, if the caller may have it. That the caller may read the case
// is known by now.
func (s *Server) profileOf(c *call) (string, error) {
	profile := "assessor"
	if c.query.Has("profile") {
		profile = c.query.Get("profile")
	}
	action, known := bundleActions[profile]
	if !known {
		return "", malformed("profile-unknown").at("profile")
	}
	on, err := s.readTarget(c.Context(), c.actor, c.history.Case)
	if err != nil {
		return "", err
	}
	_, err = s.policies.allow(c.actor, action, on)
	return profile, err
}

// provable refuses a bundle of a case whose last event the published checkpoint does not cover yet:
// that is the one a bundle rests on.
func (s *Server) provable(log *sealing, head uint64) error {
	switch status := log.Sealer.Status(); {
	case head <= status.Published.Size:
		return nil
	case head <= status.Sealed.Size && status.Incident == nil:
		return refuse(http.StatusTooEarly, "not-witnessed-yet").retryAfter(witnessRetry)
	}
	return s.tooEarly()
}

// witnessRetry is after how many seconds witnesses are asked again.
const witnessRetry = 10
