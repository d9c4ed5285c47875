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

	"github.com/go-json-experiment/json"

	"starledger/events"
	"starledger/events/checks"
)

// tracesModel finds statements and evidence that came up before under another organization (COPY-01). It
// holds the first eight bytes of a trace's digest: of ten million traces, two that differ are alike with odds
// of one to several hundred thousand, and COPY-01 only lists.
//
// Nearly every trace is another, and they come in no order: a row for each took a fifth of what SQLite does
// in a rebuild. So they stand in buckets by how their digest begins, each in the order of the log, many to
// a row; who looks for a trace goes through its bucket, some hundred of them in a million events.
var tracesModel = readModel{
	name: "traces",
	tables: `
CREATE TABLE traces (
	no     INTEGER PRIMARY KEY, -- bucket × 2³² + the place of the row in it
	traces BLOB NOT NULL        -- see left; every row of a bucket but its last is full
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

// traceBits is how many leading bits of a trace name its bucket, and traceRow how many traces a row holds: three
// rows fill a page of the file, and the rows that are not full yet take 5 MB while the read models are built.
const (
	traceBits  = 12
	traceRow   = 64
	traceWidth = 20
)

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
	rows  *inserter
	empty bool                // the table has no row
	last  map[int64]*traceEnd // of the buckets that this batch adds to, by their first row
}

// traceEnd is the last row of a bucket.
type traceEnd struct {
	no   int64
	list []byte
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
	if end.list == nil {
		end.list = make([]byte, 0, traceRow*traceWidth)
	}
	end.list = l.appendTo(end.list)
	if len(end.list) < traceRow*traceWidth {
		return nil
	}
	full := *end
	end.no, end.list = end.no+1, nil
	return t.rows.add(ctx, full.no, full.list)
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
	if len(end.list) == traceRow*traceWidth {
		end.no, end.list = end.no+1, nil
	}
	return nil
}

// flush hands over what has grown, and forgets it: hardly any bucket is added to by two of the small batches
// that follow the building.
func (t *traces) flush(ctx context.Context) error {
	for _, from := range slices.Sorted(maps.Keys(t.last)) {
		if end := t.last[from]; end.list != nil {
			if err := t.rows.add(ctx, end.no, end.list); err != nil {
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

// FirstTraces is the sequence at which each of some traces was left first under another organization than
// this one, as far as the read models have got to. One that was left under no other is not there.
func (v *Views) FirstTraces(ctx context.Context, of events.Organization, traces []events.Digest) (map[events.Digest]uint64, error) {
	wanted, buckets := map[uint64]events.Digest{}, map[int64]bool{}
	for _, d := range traces {
		short, err := shortened(d)
		if err != nil {
			return nil, fmt.Errorf("look for copies: %w", err)
		}
		from, _ := bucket(short)
		wanted[short], buckets[from] = d, true
	}
	own, err := v.casesOf(ctx, of)
	if err != nil {
		return nil, fmt.Errorf("look for copies: %w", err)
	}
	first := map[events.Digest]uint64{}
	err = v.eachTrace(ctx, slices.Sorted(maps.Keys(buckets)), func(l left) {
		d, ok := wanted[l.trace]
		if !ok || own[l.no] {
			return
		}
		if seq, found := first[d]; !found || l.seq < seq {
			first[d] = l.seq
		}
	})
	if err != nil {
		return nil, fmt.Errorf("look for copies: %w", err)
	}
	return first, nil
}

// casesOf are the numbers of the cases of an organization, which its name and its code each make the same.
func (v *Views) casesOf(ctx context.Context, of events.Organization) (map[uint64]bool, error) {
	const query = "SELECT no FROM cases WHERE organization = ?1 OR uscc = ?2 AND uscc <> ''"
	rows, err := v.store.read.QueryContext(ctx, query, string(of.Name), string(of.USCC))
	if err != nil {
		return nil, err
	}
	cases := map[uint64]bool{}
	return cases, each(rows, func() error {
		var no uint64
		err := rows.Scan(&no)
		cases[no] = true
		return err
	})
}

// eachTrace goes through buckets, named by their first row.
func (v *Views) eachTrace(ctx context.Context, buckets []int64, do func(left)) error {
	text, err := json.Marshal(buckets)
	if err != nil {
		return err
	}
	const query = "SELECT t.traces FROM json_each(?) b CROSS JOIN traces t ON t.no >= b.value AND t.no < b.value + (1 << 32)"
	rows, err := v.store.read.QueryContext(ctx, query, string(text))
	if err != nil {
		return err
	}
	var list sql.RawBytes
	return each(rows, func() error {
		if err := rows.Scan(&list); err != nil {
			return err
		}
		for one := range slices.Chunk(list, traceWidth) {
			do(leftAs(one))
		}
		return nil
	})
}
