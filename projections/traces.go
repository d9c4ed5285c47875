package projections

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
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
	trace   INTEGER NOT NULL,
	seq     INTEGER NOT NULL,
	case_no INTEGER NOT NULL,
	PRIMARY KEY (trace, seq)
) WITHOUT ROWID;`,
	apply: func(ctx context.Context, w *writer, m *moment) error {
		if m.organization.Name == "" {
			return nil
		}
		for _, trace := range checks.Traces(m.Data) {
			short, err := shortened(trace.Digest)
			if err != nil {
				return err
			}
			if err := w.traces.add(ctx, left{short, m.Seq, m.no}); err != nil {
				return err
			}
		}
		return nil
	},
}

// left is that an event of a case left a trace.
type left struct {
	trace   int64
	seq, no uint64
}

// tracesAtOnce is how many rows of traces are added together at most. Digests come in no order: each alone
// would bring another page into the cache, while many in their order go through the table once. More of them
// would hold up the other tables. Those of one event stay together, since it may name the same evidence twice.
const tracesAtOnce = 1 << 17

// traces adds the rows of traces in order.
type traces struct {
	queue *queue
	rows  *inserter
	left  []left
}

func (t *traces) add(ctx context.Context, l left) error {
	if n := len(t.left); n >= tracesAtOnce && t.left[n-1].seq != l.seq {
		if err := t.flush(ctx); err != nil {
			return err
		}
	}
	t.left = append(t.left, l)
	return nil
}

// flush hands over what was collected. Nothing else writes these rows.
func (t *traces) flush(ctx context.Context) error {
	all := t.left
	t.left = nil
	return t.queue.do(func() error {
		slices.SortFunc(all, func(a, b left) int { return cmp.Or(cmp.Compare(a.trace, b.trace), cmp.Compare(a.seq, b.seq)) })
		for some := range slices.Chunk(slices.Compact(all), insertRows) {
			values := t.rows.empty()
			for _, l := range some {
				values = t.rows.with(values, l.trace, int64(l.seq), int64(l.no))
			}
			if err := t.rows.write(ctx, values); err != nil {
				return err
			}
		}
		return nil
	})
}

// shortened is what a digest is found by.
func shortened(d events.Digest) (int64, error) {
	_, digits, _ := strings.Cut(string(d), "sha256:")
	short, err := strconv.ParseUint(digits[:min(16, len(digits))], 16, 64)
	if err != nil || len(digits) < 16 {
		return 0, fmt.Errorf("%q is no digest", d)
	}
	return int64(short), nil
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
	// The table gives the events of a trace in their order, and the first of another organization ends the
	// search: what everybody says is found at once.
	const query = `SELECT value, coalesce((SELECT t.seq FROM traces t CROSS JOIN cases c ON c.no = t.case_no
		WHERE t.trace = value AND c.organization <> ? AND (c.uscc = '' OR c.uscc <> ?) ORDER BY t.seq LIMIT 1), 0)
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
