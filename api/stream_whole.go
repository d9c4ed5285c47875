package api

import (
	"bytes"
	"context"
	"fmt"
	"iter"

	"starledger/events"
	"starledger/projections"
)

// isWhole tells whether the feed leaves no event out. Then its sequences follow one another, and to look
// them up in the views would cost three times as much as to read the events: with fifty readers of the
// whole ledger that was two fifths of all the work there was.
func (f *feed) isWhole() bool {
	return f.filter == projections.EntryFilter{After: f.filter.After, UpTo: f.filter.UpTo, Limit: f.filter.Limit}
}

// nextOfWhole is next where nothing is left out.
func (f *feed) nextOfWhole(ctx context.Context) (items []feedItem, more bool, err error) {
	applied, _ := f.server.views.Position()
	end := min(f.filter.UpTo, applied)
	if end <= f.filter.After {
		return nil, false, nil
	}
	to := min(end, f.filter.After+uint64(f.filter.Limit))
	items = make([]feedItem, 0, to-f.filter.After)
	for record, err := range f.readWhole(ctx, f.filter.After+1, to) {
		if err != nil {
			return nil, false, fmt.Errorf("read the events of a feed: %w", err)
		}
		item, err := f.itemOf(record)
		if err != nil {
			return nil, false, err
		}
		items = append(items, item)
	}
	f.filter.After = to
	return items, to < end, nil
}

// readWhole reads a range of the log. Who follows live is served, like everybody who follows the log, from
// memory what was written a moment ago; who reads wants to know what is stored.
func (f *feed) readWhole(ctx context.Context, from, to uint64) iter.Seq2[events.Record, error] {
	if !f.isLive {
		return f.server.log.Read(ctx, from, to)
	}
	return func(yield func(events.Record, error) bool) {
		for record, err := range f.server.log.Follow(ctx, from) {
			if !yield(record, err) || err != nil || record.Seq == to {
				return
			}
		}
	}
}

// itemOf makes what is shown of a record. A live feed shows no digest, and names the type outside the bytes.
func (f *feed) itemOf(record events.Record) (item feedItem, err error) {
	item.Seq, item.Event = record.Seq, record.Body
	if !f.isLive {
		item.Digest = events.DigestOf(record.Body)
		return item, nil
	}
	item.kind, err = typeIn(record)
	return item, err
}

// typeIn finds the type in the stored form, in which nothing before it can hold an unescaped quote.
func typeIn(record events.Record) (events.Type, error) {
	_, rest, found := bytes.Cut(record.Body, []byte(`,"type":"`))
	kind, _, closed := bytes.Cut(rest, []byte(`"`))
	if !found || !closed {
		return "", &events.DamageError{Seq: record.Seq, Reason: "has no type"}
	}
	return events.Type(kind), nil
}
