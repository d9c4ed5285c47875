package api

import (
	"slices"

	"github.com/cedar-policy/cedar-go"

	"starledger/events"
)

// An Actor is somebody who may sign in.
type Actor struct {
	ID           events.ID
	Name         events.Text
	Organization events.Text // whom the actor works for
	Roles        []Role      // in the order in which they are tried

	asRole []cedar.Entity // the principal in each of Roles, made once
}

func newActor(e tokenEntry) *Actor {
	a := &Actor{ID: e.Actor, Name: e.Name, Organization: e.Organization}
	for _, role := range Roles() {
		if slices.Contains(e.Roles, role) {
			a.Roles = append(a.Roles, role)
			a.asRole = append(a.asRole, a.principal(role))
		}
	}
	return a
}

// has tells whether the actor holds a role.
func (a *Actor) has(role Role) bool { return slices.Contains(a.Roles, role) }

// principal is the actor acting in one role. A role belongs to the groups that policies name.
func (a *Actor) principal(role Role) cedar.Entity {
	parents := []cedar.EntityUID{roleID(role)}
	switch role {
	case CaseOfficer, Auditor, LeadAuditor, Reviewer, DecisionMaker, Quality, Admin:
		parents = append(parents, roleID("staff"))
	}
	switch role {
	case Auditor, LeadAuditor, ServiceManager:
		parents = append(parents, roleID("evaluator"))
	}
	return cedar.Entity{
		UID:        actorID(a.ID),
		Parents:    cedar.NewEntityUIDSet(parents...),
		Attributes: cedar.NewRecord(cedar.RecordMap{"organization": cedar.String(a.Organization)}),
	}
}

func roleID(r Role) cedar.EntityUID { return cedar.NewEntityUID("Role", cedar.String(r)) }

func actorID(id events.ID) cedar.EntityUID { return cedar.NewEntityUID("Actor", cedar.String(id)) }
