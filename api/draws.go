package api

import (
	"bufio"
	"context"
	"errors"
	"fmt"

	"starledger/events"
	"starledger/events/checks"
	"starledger/events/decide"
	"starledger/projections"
)

// sealedFor gives every draw of a posting the checkpoint it rests on: the first that covers its
// population. Nobody posts one, so nobody can choose it.
func (s *Server) sealedFor(ctx context.Context, p *posting, h *projections.History) error {
	for i := range p.entries {
		draw, ok := p.entries[i].cmd.(*decide.DrawSample)
		if !ok {
			continue
		}
		draw.Checkpoint = nil
		population := h.Case.PopulationOf(draw.Audit, draw.Population)
		if population == nil {
			continue
		}
		var err error
		if draw.Checkpoint, err = s.firstCheckpoint(ctx, population.Seq); err != nil {
			return fmt.Errorf("find the checkpoint that covers event %d: %w", population.Seq, err)
		}
	}
	return nil
}

// countedFor counts the lines of every list that a posting records. One that is not kept, or that is no
// list, has none: decide says what is wrong.
func (s *Server) countedFor(p *posting) error {
	for i := range p.entries {
		record, ok := p.entries[i].cmd.(*decide.RecordPopulation)
		if !ok || !s.attachments.Has(record.Digest) {
			continue
		}
		list, err := s.attachments.Open(record.Digest)
		if err != nil {
			return fmt.Errorf("open the list of a population: %w", err)
		}
		record.Items, err = checks.Items(list, func(uint64, []byte) {})
		if errors.Is(err, bufio.ErrTooLong) {
			record.Items, err = 0, nil
		}
		if err = errors.Join(err, list.Close()); err != nil {
			return fmt.Errorf("read the list of a population: %w", err)
		}
	}
	return nil
}

// nothingSealed is a log without checkpoints.
func nothingSealed(context.Context, uint64) (*events.CheckpointName, error) { return nil, nil }
