package api

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"starledger/events"
)

// getEvent shows one event: exactly the stored bytes, named by their digest. They never change.
func (s *Server) getEvent(w http.ResponseWriter, c *call) error {
	if err := s.caughtUp(c); err != nil {
		return err
	}
	record, err := s.recordAt(c)
	if err != nil {
		return err
	}
	if err := s.mayReadEvent(c, record); err != nil {
		return err
	}
	keep(w)
	return writeNamed(w, c, "application/cloudevents+json", events.DigestOf(record.Body), record.Body)
}

// recordAt reads the event of the path. The log would call a sequence that has not been reached
// yet a gap, so it is compared with the last one first.
func (s *Server) recordAt(c *call) (events.Record, error) {
	seq, err := s.seqAt(c)
	if err != nil {
		return events.Record{}, err
	}
	return s.record(c.Context(), seq)
}

// seqAt is the sequence that the path names, if there is such an event.
func (s *Server) seqAt(c *call) (uint64, error) {
	seq, ok := parseSeq(c.part("seq"))
	last, err := s.log.Last(c.Context())
	if err != nil {
		return 0, fmt.Errorf("ask for the last event: %w", err)
	}
	if !ok || seq == 0 || seq > last {
		return 0, notFound("unknown-event")
	}
	return seq, nil
}

func (s *Server) record(ctx context.Context, seq uint64) (events.Record, error) {
	for record, err := range s.log.ReadAt(ctx, []uint64{seq}) {
		if err != nil {
			return events.Record{}, fmt.Errorf("read event %d: %w", seq, err)
		}
		return record, nil
	}
	return events.Record{}, &events.GapError{Want: seq}
}

// mayReadEvent refuses an event that the caller may not read as if there were none. What belongs to
// no organization, such as grants, is read by those who may read everything.
func (s *Server) mayReadEvent(c *call, record events.Record) error {
	within, err := s.reach(c)
	if err != nil || within == nil {
		return err
	}
	id := events.CaseID(record.Case)
	if id == events.Registry || id == events.Access {
		return notFound("unknown-event")
	}
	h, err := s.views.History(c.Context(), id)
	if err != nil {
		return fmt.Errorf("read case %s: %w", id, err)
	}
	err = s.mayRead(c.Context(), c.actor, h.Case)
	if problem := (*Problem)(nil); errors.As(err, &problem) {
		return notFound("unknown-event")
	}
	return err
}
