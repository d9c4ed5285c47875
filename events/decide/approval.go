package decide

import (
	"slices"

	"starledger/events"
)

// Rules of approvals and qualifications (P12; 004 Q4):
//
//  1. The last day, where there is one, is not before the first.
//  2. A field is named once.
//  3. The last day is set anew while the validity has not ended; it is not before the first.
//  4. The evidence of a qualification is kept.

// RecordApproval is POST /v1/approvals; it is decided on the case events.Registry.
type RecordApproval struct {
	Common
	// The service fields, such as 01 and 03.
	Fields []events.ID `json:"fields"`
	// First day, Asia/Shanghai.
	From events.Date `json:"from"`
	// Last day, Asia/Shanghai; absent while it is open.
	Until events.Date `json:"until,omitzero"`
}

// EndApproval is POST /v1/approvals/{approval}/end.
type EndApproval struct {
	Reasoned
	Approval events.Label `json:"-"`
	// Last day, Asia/Shanghai.
	Until events.Date `json:"until"`
}

// RecordQualification is POST /v1/qualifications.
type RecordQualification struct {
	Common
	// Who is qualified.
	Actor events.ID `json:"actor"`
	// As what.
	Kind events.QualificationKind `json:"kind"`
	// Number of the certificate that shows it, as printed.
	Number events.Text `json:"number,omitzero"`
	// The service fields it holds for; absent when for all.
	Fields []events.ID `json:"fields,omitzero"`
	// First day, Asia/Shanghai.
	From events.Date `json:"from"`
	// Last day, Asia/Shanghai; absent while it is open.
	Until events.Date `json:"until,omitzero"`
	// What shows it.
	Evidence []events.Evidence `json:"evidence,omitzero"`
}

// EndQualification is POST /v1/qualifications/{qualification}/end.
type EndQualification struct {
	Reasoned
	Qualification events.Label `json:"-"`
	// Last day, Asia/Shanghai.
	Until events.Date `json:"until"`
}

// RecordPerson is POST /v1/persons.
type RecordPerson struct {
	Common
	// Id of the person, as in teams.
	Actor events.ID `json:"actor"`
	// Name.
	Name events.Text `json:"name"`
	// Whom the person works for, when that is not the certification body.
	Organization events.Text `json:"organization,omitzero"`
}

func (r *RecordApproval) decide(s *sitting) (events.Payload, error) {
	if err := valid(r.Fields, r.From, r.Until); err != nil {
		return nil, err
	}
	label := nextLabel('A', s.c.Approvals, func(a *events.Approval) events.Label { return a.ApprovalRecorded.Approval })
	return events.ApprovalRecorded{Approval: label, Fields: r.Fields, From: r.From, Until: r.Until}, nil
}

func (e *EndApproval) decide(s *sitting) (events.Payload, error) {
	approval := s.c.Approval(e.Approval)
	if approval == nil {
		return nil, refuse(NotFound, UnknownApproval).with("approval", e.Approval)
	}
	s.follows(approval.Entry)
	if err := s.ends(approval.Entry, approval.From, approval.Until, e.Until); err != nil {
		return nil, err
	}
	return events.ApprovalEnded{Approval: e.Approval, Until: e.Until}, nil
}

func (r *RecordQualification) decide(s *sitting) (events.Payload, error) {
	if err := valid(r.Fields, r.From, r.Until); err != nil {
		return nil, err
	}
	if err := s.known(r.Evidence, "/evidence"); err != nil {
		return nil, err
	}
	label := nextLabel('Q', s.c.Qualifications, func(q *events.Qualification) events.Label { return q.QualificationRecorded.Qualification })
	return events.QualificationRecorded{
		Qualification: label, Actor: r.Actor, Kind: r.Kind, Number: r.Number, Fields: r.Fields,
		From: r.From, Until: r.Until, Evidence: r.Evidence,
	}, nil
}

func (e *EndQualification) decide(s *sitting) (events.Payload, error) {
	qualification := s.c.Qualification(e.Qualification)
	if qualification == nil {
		return nil, refuse(NotFound, UnknownQualification).with("qualification", e.Qualification)
	}
	s.follows(qualification.Entry)
	if err := s.ends(qualification.Entry, qualification.From, qualification.Until, e.Until); err != nil {
		return nil, err
	}
	return events.QualificationEnded{Qualification: e.Qualification, Until: e.Until}, nil
}

func (r *RecordPerson) decide(s *sitting) (events.Payload, error) {
	last := s.c.Person(r.Actor)
	if last != nil && last.Name == r.Name && last.Organization == r.Organization {
		return nil, refuse(Standing, NothingChanges).since(last.Entry)
	}
	return events.PersonRecorded{Actor: r.Actor, Name: r.Name, Organization: r.Organization}, nil
}

// valid holds rules 1 and 2.
func valid(fields []events.ID, from, until events.Date) error {
	for i, field := range fields {
		if slices.Contains(fields[:i], field) {
			return refuse(Broken, DuplicateField).at("/fields/%d", i).with("field", field)
		}
	}
	if until != "" && until < from {
		return refuse(Broken, DatesOutOfOrder).at("/until")
	}
	return nil
}

// ends holds rule 3.
func (s *sitting) ends(since events.Entry, from, until, last events.Date) error {
	switch {
	case until != "" && until < events.DateOf(s.Now):
		return refuse(Standing, ValidityEnded).with("until", until).since(since)
	case last < from:
		return refuse(Broken, DatesOutOfOrder).at("/until")
	}
	return nil
}

// nextLabel is the label after the highest of its kind.
func nextLabel[T any](kind byte, list []T, label func(*T) events.Label) events.Label {
	highest := 0
	for i := range list {
		highest = max(highest, count(events.Number(label(&list[i]))))
	}
	return events.Labelled(kind, highest+1)
}
