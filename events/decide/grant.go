package decide

import (
	"bytes"
	"errors"

	"starledger/events"
)

// Rules of a grant:
//
//  1. It names cases of organizations, or all; its last day is not before its first.
//  2. It is revoked once.

// MakeGrant is POST /v1/grants; it is decided on the case events.Access.
type MakeGrant struct {
	Common
	// Who may read.
	Actor events.ID `json:"actor"`
	// "all", or the cases.
	Cases GrantedCases `json:"cases"`
	// First day, Asia/Shanghai; the day it is made, if absent.
	From events.Date `json:"from,omitzero"`
	// Last day, Asia/Shanghai.
	Until events.Date `json:"until"`
}

// RevokeGrant is POST /v1/grants/{grant}/revocation; it is decided on the case events.Access.
type RevokeGrant struct {
	Reasoned
	Grant events.Number `json:"-"`
}

// GrantedCases is what a grant covers: all cases, or a list.
type GrantedCases struct {
	All  bool
	List []events.CaseID
}

// UnmarshalJSON accepts "all" and a list of at least one case.
func (g *GrantedCases) UnmarshalJSON(b []byte) error {
	if string(b) == `"all"` {
		*g = GrantedCases{All: true}
		return nil
	}
	var listed struct {
		Cases []events.CaseID `json:"cases"`
	}
	if err := events.Strict(bytes.Join([][]byte{[]byte(`{"cases":`), b, []byte(`}`)}, nil), &listed); err != nil {
		return errors.New(`neither "all" nor a list of cases`)
	}
	*g = GrantedCases{List: listed.Cases}
	return nil
}

func (g *MakeGrant) decide(s *sitting) (events.Payload, error) {
	from := g.From
	if from == "" {
		from = events.DateOf(s.effective)
	}
	if g.Until < from {
		return nil, refuse(Broken, DatesOutOfOrder).at("/until")
	}
	for i, id := range g.Cases.List {
		if id == events.Access || id == events.Registry {
			return nil, refuse(Broken, UnknownCase).at("/cases/%d", i).with("case", id)
		}
	}
	number := next('G', s.c.Grants, func(x *events.Grant) events.Number { return x.GrantMade.Grant })
	return events.GrantMade{
		Grant: number, Actor: g.Actor, All: g.Cases.All, Cases: g.Cases.List, From: from, Until: g.Until,
	}, nil
}

func (r *RevokeGrant) decide(s *sitting) (events.Payload, error) {
	grant := s.c.Grant(r.Grant)
	switch {
	case grant == nil:
		return nil, refuse(NotFound, UnknownGrant).with("grant", r.Grant)
	case grant.Revoked != nil:
		return nil, refuse(Standing, GrantRevoked).with("grant", r.Grant).since(*grant.Revoked)
	}
	s.follows(grant.Entry)
	return events.GrantRevoked{Grant: r.Grant}, nil
}
