package api

import (
	_ "embed"
	"fmt"
	"iter"
	"net/http"

	"github.com/cedar-policy/cedar-go"
	"github.com/go-json-experiment/json"
)

//go:embed policies.cedar
var policyText []byte

// rules are the policies that govern one action, in the order of the file. They are all that can
// say something about it, so that judging a request costs the two or three of them, not all.
type rules []*cedar.Policy

// All makes rules a cedar.PolicyIterator.
func (r rules) All() iter.Seq2[cedar.PolicyID, *cedar.Policy] {
	return func(yield func(cedar.PolicyID, *cedar.Policy) bool) {
		for _, policy := range r {
			if !yield(policyID(policy), policy) {
				return
			}
		}
	}
}

func policyID(p *cedar.Policy) cedar.PolicyID { return cedar.PolicyID(p.Annotations()["id"]) }

// policies are the rules by action.
type policies map[string]rules

// parsePolicies reads a policy document in which every policy has an @id of its own and names the
// actions it governs.
func parsePolicies(text []byte) (policies, error) {
	list, err := cedar.NewPolicyListFromBytes("policies.cedar", text)
	if err != nil {
		return nil, fmt.Errorf("read the policies: %w", err)
	}
	byAction, ids := policies{}, map[cedar.PolicyID]bool{}
	for _, policy := range list {
		id := policyID(policy)
		if id == "" || ids[id] {
			return nil, fmt.Errorf("the policy at line %d has no @id of its own", policy.Position().Line)
		}
		ids[id] = true
		actions, err := governs(policy)
		if err != nil {
			return nil, fmt.Errorf("policy %s: %w", id, err)
		}
		for _, action := range actions {
			byAction[action] = append(byAction[action], policy)
		}
	}
	return byAction, nil
}

// governs reads the actions out of the scope of a policy, which only its JSON form shows.
func governs(p *cedar.Policy) ([]string, error) {
	type entity struct {
		ID string `json:"id"`
	}
	var scope struct {
		Action struct {
			Entity   *entity  `json:"entity"`
			Entities []entity `json:"entities"`
		} `json:"action"`
	}
	text, err := p.MarshalJSON()
	if err != nil {
		return nil, fmt.Errorf("read its actions: %w", err)
	}
	if err := json.Unmarshal(text, &scope); err != nil {
		return nil, fmt.Errorf("read its actions: %w", err)
	}
	if one := scope.Action.Entity; one != nil {
		return []string{one.ID}, nil
	}
	if len(scope.Action.Entities) == 0 {
		return nil, fmt.Errorf("it names no action")
	}
	var list []string
	for _, e := range scope.Action.Entities {
		list = append(list, e.ID)
	}
	return list, nil
}

// A judgement is what the policies say to an actor who wants to do something.
type judgement struct {
	allowed bool
	role    Role           // in which the actor may, if so
	by      cedar.PolicyID // that says no; "" when there is none to say anything
}

// judge tries the roles of the actor in turn. A policy that forbids has the last word. Where none
// permits, the first one that governs the action is told as the reason.
func (p policies) judge(a *Actor, action string, on target) (judgement, error) {
	governing, resource := p[action], on.entity()
	permitted := judgement{}
	if len(governing) > 0 {
		permitted.by = policyID(governing[0]) // an action without a policy is allowed to nobody
	}
	for i, role := range a.Roles {
		decision, diagnostic := cedar.Authorize(governing, &sides{a.asRole[i], resource}, cedar.Request{
			Principal: a.asRole[i].UID, Action: cedar.NewEntityUID("Action", cedar.String(action)), Resource: resource.UID,
		})
		switch {
		case len(diagnostic.Errors) > 0:
			// A policy that cannot be evaluated would silently not count.
			return judgement{}, fmt.Errorf("evaluate policy %s: %s", diagnostic.Errors[0].PolicyID, diagnostic.Errors[0].Message)
		case decision == cedar.Deny && len(diagnostic.Reasons) > 0:
			return judgement{by: diagnostic.Reasons[0].PolicyID}, nil
		case decision == cedar.Allow && !permitted.allowed:
			permitted = judgement{allowed: true, role: role}
		}
	}
	return permitted, nil
}

func denied(action string, by cedar.PolicyID) *Problem {
	problem := refuse(http.StatusForbidden, "not-allowed", "action", action)
	problem.Policy = string(by)
	return problem
}

// sides are the two entities of a request.
type sides struct{ principal, resource cedar.Entity }

// Get makes sides a cedar.EntityGetter.
func (s *sides) Get(uid cedar.EntityUID) (cedar.Entity, bool) {
	switch uid {
	case s.principal.UID:
		return s.principal, true
	case s.resource.UID:
		return s.resource, true
	}
	return cedar.Entity{}, false
}
