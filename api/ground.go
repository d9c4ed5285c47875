package api

import (
	"context"
	"fmt"

	"starledger/events"
	"starledger/events/checks"
	"starledger/projections"
)

// groundNow is groundOf with everything that the log says of the registry by now.
func (s *Server) groundNow(ctx context.Context, list []*events.Stored) (checks.Ground, error) {
	if err := s.consult(ctx); err != nil {
		return checks.Ground{}, err
	}
	return s.groundOf(ctx, 0, list)
}

// groundOf is what a review of a whole case rests on: ground, the registry as of a sequence of the log (0
// for now), and what of the case was left before under another organization. That is asked only here,
// since it is only listed: no posting waits for it.
func (s *Server) groundOf(ctx context.Context, upTo uint64, list []*events.Stored) (checks.Ground, error) {
	ground, err := s.groundAt(ctx, upTo, list)
	if err != nil || len(list) == 0 {
		return ground, err
	}
	of, traces := organizationOf(list[0].Data), []events.Digest(nil)
	for _, e := range list {
		for _, trace := range checks.Traces(e.Data) {
			traces = append(traces, trace.Digest)
		}
	}
	first, err := s.views.FirstTraces(ctx, of, traces)
	if err != nil {
		return ground, err
	}
	ground.Copied = func(_ events.Organization, trace events.Digest, before uint64) uint64 {
		if seq := first[trace]; seq < before {
			return seq // 0 for none
		}
		return 0
	}
	return ground, nil
}

// organizationOf is the organization that the first event of a case names.
func organizationOf(first events.Payload) events.Organization {
	switch d := first.(type) {
	case events.CaseOpened:
		return d.Organization
	case events.CaseImported:
		return d.Organization
	}
	return events.Organization{}
}

// groundAt is ground with the registry as of a sequence of the log, 0 for now: what the checks said as of
// a moment they say for ever.
func (s *Server) groundAt(ctx context.Context, upTo uint64, list []*events.Stored) (checks.Ground, error) {
	ground, err := s.ground(ctx, list)
	if err != nil || upTo == 0 || ground.Registry == nil {
		return ground, err
	}
	ground.Registry, err = s.registryAt(ctx, projections.Point{Seq: upTo})
	return ground, err
}

// ground is what the conformance checks rest on besides the case: schemes, the registry, and where the
// certificate numbers among some events were used first in the ledger.
func (s *Server) ground(ctx context.Context, list []*events.Stored) (checks.Ground, error) {
	ground := checks.Ground{Schemes: s.book(), Registry: s.registry()}
	var numbers []events.CertificateNumber
	for _, e := range list {
		switch d := e.Data.(type) {
		case events.CertificateIssued:
			numbers = append(numbers, d.Number)
		case events.CertificateImported: // a printed number is taken as well
			numbers = append(numbers, events.CertificateNumber(d.Number))
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
