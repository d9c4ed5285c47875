package api

import (
	"errors"

	"starledger/events"
	"starledger/events/seal"
)

// witnessBody is how it stands with a witness of the policy. What exactly went wrong on the way to
// it stands in the server's log: addresses are nothing for the caller.
type witnessBody struct {
	Name   string         `json:"name"`
	Size   uint64         `json:"size"` // of the largest tree it cosigned for this process
	At     events.Instant `json:"at,omitzero"`
	State  string         `json:"state"`
	Detail string         `json:"detail"`
}

func (l language) witness(w *seal.WitnessStatus) witnessBody {
	state := stateOf(w)
	return witnessBody{w.Name, w.Size, instantOf(w.At), state, l.text("witness:"+state, nil)}
}

// stateOf is one of cosigned, unwitnessed (it has not been asked, or has not registered the key of
// the log), unreachable, and incident.
func stateOf(w *seal.WitnessStatus) string {
	switch {
	case w.Err == nil:
		return "cosigned"
	case errors.Is(w.Err, seal.ErrContradicted), errors.Is(w.Err, events.ErrIntegrity):
		return "incident"
	case w.At.IsZero(), errors.Is(w.Err, seal.ErrUnregistered):
		return "unwitnessed"
	}
	return "unreachable"
}
