package projections

import "context"

// scoresModel is the score of every audit from event to event, and so also what moved scores: a row
// holds until the next row of its audit, and names the row it replaced.
var scoresModel = readModel{
	name: "scores",
	tables: `
CREATE TABLE scores (
	seq         INTEGER PRIMARY KEY, -- the event that made it so
	case_no     INTEGER NOT NULL,
	audit       INTEGER NOT NULL,
	clause      TEXT NOT NULL,
	previous    INTEGER NOT NULL,    -- scores.seq of the row before; 0 when the audit was planned
	moved       INTEGER NOT NULL,    -- 1 when the final value or the grade is another than before
	final       TEXT NOT NULL,       -- fraction
	grade       TEXT NOT NULL,       -- what it would be while provisional
	provisional INTEGER NOT NULL,
	verdict     INTEGER NOT NULL,    -- 0 none, 1 failed, 2 passed
	involved    INTEGER NOT NULL,    -- clauses
	specials    INTEGER NOT NULL,
	special_limit TEXT NOT NULL
);`,
	indexes: `
CREATE INDEX scores_case ON scores (case_no);`,
	apply: func(ctx context.Context, w *writer, m *moment) error {
		if m.scored == nil {
			return nil
		}
		to := &m.scored.after
		return w.scores.add(ctx, int64(m.Seq), int64(m.no), int64(m.scored.audit), string(m.scored.clause),
			int64(m.scored.previous), m.scored.moved(), to.final, string(to.grade), to.provisional, int64(to.verdict),
			int64(to.involved), int64(to.specials), to.limit)
	},
}
