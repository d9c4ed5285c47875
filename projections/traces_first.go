package projections

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"

	"github.com/go-json-experiment/json"

	"starledger/events"
)

// FirstTraces is the sequence at which each of some traces was left first under another organization than
// this one, as far as the read models have got to. One that was left under no other is not there.
func (v *Views) FirstTraces(ctx context.Context, of events.Organization, traces []events.Digest) (map[events.Digest]uint64, error) {
	s := search{views: v, of: of, upTo: v.moves.position().seq, sought: map[int64][]uint64{}, first: map[uint64]uint64{}, own: map[uint64]bool{}}
	digests := map[uint64]events.Digest{}
	for _, d := range traces {
		short, err := shortened(d)
		if err != nil {
			return nil, fmt.Errorf("look for copies: %w", err)
		}
		if _, known := digests[short]; !known {
			from, _ := bucket(short)
			s.sought[from], digests[short] = append(s.sought[from], short), d
		}
	}
	if err := s.run(ctx); err != nil {
		return nil, fmt.Errorf("look for copies: %w", err)
	}
	first := make(map[events.Digest]uint64, len(s.first))
	for short, seq := range s.first {
		first[digests[short]] = seq
	}
	return first, nil
}

// search looks for who left traces first, apart from an organization.
type search struct {
	views  *Views
	of     events.Organization
	upTo   uint64             // what the writer adds meanwhile does not count: rows before it were read already
	sought map[int64][]uint64 // traces that were not found yet, by their bucket
	first  map[uint64]uint64  // where they were found
	own    map[uint64]bool    // whether a case is the organization's, of those that came up
}

// run goes through the buckets, a few rows of each at first: what everybody says is found there at once.
func (s *search) run(ctx context.Context) error {
	for place, count := 0, 2; len(s.sought) > 0; place, count = place+count, 8*count {
		matches, rows, err := s.read(ctx, place, place+count)
		if err != nil {
			return err
		}
		for _, l := range matches {
			if s.first[l.trace] > 0 {
				continue
			}
			own, err := s.isOwn(ctx, l.no)
			if err != nil {
				return err
			}
			if !own {
				s.first[l.trace] = l.seq
			}
		}
		maps.DeleteFunc(s.sought, func(bucket int64, traces []uint64) bool {
			missing := slices.ContainsFunc(traces, func(trace uint64) bool { return s.first[trace] == 0 })
			return !missing || rows[bucket] < count
		})
	}
	return nil
}

// read finds the traces in the rows of their buckets from one place to another, in the order of the log. rows is
// how many there were.
func (s *search) read(ctx context.Context, from, to int) (matches []left, rows map[int64]int, err error) {
	buckets, err := json.Marshal(slices.Sorted(maps.Keys(s.sought)))
	if err != nil {
		return nil, nil, err
	}
	const query = "SELECT b.value, t.traces FROM json_each(?) b CROSS JOIN traces t ON t.no >= b.value + ? AND t.no < b.value + ?"
	list, err := s.views.store.read.QueryContext(ctx, query, string(buckets), from, to)
	if err != nil {
		return nil, nil, err
	}
	rows = map[int64]int{}
	err = each(list, func() error {
		var bucket int64
		var row sql.RawBytes
		if err := list.Scan(&bucket, &row); err != nil {
			return err
		}
		rows[bucket]++
		traces := s.sought[bucket]
		for one := range slices.Chunk(row, traceWidth) {
			if l := leftAs(one); slices.Contains(traces, l.trace) && l.seq <= s.upTo {
				matches = append(matches, l)
			}
		}
		return nil
	})
	slices.SortFunc(matches, func(a, b left) int { return cmp.Compare(a.seq, b.seq) })
	return matches, rows, err
}

// isOwn tells whether a case is the organization's, which its name and its code each make the same.
func (s *search) isOwn(ctx context.Context, no uint64) (bool, error) {
	if own, known := s.own[no]; known {
		return own, nil
	}
	const query = "SELECT organization = ? OR uscc = ? AND uscc <> '' FROM cases WHERE no = ?"
	var own bool
	err := s.views.store.read.QueryRowContext(ctx, query, string(s.of.Name), string(s.of.USCC), int64(no)).Scan(&own)
	s.own[no] = own
	return own, err
}
