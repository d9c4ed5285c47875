package api

import (
	"net/http"
	"net/url"

	"starledger/events"
	"starledger/events/checks"
	"starledger/projections"
)

// dueBody is a deadline of a case: what is due, by which rule, and how its last day was counted.
type dueBody struct {
	Case         events.CaseID        `json:"case"`
	Organization events.Text          `json:"organization"`
	Kind         checks.DeadlineKind  `json:"kind"`
	Number       uint64               `json:"number,omitzero"`
	Label        events.Label         `json:"label,omitzero"`
	DueOn        events.Date          `json:"due_on"`
	State        projections.DueState `json:"state"`
	Rule         string               `json:"rule"`
	Since        events.Date          `json:"since"`
	Parameter    events.ID            `json:"parameter,omitzero"`
	Value        string               `json:"value,omitzero"`
	Audit        uint64               `json:"audit,omitzero"`
	Seq          uint64               `json:"seq"`
}

func dueOf(r *projections.CalendarRow) dueBody {
	body := dueBody{
		Case: r.Case, Organization: r.Organization, Kind: r.Kind, Number: r.Number, Label: r.Label,
		DueOn: r.Due, State: r.State, Rule: r.Rule(), Since: r.From, Parameter: r.Parameter(), Audit: r.Audit, Seq: r.Seq,
	}
	if body.Parameter != "" {
		body.Value = r.Value.Value()
	}
	return body
}

// getCalendar lists what is due or overdue, the earliest first.
func (s *Server) getCalendar(w http.ResponseWriter, c *call) error {
	query, err := calendarQueryOf(c.query)
	if err != nil {
		return err
	}
	part, within, err := s.listing(c)
	if err != nil {
		return err
	}
	query.Within, query.After, query.Limit = within, part.after, part.limit
	page, err := s.views.Calendar(c.Context(), query)
	if err != nil {
		return pointProblem(err, "as_of")
	}
	return writeView(w, c, query.AsOf, within, page, dueOf)
}

// calendarQueryOf reads the parameters; of a time, its day in Shanghai counts.
func calendarQueryOf(query url.Values) (q projections.CalendarQuery, err error) {
	if q.AsOf, err = pointOf(query); err != nil {
		return q, err
	}
	for name, day := range map[string]*events.Date{"from": &q.From, "to": &q.To} {
		first, _, err := spanOf(query, name)
		if err != nil {
			return q, err
		}
		if first != 0 {
			*day = events.DateOf(first)
		}
	}
	return q, optional(query, "case", &q.Case)
}
