package projections

import "context"

// entriesModel indexes the whole log: which case, type and actor stand at which sequence, and when.
// With the strands it gives the sequences of a case, feeds with filters, and what sequence a time means.
//
// Times are only nearly in order: nodes may differ by seconds. late makes them exact: recorded + late
// is the latest time up to the entry, which never decreases, so a time is found by halving.
var entriesModel = readModel{
	name:   "entries",
	tables: pagesTable + strandsTable,
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
		return w.pages.add(ctx, m.Seq, &entry{
			caseNo: int64(m.no), caseSeq: int64(m.CaseSeq), typeNo: -kind.of, actorNo: -actor.of,
			recorded: int64(m.Time), effective: int64(m.EffectiveTime), late: int64(m.late),
			assessed: int64(m.assessed), findings: int64(m.findings),
		})
	},
}
