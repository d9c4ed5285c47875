package api

import (
	"context"
	"errors"
	"fmt"

	"starledger/events"
	"starledger/events/checks"
	"starledger/events/decide"
	"starledger/projections"
	"starledger/scoring"
)

// A register is what this process knows of the registry case, and the book of schemes it gives. It is
// never changed, only replaced by a longer one.
type register struct {
	of   *events.Case // shared, read only; nil while it has no event
	book *scoring.Book
}

func (r *register) caseSeq() uint64 {
	if r.of == nil {
		return 0
	}
	return r.of.Head.CaseSeq
}

// book is every version of every scheme that this process knows.
func (s *Server) book() *scoring.Book { return s.known.Load().book }

// Schemes is every version of every scheme that the server knows, registered ones included.
func (s *Server) Schemes() *scoring.Book { return s.book() }

// registry is the registry case as this process knows it; nil while it has no event.
func (s *Server) registry() *events.Case { return s.known.Load().of }

// registryAt is the registry case at a point of the log; nil where it had no event there.
func (s *Server) registryAt(ctx context.Context, p projections.Point) (*events.Case, error) {
	of, _, err := s.views.At(ctx, events.Registry, p)
	switch {
	case errors.Is(err, projections.ErrNoCase):
		return nil, nil
	case err != nil:
		return nil, fmt.Errorf("read the registry as of a point: %w", err)
	}
	return of, nil
}

// consult brings what is known of the registry up to the end of the log.
func (s *Server) consult(ctx context.Context) error {
	h, err := s.views.History(ctx, events.Registry)
	if errors.Is(err, projections.ErrNoCase) {
		s.consulted.Store(true)
		return nil
	}
	if err != nil {
		return fmt.Errorf("read the registry: %w", err)
	}
	if err := s.know(h.Case); err != nil {
		return err
	}
	s.consulted.Store(true)
	return nil
}

// know takes a later registry case in place of what is known.
func (s *Server) know(of *events.Case) error {
	for {
		before := s.known.Load()
		if before.caseSeq() >= of.Head.CaseSeq {
			return nil
		}
		next := &register{of: of, book: before.book}
		if before.registrations() != len(of.Registrations) {
			var err error
			if next.book, err = checks.Book(s.shipped, of); err != nil {
				return fmt.Errorf("read the registered schemes: %w", err)
			}
		}
		if s.known.CompareAndSwap(before, next) {
			return nil
		}
	}
}

func (r *register) registrations() int {
	if r.of == nil {
		return 0
	}
	return len(r.of.Registrations)
}

// consultFor makes sure that the schemes of a case are known. What this process knows is enough, unless
// an audit is pinned to a version that another node registered.
func (s *Server) consultFor(ctx context.Context, c *events.Case) error {
	if !s.consulted.Load() {
		return s.consult(ctx)
	}
	for i := range c.Audits {
		if _, err := checks.Scheme(&c.Audits[i], s.book()); err != nil {
			return s.consult(ctx)
		}
	}
	return nil
}

// restsOnRegistry tells whether a posting has a command that is taken or refused by what the registry says
// now. What is in force then is asked of the log, so that a version, an approval or a parameter whose
// registration was answered, on whatever node, is never missed.
//
// The registry is kept as it is until the event is stored (see enterRegistry), so on one node it does not move
// in between. That binds this node alone: a registration on another, on its way to the log at the same moment,
// may be stored before the event that did not know of it. That is harmless, and so nothing more is done about it:
//
//   - Both requests were open, so either order is true to what their callers saw.
//   - An application and the plan of an audit name the version they rest on, with its digest, and whoever reads
//     or checks them uses that one, never "what was in force at that sequence".
//   - The checks ask approvals and qualifications by the day they hold on, not by the sequence they were
//     recorded at; and no check asks again whether the reviewer might decide.
//
// A check that judged by the order of the two sequences would need that order kept: the event would have to
// say up to which sequence of the registry it was decided.
func (p *posting) restsOnRegistry() bool {
	for _, e := range p.entries {
		switch e.cmd.(type) {
		case *decide.OpenCase, *decide.ImportCase, *decide.PlanAudit, *decide.IssueCertificate, *decide.MakeDecision:
			return true
		}
	}
	return false
}

// restsOnRegistryAlone tells whether nothing that p is taken or refused by is said outside its case and the registry.
func (p *posting) restsOnRegistryAlone() bool {
	for _, e := range p.entries {
		switch e.cmd.(type) {
		case *decide.ImportCase, *decide.IssueCertificate, *decide.MakeDecision:
			return false
		}
	}
	return true
}

// own tells whether a case is the ledger's own, which has routes of its own and is read by nobody as a case.
func own(id events.CaseID) bool { return id == events.Access || id == events.Registry }
