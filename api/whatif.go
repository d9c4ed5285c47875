package api

import (
	"errors"
	"fmt"
	"net/http"

	"starledger/events"
	"starledger/events/checks"
	"starledger/events/decide"
	"starledger/scoring"
)

// A what-if is a reader's question about the score: without some events, with some commands more.
// Nothing is stored. The commands are judged by the rules but not by who may post them, since
// asking changes nothing; for the same reason the steps that rest on the score (report, review,
// decision, certificate, closure) are left out of the fold, which would otherwise forbid every
// question about an audit that is finished.
type whatIf struct {
	Without []uint64      `json:"without,omitzero"`
	With    []commandBody `json:"with,omitzero"`

	// Scheme, as id@version, asks what the audit would be under that version.
	Scheme decide.SchemeRef `json:"scheme,omitzero"`
}

// askWhatIf answers with the score document of the imagined case.
func (s *Server) askWhatIf(w http.ResponseWriter, c *call) error {
	text, err := readJSON(w, c.Request)
	if err != nil {
		return err
	}
	if _, err := c.audit(c.history.Case); err != nil {
		return err
	}
	var asked whatIf
	if err := decode(text, &asked, ""); err != nil {
		return err
	}
	if asked.Scheme != "" { // it may have been registered by another node since
		if err := s.consult(c.Context()); err != nil {
			return err
		}
	}
	with, err := entriesOf(asked.With, "/with")
	if err != nil {
		return err
	}
	imagined, err := s.without(c, asked.Without)
	if err != nil {
		return err
	}
	if err := s.with(imagined, c.actor, with); err != nil {
		return err
	}
	return s.showImagined(w, c, imagined, asked.Scheme)
}

func (s *Server) showImagined(w http.ResponseWriter, c *call, imagined *events.Case, under decide.SchemeRef) error {
	audit, err := c.audit(imagined)
	if err != nil {
		return refuse(http.StatusUnprocessableEntity, "what-if-impossible").at("/without")
	}
	scheme, err := s.imaginedScheme(audit, under)
	if err != nil {
		return err
	}
	result, err := checks.ScoreUnder(audit, scheme, s.book())
	switch {
	case errors.Is(err, scoring.ErrAllDeleted):
		return refuse(http.StatusUnprocessableEntity, "score-impossible")
	case under != "" && errors.Is(err, scoring.ErrNoWeights):
		return refuse(http.StatusUnprocessableEntity, decide.SchemeWithoutPoints, "scheme", string(under)).at("/scheme")
	case under != "" && (errors.Is(err, scoring.ErrUnknownClause) || errors.Is(err, scoring.ErrNotAllowed)):
		return refuse(http.StatusUnprocessableEntity, "what-if-scheme", "scheme", string(under)).at("/scheme")
	case err != nil:
		return fmt.Errorf("score the imagined case %s: %w", imagined.ID, err)
	}
	now := c.history.Case.Head
	setETag(w, now.CaseSeq)
	point := asOfBody{Seq: now.Seq, RecordedAt: now.Time}
	name := events.SchemeName{ID: events.ID(scheme.ID), Version: events.ID(scheme.Version), Digest: events.Digest(scheme.Digest())}
	body := scoreOf(result, name, point)
	body.explain(result, detail{clauses: true})
	return writeJSON(w, http.StatusOK, body)
}

// imaginedScheme is the version that the question names, or the one the audit is pinned to.
func (s *Server) imaginedScheme(a *events.Audit, under decide.SchemeRef) (*scoring.Scheme, error) {
	if under == "" {
		return checks.Scheme(a, s.book())
	}
	id, version, err := scoring.ParseRef(string(under))
	if err != nil {
		return nil, malformed("member-invalid", "expected", "scheme").at("/scheme")
	}
	scheme, known := s.book().Find(id, version)
	if !known {
		return nil, refuse(http.StatusUnprocessableEntity, "unknown-scheme", "scheme", string(under)).at("/scheme")
	}
	return scheme, nil
}

// without folds the case without the events left out. What does not fit any more, such as a
// revocation of a deduction that was left out, cannot be imagined.
func (s *Server) without(c *call, seqs []uint64) (*events.Case, error) {
	id := c.history.Case.ID
	list, err := s.views.Events(c.Context(), id, 0)
	if err != nil {
		return nil, fmt.Errorf("read case %s: %w", id, err)
	}
	known, left := map[uint64]bool{}, map[uint64]bool{}
	for _, e := range list {
		known[e.Seq] = true
	}
	for i, seq := range seqs {
		left[seq] = true
		if !known[seq] {
			return nil, refuse(http.StatusUnprocessableEntity, "what-if-unknown-event").at(fmt.Sprintf("/without/%d", i))
		}
	}
	imagined := events.NewCase(id)
	for _, e := range list {
		if left[e.Seq] || restsOnScore(e.Data) {
			continue
		}
		if err := imagined.Apply(e); err != nil {
			return nil, refuse(http.StatusUnprocessableEntity, "what-if-impossible").at("/without")
		}
	}
	imagined.Head = c.history.Case.Head
	return imagined, nil
}

func restsOnScore(data events.Payload) bool {
	switch data.(type) {
	case events.AuditReported, events.SelfAssessmentReported, events.AuditReviewed, events.DecisionMade, events.CertificateIssued, events.CaseClosed:
		return true
	}
	return false
}

// with decides and applies the commands, one after the other.
func (s *Server) with(imagined *events.Case, a *Actor, entries []entry) error {
	now := max(events.InstantOf(s.clock()), imagined.Head.Time)
	for i, e := range entries {
		setting := s.setting(a, a.Roles[0], now)
		if lead := leadOf(imagined.Audit(e.audit)); lead != "" {
			setting.Actor = lead // as if the team had posted it: some checks ask who did
		}
		verdict, err := decide.Decide(imagined, e.cmd, setting)
		if err == nil {
			fact := &events.Stored{Event: events.Event{Data: verdict.Data}}
			fact.Time, fact.EffectiveTime, fact.ActorID, fact.Reason = now, verdict.Effective, a.ID, verdict.Reason
			err = imagined.Apply(fact)
		}
		if err != nil {
			return indexed(err, "/with", i)
		}
	}
	return nil
}

// leadOf is who leads an audit; "" where there is none.
func leadOf(a *events.Audit) events.ID {
	if a == nil {
		return ""
	}
	for _, m := range a.Team {
		if m.Role == events.Lead {
			return m.Actor
		}
	}
	return ""
}
