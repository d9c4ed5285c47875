package decide

import (
	"starledger/events"
	"starledger/events/checks"
)

// SetParameter is POST /v1/parameters; it is decided on the case events.Registry. The parameter is one of
// checks.Parameters and its value within the bounds there: none switches a check off. It holds for what
// is recorded after it.
type SetParameter struct {
	Reasoned
	// The parameter, such as late_entry_hours.
	Parameter events.ID `json:"parameter"`
	// Its value.
	Value events.Decimal `json:"value"`
}

func (p *SetParameter) decide(s *sitting) (events.Payload, error) {
	known := checks.ParameterNamed(p.Parameter)
	switch {
	case known == nil:
		return nil, refuse(Broken, UnknownParameter).at("/parameter").with("parameter", p.Parameter)
	case !known.Accepts(p.Value):
		return nil, refuse(Broken, ParameterOutOfRange).at("/value").with("least", known.Least).with("most", known.Most)
	}
	if last := s.c.Parameter(p.Parameter, 0); last != nil && last.Value == p.Value {
		return nil, refuse(Standing, ParameterUnchanged).with("value", p.Value).since(last.Entry)
	}
	return events.ParameterSet{Parameter: p.Parameter, Value: p.Value}, nil
}
