package api

import (
	"context"
	"fmt"

	"starledger/events"
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

// nothingSealed is a log without checkpoints.
func nothingSealed(context.Context, uint64) (*events.CheckpointName, error) { return nil, nil }
