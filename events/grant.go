package events

import (
	"fmt"
	"slices"
)

// GrantMade lets an accreditation assessor read cases. It stands in the access case.
type GrantMade struct {
	// Number of the grant, G1, G2, …
	Grant Number `json:"grant"`
	// Who may read.
	Actor ID `json:"actor"`
	// All cases, or those listed.
	All bool `json:"all,omitzero"`
	// The cases listed; exactly when not all.
	Cases []CaseID `json:"cases,omitzero"`
	// First day of the grant, Asia/Shanghai.
	From Date `json:"from"`
	// Last day of the grant, Asia/Shanghai.
	Until Date `json:"until"`
}

// EventType is starledger.grant.made.v1.
func (GrantMade) EventType() Type { return "starledger.grant.made.v1" }

// Grant is a grant as it stands.
type Grant struct {
	Entry
	GrantMade
	Revoked *Entry
}

// Allows tells whether the grant lets the actor read the case at an instant.
func (g *Grant) Allows(actor ID, id CaseID, at Instant) bool {
	return g.Revoked == nil && g.GrantMade.Actor == actor && (g.All || slices.Contains(g.Cases, id)) &&
		at >= g.From.Start() && at <= g.Until.End()
}

// Grant is the grant with this number; nil when there is none.
func (c *Case) Grant(number Number) *Grant {
	return find(c.Grants, func(g *Grant) bool { return g.GrantMade.Grant == number })
}

func (d GrantMade) apply(c *Case, e *Stored) error {
	c.Grants = append(c.Grants, Grant{Entry: entryOf(e), GrantMade: d})
	return nil
}

// GrantRevoked ends a grant before its last day.
type GrantRevoked struct {
	// Number of the grant.
	Grant Number `json:"grant"`
}

// EventType is starledger.grant.revoked.v1.
func (GrantRevoked) EventType() Type { return "starledger.grant.revoked.v1" }

func (d GrantRevoked) apply(c *Case, e *Stored) error {
	grant := c.Grant(d.Grant)
	if grant == nil {
		return fmt.Errorf("there is no grant %s", d.Grant)
	}
	revoked := entryOf(e)
	grant.Revoked = &revoked
	return nil
}
