package api

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"

	"starledger/events"
	"starledger/projections/bundle"
)

// The actions of a bundle by its profile: policies.cedar says who may have which.
var bundleActions = map[bundle.Profile]string{
	bundle.Assessor: "bundleForAssessor", // complete: rests on all leaves
	bundle.Client:   "bundleForClient",   // the own case alone
}

// getBundle streams a case, with an accreditation review the cases that it drew, as a zip that is verified
// without a connection. Once a byte was sent the only way to tell of a failure is to cut the connection.
func (s *Server) getBundle(w http.ResponseWriter, c *call) error {
	log, err := s.sealed()
	if err != nil {
		return err
	}
	least, err := minSeqOf(c.query)
	if err != nil {
		return err
	}
	if least > 0 {
		if err := s.waitFor(c.Context(), least); err != nil {
			return err
		}
		// Read again what may be bundled: the case may have gone on meanwhile, and drawn other cases.
		if c.history, err = s.history(c.Context(), c.history.Case.ID, s.views.History); err != nil {
			return err
		}
	}
	request, err := s.bundleOf(c)
	if err != nil {
		return err
	}
	of := c.history.Case
	if err := s.provable(log, max(of.Head.Seq, least)); err != nil {
		return err
	}
	h := w.Header()
	describe := func() {
		h.Set("Content-Type", "application/zip")
		h.Set("Content-Disposition", fmt.Sprintf(`attachment; filename="%s-%s.zip"`, of.ID, request.Profile))
	}
	if c.Method == http.MethodHead { // nobody would read it
		describe()
		w.WriteHeader(http.StatusOK)
		return nil
	}
	release, err := log.beginBundle()
	if err != nil {
		return err
	}
	defer release()
	describe()
	out := newOutlet(w, writePatience)
	if err := log.Bundle(c.Context(), out, request); err != nil {
		if errors.Is(err, events.ErrTooLarge) { // found before the first byte
			return refuse(http.StatusUnprocessableEntity, "bundle-too-large")
		}
		return out.broken(fmt.Errorf("bundle case %s for %s: %w", of.ID, request.Profile, err))
	}
	return out.flush()
}

const (
	// mostBundles are written at a time: each holds its events in memory and reads all leaves of the log.
	mostBundles = 4
	// bundleRetry is after how many seconds one of them is likely to have ended.
	bundleRetry = 5
)

// beginBundle takes one of the places there are for writing bundles; release gives it back. Nobody waits
// for one: a caller who is told to come back holds no connection.
func (s *sealing) beginBundle() (release func(), err error) {
	select {
	case s.bundles <- struct{}{}:
		return func() { <-s.bundles }, nil
	default:
		return nil, refuse(http.StatusServiceUnavailable, "bundles-busy").retryAfter(bundleRetry)
	}
}

// bundleOf is the bundle asked for, if the caller may have it. That the caller may read the case is
// known by now.
func (s *Server) bundleOf(c *call) (bundle.Request, error) {
	request := bundle.Request{Case: c.history.Case.ID, Profile: bundle.Assessor}
	if c.query.Has("profile") {
		request.Profile = bundle.Profile(c.query.Get("profile"))
	}
	action, known := bundleActions[request.Profile]
	if !known {
		return request, malformed("profile-unknown").at("profile")
	}
	if c.query.Has("since") {
		var ok bool
		if request.Since, ok = parseSeq(c.query.Get("since")); !ok {
			return request, malformed("since-malformed").at("since")
		}
	}
	return request, s.mayBundle(c.Context(), c.actor, action, c.history.Case)
}

// mayBundle asks for a case, and for every case that it drew where it is an accreditation review: a grant
// may have ended since.
func (s *Server) mayBundle(ctx context.Context, a *Actor, action string, of *events.Case) error {
	on, err := s.readTarget(ctx, a, of)
	if err != nil {
		return err
	}
	if _, err := s.court.allow(a, action, on); err != nil {
		return err
	}
	sampled, err := bundle.Sampled(of, func(d events.Digest) (io.ReadCloser, error) { return s.attachments.Open(d) })
	if err != nil {
		return fmt.Errorf("bundle case %s: %w", of.ID, err)
	}
	for _, id := range sampled {
		h, err := s.history(ctx, id, s.views.History)
		if err != nil {
			return err
		}
		if err := s.mayBundle(ctx, a, action, h.Case); err != nil {
			return err
		}
	}
	return nil
}

// provable refuses a bundle of what the published checkpoint, on which a bundle rests, does not cover yet: the
// last event of the case, and the one that the caller wants in it, be it of a case that was drawn.
func (s *Server) provable(log *sealing, upTo uint64) error {
	switch status := log.Sealer.Status(); {
	case upTo <= status.Published.Size:
		return nil
	case upTo <= status.Sealed.Size && status.Incident == nil:
		return refuse(http.StatusTooEarly, "not-witnessed-yet").retryAfter(witnessRetry)
	}
	return s.tooEarly()
}

// witnessRetry is after how many seconds witnesses are asked again.
const witnessRetry = 10
