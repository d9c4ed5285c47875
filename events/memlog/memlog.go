// Package memlog keeps a log in memory. It guarantees the whole contract of events.Log except
// that nothing outlives the process; it is meant for tests, dry runs and replays.
package memlog

import (
	"bytes"
	"context"
	"fmt"
	"iter"
	"slices"
	"sync"

	"starledger/events"
)

// A Log is an events.Log in memory. The zero value is not usable: see New.
type Log struct {
	mu      sync.Mutex
	records []events.Record
	cases   map[string][]uint64 // the sequences of each case, ascending
	grown   chan struct{}       // closed and replaced when records are added
}

var _ events.Log = (*Log)(nil)

// New returns an empty log.
func New() *Log {
	return &Log{cases: make(map[string][]uint64), grown: make(chan struct{})}
}

// Append stores the bodies under one lock, so that readers see all of them or none. The bytes are
// copied: callers may go on using theirs.
func (l *Log) Append(ctx context.Context, a events.Append) (uint64, error) {
	if err := a.Check(); err != nil {
		return 0, fmt.Errorf("append to case %s: %w", a.Case, err)
	}
	if err := ctx.Err(); err != nil {
		return 0, fmt.Errorf("append to case %s: %w", a.Case, err)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.lastOf(a.Case) != a.After {
		if first, ok := l.alreadyStored(a); ok {
			return first, nil
		}
		return 0, fmt.Errorf("append to case %s after %d: %w", a.Case, a.After, events.ErrConflict)
	}
	first := uint64(len(l.records)) + 1
	for i, body := range a.Bodies {
		seq := first + uint64(i)
		l.records = append(l.records, events.Record{Seq: seq, Case: a.Case, Body: bytes.Clone(body)})
		l.cases[a.Case] = append(l.cases[a.Case], seq)
	}
	close(l.grown)
	l.grown = make(chan struct{})
	return first, nil
}

// alreadyStored says whether a is what follows a.After in its case already: the same append
// coming again, because its first answer did not arrive.
func (l *Log) alreadyStored(a events.Append) (first uint64, ok bool) {
	seqs := l.cases[a.Case]
	at, known := slices.BinarySearch(seqs, a.After)
	if known {
		at++
	} else if a.After != 0 {
		return 0, false
	}
	if at+len(a.Bodies) > len(seqs) {
		return 0, false
	}
	for i, body := range a.Bodies {
		if !bytes.Equal(l.records[seqs[at+i]-1].Body, body) {
			return 0, false
		}
	}
	return seqs[at], true
}

// Last is the number of records.
func (l *Log) Last(ctx context.Context) (uint64, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return uint64(len(l.records)), ctx.Err()
}

// LastOf is the sequence of the last record of a case, 0 when it has none.
func (l *Log) LastOf(ctx context.Context, caseID string) (uint64, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.lastOf(caseID), ctx.Err()
}

func (l *Log) lastOf(caseID string) uint64 {
	if seqs := l.cases[caseID]; len(seqs) > 0 {
		return seqs[len(seqs)-1]
	}
	return 0
}

// Read yields the records of a range.
func (l *Log) Read(ctx context.Context, from, to uint64) iter.Seq2[events.Record, error] {
	return func(yield func(events.Record, error) bool) {
		for seq := max(from, 1); seq <= to; seq++ {
			if !l.yieldOne(ctx, seq, yield) {
				return
			}
		}
	}
}

// ReadAt yields the records at the given sequences.
func (l *Log) ReadAt(ctx context.Context, seqs []uint64) iter.Seq2[events.Record, error] {
	return func(yield func(events.Record, error) bool) {
		for _, seq := range seqs {
			if !l.yieldOne(ctx, seq, yield) {
				return
			}
		}
	}
}

// ReadCase yields the records of a case up to a sequence.
func (l *Log) ReadCase(ctx context.Context, caseID string, upTo uint64) iter.Seq2[events.Record, error] {
	l.mu.Lock()
	seqs := slices.Clone(l.cases[caseID])
	l.mu.Unlock()
	end, found := slices.BinarySearch(seqs, upTo)
	if found {
		end++
	}
	return l.ReadAt(ctx, seqs[:end])
}

// Follow yields the records from a sequence on and waits for more until ctx ends.
func (l *Log) Follow(ctx context.Context, from uint64) iter.Seq2[events.Record, error] {
	return func(yield func(events.Record, error) bool) {
		for seq := max(from, 1); ; seq++ {
			if err := l.wait(ctx, seq); err != nil {
				yield(events.Record{}, err)
				return
			}
			if !l.yieldOne(ctx, seq, yield) {
				return
			}
		}
	}
}

// wait returns when the log has reached seq, or ctx has ended.
func (l *Log) wait(ctx context.Context, seq uint64) error {
	for {
		l.mu.Lock()
		last, grown := uint64(len(l.records)), l.grown
		l.mu.Unlock()
		if last >= seq {
			return ctx.Err()
		}
		select {
		case <-grown:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// yieldOne yields one record, or the error that ends the reading; it says whether to go on.
func (l *Log) yieldOne(ctx context.Context, seq uint64, yield func(events.Record, error) bool) bool {
	if err := ctx.Err(); err != nil {
		yield(events.Record{}, err)
		return false
	}
	rec, err := l.at(seq)
	return yield(rec, err) && err == nil
}

func (l *Log) at(seq uint64) (events.Record, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if seq == 0 || seq > uint64(len(l.records)) {
		return events.Record{}, &events.GapError{Want: seq}
	}
	rec := l.records[seq-1]
	if rec.Seq != seq {
		return events.Record{}, &events.GapError{Want: seq, Got: rec.Seq}
	}
	return rec, nil
}
