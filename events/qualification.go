package events

import (
	"fmt"
	"slices"
)

// PersonRecorded records a person who works in certifications: the name behind the id that stands in
// events, and whom the person works for. It stands in the registry case; the latest of an id stands.
type PersonRecorded struct {
	// Id of the person, as in the actorid of events and in teams.
	Actor ID `json:"actor"`
	// Name.
	Name Text `json:"name"`
	// Whom the person works for, when that is not the certification body.
	Organization Text `json:"organization,omitzero"`
}

// EventType is starledger.person.recorded.v1.
func (PersonRecorded) EventType() Type { return "starledger.person.recorded.v1" }

// Person is a person as recorded last.
type Person struct {
	Entry
	PersonRecorded
}

// Person is the person behind an id; nil when none was recorded.
func (c *Case) Person(actor ID) *Person {
	return find(c.People, func(p *Person) bool { return p.PersonRecorded.Actor == actor })
}

func (d PersonRecorded) apply(c *Case, e *Stored) error {
	c.People = append(c.People, Person{entryOf(e), d})
	return nil
}

// QualificationKind is what somebody is qualified as.
type QualificationKind string

// The kinds of a qualification.
const (
	QualifiedAuditor        QualificationKind = "auditor"
	QualifiedLead           QualificationKind = "lead_auditor"
	QualifiedExpert         QualificationKind = "expert"
	QualifiedReviewer       QualificationKind = "reviewer"
	QualifiedDecisionMaker  QualificationKind = "decision_maker"
	QualifiedServiceManager QualificationKind = "service_manager"
)

// Values lists what is accepted.
func (*QualificationKind) Values() []QualificationKind {
	return []QualificationKind{QualifiedAuditor, QualifiedLead, QualifiedExpert, QualifiedReviewer, QualifiedDecisionMaker, QualifiedServiceManager}
}

// UnmarshalText accepts one of Values.
func (k *QualificationKind) UnmarshalText(b []byte) error { return enum(k, b, k.Values()) }

// QualificationRecorded records what somebody is qualified as, and for how long. It stands in the
// registry case.
type QualificationRecorded struct {
	// Label of the qualification, Q1, Q2, …
	Qualification Label `json:"qualification"`
	// Who is qualified.
	Actor ID `json:"actor"`
	// As what: auditor, lead_auditor, expert, reviewer, decision_maker, or service_manager (售后服务管理师).
	Kind QualificationKind `json:"kind"`
	// Number of the certificate that shows it, as printed.
	Number Text `json:"number,omitzero"`
	// The service fields it holds for; absent when for all.
	Fields []ID `json:"fields,omitzero"`
	// First day, Asia/Shanghai.
	From Date `json:"from"`
	// Last day, Asia/Shanghai; absent while it is open.
	Until Date `json:"until,omitzero"`
	// What shows it.
	Evidence []Evidence `json:"evidence,omitzero"`
}

// EventType is starledger.qualification.recorded.v1.
func (QualificationRecorded) EventType() Type { return "starledger.qualification.recorded.v1" }

// Qualification is a qualification as it stands.
type Qualification struct {
	Entry
	QualificationRecorded
	Ended *Entry // the event that set its last day anew
}

// Holds tells whether the qualification holds in a field on a day; field "" asks for none.
func (q *Qualification) Holds(field ID, day Date) bool {
	inField := field == "" || len(q.Fields) == 0 || slices.Contains(q.Fields, field)
	return inField && holds(day, q.From, q.Until)
}

// Qualification is the qualification with this label; nil when there is none.
func (c *Case) Qualification(label Label) *Qualification {
	return find(c.Qualifications, func(q *Qualification) bool { return q.QualificationRecorded.Qualification == label })
}

// Qualified tells whether somebody is qualified as one of some kinds, in a field on a day.
func (c *Case) Qualified(actor ID, field ID, day Date, kinds ...QualificationKind) bool {
	return find(c.Qualifications, func(q *Qualification) bool {
		return q.QualificationRecorded.Actor == actor && slices.Contains(kinds, q.Kind) && q.Holds(field, day)
	}) != nil
}

func (d QualificationRecorded) apply(c *Case, e *Stored) error {
	c.Qualifications = append(c.Qualifications, Qualification{Entry: entryOf(e), QualificationRecorded: d})
	return nil
}

// QualificationEnded sets the last day of a qualification.
type QualificationEnded struct {
	// Label of the qualification.
	Qualification Label `json:"qualification"`
	// Last day, Asia/Shanghai.
	Until Date `json:"until"`
}

// EventType is starledger.qualification.ended.v1.
func (QualificationEnded) EventType() Type { return "starledger.qualification.ended.v1" }

func (d QualificationEnded) apply(c *Case, e *Stored) error {
	qualification := c.Qualification(d.Qualification)
	if qualification == nil {
		return fmt.Errorf("there is no qualification %s", d.Qualification)
	}
	ended := entryOf(e)
	qualification.Until, qualification.Ended = d.Until, &ended
	return nil
}
