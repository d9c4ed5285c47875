package api

import (
	"context"
	"net/url"
	"time"

	"starledger/events"
)

// How far an event has come when its answer is written. A command may wait until it is sealed or
// witnessed; what it waits for in vain is pending, and the event is stored all the same.
const (
	pending   = "pending"
	sealed    = "sealed"
	witnessed = "witnessed"
)

// sealPatience is how long a command waits for a checkpoint.
const sealPatience = 10 * time.Second

// waitOf reads what a command is to wait for, "" for nothing.
func (s *Server) waitOf(query url.Values, dryRun bool) (string, error) {
	if !query.Has("wait") {
		return "", nil
	}
	wait := query.Get("wait")
	switch {
	case wait != sealed && wait != witnessed:
		return "", malformed("wait-malformed").at("wait")
	case dryRun:
		return "", malformed("wait-on-dry-run").at("wait")
	}
	_, err := s.sealed()
	return wait, err
}

// urge has decisions and certificates sealed at once.
func (s *Server) urge(o *outcome) {
	if s.seal == nil || o.replayed {
		return
	}
	for _, e := range o.stored {
		switch e.Type {
		case (events.DecisionMade{}).EventType(), (events.CertificateIssued{}).EventType():
			s.seal.Sealer.Urgent()
			return
		}
	}
}

// await waits for what was asked, and tells how far the event at seq has come by then. Why it has
// not come further changes nothing for the caller: /v1/integrity tells it.
func (s *Server) await(ctx context.Context, wait string, seq uint64) string {
	patient, cancel := context.WithTimeout(ctx, s.sealPatience)
	defer cancel()
	if s.seal.Sealer.Wait(patient, seq, wait == witnessed) == nil {
		return wait
	}
	if s.seal.Sealer.Status().Sealed.Size >= seq {
		return sealed
	}
	return pending
}
