package api

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"time"
)

// follow answers with the feed as it grows (text/event-stream of the HTML standard): first what
// follows the cursor, then what comes. It ends when the reader leaves, when the reader may no longer
// read, and when the server stops; the reader then resumes by Last-Event-ID without loss or
// repetition.
func (f *feed) follow(w http.ResponseWriter) error {
	if err := f.resume(); err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(f.call.Context())
	defer cancel()
	if err := f.admit(ctx); err != nil {
		return err
	}
	w.Header().Set("Content-Type", string(live))
	w.Header().Set("X-Accel-Buffering", "no") // a buffering proxy would hold events back
	out := newOutlet(w, writePatience)
	if err := out.comment("from the ledger"); err != nil {
		return err
	}
	return ended(f.send(ctx, out))
}

// resume reads where a live feed starts. Pages and points in time have no place in it.
func (f *feed) resume() error {
	for _, name := range []string{"as_of", "limit"} {
		if f.call.query.Has(name) {
			return malformed("parameter-on-live-feed", "parameter", name).at(name)
		}
	}
	if id := f.call.Header.Get("Last-Event-ID"); id != "" {
		var ok bool
		if f.filter.After, ok = parseSeq(id); !ok {
			return malformed("last-event-id-malformed").at("Last-Event-ID")
		}
	}
	f.filter.Limit, f.isLive = feedBatch, true
	return f.server.caughtUp(f.call)
}

// send writes events until something ends the feed. While there are none, a comment now and then
// keeps the connection open and finds out whether the reader is still there.
func (f *feed) send(ctx context.Context, out *outlet) error {
	beat, stop := f.server.heartbeat()
	defer stop()
	for {
		if err := f.drain(ctx, out); err != nil {
			return err
		}
		grown := f.grown(ctx)
		for waiting := true; waiting; {
			select {
			case err := <-grown:
				if err != nil {
					return err
				}
				waiting = false
			case <-beat:
				if err := out.comment("still here"); err != nil {
					return err
				}
			case <-f.server.stopping:
				return errStopping
			}
		}
	}
}

// drain writes everything up to where the views stand.
func (f *feed) drain(ctx context.Context, out *outlet) error {
	if err := f.admit(ctx); err != nil {
		return err
	}
	f.filter.UpTo, _ = f.server.views.Position()
	for more := true; more; {
		items, goesOn, err := f.next(ctx)
		if err != nil {
			return err
		}
		for _, item := range items {
			if err := out.event(item); err != nil {
				return err
			}
		}
		if err := out.flush(); err != nil {
			return err
		}
		more = goesOn
	}
	return nil
}

// grown reports once when the views have passed the cursor, or why they will not.
func (f *feed) grown(ctx context.Context) <-chan error {
	report := make(chan error, 1)
	next := f.filter.After + 1
	go func() { report <- f.server.views.WaitFor(ctx, next) }()
	return report
}

// everyQuarterMinute is the beat of the contract. Proxies close what is silent for a minute or less.
func everyQuarterMinute() (beat <-chan time.Time, stop func()) {
	ticker := time.NewTicker(15 * time.Second)
	return ticker.C, ticker.Stop
}

var errStopping = errors.New("the server stops")

// ended tells the ends that a live feed is meant to have from failures.
func ended(err error) error {
	if problem := (*Problem)(nil); errors.Is(err, errStopping) || errors.As(err, &problem) {
		return nil
	}
	return err
}

// event writes one event. A stored body is a single line, since the ledger writes no white space
// between members and JSON escapes it inside strings.
func (o *outlet) event(item feedItem) error {
	text := make([]byte, 0, len(item.Event)+128)
	text = append(text, "id: "...)
	text = strconv.AppendUint(text, item.Seq, 10)
	text = append(append(text, "\nevent: "...), item.kind...)
	text = append(append(text, "\ndata: "...), item.Event...)
	if _, err := o.Write(append(text, "\n\n"...)); err != nil {
		return &goneError{err}
	}
	return nil
}

// comment writes a line that readers ignore.
func (o *outlet) comment(text string) error {
	if _, err := o.WriteString(": " + text + "\n\n"); err != nil {
		return &goneError{err}
	}
	return o.flush()
}
