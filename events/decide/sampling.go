package decide

import (
	"fmt"

	"starledger/events"
	"starledger/events/checks"
)

// Rules of a sample that anyone can repeat (R3; 000 6.1.2 c):
//
//  1. The population is recorded first; its list is kept as an attachment, and it has at most a hundred
//     thousand items: as many as the list has lines.
//  2. The first checkpoint that covers the population has been signed; the draw rests on it.
//  3. A sample is not larger than its population, nor than ten thousand items.
//  4. A redraw says that it is one, and why; it gets the next number, so redraws are counted.

// RecordPopulation is POST …/audits/{audit}/populations.
type RecordPopulation struct {
	Common
	Audit uint64 `json:"-"`
	// What is listed.
	Subject events.Text `json:"subject"`
	// The clause it is about.
	Clause events.Clause `json:"clause,omitzero"`
	// SHA-256 of the list: a text with one item a line, stored as an attachment before.
	Digest events.Digest `json:"digest"`
	// Number of items.
	Size uint64 `json:"size"`

	// Items is how many lines the list has. The server counts and fills it in.
	Items uint64 `json:"-"`
}

// DrawSample is POST …/audits/{audit}/populations/{population}/draws.
type DrawSample struct {
	Common
	Audit      uint64       `json:"-"`
	Population events.Label `json:"-"`
	// Number of items to draw.
	Size uint64 `json:"size"`
	// Whether it takes the place of a sample drawn before; it then needs a reason.
	Redraw bool `json:"redraw,omitzero"`

	// Checkpoint is the first that covers the population, nil while there is none. The server fills it
	// in; no caller can choose it.
	Checkpoint *events.CheckpointName `json:"-"`
}

const (
	mostItems = checks.MostItems
	mostDrawn = 10_000
)

func (r *RecordPopulation) decide(s *sitting) (events.Payload, error) {
	a, err := s.audit(r.Audit)
	if err != nil {
		return nil, err
	}
	if r.Clause != "" {
		if _, _, err := s.evaluates(r.Audit, r.Clause); err != nil {
			return nil, err
		}
	}
	if r.Size > mostItems {
		return nil, refuse(Broken, SampleTooLarge).at("/size").with("most", mostItems)
	}
	if !s.Attachment(r.Digest) {
		return nil, refuse(Broken, UnknownAttachment).at("/digest").with("sha256", r.Digest)
	}
	if r.Size != r.Items {
		return nil, refuse(Broken, PopulationSize).at("/size").with("stated", r.Size).with("lines", r.Items)
	}
	label := nextLabel('P', a.Populations, func(p *events.Population) events.Label { return p.PopulationRecorded.Population })
	return events.PopulationRecorded{
		Audit: r.Audit, Population: label, Subject: r.Subject, Clause: r.Clause, Digest: r.Digest, Size: r.Size,
	}, nil
}

func (d *DrawSample) decide(s *sitting) (events.Payload, error) {
	if s.c.Accreditation == nil {
		if _, err := s.audit(d.Audit); err != nil {
			return nil, err
		}
	}
	p := s.c.PopulationOf(d.Audit, d.Population)
	if p == nil {
		return nil, refuse(NotFound, UnknownPopulation).with("population", d.Population)
	}
	s.follows(p.Entry)
	switch most := min(p.Size, mostDrawn); {
	case len(p.Draws) > 0 && !d.Redraw:
		return nil, refuse(Standing, DrawStands).with("population", d.Population).with("draws", len(p.Draws)).since(p.Draws[len(p.Draws)-1].Entry)
	case len(p.Draws) > 0 && d.Reason == "":
		return nil, refuse(Malformed, RedrawNeedsReason).at("/reason")
	case d.Size > most:
		return nil, refuse(Broken, SampleTooLarge).at("/size").with("most", most)
	case d.Checkpoint == nil:
		return nil, refuse(Broken, PopulationUnsealed).with("population", d.Population)
	case d.Checkpoint.Size < p.Seq:
		return nil, fmt.Errorf("draw from population %s of case %s: the checkpoint of size %d does not cover event %d", d.Population, s.c.ID, d.Checkpoint.Size, p.Seq)
	}
	number := uint64(len(p.Draws) + 1)
	return events.SampleDrawn{
		Audit: d.Audit, Population: d.Population, Draw: number, Checkpoint: *d.Checkpoint,
		Items: checks.Draw(s.c.ID, p, number, *d.Checkpoint, int(d.Size)),
	}, nil
}
