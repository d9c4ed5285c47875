package api

import (
	"fmt"

	"starledger/events"
	"starledger/scoring"
)

// standingBody is the result that an entry rests on, as it was recomputed when it was posted.
type standingBody struct {
	Final    scoring.Number `json:"final"`
	Grade    events.ID      `json:"grade,omitzero"`
	BasisSeq uint64         `json:"basis_seq"`
}

func standingOf(s *events.Standing) (*standingBody, error) {
	if s == nil {
		return nil, nil
	}
	final, err := scoring.ParseNumber(string(s.Final))
	if err != nil {
		return nil, fmt.Errorf("show the result at case_seq %d: %w", s.BasisSeq, err)
	}
	return &standingBody{final, s.Grade, s.BasisSeq}, nil
}

// reportBody shows the standing report; a review that returns it takes it away again. A self-assessment
// recommends nothing.
type reportBody struct {
	Recommendation events.Recommendation `json:"recommendation,omitzero"`
	Standing       *standingBody         `json:"standing,omitzero"`
	Summary        events.Text           `json:"summary"`
	Entry          entryBody             `json:"entry"`
}

func reportOf(r *events.Report) (*reportBody, error) {
	if r == nil {
		return nil, nil
	}
	standing, err := standingOf(r.Standing)
	if err != nil {
		return nil, err
	}
	return &reportBody{r.Recommendation, standing, r.Summary, sourceOf(r.Entry)}, nil
}

// reviewBody shows the latest review.
type reviewBody struct {
	Outcome  events.ReviewOutcome `json:"outcome"`
	Standing *standingBody        `json:"standing,omitzero"`
	Entry    entryBody            `json:"entry"`
}

func reviewOf(r *events.Review) (*reviewBody, error) {
	if r == nil {
		return nil, nil
	}
	standing, err := standingOf(r.Standing)
	if err != nil {
		return nil, err
	}
	return &reviewBody{r.Outcome, standing, sourceOf(r.Entry)}, nil
}

// decisionBody shows a decision on certification.
type decisionBody struct {
	Decision events.Recommendation `json:"decision"`
	Scope    events.Text           `json:"scope,omitzero"`
	Audit    uint64                `json:"audit,omitzero"`
	Standing *standingBody         `json:"standing,omitzero"`
	Entry    entryBody             `json:"entry"`
}

func decisionsOf(list []events.Decision) ([]decisionBody, error) {
	shown := make([]decisionBody, len(list))
	for i, d := range list {
		standing, err := standingOf(d.Standing)
		if err != nil {
			return nil, err
		}
		shown[i] = decisionBody{d.Decision, d.Scope, d.Audit, standing, sourceOf(d.Entry)}
	}
	return shown, nil
}

// certificateBody shows a certificate; its status is the one at the instant of the view.
type certificateBody struct {
	Number     events.CertificateNumber `json:"number"`
	Audit      uint64                   `json:"audit,omitzero"` // not of an imported one
	Grade      events.ID                `json:"grade,omitzero"`
	Status     events.CertificateStatus `json:"status"`
	Scope      events.Text              `json:"scope"`
	ValidFrom  events.Date              `json:"valid_from"`
	ValidUntil events.Date              `json:"valid_until"`
	Imported   *printedBody             `json:"imported,omitzero"`
	Entry      entryBody                `json:"entry"`
}

func certificateOf(c *events.Certificate, at events.Instant) *certificateBody {
	if c == nil {
		return nil
	}
	return &certificateBody{c.Number, c.Audit, c.Grade, c.StatusOn(at), c.Scope, c.ValidFrom, c.ValidUntil, printedOf(c.Imported), sourceOf(c.Entry)}
}
