package api

import (
	"context"
	"fmt"

	"starledger/events"
	"starledger/events/checks"
)

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
