package jetlog

import (
	"context"
	"fmt"
	"iter"

	"starledger/events"
)

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
		if end := min(to, last); from <= end && !l.readWhole(ctx, from, end, yield) {
			return
		}
		if to > last {
			yield(events.Record{}, &events.GapError{Want: max(from, last+1)})
		}
	}
}

// ReadAt yields the records at the given ascending sequences.
func (l *Log) ReadAt(ctx context.Context, seqs []uint64) iter.Seq2[events.Record, error] {
	return l.source.readAt(ctx, seqs)
}

// ReadCase yields the records of one case, a page at a time from the broker, which knows the
// subjects. A record in the middle that cannot be read shows in the case's own numbering, which
// readers check; the broker passes over it.
func (l *Log) ReadCase(ctx context.Context, caseID string, upTo uint64) iter.Seq2[events.Record, error] {
	return func(yield func(events.Record, error) bool) {
		for from := uint64(1); from <= upTo; {
			page, err := l.source.casePage(ctx, caseID, from, pageSize)
			if err != nil {
				yield(events.Record{}, fmt.Errorf("read case %s: %w", caseID, err))
				return
			}
			for _, rec := range page {
				if rec.Seq > upTo || !yield(rec, nil) {
					return
				}
				from = rec.Seq + 1
			}
			if len(page) == 0 {
				return
			}
		}
	}
}

// readWhole yields a range within the horizon, all of it or an error, and says whether to go on.
func (l *Log) readWhole(ctx context.Context, from, to uint64, yield func(events.Record, error) bool) (goOn bool) {
	_, goOn, err := l.readDurable(ctx, from, to, yield)
	if err != nil {
		return yield(events.Record{}, err) && false
	}
	return goOn
}

// readDurable yields the records of a range within the horizon. It returns with which sequence to go
// on, whether anybody wants more, and why the range could not be read to its end.
func (l *Log) readDurable(ctx context.Context, from, to uint64, yield func(events.Record, error) bool) (next uint64, goOn bool, err error) {
	next = from
	for rec, err := range l.source.readRange(ctx, from, to) {
		if err == nil {
			err = ctx.Err()
		}
		switch {
		case err != nil:
			return next, true, err
		case rec.Seq != next:
			return next, true, &events.GapError{Want: next, Got: rec.Seq}
		case !yield(rec, nil):
			return next + 1, false, nil
		}
		next++
	}
	if next <= to { // it ends too early
		return next, true, &events.GapError{Want: next}
	}
	return next, true, nil
}
