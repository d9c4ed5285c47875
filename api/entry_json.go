package api

import "starledger/events"

// entryBody is the event behind a fact: where it stands, when, who and why.
type entryBody struct {
	Seq         uint64         `json:"seq"`
	CaseSeq     uint64         `json:"case_seq"`
	RecordedAt  events.Instant `json:"recorded_at"`
	EffectiveAt events.Instant `json:"effective_at"`
	Actor       events.ID      `json:"actor"`
	Role        events.ID      `json:"role"`
	Reason      events.Text    `json:"reason,omitzero"`
	Note        events.Text    `json:"note,omitzero"`
}

func sourceOf(e events.Entry) entryBody {
	return entryBody{e.Seq, e.CaseSeq, e.Recorded, e.Effective, e.Actor, e.Role, e.Reason, e.Note}
}

// sourceIf is the event that took a fact back; nil when none did.
func sourceIf(e *events.Entry) *entryBody {
	if e == nil {
		return nil
	}
	body := sourceOf(*e)
	return &body
}
