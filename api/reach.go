package api

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"starledger/events"
	"starledger/projections"
)

// readable is the case of the path, if the caller may read it; otherwise there is none.
func (s *Server) readable(c *call) (*projections.History, error) {
	id, err := c.caseID()
	if err != nil {
		return nil, err
	}
	h, err := s.views.History(c.Context(), id)
	if errors.Is(err, projections.ErrNoCase) {
		return nil, noCase()
	}
	if err != nil {
		return nil, fmt.Errorf("read case %s: %w", id, err)
	}
	if err := s.mayRead(c.Context(), c.actor, h.Case); err != nil {
		return nil, err
	}
	return h, s.consultFor(c.Context(), h.Case)
}

// mayRead refuses as if there were no such case.
func (s *Server) mayRead(ctx context.Context, a *Actor, c *events.Case) error {
	on, err := s.readTarget(ctx, a, c)
	if err != nil {
		return err
	}
	_, err = s.court.allow(a, readCase, on)
	if problem := (*Problem)(nil); errors.As(err, &problem) {
		return noCase()
	}
	return err
}

// readTarget is the case as policies about reading see it, with the grants of the actor.
func (s *Server) readTarget(ctx context.Context, a *Actor, c *events.Case) (target, error) {
	on := targetOf(c, nil)
	granted, err := s.grants(ctx, a)
	if granted.all || granted.covers(c.ID) {
		on.readers = []events.ID{a.ID}
	}
	return on, err
}

// granted is what the grants in force let an assessor read.
type granted struct {
	all   bool
	cases []events.CaseID
}

func (g granted) covers(id events.CaseID) bool { return slices.Contains(g.cases, id) }

// grants are looked up for assessors alone: no policy asks for them otherwise.
func (s *Server) grants(ctx context.Context, a *Actor) (granted, error) {
	var g granted
	if !a.has(Assessor) {
		return g, nil
	}
	h, err := s.views.History(ctx, events.Access)
	if errors.Is(err, projections.ErrNoCase) {
		return g, nil
	}
	if err != nil {
		return g, fmt.Errorf("read the grants: %w", err)
	}
	now := events.InstantOf(s.clock())
	for i := range h.Case.Grants {
		grant := &h.Case.Grants[i]
		if grant.All && grant.Allows(a.ID, "", now) {
			g.all = true
		}
		for _, id := range grant.Cases {
			if grant.Allows(a.ID, id, now) {
				g.cases = append(g.cases, id)
			}
		}
	}
	return g, nil
}

// reach is what lists may show to the caller; nil restricts nothing. It asks the policies that
// govern a single case about cases that have nothing but what is asked for, so that a list shows
// exactly what could be read one by one.
func (s *Server) reach(c *call) (*projections.Within, error) { return s.reachOf(c.Context(), c.actor) }

func (s *Server) reachOf(ctx context.Context, a *Actor) (*projections.Within, error) {
	granted, err := s.grants(ctx, a)
	if err != nil {
		return nil, err
	}
	reader := []events.ID{a.ID}
	anything := target{}
	if granted.all {
		anything.readers = reader
	}
	if s.permits(a, anything) {
		return nil, nil
	}
	within := &projections.Within{}
	if own := a.Organization; own != "" && s.permits(a, target{organization: own}) {
		within.Organization = own
	}
	if s.permits(a, target{readers: reader}) {
		within.Cases = granted.cases
	}
	return within, nil
}

func (s *Server) permits(a *Actor, on target) bool {
	_, err := s.court.allow(a, readCase, on)
	return err == nil
}
