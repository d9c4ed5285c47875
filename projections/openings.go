package projections

import (
	"context"
)

// openingsModel is the permanent index of the idempotency keys of case openings. The keys of every
// other event are in the history of its case; an opening has no case yet when the key is looked up.
// Two nodes may have opened under one key at the same time: the first stands.
var openingsModel = readModel{
	name: "openings",
	tables: `
CREATE TABLE openings (
	seq      INTEGER PRIMARY KEY,
	actor_no INTEGER NOT NULL, -- names.no
	key      TEXT NOT NULL
);`,
	indexes: `CREATE INDEX openings_key ON openings (key, actor_no);`,
	apply: func(ctx context.Context, w *writer, m *moment) error {
		if opened, _ := openingOf(m.Data); opened.Kind == "" || m.IdempotencyKey == "" {
			return nil
		}
		actor, err := w.names.of(ctx, string(m.ActorID))
		if err != nil {
			return err
		}
		return w.openings.add(ctx, int64(m.Seq), -actor.of, string(m.IdempotencyKey))
	},
}
