package api

import "sync"

// mostJudged is how many judgements a court remembers: some 2 MB, enough for the actors at work and
// the organizations and teams they work on. When there are more it forgets all and begins anew.
const mostJudged = 4096

// A court says who may do what by the policies, and remembers what it said: most requests ask what was
// asked before, and asking the policies anew took a fifth of a command. The policies and what an actor is
// never change while the server runs, and a policy sees nothing of the case but what the question holds,
// so the same question has the same answer, and none is ever out of date.
type court struct {
	policies policies

	mu   sync.RWMutex
	said map[question]judgement
}

// A question is everything that a judgement depends on.
type question struct {
	actor  *Actor
	action string
	on     sight
}

func newCourt(p policies) *court { return &court{policies: p, said: map[question]judgement{}} }

// allow says in which role the actor may do the action, or refuses with the policy that forbids it
// or, where none permits it, the first one that governs it.
func (c *court) allow(a *Actor, action string, on target) (Role, error) {
	said, err := c.judge(question{a, action, on.sight()}, on)
	if err != nil {
		return "", err
	}
	if !said.allowed {
		return "", denied(action, said.by)
	}
	return said.role, nil
}

func (c *court) judge(q question, on target) (judgement, error) {
	c.mu.RLock()
	said, known := c.said[q]
	c.mu.RUnlock()
	if known {
		return said, nil
	}
	said, err := c.policies.judge(q.actor, q.action, on)
	if err != nil {
		return said, err // not an answer, so there is nothing to remember
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.said) >= mostJudged {
		clear(c.said)
	}
	c.said[q] = said
	return said, nil
}
