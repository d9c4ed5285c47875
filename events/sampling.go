package events

import "fmt"

// PopulationRecorded records the list that a sample will be drawn from, before it is drawn: nobody can
// choose the list to fit the draw afterwards, since the draw depends on its digest and on a checkpoint
// that covers this event.
type PopulationRecorded struct {
	// Number of the audit.
	Audit uint64 `json:"audit"`
	// Label of the population in the audit, P1, P2, …
	Population Label `json:"population"`
	// What is listed, such as the repair orders of October.
	Subject Text `json:"subject"`
	// The clause it is about.
	Clause Clause `json:"clause,omitzero"`
	// SHA-256 of the list: a text with one item a line, kept as an attachment.
	Digest Digest `json:"digest"`
	// Number of items, which are counted from 1.
	Size uint64 `json:"size"`
}

// EventType is starledger.population.recorded.v1.
func (PopulationRecorded) EventType() Type { return "starledger.population.recorded.v1" }

// Population is a population, and the draws from it.
type Population struct {
	Entry
	PopulationRecorded
	Draws []Draw // the first, then the redraws
}

// Population is the population with this label; nil when there is none.
func (a *Audit) Population(label Label) *Population {
	return find(a.Populations, func(p *Population) bool { return p.PopulationRecorded.Population == label })
}

func (d PopulationRecorded) apply(c *Case, e *Stored) error {
	populations, err := c.populations(d.Audit)
	if err != nil {
		return err
	}
	*populations = append(*populations, Population{Entry: entryOf(e), PopulationRecorded: d})
	return nil
}

// CheckpointName names a checkpoint of the log.
type CheckpointName struct {
	// Number of events it covers.
	Size uint64 `json:"size"`
	// Root hash of the tree, RFC 6962.
	Root Digest `json:"root"`
}

// SampleDrawn draws a sample from a population. The items follow from the members before them, so
// anyone can repeat the draw: checks.Draw specifies how.
type SampleDrawn struct {
	// Number of the audit.
	Audit uint64 `json:"audit"`
	// The population drawn from.
	Population Label `json:"population"`
	// Number of the draw from it: 1, and 2, 3, … for redraws.
	Draw uint64 `json:"draw"`
	// The first checkpoint that covers the population.
	Checkpoint CheckpointName `json:"checkpoint"`
	// The items drawn, counted from 1, ascending.
	Items []uint64 `json:"items"`
}

// EventType is starledger.sample.drawn.v1.
func (SampleDrawn) EventType() Type { return "starledger.sample.drawn.v1" }

// Draw is one draw and where it stands.
type Draw struct {
	Entry
	SampleDrawn
}

func (d SampleDrawn) apply(c *Case, e *Stored) error {
	if _, err := c.populations(d.Audit); err != nil {
		return err
	}
	population := c.PopulationOf(d.Audit, d.Population)
	if population == nil {
		return fmt.Errorf("there is no population %s in audit %d", d.Population, d.Audit)
	}
	draws := population.Draws
	population.Draws = append(draws[:len(draws):len(draws)], Draw{entryOf(e), d})
	return nil
}
