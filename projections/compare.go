package projections

import (
	"fmt"
	"slices"
	"sort"

	"starledger/events"
	"starledger/events/checks"
	"starledger/scoring"
)

// Cause is what one event does to the score on the way from one sequence to another.
type Cause struct {
	Seq    uint64
	Type   events.Type
	Actor  events.ID
	Clause events.Clause // "" when it is about none
	Delta  scoring.Number
}

// Comparison is the difference between the score of an audit at two sequences.
type Comparison struct {
	A, B   Mark
	Delta  scoring.Number // B − A
	Causes []Cause        // their deltas add up to Delta exactly
}

// Compare explains the way of an audit's score from sequence a to sequence b, both included: one cause
// for every event in between that touches the score. When a is the later one, the way is walked
// backwards: the same events, the last first, each with what undoing it does. ErrNoAudit when the
// audit is not planned yet at one of the two.
func Compare(list []*events.Stored, audit, a, b uint64, schemes *scoring.Book) (*Comparison, error) {
	items, err := Timeline(upTo(list, max(a, b)), audit, schemes)
	if err != nil {
		return nil, err
	}
	first := sort.Search(len(items), func(i int) bool { return items[i].Seq > min(a, b) })
	if first == 0 {
		return nil, fmt.Errorf("audit %d at sequence %d: %w", audit, min(a, b), ErrNoAudit)
	}
	var way Comparison
	if way.A, err = markAt(list, audit, a, schemes); err != nil {
		return nil, err
	}
	if way.B, err = markAt(list, audit, b, schemes); err != nil {
		return nil, err
	}
	for _, item := range items[first:] {
		way.Causes = append(way.Causes, Cause{item.Seq, item.Type, item.Actor, item.Clause, item.Delta})
	}
	if a > b {
		way.reverse()
	}
	way.Delta = way.B.Final.Sub(way.A.Final)
	return &way, nil
}

// markAt is the score of an audit at a sequence; assessments may have ended its being provisional since
// the last item of its timeline.
func markAt(list []*events.Stored, audit, seq uint64, schemes *scoring.Book) (Mark, error) {
	c, err := foldAll(upTo(list, seq))
	if err != nil {
		return Mark{}, err
	}
	result, err := checks.Score(c.Audit(audit), schemes)
	if err != nil {
		return Mark{}, fmt.Errorf("score at sequence %d: %w", seq, err)
	}
	return markOf(result), nil
}

// upTo are the events of a list in the order of the log up to a sequence.
func upTo(list []*events.Stored, seq uint64) []*events.Stored {
	return list[:sort.Search(len(list), func(i int) bool { return list[i].Seq > seq })]
}

func (c *Comparison) reverse() {
	slices.Reverse(c.Causes)
	for i := range c.Causes {
		c.Causes[i].Delta = scoring.Number{}.Sub(c.Causes[i].Delta)
	}
}
