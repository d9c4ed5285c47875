package api

import (
	"context"
	"fmt"
	"net/http"

	"starledger/events"
)

// postCase opens a case. There is no case yet that the key could belong to, so it belongs to the
// actor: a permanent index in the read model finds it, under a lock on actor and key.
func (s *Server) postCase(w http.ResponseWriter, c *call) error {
	return s.postOpening(w, c, openCase)
}

func (s *Server) postOpening(w http.ResponseWriter, c *call, to command) error {
	p, body, err := s.posting(w, c, "")
	if err != nil {
		return err
	}
	p.opening = true
	one := entry{command: to, cmd: to.blank(parts{})}
	p.bad = decode(body, one.cmd, "")
	p.entries = []entry{one}
	if !p.dryRun {
		release, err := s.posters.acquire(c.Context(), "open "+string(p.actor.ID)+" "+string(p.key))
		if err != nil {
			return err
		}
		defer release()
		if p.into, err = s.openedUnder(c.Context(), p); err != nil {
			return err
		}
	}
	if p.into == "" {
		if p.into, err = s.newCaseID(); err != nil {
			return err
		}
	}
	return s.answer(w, c, p)
}

// openedUnder is the case that the actor opened under the key; "" when there is none. It waits
// until the read model has seen everything that is in the log now.
func (s *Server) openedUnder(ctx context.Context, p *posting) (events.CaseID, error) {
	last, err := s.log.Last(ctx)
	if err != nil {
		return "", fmt.Errorf("look for the key of a case: %w", err)
	}
	if err := s.views.WaitFor(ctx, last); err != nil {
		return "", fmt.Errorf("look for the key of a case up to %d: %w", last, err)
	}
	seq, found, err := s.views.OpenedWith(ctx, p.actor.ID, p.key)
	if err != nil || !found {
		return "", err
	}
	for record, err := range s.log.ReadAt(ctx, []uint64{seq}) {
		if err != nil {
			return "", fmt.Errorf("read the opening at %d: %w", seq, err)
		}
		return events.CaseID(record.Case), nil
	}
	return "", &events.GapError{Want: seq}
}

// openedElsewhere turns to the case that another node has opened under the same key in the same moment.
func (s *Server) openedElsewhere(ctx context.Context, p *posting) error {
	if !p.opening {
		return nil
	}
	id, err := s.openedUnder(ctx, p)
	if id != "" {
		p.into = id
	}
	return err
}

func (s *Server) newCaseID() (events.CaseID, error) {
	id, err := s.ids.Next(s.clock())
	if err != nil {
		return "", fmt.Errorf("name a new case: %w", err)
	}
	return events.CaseID(id), nil
}
