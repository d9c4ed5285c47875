package projections

import (
	"context"
	"encoding/hex"
	"fmt"
	"strings"

	"github.com/go-json-experiment/json"

	"starledger/events"
	"starledger/events/checks"
)

// tracesModel finds statements and evidence that came up before under another organization (COPY-01). It
// holds the first eight bytes of a trace's digest, which is an integer to SQLite: of ten million traces,
// two that differ are alike with odds of one to several hundred thousand, and COPY-01 only lists.
var tracesModel = readModel{
	name: "traces",
	tables: `
CREATE TABLE traces (
	seq     INTEGER NOT NULL,
	case_no INTEGER NOT NULL,
	uscc    TEXT NOT NULL,    -- of the organization; '' where it is not known
	trace   INTEGER NOT NULL
);`,
	indexes: `
CREATE INDEX traces_trace ON traces (trace, seq);`,
	apply: func(ctx context.Context, w *writer, m *moment) error {
		if m.organization.Name == "" {
			return nil
		}
		for _, trace := range checks.Traces(m.Data) {
			short, err := shortened(trace.Digest)
			if err != nil {
				return err
			}
			if err := w.traces.add(ctx, int64(m.Seq), int64(m.no), string(m.organization.USCC), short); err != nil {
				return err
			}
		}
		return nil
	},
}

// shortened is what a digest is found by.
func shortened(d events.Digest) (int64, error) {
	raw, err := hex.DecodeString(strings.TrimPrefix(string(d), "sha256:"))
	if err != nil || len(raw) < 8 {
		return 0, fmt.Errorf("%q is no digest", d)
	}
	var short int64
	for _, b := range raw[:8] {
		short = short<<8 | int64(b)
	}
	return short, nil
}

// FirstTraces is the sequence at which each of some traces was left first under another organization than
// this one, as far as the read models have got to. One that was left under no other is not there.
func (v *Views) FirstTraces(ctx context.Context, of events.Organization, traces []events.Digest) (map[events.Digest]uint64, error) {
	wanted, names := make([]int64, 0, len(traces)), map[int64]events.Digest{}
	for _, d := range traces {
		short, err := shortened(d)
		if err != nil {
			return nil, fmt.Errorf("look for copies: %w", err)
		}
		wanted, names[short] = append(wanted, short), d
	}
	text, err := json.Marshal(wanted)
	if err != nil {
		return nil, fmt.Errorf("look for copies: %w", err)
	}
	// The index gives the events of a trace in their order, and the first of another organization ends the
	// search: what everybody says is found at once.
	const query = `SELECT value, coalesce((SELECT t.seq FROM traces t CROSS JOIN cases c ON c.no = t.case_no
		WHERE t.trace = value AND c.organization <> ? AND (t.uscc = '' OR t.uscc <> ?) ORDER BY t.seq LIMIT 1), 0)
	FROM (SELECT DISTINCT value FROM json_each(?))`
	rows, err := v.store.read.QueryContext(ctx, query, string(of.Name), string(of.USCC), string(text))
	if err != nil {
		return nil, fmt.Errorf("look for copies: %w", err)
	}
	first := map[events.Digest]uint64{}
	err = each(rows, func() error {
		var short int64
		var seq uint64
		err := rows.Scan(&short, &seq)
		if seq > 0 {
			first[names[short]] = seq
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("look for copies: %w", err)
	}
	return first, nil
}
