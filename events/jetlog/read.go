package jetlog

import (
	"context"
	"iter"

	"starledger/events"
)

// smallRead is the size up to which a range is read record by record; a larger one is read block
// by block. Both read the broker's block files, ten times faster than any of its consumers, and
// verify every sequence and every checksum.
const smallRead = 256

// Read yields the records of a range that is captured when it starts.
func (l *Log) Read(ctx context.Context, from, to uint64) iter.Seq2[events.Record, error] {
	from = max(from, 1)
	return func(yield func(events.Record, error) bool) {
		if from > to {
			return
		}
		last, err := l.Last(ctx)
		if err != nil {
			yield(events.Record{}, err)
			return
		}
		if end := min(to, last); from <= end && !l.readDurable(ctx, from, end, yield) {
			return
		}
		if to > last {
			yield(events.Record{}, &events.GapError{Want: max(from, last+1)})
		}
	}
}

// Follow yields the records from a sequence on, and new ones as they become durable, the last of
// them from memory (see recent): only those who follow are served from there, since whoever reads
// wants to know what is stored. A record that cannot be read ends it at once.
func (l *Log) Follow(ctx context.Context, from uint64) iter.Seq2[events.Record, error] {
	return func(yield func(events.Record, error) bool) {
		for next := max(from, 1); ; {
			last, grown := l.durable.now()
			if last >= next {
				var goOn bool
				if next, goOn = l.followDurable(ctx, next, last, yield); !goOn {
					return
				}
				continue
			}
			select {
			case <-grown:
			case <-ctx.Done():
				yield(events.Record{}, ctx.Err())
				return
			case <-l.closed:
				yield(events.Record{}, errClosed)
				return
			}
		}
	}
}

// followDurable yields one record from memory, or all that are durable from the blocks, and says with
// which sequence to go on.
func (l *Log) followDurable(ctx context.Context, from, last uint64, yield func(events.Record, error) bool) (next uint64, goOn bool) {
	rec, kept := l.recent.find(from)
	if !kept {
		return last + 1, l.readDurable(ctx, from, last, yield)
	}
	if err := ctx.Err(); err != nil {
		yield(events.Record{}, err)
		return from, false
	}
	return from + 1, yield(rec, nil)
}

// readDurable yields a range within the horizon, all of it or an error, and says whether to go on.
func (l *Log) readDurable(ctx context.Context, from, to uint64, yield func(events.Record, error) bool) (goOn bool) {
	var records iter.Seq2[events.Record, error]
	if to-from < smallRead {
		records = l.ReadAt(ctx, sequences(from, to))
	} else {
		records = readBlocks(l.storeDir, from, to)
	}
	next := from
	for rec, err := range records {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			yield(events.Record{}, err)
			return false
		}
		if !yield(rec, nil) {
			return false
		}
		next++
	}
	if next <= to { // the blocks end too early
		yield(events.Record{}, &events.GapError{Want: next})
		return false
	}
	return true
}

func sequences(from, to uint64) []uint64 {
	seqs := make([]uint64, 0, to-from+1)
	for seq := from; seq <= to; seq++ {
		seqs = append(seqs, seq)
	}
	return seqs
}
