package api

import (
	"net/http"
	"net/url"

	"starledger/events"
	"starledger/events/checks"
	"starledger/projections"
)

// workRow is a step of a case that waits for the caller.
type workRow struct {
	Case         events.CaseID     `json:"case"`
	Kind         events.CaseKind   `json:"kind"`
	Organization events.Text       `json:"organization"`
	State        projections.State `json:"state"`
	Audit        uint64            `json:"audit,omitzero"`
	Step         string            `json:"step"`
	Duty         projections.Duty  `json:"duty"`
	Subject      events.Label      `json:"subject,omitzero"`
	Since        waitingSince      `json:"since"`
	Barred       *barredBy         `json:"barred,omitzero"`
}

// waitingSince is the event that made a case wait.
type waitingSince struct {
	Seq        uint64         `json:"seq"`
	RecordedAt events.Instant `json:"recorded_at"`
}

// barredBy is the rule that keeps the caller from a step, and the event that it rests on.
type barredBy struct {
	Policy string `json:"policy"`
	Seq    uint64 `json:"seq"`
}

// listWork lists what waits for the caller, the latest first. No cache may keep it, since roles come and go.
func (s *Server) listWork(w http.ResponseWriter, c *call) error {
	point, err := pointOf(c.query)
	if err != nil {
		return err
	}
	part, within, err := s.listing(c)
	if err != nil {
		return err
	}
	page, err := s.views.Work(c.Context(), projections.WorkQuery{
		Actor: c.actor.ID, Duties: dutiesOf(c.actor), Internal: c.actor.has(ServiceManager),
		Within: within, AsOf: point, After: part.after, Limit: part.limit,
	})
	if err != nil {
		return pointProblem(err, "as_of")
	}
	return writePage(w, c, mapped(page.Items, workOf), page.Next)
}

// dutiesOf are the duties that come with the roles of an actor; those in a team come with the team.
func dutiesOf(a *Actor) []projections.Duty {
	var list []projections.Duty
	for _, role := range a.Roles {
		switch role {
		case CaseOfficer:
			list = append(list, projections.DutyOfficer)
		case Reviewer:
			list = append(list, projections.DutyReviewer)
		case DecisionMaker:
			list = append(list, projections.DutyDecides, projections.DutyOnAppeals)
		case Quality:
			list = append(list, projections.DutyQuality, projections.DutyOnAppeals)
		}
	}
	return list
}

func workOf(r *projections.WorkRow) workRow {
	row := workRow{
		Case: r.Case, Kind: r.Kind, Organization: r.Organization, State: r.State, Audit: r.Audit,
		Step: r.Step, Duty: r.Duty, Subject: r.Subject, Since: waitingSince{r.Since, r.Recorded},
	}
	if r.Barred > 0 {
		row.Barred = &barredBy{Policy: checks.DecisionOutsideTeam, Seq: r.Barred}
		if r.Duty == projections.DutyReviewer {
			row.Barred.Policy = checks.ReviewOutsideTeam
		}
	}
	return row
}

// memberOf reads whose cases are asked for: a person by id, or the caller as "me".
func memberOf(query url.Values, a *Actor) (events.ID, error) {
	var member events.ID
	if err := optional(query, "member", &member); err != nil {
		return "", err
	}
	if member == "me" {
		return a.ID, nil
	}
	return member, nil
}
