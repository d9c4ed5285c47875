package projections

import (
	"context"
	"fmt"
	"slices"

	"starledger/events"
)

// findingsModel is every finding that was raised, and every stage it came to since. A finding that has none yet
// is raised. When all that happened stands in the entries.
var findingsModel = readModel{
	name: "findings",
	tables: `
CREATE TABLE findings (
	seq       INTEGER PRIMARY KEY, -- of the event that raised it
	case_no   INTEGER NOT NULL,
	audit     INTEGER NOT NULL,
	number    TEXT NOT NULL,       -- F1, F2, …
	clause    TEXT NOT NULL,
	category  TEXT NOT NULL,
	severity  TEXT NOT NULL,       -- '' for none
	statement TEXT NOT NULL
);
CREATE TABLE stages (
	finding INTEGER NOT NULL,      -- findings.seq
	moved   INTEGER NOT NULL,      -- the sequence from which on it holds, times 10, and its place among FindingStage.Values
	PRIMARY KEY (finding, moved)
) WITHOUT ROWID;`,
	indexes: `CREATE INDEX findings_clause ON findings (case_no, clause);`,
	apply: func(ctx context.Context, w *writer, m *moment) error {
		if d, raised := m.Data.(events.FindingRaised); raised {
			err := w.findings.add(ctx, int64(m.Seq), int64(m.no), int64(d.Audit), string(d.Finding), string(d.Clause),
				string(d.Category), string(d.Severity), string(d.Statement))
			if err != nil {
				return err
			}
		}
		if m.finding == 0 || m.finding == m.Seq {
			return nil
		}
		return w.stages.add(ctx, int64(m.finding), int64(m.Seq)*stagesPerEvent+m.findingStage.place())
	},
}

// stagesPerEvent is how many stages there can be.
const stagesPerEvent = 10

// FindingStage is where a finding stands on the way from being raised to being closed.
type FindingStage string

// The stages of a finding.
const (
	FindingRaised     FindingStage = "raised"     // waits for a correction
	FindingCorrecting FindingStage = "correcting" // a correction waits for its verification
	FindingRejected   FindingStage = "rejected"   // the correction was rejected, or did not hold: another has to follow
	FindingClosed     FindingStage = "closed"     // the correction was accepted
	FindingWithdrawn  FindingStage = "withdrawn"
)

// Values are the stages in their order.
func (FindingStage) Values() []FindingStage {
	return []FindingStage{FindingRaised, FindingCorrecting, FindingRejected, FindingClosed, FindingWithdrawn}
}

// place is where a stage stands among all; -1 for what is none.
func (s FindingStage) place() int64 { return int64(slices.Index(s.Values(), s)) }

// findingMoved is the finding that an event raises or brings to another stage, by the sequence that raised
// it; 0 for any other event. c is the case with the event applied.
func findingMoved(c *events.Case, p events.Payload) (seq uint64, stage FindingStage) {
	at := func(audit uint64, number events.Number) uint64 { return c.Audit(audit).Find(number).Seq }
	switch d := p.(type) {
	case events.FindingRaised:
		return at(d.Audit, d.Finding), FindingRaised
	case events.FindingWithdrawn:
		return at(d.Audit, d.Finding), FindingWithdrawn
	case events.CorrectionSubmitted:
		return at(d.Audit, d.Finding), FindingCorrecting
	case events.CorrectionReopened:
		return at(d.Audit, d.Finding), FindingRejected
	case events.CorrectionVerified:
		if d.Outcome == events.CorrectionAccepted {
			return at(d.Audit, d.Finding), FindingClosed
		}
		return at(d.Audit, d.Finding), FindingRejected
	}
	return 0, ""
}

// UnmarshalText accepts the stages alone.
func (s *FindingStage) UnmarshalText(b []byte) error {
	if !slices.Contains(s.Values(), FindingStage(b)) {
		return fmt.Errorf("%q is no stage of a finding", b)
	}
	*s = FindingStage(b)
	return nil
}
