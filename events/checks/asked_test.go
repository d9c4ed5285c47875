package checks_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"starledger/events"
	"starledger/events/checks"
	"starledger/events/decide"
	. "starledger/events/decide/decidetest"
)

// Where a review comes to something else on another registry, that answers otherwise what was asked; and
// what nobody asked makes no difference.
func TestAskedOfTheRegistry(t *testing.T) {
	approved := func(field events.ID) events.Approval {
		return events.Approval{ApprovalRecorded: events.ApprovalRecorded{Approval: "A1", Fields: []events.ID{field}, From: "2020-01-01"}}
	}
	qualified := func(actor events.ID) events.Qualification {
		return events.Qualification{QualificationRecorded: events.QualificationRecorded{Qualification: "Q1", Actor: actor, Kind: events.QualifiedLead, From: "2020-01-01"}}
	}
	open := Open(events.Certification, "gbt27922-2011")
	open.Field = "22"
	s := Empty(t, CaseID).Do(open, &decide.ReviewApplication{Reasoned: Because, Outcome: events.ApplicationAccepted}, Plan(events.InitialAudit))
	s.Force(events.CertificateIssued{Number: "71226SC0001R0M", Audit: 1, Grade: "five_star", ValidFrom: "2026-03-01", ValidUntil: "2029-02-28"})
	review := func(registry *events.Case) (checks.Asked, []checks.Outcome) {
		asked := checks.Asked{}
		outcomes, err := checks.ReviewOn(checks.Ground{Schemes: s.Setting.Schemes, Registry: registry, Asked: asked}, CaseID, s.History)
		if err != nil {
			t.Fatal(err)
		}
		return asked, outcomes
	}
	asked, before := review(&events.Case{Approvals: []events.Approval{approved("01")}, Qualifications: []events.Qualification{qualified("gao")}})
	for _, row := range []struct {
		name string
		now  events.Case
		same bool
	}{
		{"more of what does not matter", events.Case{
			Approvals:      []events.Approval{approved("01"), approved("03")},
			Qualifications: []events.Qualification{qualified("gao"), qualified("gu")},
			People:         []events.Person{{PersonRecorded: events.PersonRecorded{Actor: "gao"}}},
		}, true},
		{"the field approved", events.Case{Approvals: []events.Approval{approved("22")}, Qualifications: []events.Qualification{qualified("gao")}}, false},
		{"the lead qualified", events.Case{Approvals: []events.Approval{approved("01")}, Qualifications: []events.Qualification{qualified(Lead)}}, false},
	} {
		_, now := review(&row.now)
		changed := !cmp.Equal(before, now, cmp.Comparer(func(a, b *checks.Check) bool { return a == b }))
		if changed == row.same || asked.AnsweredBy(&row.now) != row.same {
			t.Errorf("%s: changed %v, answered the same %v", row.name, changed, asked.AnsweredBy(&row.now))
		}
	}
}
