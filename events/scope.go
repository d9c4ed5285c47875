package events

// ScopeChange is the direction in which a scope is changed.
type ScopeChange string

// The changes of a scope; each is a decision on the certificate.
const (
	ScopeExtended ScopeChange = "extend_scope"
	ScopeReduced  ScopeChange = "reduce_scope"
)

// Values lists what is accepted.
func (*ScopeChange) Values() []ScopeChange { return []ScopeChange{ScopeExtended, ScopeReduced} }

// UnmarshalText accepts one of Values.
func (x *ScopeChange) UnmarshalText(b []byte) error { return enum(x, b, x.Values()) }

// ScopeChanged is a decision on certification that extends or reduces the scope, with the scope as it
// is from then on: the certificate's follows.
type ScopeChanged struct {
	// Extended or reduced.
	Decision ScopeChange `json:"decision"`
	// Goods and services in scope from now on.
	Scope Text `json:"scope"`
}

// EventType is starledger.scope.changed.v1.
func (ScopeChanged) EventType() Type { return "starledger.scope.changed.v1" }

func (d ScopeChanged) apply(c *Case, e *Stored) error {
	c.Scope = d.Scope
	c.Decisions = append(c.Decisions, Decision{
		Entry: entryOf(e), DecisionMade: DecisionMade{Decision: Recommendation(d.Decision)}, Scope: d.Scope,
	})
	if certificate := c.Certificate(); certificate != nil {
		certificate.Scope = d.Scope
	}
	return nil
}
