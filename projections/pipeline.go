package projections

import (
	"context"
	"errors"
	"runtime"
	"slices"
	"sync"

	"starledger/events"
)

// chunkSize is how many records are decoded by one goroutine at a time.
const chunkSize = 128

// chunksAhead is how many chunks may be read before their turn: while a block of the log comes from the disk,
// some thousand events go on being decoded and applied.
const chunksAhead = 32

// chunk is a few consecutive records on their way to being events.
type chunk struct {
	records []events.Record
	stored  []events.Stored // as many as could be decoded
	err     error           // what stopped the reading or decoding after those
	decoded chan struct{}   // closed when stored and err are set
}

// spent are chunks whose events were applied. Their memory, the largest part of what decoding takes, is
// used again.
var spent = sync.Pool{New: func() any { return new(chunk) }}

// decode follows a log from a sequence and turns its records into events on all cores, in order.
// Decoding is the dearest part of following, and the only one that can be shared. The channel is closed
// after the chunk with an error, or when ctx ends. wait returns when nothing of it runs any more; ctx
// has to be ended before.
func decode(ctx context.Context, log events.Log, from uint64, linger func(context.Context)) (inOrder <-chan *chunk, wait func()) {
	workers := runtime.GOMAXPROCS(0)
	work, ordered := make(chan *chunk, workers), make(chan *chunk, chunksAhead)
	var running sync.WaitGroup
	running.Go(func() { cut(ctx, log, from, linger, work, ordered) })
	for range workers {
		running.Go(func() {
			for c := range work {
				c.decode()
			}
		})
	}
	return ordered, running.Wait
}

// cut makes chunks of the log, and hands each to whoever decodes it, then to whoever waits for it:
// nobody ever waits for a chunk that nobody decodes. A chunk ends when it is full or the log has no
// more. The first record after that lingers: others are likely to follow it, and to wake everybody
// for each of them takes the processor away from those who post.
func cut(ctx context.Context, log events.Log, from uint64, linger func(context.Context), work, ordered chan<- *chunk) {
	defer close(ordered)
	defer close(work)
	c, waited, end := newChunk(), false, uint64(0)
	for record, err := range log.Follow(ctx, from) {
		if waited {
			linger(ctx)
		}
		if waited, err = c.add(ctx, log, record, err, &end); err == nil && !waited && len(c.records) < chunkSize {
			continue
		}
		for _, next := range []chan<- *chunk{work, ordered} {
			select {
			case next <- c:
			case <-ctx.Done():
				return
			}
		}
		c = newChunk()
	}
}

func newChunk() *chunk {
	c := spent.Get().(*chunk)
	c.decoded = make(chan struct{})
	return c
}

// spend gives the chunk back when its events are applied. Whoever keeps a text or a payload of one keeps
// it as it is; who kept the event itself would see it become another.
func (c *chunk) spend() {
	clear(c.stored) // not to keep the bodies until then
	c.stored, c.err = c.stored[:0], nil
	spent.Put(c)
}

// add takes a record, or the error that ended the reading, and says whether it is the last for now. The
// log, which may be far away, is asked only when where it ended before is reached; where it cannot tell,
// the record counts as the last.
func (c *chunk) add(ctx context.Context, log events.Log, record events.Record, err error, end *uint64) (last bool, failed error) {
	if c.err = err; err != nil {
		return false, err
	}
	c.records = append(c.records, record)
	if record.Seq < *end {
		return false, nil
	}
	if *end, err = log.Last(ctx); err != nil && !errors.Is(err, events.ErrUnavailable) {
		c.err = err
		return false, err
	}
	return record.Seq >= *end, nil
}

// decode decodes the records up to the first that cannot be.
func (c *chunk) decode() {
	defer close(c.decoded)
	list := slices.Grow(c.stored, len(c.records))[:len(c.records)]
	for i, record := range c.records {
		if err := events.DecodeInto(&list[i], record); err != nil {
			list, c.err = list[:i], err
			break
		}
	}
	c.stored = list
	clear(c.records)
	c.records = c.records[:0]
}
