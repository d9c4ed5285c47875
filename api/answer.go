package api

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"starledger/events"
	"starledger/events/checks"
	"starledger/scoring"
)

// answerBody is what a command answers. All but Sealed follows from stored events and the schemes
// they are pinned to, so that a retry years later gets the same bytes.
type answerBody struct {
	Seq        uint64         `json:"seq"`
	ID         events.EventID `json:"id"`
	Type       events.Type    `json:"type"`
	Case       events.CaseID  `json:"case"`
	CaseSeq    uint64         `json:"case_seq"`
	RecordedAt events.Instant `json:"recorded_at"`
	numbers
	Score    *markBody     `json:"score,omitzero"`
	Warnings []warningBody `json:"warnings"`
	Sealed   string        `json:"sealed,omitzero"` // only where the command was to wait, and of the moment
}

// markBody is the score in short. Grade is null when the audit failed or covers only a part.
type markBody struct {
	Final       string  `json:"final"`
	Grade       *string `json:"grade"`
	Provisional bool    `json:"provisional"`
}

type warningBody struct {
	Code    string `json:"code"`
	Message string `json:"message"`
}

// writeOutcome answers 201 with one answer for each event.
func (s *Server) writeOutcome(w http.ResponseWriter, c *call, p *posting, o *outcome) error {
	answers, err := s.answersOf(c.Context(), o, c.language)
	if err != nil {
		// The events are stored: the caller has to come again with the same key, not give up.
		return errors.Join(refuse(http.StatusServiceUnavailable, "outcome-unknown").retryAfter(2), err)
	}
	last := o.stored[len(o.stored)-1]
	if p.wait != "" {
		state := s.await(c.Context(), p.wait, last.Seq)
		for i := range answers {
			answers[i].Sealed = state
		}
	}
	setETag(w, last.CaseSeq)
	if o.replayed {
		w.Header().Set("Idempotency-Replayed", "true")
	}
	if last.Type == (events.CaseOpened{}).EventType() || last.Type == (events.AccreditationOpened{}).EventType() {
		w.Header().Set("Location", "/v1/cases/"+string(last.Subject))
	}
	if p.batch {
		return writeCanonical(w, http.StatusCreated, &list[answerBody]{Items: answers})
	}
	return writeCanonical(w, http.StatusCreated, &answers[0])
}

// answersOf folds the case over the stored events and tells after each what it has come to.
func (s *Server) answersOf(ctx context.Context, o *outcome, in language) ([]answerBody, error) {
	moment := uint64(0)
	if o.replayed {
		moment = o.stored[0].Seq // what the first answer rested on
	}
	ground, err := s.groundAt(ctx, moment, o.stored)
	if err != nil {
		return nil, err
	}
	now := o.before
	answers := make([]answerBody, len(o.stored))
	for i, e := range o.stored {
		warnings := warningsOf(ground, now, e, in)
		if now, err = o.fold(now, i); err != nil {
			return nil, fmt.Errorf("fold case %s: %w", o.before.ID, err)
		}
		mark, err := s.mark(now, e.Data)
		if err != nil {
			return nil, err
		}
		answers[i] = answerBody{
			Seq: e.Seq, ID: e.ID, Type: e.Type, Case: e.Subject, CaseSeq: e.CaseSeq, RecordedAt: e.Time,
			numbers: numbersOf(e.Data), Score: mark, Warnings: warnings,
		}
	}
	return answers, nil
}

// fold is the case after the i-th of stored; now is the case before it. Only the first copy is made
// here: before is shared, and what came of it belongs to this answer.
func (o *outcome) fold(now *events.Case, i int) (*events.Case, error) {
	if o.after != nil && i == len(o.stored)-1 {
		return o.after, nil
	}
	if i == 0 {
		now = now.Clone()
	}
	return now, now.Follow(o.stored[i])
}

// mark is the score of the audit that the payload is about; nil when it is about none, or the
// audit has no score.
func (s *Server) mark(c *events.Case, data events.Payload) (*markBody, error) {
	audit := c.Audit(auditOf(data))
	if audit == nil {
		return nil, nil
	}
	result, err := checks.Score(audit, s.book())
	switch {
	case errors.Is(err, scoring.ErrNoWeights), errors.Is(err, scoring.ErrAllDeleted):
		return nil, nil
	case err != nil:
		return nil, fmt.Errorf("score case %s: %w", c.ID, err)
	}
	mark := &markBody{Final: result.Final.Value(), Provisional: result.Provisional}
	if result.Grade != nil {
		mark.Grade = &result.Grade.ID
	}
	return mark, nil
}

// warningsOf are the checks that find something in the event and let it pass, on the case as it
// stood before it.
func warningsOf(ground checks.Ground, before *events.Case, e *events.Stored, in language) []warningBody {
	list := []warningBody{}
	for _, v := range checks.Guard(ground.Posting(before, e)) {
		if v.Warns() {
			list = append(list, warningBody{v.Check.Code, in.text(v.Code, v.Args)})
		}
	}
	return list
}
