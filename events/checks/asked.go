package checks

import "starledger/events"

// Asked is what a review asked of the registry, and what that answered: while another registry answers the
// same, the review comes to the same. Schemes are not asked of it, they are the book of the Ground.
type Asked map[question]bool

// question is one that is answered by yes or no; what it is not about is left out.
type question struct {
	about    subject
	actor    events.ID
	employer events.Text
	role     events.TeamRole
	field    events.ID
	day      events.Date
	before   uint64 // a sequence of the log
	settings int
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
		return q.about == settled && q.settings == 0
	}
	switch q.about {
	case anyApproval:
		return len(registry.Approvals) > 0
	case approval:
		return registry.Approved(q.field, q.day)
	case anyQualification:
		return len(registry.Qualifications) > 0
	case qualification:
		kinds := []events.QualificationKind{events.QualifiedLead} // who may audit as well
		if q.role == events.Auditor {
			kinds = append(kinds, events.QualifiedAuditor)
		}
		return registry.Qualified(q.actor, q.field, q.day, kinds...)
	case employment:
		person := registry.Person(q.actor)
		return person != nil && person.Organization == q.employer
	}
	return settingsBefore(registry, q.before) == q.settings
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
		a[question{about: settled, before: before, settings: settingsBefore(registry, before)}] = true
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
