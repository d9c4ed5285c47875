package projections

import (
	"context"
	"iter"
	"runtime"
	"sync"

	"starledger/events"
)

// chunkSize is how many records are decoded by one goroutine at a time.
const chunkSize = 128

// chunk is a few consecutive records on their way to being events.
type chunk struct {
	records []events.Record
	stored  []*events.Stored // as many as could be decoded
	err     error            // what stopped the reading or decoding after those
	decoded chan struct{}    // closed when stored and err are set
}

// decode turns records into events on all cores and hands them on in order. Decoding is the dearest
// part of following, and the only one that can be shared. What is at hand is handed on at once;
// only when more is waiting do chunks fill up. The channel is closed after the chunk with an error, or
// when ctx ends. wait returns when nothing of it runs any more; ctx has to be ended before.
func decode(ctx context.Context, records iter.Seq2[events.Record, error]) (inOrder <-chan *chunk, wait func()) {
	workers := runtime.GOMAXPROCS(0)
	pulled := make(chan pulledRecord, 4*chunkSize)
	work, ordered := make(chan *chunk, workers), make(chan *chunk, 2*workers)
	var running sync.WaitGroup
	running.Go(func() { pull(ctx, records, pulled) })
	running.Go(func() { cut(ctx, pulled, work, ordered) })
	for range workers {
		running.Go(func() {
			for c := range work {
				c.decode()
			}
		})
	}
	return ordered, running.Wait
}

type pulledRecord struct {
	events.Record
	err error
}

// pull takes records from the log until it fails or ctx ends.
func pull(ctx context.Context, records iter.Seq2[events.Record, error], pulled chan<- pulledRecord) {
	defer close(pulled)
	for record, err := range records {
		select {
		case pulled <- pulledRecord{record, err}:
		case <-ctx.Done():
			return
		}
		if err != nil {
			return
		}
	}
}

// cut makes chunks of what is at hand, and hands each to whoever decodes it, then to whoever waits for
// it: nobody ever waits for a chunk that nobody decodes.
func cut(ctx context.Context, pulled <-chan pulledRecord, work, ordered chan<- *chunk) {
	defer close(ordered)
	defer close(work)
	for first := range pulled {
		c := gather(first, pulled)
		for _, next := range []chan<- *chunk{work, ordered} {
			select {
			case next <- c:
			case <-ctx.Done():
				return
			}
		}
	}
}

func gather(first pulledRecord, pulled <-chan pulledRecord) *chunk {
	c := &chunk{decoded: make(chan struct{})}
	for next, more := first, true; more; {
		if c.err = next.err; c.err != nil {
			return c
		}
		if c.records = append(c.records, next.Record); len(c.records) == chunkSize {
			return c
		}
		select {
		case next, more = <-pulled:
		default:
			return c
		}
	}
	return c
}

// decode decodes the records up to the first that cannot be.
func (c *chunk) decode() {
	defer close(c.decoded)
	c.stored = make([]*events.Stored, 0, len(c.records))
	for _, record := range c.records {
		stored, err := events.DecodeRecord(record)
		if err != nil {
			c.err = err
			break
		}
		c.stored = append(c.stored, stored)
	}
	c.records = nil
}
