package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"sync"
	"testing"
)

// posting is what one client knows of one request.
type posting struct {
	path  string
	acked bool
	seq   uint64
	id    string
}

// TestKilledUnderLoad kills the real program while clients post, ten times. No acknowledged event
// is lost, none appears that nobody posted, and a client that never got its answer gets it by
// asking again with the same key, once. Every start goes on sealing where the killed process was, and in
// the end every event is the one that was sealed.
func TestKilledUnderLoad(t *testing.T) {
	const cycles, clients, acksPerCycle = 10, 4, 40
	dir, tokens := t.TempDir(), tokensFile(t)
	history := map[string]*posting{} // by key
	for cycle := range cycles {
		p := startProcess(t, "--data", dir, "--tokens", tokens)
		checkHistory(t, p, history)
		var mu sync.Mutex
		ctx, enough := context.WithCancel(t.Context())
		acks := 0
		var group sync.WaitGroup
		for client := range clients {
			opening := fmt.Sprintf("open-%d-%d", cycle, client)
			path := p.openedCase(opening)
			mu.Lock() // the clients before this one are posting already
			history[opening] = &posting{path: "/v1/cases"}
			mu.Unlock()
			group.Go(func() {
				for n := 0; ctx.Err() == nil; n++ {
					key := fmt.Sprintf("%d-%d-%d", cycle, client, n)
					sent := &posting{path: path + "/application-review"}
					mu.Lock()
					history[key] = sent
					mu.Unlock()
					got, err := p.request(context.WithoutCancel(ctx), http.MethodPost, sent.path, key, returnApplication)
					if err != nil {
						return // killed meanwhile: whether it was stored is not known
					}
					mu.Lock()
					sent.read(t, got)
					if acks++; acks == acksPerCycle {
						enough()
					}
					mu.Unlock()
				}
			})
		}
		<-ctx.Done()
		p.kill() // while the others are still posting
		group.Wait()
		enough()
	}
	p := startProcess(t, "--data", dir, "--tokens", tokens)
	checkHistory(t, p, history)
	retry(t, p, history)
	p.stop()
	if code, output := runToEnd(t, "verify", "--data", dir); code != exitSound {
		t.Errorf("what was sealed between the kills: exit %d:\n%s", code, output)
	}
}

func (sent *posting) read(t *testing.T, got answer) {
	var ack struct {
		Seq uint64 `json:"seq"`
		ID  string `json:"id"`
	}
	if err := json.Unmarshal(got.body, &ack); err != nil || got.status != http.StatusCreated {
		t.Errorf("post: %v %d %s", err, got.status, got.body)
		return
	}
	sent.acked, sent.seq, sent.id = true, ack.Seq, ack.ID
}

// checkHistory holds the ledger against what the clients know.
func checkHistory(t *testing.T, p *process, history map[string]*posting) {
	t.Helper()
	stored := map[string]item{}
	for n, i := range p.ledger(0) {
		if i.Seq != uint64(n)+1 {
			t.Fatalf("line %d of the ledger has sequence %d", n+1, i.Seq)
		}
		key := i.Event.IdempotencyKey
		if _, posted := history[key]; !posted {
			t.Errorf("sequence %d has key %q, which nobody posted", i.Seq, key)
		}
		if before, twice := stored[key]; twice {
			t.Errorf("sequences %d and %d have the same key %q", before.Seq, i.Seq, key)
		}
		stored[key] = i
	}
	for key, sent := range history {
		if i := stored[key]; sent.acked && (i.Seq != sent.seq || i.Event.ID != sent.id) {
			t.Errorf("acknowledged %s at %d as %s, but the ledger has %+v", key, sent.seq, sent.id, i)
		}
	}
}

// retry asks again for every answer that was lost, and for some that were not.
func retry(t *testing.T, p *process, history map[string]*posting) {
	t.Helper()
	before := map[string]item{}
	for _, i := range p.ledger(0) {
		before[i.Event.IdempotencyKey] = i
	}
	for key, sent := range history {
		if sent.path == "/v1/cases" {
			continue
		}
		known, stored := before[key]
		got, err := p.request(t.Context(), http.MethodPost, sent.path, key, returnApplication)
		if err != nil {
			t.Fatal(err)
		}
		again := *sent
		again.read(t, got)
		replayed := got.header.Get("Idempotency-Replayed") == "true"
		if stored != replayed || stored && again.id != known.Event.ID {
			t.Errorf("%s: stored %v, replayed %v, answered %s, ledger has %s", key, stored, replayed, again.id, known.Event.ID)
		}
	}
}
