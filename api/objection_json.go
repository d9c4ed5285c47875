package api

import "starledger/events"

// appealBody shows an appeal and what it came to.
type appealBody struct {
	Appeal    events.Label      `json:"appeal"`
	Against   uint64            `json:"against"`
	Statement events.Text       `json:"statement"`
	Evidence  []events.Evidence `json:"evidence,omitzero"`
	Entry     entryBody         `json:"entry"`
	Outcome   *outcomeBody      `json:"outcome,omitzero"`
}

// complaintBody shows a complaint and what it came to.
type complaintBody struct {
	Complaint   events.Label      `json:"complaint"`
	Complainant events.Text       `json:"complainant"`
	Audit       uint64            `json:"audit,omitzero"`
	Statement   events.Text       `json:"statement"`
	Evidence    []events.Evidence `json:"evidence,omitzero"`
	Entry       entryBody         `json:"entry"`
	Outcome     *outcomeBody      `json:"outcome,omitzero"`
}

// outcomeBody is what an appeal or a complaint came to.
type outcomeBody struct {
	Outcome string    `json:"outcome"`
	Entry   entryBody `json:"entry"`
}

func appealOf(a *events.Appeal) appealBody {
	body := appealBody{a.AppealLodged.Appeal, a.Against, a.Statement, a.Evidence, sourceOf(a.Entry), nil}
	if d := a.Decided; d != nil {
		body.Outcome = &outcomeBody{string(d.Outcome), sourceOf(d.Entry)}
	}
	return body
}

func complaintOf(m *events.Complaint) complaintBody {
	body := complaintBody{m.ComplaintLodged.Complaint, m.Complainant, m.Audit, m.Statement, m.Evidence, sourceOf(m.Entry), nil}
	if d := m.Closed; d != nil {
		body.Outcome = &outcomeBody{string(d.Outcome), sourceOf(d.Entry)}
	}
	return body
}

// announcementBody shows when an audit was announced, and how many days before its first day.
type announcementBody struct {
	AnnouncedAt events.Instant `json:"announced_at"`
	Days        int            `json:"days"`
	Entry       entryBody      `json:"entry"`
}

func announcementOf(a *events.Audit) *announcementBody {
	if a.Announced == nil {
		return nil
	}
	return &announcementBody{a.Announced.AnnouncedAt, a.Notice(), sourceOf(a.Announced.Entry)}
}
