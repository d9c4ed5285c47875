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
	judgement   INTEGER NOT NULL,    -- see judgement
	final       TEXT NOT NULL,       -- fraction
	grade       TEXT NOT NULL,       -- what it would be while provisional
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
			int64(m.scored.previous), int64(judgementOf(m.scored)), to.final, string(to.grade), to.limit)
	},
}

// judgement is what of a score is a small number, in one, since each column costs as much as the next: from the
// lowest bit on whether the final value or the grade is another than before, whether it is provisional, the
// verdict (2 bits), how many clauses are involved (20 bits), and how many special deductions stand.
type judgement int64

// SQL for the parts of a judgement by which rows are chosen.
const (
	movedIn   = "judgement & 1"
	verdictIn = "judgement >> 2 & 3"
)

func judgementOf(r *rescored) judgement {
	j := judgement(r.after.specials)<<24 | judgement(r.after.involved)<<4 | judgement(r.after.verdict)<<2
	if r.after.provisional {
		j |= 2
	}
	if r.moved() {
		j |= 1
	}
	return j
}

func (j judgement) provisional() bool { return j&2 != 0 }
func (j judgement) verdict() verdict  { return verdict(j >> 2 & 3) }
func (j judgement) involved() int     { return int(j >> 4 & (1<<20 - 1)) }
func (j judgement) specials() int     { return int(j >> 24) }
