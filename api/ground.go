package api

import (
	"context"
	"errors"
	"fmt"

	"starledger/events"
	"starledger/events/checks"
	"starledger/projections"
)

// groundAt is ground with the registry as of a sequence of the log, 0 for now: what the checks said as of
// a moment they say for ever.
func (s *Server) groundAt(ctx context.Context, upTo uint64, list []*events.Stored) (checks.Ground, error) {
	ground, err := s.ground(ctx, list)
	if err != nil || upTo == 0 || ground.Registry == nil {
		return ground, err
	}
	ground.Registry, _, err = s.views.At(ctx, events.Registry, projections.Point{Seq: upTo})
	if errors.Is(err, projections.ErrNoCase) {
		ground.Registry, err = nil, nil
	}
	if err != nil {
		return ground, fmt.Errorf("read the registry at %d: %w", upTo, err)
	}
	return ground, nil
}

// ground is what the conformance checks rest on besides the case: schemes, the registry, and where the
// certificate numbers among some events were used first in the ledger.
func (s *Server) ground(ctx context.Context, list []*events.Stored) (checks.Ground, error) {
	ground := checks.Ground{Schemes: s.book(), Registry: s.registry()}
	var numbers []events.CertificateNumber
	for _, e := range list {
		if d, issued := e.Data.(events.CertificateIssued); issued {
			numbers = append(numbers, d.Number)
		}
	}
	if len(numbers) == 0 {
		return ground, nil
	}
	first, err := s.views.FirstIssued(ctx, numbers)
	if err != nil {
		return ground, fmt.Errorf("look for certificate numbers: %w", err)
	}
	ground.Taken = func(number events.CertificateNumber, before uint64) bool {
		seq, issued := first[number]
		return issued && (before == 0 || seq < before) // 0: it is only imagined, after all others
	}
	return ground, nil
}
