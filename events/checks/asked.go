package checks

import (
	"github.com/go-json-experiment/json"

	"starledger/events"
)

// Asked is what a review asked of the registry, and what that answered: while another registry answers the
// same, the review comes to the same. Schemes are not asked of it, they are the book of the Ground. It can be
// written as JSON and read again by the same program.
type Asked map[question]bool

// question is one that is answered by yes or no; what it is not about is left out.
type question struct {
	About    subject         `json:"about,omitzero"`
	Actor    events.ID       `json:"actor,omitzero"`
	Employer events.Text     `json:"employer,omitzero"`
	Role     events.TeamRole `json:"role,omitzero"`
	Field    events.ID       `json:"field,omitzero"`
	Day      events.Date     `json:"day,omitzero"`
	Before   uint64          `json:"before,omitzero"` // a sequence of the log
	Settings int             `json:"settings,omitzero"`
}

// answered is a question as it is written, with its answer.
type answered struct {
	Question question `json:"question"`
	Yes      bool     `json:"yes"`
}

type subject int

const (
	anyApproval      subject = iota // are fields recorded for which the body is approved?
	approval                        // is it approved for the field on the day?
	anyQualification                // are qualifications recorded?
	qualification                   // is the actor qualified for the role, in the field on the day?
	employment                      // does the actor work for the employer?
	settled                         // are so many parameters set before the sequence?
)

// in answers from a registry, which may be nil.
func (q question) in(registry *events.Case) bool {
	if registry == nil {
		return q.About == settled && q.Settings == 0
	}
	switch q.About {
	case anyApproval:
		return len(registry.Approvals) > 0
	case approval:
		return registry.Approved(q.Field, q.Day)
	case anyQualification:
		return len(registry.Qualifications) > 0
	case qualification:
		kinds := []events.QualificationKind{events.QualifiedLead} // who may audit as well
		if q.Role == events.Auditor {
			kinds = append(kinds, events.QualifiedAuditor)
		}
		return registry.Qualified(q.Actor, q.Field, q.Day, kinds...)
	case employment:
		person := registry.Person(q.Actor)
		return person != nil && person.Organization == q.Employer
	}
	return settingsBefore(registry, q.Before) == q.Settings
}

// ask asks the registry, and notes it.
func (p Posting) ask(q question) bool {
	answer := q.in(p.Registry)
	if p.asked != nil {
		p.asked[q] = answer
	}
	return answer
}

// settle notes the parameters that held up to a sequence, instead of each that was asked for: what is set
// later holds for later events alone.
func (a Asked) settle(registry *events.Case, before uint64) {
	if a != nil {
		a[question{About: settled, Before: before, Settings: settingsBefore(registry, before)}] = true
	}
}

func settingsBefore(registry *events.Case, before uint64) int {
	count := 0
	if registry != nil {
		for i := range registry.Parameters {
			if registry.Parameters[i].Seq < before {
				count++
			}
		}
	}
	return count
}

// AnsweredBy tells whether a registry gives the same answers; it may be nil.
func (a Asked) AnsweredBy(registry *events.Case) bool {
	for q, answer := range a {
		if q.in(registry) != answer {
			return false
		}
	}
	return true
}

// MarshalJSON writes the questions as a list.
func (a Asked) MarshalJSON() ([]byte, error) {
	list := make([]answered, 0, len(a))
	for q, yes := range a {
		list = append(list, answered{q, yes})
	}
	return json.Marshal(list)
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (a *Asked) UnmarshalJSON(text []byte) error {
	var list []answered
	if err := json.Unmarshal(text, &list); err != nil {
		return err
	}
	*a = make(Asked, len(list))
	for _, each := range list {
		(*a)[each.Question] = each.Yes
	}
	return nil
}
