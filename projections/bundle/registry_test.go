package bundle

import (
	"slices"
	"testing"

	"starledger/events"
	"starledger/events/checks"
	. "starledger/events/decide/decidetest"
)

// What the body was approved for, who was qualified and how long a deadline was is in the registry's events,
// which every bundle carries: offline the checks find by them what the service finds.
func TestConformanceRestsOnTheRegistry(t *testing.T) {
	fact := func(data events.Payload) *events.Stored {
		return &events.Stored{Event: events.Event{Attributes: events.Attributes{ActorID: "root", ActorRole: "admin", Reason: "x"}, Data: data}}
	}
	for _, row := range []struct {
		name, code string
		registry   []events.Payload
		want       checks.Result
	}{
		{"nothing registered", "SCOPE-01", nil, checks.Pass},
		{"another field approved", "SCOPE-01", []events.Payload{events.ApprovalRecorded{Approval: "A1", Fields: []events.ID{"22"}, From: "2020-01-01"}}, checks.Fail},
		{"a team without qualification", "TEAM-02", []events.Payload{events.QualificationRecorded{Qualification: "Q1", Actor: "gao", Kind: events.QualifiedLead, From: "2020-01-01"}}, checks.Warned},
		{"a qualified team", "TEAM-02", []events.Payload{
			events.QualificationRecorded{Qualification: "Q1", Actor: Lead, Kind: events.QualifiedLead, From: "2020-01-01"},
			events.QualificationRecorded{Qualification: "Q2", Actor: Auditor, Kind: events.QualifiedAuditor, From: "2020-01-01"},
		}, checks.Pass},
	} {
		for _, profile := range []Profile{Assessor, Client} {
			w := newWorld(t)
			for _, data := range row.registry {
				w.tell(fact(data), events.Registry, w.tick())
			}
			w.fill(certified(t), 0)
			v := w.verify(w.bundle(Request{Case: CaseID, Profile: profile}))
			if len(v.Reviews) != 1 || v.Reviews[0].Case != CaseID {
				t.Fatalf("%s: reviews %+v", row.name, v.Reviews)
			}
			outcomes := v.Reviews[0].Outcomes
			got := outcomes[slices.IndexFunc(outcomes, func(o checks.Outcome) bool { return o.Check.Code == row.code })]
			if got.Result != row.want || v.Sound == (row.want == checks.Fail) {
				t.Errorf("%s, %s: %s is %s %v, sound %t", row.name, profile, row.code, got.Result, got.Detail, v.Sound)
			}
		}
	}
}
