package decide

import "starledger/events"

// Rules of an accreditation review:
//
//  1. It is a case of its own kind, opened by the assessor for a period that has begun; its last day is not
//     before its first.
//  2. It takes lists of cases and samples from them, notes and views, and its closing; other cases take no
//     notes and views.
//  3. A sample is drawn by the rules of every sample (sampling.go): from a list that is recorded first.
//  4. A note or a view names a case of an organization; that it is there, and may be read, the server asks.
//  5. The list of cases is made by the server: every certification that was open in the period and may
//     be read by the assessor. Nobody can choose the list to fit the sample.

// OpenAccreditation is POST /v1/accreditation-reviews; it is decided on a case without events.
type OpenAccreditation struct {
	Common
	// The certification body reviewed.
	Organization events.Organization `json:"organization"`
	// What is reviewed.
	Scope events.Text `json:"scope"`
	// First day of the period, Asia/Shanghai.
	From events.Date `json:"from"`
	// Last day of the period, Asia/Shanghai.
	Until events.Date `json:"until"`
}

// ListCases is POST /v1/cases/{case}/populations in an accreditation review.
type ListCases struct {
	Common
	// What is listed; the period, if absent.
	Subject events.Text `json:"subject,omitzero"`

	// Digest and Size of the list. The server makes it and fills them in.
	Digest events.Digest `json:"-"`
	Size   uint64        `json:"-"`
}

// NoteReview is POST /v1/cases/{case}/notes.
type NoteReview struct {
	Common
	// The case it is about, where it is about one.
	About events.CaseID `json:"about,omitzero"`
	// The event it is about, by its sequence, where it is about one.
	Seq uint64 `json:"seq,omitzero"`
	// What was noted.
	Statement events.Text `json:"statement"`
}

// ViewCase is POST /v1/cases/{case}/views.
type ViewCase struct {
	Common
	// The case looked at.
	Case events.CaseID `json:"case"`

	// AsOf is the last event of the log. The server fills it in.
	AsOf uint64 `json:"-"`
}

func (o *OpenAccreditation) decide(s *sitting) (events.Payload, error) {
	switch {
	case o.From > events.DateOf(s.Now):
		return nil, refuse(Broken, InFuture).at("/from")
	case o.Until < o.From:
		return nil, refuse(Broken, DatesOutOfOrder).at("/until")
	}
	return events.AccreditationOpened{Organization: o.Organization, Scope: o.Scope, From: o.From, Until: o.Until}, nil
}

func (l *ListCases) decide(s *sitting) (events.Payload, error) {
	review := s.c.Accreditation
	switch {
	case l.Size == 0:
		return nil, refuse(Broken, NoCasesToList)
	case l.Size > mostItems:
		return nil, refuse(Broken, SampleTooLarge).with("most", mostItems)
	}
	subject := l.Subject
	if subject == "" {
		subject = events.Text(review.From + " – " + review.Until)
	}
	label := nextLabel('P', review.Populations, func(p *events.Population) events.Label { return p.PopulationRecorded.Population })
	return events.PopulationRecorded{Audit: events.ReviewItself, Population: label, Subject: subject, Digest: l.Digest, Size: l.Size}, nil
}

func (n *NoteReview) decide(s *sitting) (events.Payload, error) {
	if err := ofAnOrganization(n.About, "/about"); err != nil {
		return nil, err
	}
	label := nextLabel('N', s.c.Accreditation.Notes, func(x *events.AssessorNote) events.Label { return x.AccreditationNoted.Note })
	return events.AccreditationNoted{Note: label, About: n.About, Seq: n.Seq, Statement: n.Statement}, nil
}

func (v *ViewCase) decide(*sitting) (events.Payload, error) {
	if err := ofAnOrganization(v.Case, "/case"); err != nil {
		return nil, err
	}
	return events.AccreditationViewed{Case: v.Case, AsOf: v.AsOf}, nil
}

// ofAnOrganization refuses the ledger's own cases, which nobody reads as cases.
func ofAnOrganization(id events.CaseID, pointer string) error {
	if id == events.Registry || id == events.Access {
		return refuse(Broken, UnknownCase).at("%s", pointer).with("case", id)
	}
	return nil
}

// reviewable holds rule 2.
func (s *sitting) reviewable(cmd Command) error {
	review := s.c.Kind == events.AccreditationReview
	switch cmd.(type) {
	case *NoteReview, *ViewCase, *ListCases:
		if !review {
			return refuse(Broken, NoReview)
		}
	case *DrawSample, *CloseCase:
	default:
		if review {
			return refuse(Broken, IsReview)
		}
	}
	return nil
}
