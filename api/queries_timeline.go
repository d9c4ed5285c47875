package api

import (
	"fmt"
	"net/http"

	"starledger/events"
	"starledger/projections"
	"starledger/scoring"
)

type timelineBody struct {
	AsOf  asOfBody           `json:"as_of"`
	Items []timelineItemBody `json:"items"`
}

// timelineItemBody is one event that touches the score, and the score after it.
type timelineItemBody struct {
	Seq         uint64         `json:"seq"`
	RecordedAt  events.Instant `json:"recorded_at"`
	EffectiveAt events.Instant `json:"effective_at"`
	Type        events.Type    `json:"type"`
	Actor       events.ID      `json:"actor"`
	Clause      events.Clause  `json:"clause,omitzero"`
	Final       scoring.Number `json:"final"`
	Delta       scoring.Number `json:"delta"`
	Grade       *string        `json:"grade"`
}

func timelineItemOf(t *projections.TimelineItem) timelineItemBody {
	return timelineItemBody{t.Seq, t.Recorded, t.Effective, t.Type, t.Actor, t.Clause, t.Final, t.Delta, gradeID(t.Grade)}
}

// gradeID is null where there is no grade.
func gradeID(id events.ID) *string {
	if id == "" {
		return nil
	}
	text := string(id)
	return &text
}

// getTimeline tells how the score of an audit came about: in the order of recording, or on the
// effective axis in the order in which it happened.
func (s *Server) getTimeline(w http.ResponseWriter, c *call) error {
	v, err := s.view(c)
	if err != nil {
		return err
	}
	audit, err := c.audit(v.of)
	if err != nil {
		return err
	}
	list, err := s.views.Events(c.Context(), v.of.ID, v.of.Head.Seq)
	if err != nil {
		return fmt.Errorf("read the events of case %s: %w", v.of.ID, err)
	}
	if v.at.Axis == projections.Effective {
		list = projections.Happened(list, v.at.At)
	}
	items, err := projections.Timeline(list, audit.Number, s.book())
	if err != nil {
		return fmt.Errorf("tell the score of case %s: %w", v.of.ID, err)
	}
	return v.show(w, timelineBody{asOf(v.at), mapped(items, timelineItemOf)})
}
