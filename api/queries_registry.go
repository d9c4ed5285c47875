package api

import (
	"net/http"

	"starledger/events"
	"starledger/events/checks"
)

type approvalBody struct {
	Approval events.Label `json:"approval"`
	Fields   []events.ID  `json:"fields"`
	From     events.Date  `json:"from"`
	Until    events.Date  `json:"until,omitzero"`
	Entry    entryBody    `json:"entry"`
	Ended    *entryBody   `json:"ended,omitzero"`
}

type personBody struct {
	Actor        events.ID   `json:"actor"`
	Name         events.Text `json:"name"`
	Organization events.Text `json:"organization,omitzero"`
	Entry        entryBody   `json:"entry"`
}

type qualificationBody struct {
	Qualification events.Label             `json:"qualification"`
	Actor         events.ID                `json:"actor"`
	Kind          events.QualificationKind `json:"kind"`
	Number        events.Text              `json:"number,omitzero"`
	Fields        []events.ID              `json:"fields,omitzero"`
	From          events.Date              `json:"from"`
	Until         events.Date              `json:"until,omitzero"`
	Evidence      []events.Evidence        `json:"evidence,omitzero"`
	Entry         entryBody                `json:"entry"`
	Ended         *entryBody               `json:"ended,omitzero"`
}

// parameterBody shows a parameter with its bounds, and the event that set it where one did.
type parameterBody struct {
	Parameter events.ID      `json:"parameter"`
	Title     string         `json:"title"`
	Value     events.Decimal `json:"value"`
	Default   events.Decimal `json:"default"`
	Least     events.Decimal `json:"least"`
	Most      events.Decimal `json:"most"`
	Source    string         `json:"source"`
	Entry     *entryBody     `json:"entry,omitzero"`
}

// listApprovals, listPersons and listQualifications show what belongs to no organization, so to those
// who may read everything.
func (s *Server) listApprovals(w http.ResponseWriter, c *call) error {
	of, err := s.wholeRegistry(w, c)
	if err != nil {
		return err
	}
	return writePage(w, c, mapped(of.Approvals, func(a *events.Approval) approvalBody {
		return approvalBody{a.ApprovalRecorded.Approval, a.Fields, a.From, a.Until, sourceOf(a.Entry), sourceIf(a.Ended)}
	}), 0)
}

// listPersons shows the latest of each id.
func (s *Server) listPersons(w http.ResponseWriter, c *call) error {
	of, err := s.wholeRegistry(w, c)
	if err != nil {
		return err
	}
	var latest []events.Person
	for i := range of.People {
		if p := of.People[i]; of.Person(p.PersonRecorded.Actor).Seq == p.Seq {
			latest = append(latest, p)
		}
	}
	return writePage(w, c, mapped(latest, func(p *events.Person) personBody {
		return personBody{p.PersonRecorded.Actor, p.Name, p.Organization, sourceOf(p.Entry)}
	}), 0)
}

func (s *Server) listQualifications(w http.ResponseWriter, c *call) error {
	of, err := s.wholeRegistry(w, c)
	if err != nil {
		return err
	}
	return writePage(w, c, mapped(of.Qualifications, func(q *events.Qualification) qualificationBody {
		return qualificationBody{q.QualificationRecorded.Qualification, q.QualificationRecorded.Actor, q.Kind, q.Number, q.Fields,
			q.From, q.Until, q.Evidence, sourceOf(q.Entry), sourceIf(q.Ended)}
	}), 0)
}

// listParameters shows every parameter with the value that holds, or held at a point, to anybody: they are the
// rules.
func (s *Server) listParameters(w http.ResponseWriter, c *call) error {
	asked, err := pointOf(c.query)
	if err != nil {
		return err
	}
	if err := s.caughtUp(c); err != nil {
		return err
	}
	of, err := s.registryAt(c.Context(), asked)
	if err != nil {
		return pointProblem(err, "as_of")
	}
	keepable(w, asked)
	w.Header().Add("Vary", "Accept-Language")
	return writePage(w, c, mapped(checks.Parameters, func(p *checks.Parameter) parameterBody {
		body := parameterBody{p.Name, c.language.of(p.Title), p.Default, p.Default, p.Least, p.Most, p.Source, nil}
		if of != nil {
			if set := of.Parameter(p.Name, 0); set != nil {
				body.Value, body.Entry = set.Value, sourceIf(&set.Entry)
			}
		}
		return body
	}), 0)
}

func (s *Server) registryNow(c *call) error {
	if err := s.caughtUp(c); err != nil {
		return err
	}
	return s.consult(c.Context())
}

// wholeRegistry is the registry case for those who may read everything, and an empty one for others. The
// answer names its state, which whoever ends something there has to have seen.
func (s *Server) wholeRegistry(w http.ResponseWriter, c *call) (*events.Case, error) {
	if err := s.registryNow(c); err != nil {
		return nil, err
	}
	within, err := s.reach(c)
	of := s.registry()
	if err != nil || within != nil || of == nil {
		of = events.NewCase(events.Registry)
	}
	setETag(w, of.Head.CaseSeq)
	return of, err
}
