package projections

import (
	"fmt"

	"starledger/events"
	"starledger/events/checks"
	"starledger/scoring"
)

// TimelineItem is one event that touched the score of an audit. The first is its planning, with the
// full marks and a delta of 0; an event that touches the score and leaves it as it was has a delta of
// 0, too. So the last item shows the score as it stands, except that progress has items only under
// method rating.
type TimelineItem struct {
	Seq       uint64
	Recorded  events.Instant
	Effective events.Instant
	Type      events.Type
	Actor     events.ID
	Clause    events.Clause // "" when it is about none
	Delta     scoring.Number
	Mark      // after the event
}

// Timeline tells how the score of an audit came about, in the order of the list: all events of a case
// from its first, as recorded or as happened (Happened). What touches the score are deductions,
// deletions, special deductions, bonuses and their revocations, under method rating assessments, and
// verifications of corrections where those give points back.
// ErrNoAudit when nothing in the list plans the audit.
func Timeline(list []*events.Stored, audit uint64, schemes *scoring.Book) ([]TimelineItem, error) {
	var items []TimelineItem
	if len(list) == 0 {
		return nil, fmt.Errorf("audit %d: %w", audit, ErrNoAudit)
	}
	c := events.NewCase(list[0].Subject)
	for _, e := range list {
		if err := c.Apply(e); err != nil {
			return nil, &events.DamageError{Seq: e.Seq, Reason: "does not fit its case", Err: err}
		}
		touched := touchOf(e.Data).of(e.Data, c)
		if touched.audit != audit || touched.reach == untouched {
			continue
		}
		item, touches, err := itemOf(e, touched, c, schemes)
		if err != nil {
			return nil, fmt.Errorf("score at event %d: %w", e.Seq, err)
		}
		if !touches {
			continue
		}
		if len(items) > 0 {
			item.Delta = item.Final.Sub(items[len(items)-1].Final)
		}
		items = append(items, item)
	}
	if len(items) == 0 {
		return nil, fmt.Errorf("audit %d: %w", audit, ErrNoAudit)
	}
	return items, nil
}

// itemOf is the item of an event, without its delta; touches is false for an assessment that moves
// the progress only.
func itemOf(e *events.Stored, t touch, c *events.Case, schemes *scoring.Book) (item TimelineItem, touches bool, err error) {
	if touches, err = scoreMoves(t, c, schemes); err != nil || !touches {
		return item, false, err
	}
	a := c.Audit(t.audit)
	if t.reach == assesses {
		scheme, err := checks.Scheme(a, schemes)
		if err != nil || scheme.Method != scoring.MethodRating {
			return item, false, err
		}
	}
	result, err := checks.Score(a, schemes)
	if err != nil {
		return item, false, err
	}
	return TimelineItem{
		Seq: e.Seq, Recorded: e.Time, Effective: e.EffectiveTime, Type: e.Type, Actor: e.ActorID,
		Clause: t.clause, Mark: markOf(result),
	}, true, nil
}

func markOf(r *scoring.Result) Mark {
	m := Mark{Final: r.Final, Provisional: r.Provisional}
	if r.Grade != nil {
		m.Grade = events.ID(r.Grade.ID)
	}
	return m
}
