package events

// ParameterSet sets a parameter of the certification body, such as a deadline. It stands in the registry
// case, holds for what is recorded after it, and the latest of a parameter stands. Parameters have
// bounds; none of them can take a check away.
type ParameterSet struct {
	// The parameter, such as application_review_days.
	Parameter ID `json:"parameter"`
	// Its value; 0 and 1 for no and yes.
	Value Decimal `json:"value"`
}

// EventType is starledger.parameter.set.v1.
func (ParameterSet) EventType() Type { return "starledger.parameter.set.v1" }

// Parameter is a value of a parameter and where it stands.
type Parameter struct {
	Entry
	ParameterSet
}

// Parameter is the value of a parameter that held for the event at a log sequence: the latest set before
// it; for 0, the latest of all. Nil when none was, so that its default holds.
func (c *Case) Parameter(name ID, before uint64) *Parameter {
	return find(c.Parameters, func(p *Parameter) bool {
		return p.ParameterSet.Parameter == name && (before == 0 || p.Seq < before)
	})
}

func (d ParameterSet) apply(c *Case, e *Stored) error {
	c.Parameters = append(c.Parameters, Parameter{entryOf(e), d})
	return nil
}
