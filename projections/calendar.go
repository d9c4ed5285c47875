package projections

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"starledger/events"
	"starledger/events/checks"
	"starledger/scoring"
)

// CalendarQuery asks what is due or overdue.
type CalendarQuery struct {
	// From and To bound the last day in time, both included; "" is open.
	From, To events.Date
	Case     events.CaseID // "" is any
	Within   *Within
	AsOf     Point // on the recorded axis
	After    uint64
	Limit    int
}

// CalendarRow is a deadline of a case, with its last day.
type CalendarRow struct {
	checks.Deadline
	Case         events.CaseID
	Organization events.Text
	Due          events.Date
	State        DueState
	Value        scoring.Number // of the parameter that counted, where one did

	no   uint64
	what string
}

// DueState is how a deadline stands on the day of the view.
type DueState string

// The states of a deadline.
const (
	Due        DueState = "due"
	DuePlanned DueState = "planned" // and an audit is planned that settles it
	Overdue    DueState = "overdue"
)

// selectDeadlines takes the sequence of the view twice.
const selectDeadlines = `SELECT d.case_no, d.what, c.id, c.organization, d.kind, d.number, d.label, d.audit, d.since, d.began, d.recorded, d.ends
	FROM deadlines d
	CROSS JOIN cases c ON c.no = d.case_no
	WHERE d.open AND d.seq <= ?
	AND NOT EXISTS (SELECT 1 FROM deadlines x WHERE x.case_no = d.case_no AND x.what = d.what AND x.seq > d.seq AND x.seq <= ?)`

// Calendar lists what cases wait for at a point, the earliest last day first. A page goes on after as many
// items, so pages of one list should name their point by its sequence. Errors: those of Resolve,
// ErrListAxis.
func (v *Views) Calendar(ctx context.Context, q CalendarQuery) (Page[CalendarRow], error) {
	if q.AsOf.Axis == Effective {
		return Page[CalendarRow]{}, fmt.Errorf("read the calendar: %w", ErrListAxis)
	}
	at, err := v.Resolve(ctx, q.AsOf)
	if err != nil {
		return Page[CalendarRow]{}, err
	}
	items, err := v.deadlinesAt(ctx, q, at)
	if err != nil {
		return Page[CalendarRow]{}, fmt.Errorf("read the calendar: %w", err)
	}
	slices.SortFunc(items, func(a, b CalendarRow) int {
		return cmp.Or(cmp.Compare(a.Due, b.Due), cmp.Compare(a.no, b.no), cmp.Compare(a.what, b.what))
	})
	items = items[min(q.After, uint64(len(items))):]
	if len(items) <= q.Limit {
		return Page[CalendarRow]{Items: items}, nil
	}
	return Page[CalendarRow]{Items: items[:q.Limit], Next: q.After + uint64(q.Limit)}, nil
}

// deadlinesAt are the deadlines that stand at a point and are last in time within the query's days.
func (v *Views) deadlinesAt(ctx context.Context, q CalendarQuery, at Resolved) ([]CalendarRow, error) {
	parameters, err := v.parametersAt(ctx, at.Seq)
	if err != nil {
		return nil, err
	}
	s := selectFrom(selectDeadlines, int64(at.Seq), int64(at.Seq))
	if q.Case != "" {
		s.and("d.case_no = (SELECT no FROM cases WHERE id = ?)", string(q.Case))
	}
	if err := s.within("d.case_no", q.Within); err != nil {
		return nil, err
	}
	rows, err := v.store.read.QueryContext(ctx, s.text.String(), s.arguments...)
	if err != nil {
		return nil, err
	}
	today, days := events.DateOf(at.At), lastDays{parameters, map[lastDayKey]lastDay{}}
	var items []CalendarRow
	err = each(rows, func() error {
		var r CalendarRow
		err := rows.Scan(&r.no, &r.what, &r.Case, &r.Organization, &r.Kind, &r.Number, &r.Label, &r.Audit, &r.From, &r.Seq, &r.Recorded, &r.Ends)
		if err != nil || r.Ends != "" && today > r.Ends {
			return err
		}
		r.settle(days, today)
		if (q.From == "" || r.Due >= q.From) && (q.To == "" || r.Due <= q.To) {
			items = append(items, r)
		}
		return nil
	})
	return items, err
}

// settle finds the last day, and how the deadline stands on a day.
func (r *CalendarRow) settle(days lastDays, today events.Date) {
	last := days.of(&r.Deadline)
	r.Due, r.Value = last.due, last.value
	switch {
	case today > r.Due:
		r.State = Overdue
	case r.Audit > 0:
		r.State = DuePlanned
	default:
		r.State = Due
	}
}

// lastDays counts last days, each once: many deadlines of a calendar began on one day, under one value.
type lastDays struct {
	parameters *events.Case
	known      map[lastDayKey]lastDay
}

type lastDayKey struct {
	kind checks.DeadlineKind
	from events.Date
	set  uint64 // sequence of the event that set the parameter; 0 for its default
}

type lastDay struct {
	due   events.Date
	value scoring.Number // of the parameter that counted
}

func (l lastDays) of(d *checks.Deadline) lastDay {
	key := lastDayKey{kind: d.Kind, from: d.From}
	name := d.Parameter()
	if set := l.parameters.Parameter(name, d.Seq); set != nil {
		key.set = set.Seq
	}
	last, known := l.known[key]
	if !known {
		last.due = d.Due(l.parameters)
		if name != "" {
			last.value = checks.ValueAt(l.parameters, name, d.Seq)
		}
		l.known[key] = last
	}
	return last
}

// parametersAt is the registry case as far as parameters go.
func (v *Views) parametersAt(ctx context.Context, seq uint64) (*events.Case, error) {
	rows, err := v.store.read.QueryContext(ctx, "SELECT seq, name, value, recorded FROM parameters WHERE seq <= ? ORDER BY seq", int64(seq))
	if err != nil {
		return nil, err
	}
	registry := events.NewCase(events.Registry)
	err = each(rows, func() error {
		var p events.Parameter
		err := rows.Scan(&p.Seq, &p.ParameterSet.Parameter, &p.Value, &p.Recorded)
		registry.Parameters = append(registry.Parameters, p)
		return err
	})
	return registry, err
}
