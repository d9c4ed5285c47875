package projections

import (
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"starledger/events"
	"starledger/events/checks"
)

// tracesModel finds statements and evidence that came up before under another organization (COPY-01). It
// holds the first eight bytes of a trace's digest: of ten million traces, two that differ are alike with odds
// of one to several hundred thousand, and COPY-01 only lists.
//
// Digests come in no order, and a row for each took a fifth of what SQLite did in a rebuild. So they stand in
// buckets by how they begin, each in the order of the log, many to a row; who looks for a trace goes through
// its bucket (FirstTraces).
var tracesModel = readModel{
	name: "traces",
	tables: `
CREATE TABLE traces (
	no     INTEGER PRIMARY KEY, -- bucket × 2³² + the place of the row in it
	traces BLOB NOT NULL        -- see left; every row of a bucket but its last is full (traceRow)
);`,
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

// traceBits is how many leading bits of a trace name its bucket. In a million events a bucket has some 55, of
// which those that are not in a full row yet take 5 MB while the read models are built.
const (
	traceBits  = 13
	traceWidth = 20 // bytes
)

// traceRow is how many bytes a row holds, by its place in the bucket: ever more, since a bucket that has many
// is most likely that of a statement which everybody makes, and others in it are still to be found.
func traceRow(no int64) int { return traceWidth << min(5+no&(1<<32-1), 8) }

// left is that an event of a case left a trace.
type left struct{ trace, seq, no uint64 }

// bucket is where a trace stands: the first row of its bucket, and that of the next.
func bucket(trace uint64) (from, to int64) {
	from = int64(trace >> (64 - traceBits) << 32)
	return from, from + 1<<32
}

func (l left) appendTo(b []byte) []byte {
	b = binary.BigEndian.AppendUint64(b, l.trace)
	b = binary.BigEndian.AppendUint64(b, l.seq<<16|l.no>>32)
	return binary.BigEndian.AppendUint32(b, uint32(l.no))
}

func leftAs(b []byte) left {
	middle := binary.BigEndian.Uint64(b[8:])
	return left{binary.BigEndian.Uint64(b), middle >> 16, middle<<48>>16 | uint64(binary.BigEndian.Uint32(b[16:]))}
}

// traces writes the traces: a row when it is full, and at the end of a batch every row that has grown.
type traces struct {
	conn  *sql.Conn
	queue *queue
	rows  growing
	empty bool                // the table has no row
	last  map[int64]*traceEnd // of the buckets that this batch adds to, by their first row
}

// traceEnd is the last row of a bucket.
type traceEnd struct {
	no   int64
	list []byte
	kept bool // the table has the row as it was before
}

func (t *traces) add(ctx context.Context, l left) error {
	from, to := bucket(l.trace)
	end := t.last[from]
	if end == nil {
		end = &traceEnd{no: from}
		if err := t.read(ctx, end, to); err != nil {
			return err
		}
		t.last[from] = end
	}
	end.list = l.appendTo(end.list)
	if len(end.list) < traceRow(end.no) {
		return nil
	}
	full := *end
	*end = traceEnd{no: end.no + 1}
	return t.rows.add(ctx, full.kept, full.no, full.list)
}

// read takes up a bucket where the table leaves it.
func (t *traces) read(ctx context.Context, end *traceEnd, to int64) error {
	if t.empty {
		return nil
	}
	if err := t.queue.wait(); err != nil {
		return err
	}
	const query = "SELECT no, traces FROM traces WHERE no >= ? AND no < ? ORDER BY no DESC LIMIT 1"
	err := t.conn.QueryRowContext(ctx, query, end.no, to).Scan(&end.no, &end.list)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return fmt.Errorf("read traces from row %d on: %w", end.no, err)
	}
	if end.kept = len(end.list) > 0; len(end.list) == traceRow(end.no) {
		*end = traceEnd{no: end.no + 1}
	}
	return nil
}

// flush hands over what has grown, and forgets it: hardly any bucket is added to by two of the small batches
// that follow the building.
func (t *traces) flush(ctx context.Context) error {
	for _, from := range slices.Sorted(maps.Keys(t.last)) {
		if end := t.last[from]; end.list != nil {
			if err := t.rows.add(ctx, end.kept, end.no, end.list); err != nil {
				return err
			}
		}
	}
	t.empty, t.last = t.empty && len(t.last) == 0, map[int64]*traceEnd{}
	return nil
}

// shortened is what a digest is found by.
func shortened(d events.Digest) (uint64, error) {
	_, digits, _ := strings.Cut(string(d), "sha256:")
	short, err := strconv.ParseUint(digits[:min(16, len(digits))], 16, 64)
	if err != nil || len(digits) < 16 {
		return 0, fmt.Errorf("%q is no digest", d)
	}
	return short, nil
}
