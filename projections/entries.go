package projections

import "context"

// entriesModel indexes the whole log: which case, type and actor stand at which sequence, and when.
// With the strands it gives the sequences of a case, feeds with filters, and what sequence a time means.
//
// Times are only nearly in order: nodes may differ by seconds. late makes them exact: recorded + late
// is the latest time up to the entry, which never decreases, so a time is found by halving.
var entriesModel = readModel{
	name: "entries",
	tables: `
CREATE TABLE entries (
	seq       INTEGER PRIMARY KEY,
	case_no   INTEGER NOT NULL, -- cases.no
	case_seq  INTEGER NOT NULL,
	type_no   INTEGER NOT NULL, -- names.no
	actor_no  INTEGER NOT NULL, -- names.no
	recorded  INTEGER NOT NULL,
	effective INTEGER NOT NULL,
	late      INTEGER NOT NULL, -- latest recorded time up to this entry − recorded
	assessed  INTEGER NOT NULL, -- involved clauses that are assessed in the latest audit of the case, from here on
	findings  INTEGER NOT NULL  -- open nonconformities of the case, from here on
);` + strandsTable,
	apply: func(ctx context.Context, w *writer, m *moment) error {
		kind, err := w.names.of(ctx, string(m.Type))
		if err != nil {
			return err
		}
		actor, err := w.names.of(ctx, string(m.ActorID))
		if err != nil {
			return err
		}
		for _, s := range []*strand{m.line, kind, actor} {
			if err := w.strands.add(ctx, s, m.Seq); err != nil {
				return err
			}
		}
		return w.entries.add(ctx, int64(m.Seq), int64(m.no), int64(m.CaseSeq), -kind.of, -actor.of,
			int64(m.Time), int64(m.EffectiveTime), int64(m.late), int64(m.assessed), int64(m.findings))
	},
}
