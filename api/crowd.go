package api

import (
	"context"
	"net/http"
	"sync/atomic"
	"time"
)

// A crowd bounds how many requests of one kind are worked on at once, and how many wait for their turn.
// What comes beyond that, or has waited too long, is turned away with 503 before anything of it was read
// or done: under more load than the machine carries, memory and the time that an accepted request takes
// stay bounded, and a refusal comes quickly. Nothing that was begun is ever dropped for it.
type crowd struct {
	name     string
	places   chan struct{} // one for each request that is worked on
	mayWait  int64
	patience time.Duration
	retry    int // seconds, told with a refusal

	waiting    atomic.Int64
	turnedAway atomic.Uint64
}

func newCrowd(name string, atOnce, mayWait int, patience time.Duration, retry int) *crowd {
	return &crowd{name: name, places: make(chan struct{}, atOnce), mayWait: int64(mayWait), patience: patience, retry: retry}
}

// crowds are the kinds of requests that must not keep each other out: an assessor who replays the whole
// ledger must not stop auditors from posting, nor auditors in a burst the quality staff from reading.
type crowds struct{ commands, reads, replays, feeds *crowd }

// The numbers follow from what one request may cost: a command at most 1 MiB of body, and a place in the
// group that is committed together; a read a case folded in memory; a replay the reading of stored
// bytes, which the disk does not do faster for more of them; a feed that follows, one batch of events.
func newCrowds() crowds {
	return crowds{
		commands: newCrowd("commands", 512, 2048, 2*time.Second, 1),
		reads:    newCrowd("reads", 128, 1024, 2*time.Second, 1),
		replays:  newCrowd("replays", 32, 64, 10*time.Second, 5),
		feeds:    newCrowd("feeds", 1024, 0, 0, 10),
	}
}

func (c *crowds) all() []*crowd { return []*crowd{c.commands, c.reads, c.replays, c.feeds} }

// of is the crowd that a call belongs to, nil for what costs next to nothing.
func (c *crowds) of(call *call) *crowd {
	switch call.route.name {
	case "getEvents", "getCaseEvents":
		switch formOf(call.Header) {
		case live:
			return c.feeds
		case lines:
			return c.replays
		}
		return c.reads
	case "getBundle", "getAnalytics", "postAttachment", "postImport":
		return c.replays
	case "postSession", "getSession", "deleteSession", "unknown":
		return nil
	}
	if call.route.method == http.MethodPost && call.route.name != "askWhatIf" {
		return c.commands
	}
	return c.reads
}

// enter returns when the call may be worked on, and how to say that it is done.
func (c *crowd) enter(ctx context.Context) (leave func(), err error) {
	leave = func() { <-c.places }
	select {
	case c.places <- struct{}{}:
		return leave, nil
	default:
	}
	if c.waiting.Add(1) > c.mayWait {
		c.waiting.Add(-1)
		return nil, c.turnAway()
	}
	defer c.waiting.Add(-1)
	ctx, cancel := context.WithTimeout(ctx, c.patience)
	defer cancel()
	select {
	case c.places <- struct{}{}:
		return leave, nil
	case <-ctx.Done():
		return nil, c.turnAway()
	}
}

func (c *crowd) turnAway() error {
	c.turnedAway.Add(1)
	return refuse(http.StatusServiceUnavailable, "overloaded").retryAfter(c.retry)
}
