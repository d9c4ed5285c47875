package api

import (
	"github.com/cedar-policy/cedar-go"

	"starledger/events"
)

// A target is what an action is done to, as far as policies ask.
type target struct {
	kind         events.CaseKind
	organization events.Text
	team         []events.Member // of the audit concerned
	readers      []events.ID     // with a grant in force
}

func targetOf(c *events.Case, a *events.Audit) target {
	t := target{kind: c.Kind, organization: c.Organization.Name}
	if a != nil {
		t.team = a.Team
	}
	if c.Accreditation != nil {
		t.team = []events.Member{{Actor: c.Opened.Actor, Role: events.Lead}} // the assessor whose review it is
	}
	return t
}

// A sight is what entity shows of a target, so that two targets can be compared: policies cannot tell
// targets of one sight apart.
type sight struct {
	kind         events.CaseKind
	organization events.Text
	team         string // role and actor of each member; an id has no zero byte
	readers      string
}

func (t target) sight() sight {
	var team, readers []byte
	for _, m := range t.team {
		team = append(append(append(append(team, m.Role...), 0), m.Actor...), 0)
	}
	for _, reader := range t.readers {
		readers = append(append(readers, reader...), 0)
	}
	return sight{t.kind, t.organization, string(team), string(readers)}
}

// entity is the resource as policies see it. Whatever it shows, sight has to hold.
func (t target) entity() cedar.Entity {
	var lead, auditors, readers []cedar.Value
	for _, m := range t.team {
		switch m.Role {
		case events.Lead:
			lead = append(lead, actorID(m.Actor))
			auditors = append(auditors, actorID(m.Actor))
		case events.Auditor:
			auditors = append(auditors, actorID(m.Actor))
		}
	}
	for _, reader := range t.readers {
		readers = append(readers, actorID(reader))
	}
	return cedar.Entity{
		UID: cedar.NewEntityUID("Case", "this"),
		Attributes: cedar.NewRecord(cedar.RecordMap{
			"kind": cedar.String(t.kind), "organization": cedar.String(t.organization),
			"lead": cedar.NewSet(lead...), "auditors": cedar.NewSet(auditors...), "readers": cedar.NewSet(readers...),
		}),
	}
}
