package jetlog

import (
	"context"
	"errors"
	"iter"
	"time"

	"starledger/events"
)

// followAgain is after how long a follower tries again to read what a cluster could not send.
const followAgain = 200 * time.Millisecond

// Follow yields the records from a sequence on, and new ones as they become durable, the last of
// them from memory (see recent): only those who follow are served from there, since whoever reads
// wants to know what is stored. A record that cannot be read ends it at once; that a cluster is out
// of reach does not: its servers choose a new leader, or come back, and the follower goes on.
func (l *Log) Follow(ctx context.Context, from uint64) iter.Seq2[events.Record, error] {
	return func(yield func(events.Record, error) bool) {
		for next := max(from, 1); ; {
			last, grown := l.durable.now()
			var again <-chan time.Time
			if last >= next {
				var goOn bool
				var err error
				next, goOn, err = l.followDurable(ctx, next, last, yield)
				switch {
				case !goOn:
					return
				case err == nil:
					continue
				case !errors.Is(err, events.ErrUnavailable) || l.isClosed() || ctx.Err() != nil:
					yield(events.Record{}, err)
					return
				}
				again, grown = time.After(followAgain), nil
			}
			select {
			case <-grown:
			case <-again:
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

// followDurable yields one record from memory, or all that are durable from where they are stored, and
// says with which sequence to go on.
func (l *Log) followDurable(ctx context.Context, from, last uint64, yield func(events.Record, error) bool) (next uint64, goOn bool, err error) {
	rec, kept := l.recent.find(from)
	if !kept {
		return l.readDurable(ctx, from, last, yield)
	}
	if err := ctx.Err(); err != nil {
		return from, true, err
	}
	return from + 1, yield(rec, nil), nil
}

func (l *Log) isClosed() bool {
	select {
	case <-l.closed:
		return true
	default:
		return false
	}
}
