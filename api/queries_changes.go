package api

import (
	"net/http"

	"starledger/events"
	"starledger/projections"
	"starledger/scoring"
)

// changeBody is an event that moved the score or the grade of an audit: before, after, cause.
type changeBody struct {
	Seq         uint64         `json:"seq"`
	Case        events.CaseID  `json:"case"`
	Audit       uint64         `json:"audit"`
	RecordedAt  events.Instant `json:"recorded_at"`
	EffectiveAt events.Instant `json:"effective_at"`
	Before      changedMark    `json:"before"`
	After       changedMark    `json:"after"`
	Delta       scoring.Number `json:"delta"`
	Cause       changeCause    `json:"cause"`
}

type changedMark struct {
	Final       scoring.Number `json:"final"`
	Grade       *string        `json:"grade"`
	Provisional bool           `json:"provisional"`
}

type changeCause struct {
	Type   events.Type   `json:"type"`
	Actor  events.ID     `json:"actor"`
	Clause events.Clause `json:"clause,omitzero"`
}

func changedMarkOf(m projections.Mark) changedMark {
	return changedMark{m.Final, gradeID(m.Grade), m.Provisional}
}

func changeOf(r *projections.ChangeRow) changeBody {
	return changeBody{
		Seq: r.Seq, Case: r.Case, Audit: r.Audit, RecordedAt: r.Recorded, EffectiveAt: r.Effective,
		Before: changedMarkOf(r.Before), After: changedMarkOf(r.After), Delta: r.After.Final.Sub(r.Before.Final),
		Cause: changeCause{r.Type, r.Actor, r.Clause},
	}
}

// listChanges lists what moved scores, across cases, in the order of recording.
func (s *Server) listChanges(w http.ResponseWriter, c *call) error {
	chosen, err := filterOf(c.query)
	if err != nil {
		return err
	}
	part, within, err := s.listing(c)
	if err != nil {
		return err
	}
	page, err := s.views.Changes(c.Context(), projections.ChangeFilter{
		Type: chosen.kind, Actor: chosen.actor, From: chosen.from, To: chosen.to,
		Within: within, After: part.after, Limit: part.limit,
	})
	if err != nil {
		return err
	}
	return writePage(w, c, mapped(page.Items, changeOf), page.Next)
}
