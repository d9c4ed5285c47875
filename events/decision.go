package events

// DecisionMade is a decision on certification (认证决定).
type DecisionMade struct {
	// What was decided.
	Decision Recommendation `json:"decision"`
	// The audit it rests on, where it needs one.
	Audit uint64 `json:"audit,omitzero"`
	// The result it rests on; absent for a partial audit or without audit.
	Standing *Standing `json:"standing,omitzero"`
}

// EventType is starledger.decision.made.v1.
func (DecisionMade) EventType() Type { return "starledger.decision.made.v1" }

// Decision is a decision and where it stands.
type Decision struct {
	Entry
	DecisionMade
	Scope Text // as it is from a scope.changed on; "" where the decision left it as it was
}

func (d DecisionMade) apply(c *Case, e *Stored) error {
	if d.Audit != 0 {
		if _, err := c.audit(d.Audit); err != nil {
			return err
		}
	}
	c.Decisions = append(c.Decisions, Decision{Entry: entryOf(e), DecisionMade: d})
	if certificate := c.Certificate(); certificate != nil {
		certificate.decided(d)
	}
	return nil
}

// DecisionOn is the decision that rests on this audit; nil before it was made.
func (c *Case) DecisionOn(audit uint64) *Decision {
	return find(c.Decisions, func(d *Decision) bool { return d.Audit == audit })
}
