package projections

import (
	"context"
	"fmt"
	"slices"

	"starledger/events"
	"starledger/events/checks"
)

// deadlinesModel is what cases wait for: a row for every deadline that begins, changes or is settled. The
// last day is not in it, since a parameter of the body counts it; the value that holds is found in
// parameters, by when the event was recorded that began the count.
var deadlinesModel = readModel{
	name: "deadlines",
	tables: `
CREATE TABLE deadlines (
	case_no  INTEGER NOT NULL,
	what     TEXT NOT NULL,    -- kind, number and label: one deadline of the case
	seq      INTEGER NOT NULL, -- holds from here on
	open     INTEGER NOT NULL, -- 0: settled
	kind     TEXT NOT NULL,
	number   INTEGER NOT NULL,
	label    TEXT NOT NULL,
	audit    INTEGER NOT NULL, -- planned to settle it, or 0
	since    TEXT NOT NULL,    -- the day counted from, Asia/Shanghai
	began    INTEGER NOT NULL, -- sequence of the event that began the count
	recorded INTEGER NOT NULL, -- when that was recorded
	ends     TEXT NOT NULL,    -- after this day it is due no more; '' for never
	PRIMARY KEY (case_no, what, seq)
) WITHOUT ROWID;
CREATE TABLE parameters (
	seq      INTEGER PRIMARY KEY,
	name     TEXT NOT NULL,
	value    TEXT NOT NULL,
	recorded INTEGER NOT NULL
);`,
	apply: func(ctx context.Context, w *writer, m *moment) error {
		if d, set := m.Data.(events.ParameterSet); set {
			if err := w.parameters.add(ctx, int64(m.Seq), string(d.Parameter), string(d.Value), int64(m.Time)); err != nil {
				return err
			}
		}
		for _, d := range m.deadlines {
			err := w.deadlines.add(ctx, int64(m.no), whatOf(&d.Deadline), int64(m.Seq), d.open, string(d.Kind), int64(d.Number), string(d.Label),
				int64(d.Audit), string(d.From), int64(d.Seq), int64(d.Recorded), string(d.Ends))
			if err != nil {
				return err
			}
		}
		return nil
	},
}

// deadline is a deadline that begins or changes, or, when it is not open, one that is settled.
type deadline struct {
	checks.Deadline
	open bool
}

func whatOf(d *checks.Deadline) string { return fmt.Sprintf("%s %d %s", d.Kind, d.Number, d.Label) }

// same tells whether both are one deadline of a case.
func same(a, b *checks.Deadline) bool {
	return a.Kind == b.Kind && a.Number == b.Number && a.Label == b.Label
}

// await brings the deadlines of the case up to date, and gives those that changed.
func (f *folding) await() []deadline {
	before := f.deadlines
	f.deadlines = checks.Deadlines(f.of)
	var changed []deadline
	for _, d := range before {
		if !slices.ContainsFunc(f.deadlines, func(now checks.Deadline) bool { return same(&now, &d) }) {
			changed = append(changed, deadline{d, false})
		}
	}
	for _, d := range f.deadlines {
		if !slices.Contains(before, d) {
			changed = append(changed, deadline{d, true})
		}
	}
	return changed
}
