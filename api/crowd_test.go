package api

import (
	"context"
	"fmt"
	"net/http"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"starledger/events"
	"starledger/events/memlog"
)

// Two commands are worked on and one waits; the disk stands still. Whatever comes beyond is turned away at
// once, the one that waits when its patience is over. Every command that was accepted stands in the
// ledger once, and every one that was turned away is not there and can be sent again.
func TestOverloadTurnsAwayAndLosesNothing(t *testing.T) {
	log := &frailLog{Log: memlog.New()}
	w := worldOn(t, log)
	var cases []string
	for range 6 {
		cases = append(cases, w.open())
	}
	w.server.crowds.commands = newCrowd("commands", 2, 1, 50*time.Millisecond, 3)
	disk, reached := make(chan struct{}), make(chan struct{}, 6)
	log.on(func(a events.Append) (uint64, error) {
		reached <- struct{}{}
		<-disk
		return log.Log.Append(context.Background(), a)
	})
	var answers sync.WaitGroup
	statuses := make([]int, len(cases))
	send := func(i int) {
		answers.Go(func() { statuses[i] = w.review(cases[i], fmt.Sprint("key-", i)).status })
	}
	send(0)
	send(1)
	<-reached
	<-reached // both stand at the disk
	var turnedAway atomic.Int64
	for i := 2; i < 6; i++ { // one of them waits for 50 ms first
		answers.Go(func() {
			got := w.review(cases[i], fmt.Sprint("key-", i))
			if got.status == http.StatusServiceUnavailable && got.get("code") == "overloaded" && got.header.Get("Retry-After") == "3" {
				turnedAway.Add(1)
			}
		})
	}
	for turnedAway.Load() < 4 && t.Context().Err() == nil {
		if got := w.send("GET", "/v1/policies", "zhou", "").status; got != http.StatusOK { // reads have a crowd of their own
			t.Fatalf("a read meanwhile: %d", got)
		}
	}
	close(disk)
	answers.Wait()
	log.on(func(a events.Append) (uint64, error) { return log.Log.Append(context.Background(), a) })
	for i, c := range cases {
		if i < 2 && statuses[i] != http.StatusCreated {
			t.Errorf("command %d, accepted: %d", i, statuses[i])
		}
		got := w.review(c, fmt.Sprint("key-", i)) // sent again, as Retry-After asks
		if replayed := got.header.Get("Idempotency-Replayed") == "true"; got.status != http.StatusCreated || replayed != (i < 2) {
			t.Errorf("command %d again: %d, replayed %v", i, got.status, replayed)
		}
	}
	wantMetrics(t, w, `starledger_requests_running{crowd="reads"} 0`, `starledger_requests_turned_away_total{crowd="replays"} 0`)
}

// review posts an application review, of which a case takes any number that return it.
func (w *world) review(at, key string) reply {
	w.Helper()
	return w.post("wang", at+"/application-review", `{"outcome":"returned","reason":"incomplete"}`, "Idempotency-Key", key)
}

// Who is in which crowd, so that one kind cannot keep another out.
func TestCrowds(t *testing.T) {
	crowds := newCrowds()
	byName := map[string]route{}
	for _, r := range routes() {
		byName[r.name] = r
	}
	for name, want := range map[string]*crowd{
		"raiseFinding": crowds.commands, "openCase": crowds.commands, "postBatch": crowds.commands,
		"getCase": crowds.reads, "askWhatIf": crowds.reads, "getTile": crowds.reads,
		"getBundle": crowds.replays, "postAttachment": crowds.replays, "getSession": nil,
	} {
		r, known := byName[name]
		if !known {
			t.Errorf("there is no route %s", name)
			continue
		}
		request, err := http.NewRequest(r.method, "/", nil)
		if err != nil {
			t.Fatal(err)
		}
		if got := crowds.of(&call{Request: request, route: &r}); got != want {
			t.Errorf("%s is in %+v", name, got)
		}
	}
	for accept, want := range map[string]*crowd{"": crowds.reads, string(lines): crowds.replays, string(live): crowds.feeds} {
		r := byName["getEvents"]
		request, err := http.NewRequest(r.method, "/", nil)
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("Accept", accept)
		if got := crowds.of(&call{Request: request, route: &r}); got != want {
			t.Errorf("a feed as %q is in %+v", accept, got)
		}
	}
}

// A place that is given back is there for the next.
func TestCrowdGivesPlacesBack(t *testing.T) {
	c := newCrowd("reads", 1, 1, time.Minute, 1)
	leave, err := c.enter(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	entered := make(chan error)
	go func() {
		again, err := c.enter(t.Context())
		if err == nil {
			again()
		}
		entered <- err
	}()
	for c.waiting.Load() == 0 && t.Context().Err() == nil {
		runtime.Gosched()
	}
	if _, err := c.enter(t.Context()); err == nil {
		t.Error("a third one got in")
	}
	leave()
	if err := <-entered; err != nil {
		t.Error(err)
	}
	gone, cancel := context.WithCancel(t.Context())
	leave, err = c.enter(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer leave()
	cancel()
	if _, err := c.enter(gone); err == nil {
		t.Error("somebody who has left got in")
	}
}
