package api

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"starledger/events/proof"
)

// The proof of an event holds under the policy, for whoever may read the event and nobody else.
func TestProof(t *testing.T) {
	w := newSealedWorld(t)
	w.onSite()
	early := w.send(http.MethodGet, "/v1/events/5/proof", "li", "")
	if early.status != http.StatusTooEarly || early.get("code") != "not-sealed-yet" || early.header.Get("Retry-After") != "1" {
		t.Errorf("not sealed: %d %v %s", early.status, early.header, early.body)
	}
	wellFormedProblem(t, early)
	w.run()
	size := w.settled()
	for i, record := range w.leaves(0, int(size)) {
		got := w.send(http.MethodGet, fmt.Sprintf("/v1/events/%d/proof", i+1), "li", "")
		read, err := proof.ParseTlogProof([]byte(got.body))
		if err != nil {
			t.Fatalf("%d %s: %v", got.status, got.body, err)
		}
		judgement, err := read.Verify(proof.LeafHash(record), w.policy)
		if err != nil || !judgement.Satisfied || read.Index != uint64(i) {
			t.Errorf("event %d: index %d, %+v, %v", i+1, read.Index, judgement, err)
		}
	}
	for _, c := range []struct {
		actor, path string
		status      int
	}{
		{"chen", "/v1/events/1/proof?min_seq=5", 200}, {"ding", "/v1/events/1/proof", 404}, {"wu", "/v1/events/1/proof", 404}, {"", "/v1/events/1/proof", 401},
		{"li", "/v1/events/6/proof", 404}, {"li", "/v1/events/0/proof", 404}, {"li", "/v1/events/x/proof", 404}, {"li", "/v1/events/1/proof?min_seq=x", 400},
	} {
		if got := w.send(http.MethodGet, c.path, c.actor, ""); got.status != c.status {
			t.Errorf("%s %s: %d %s", c.actor, c.path, got.status, got.body)
		}
	}
}

// An event that came after the last seal of a stopped ledger never gets a proof, and is not promised one.
func TestNoProofIsPromisedByAStoppedLedger(t *testing.T) {
	w := newSealedWorld(t)
	w.onSite()
	w.guard.Store(&Guarding{Incident: "the stream shrank"})
	got := w.send(http.MethodGet, "/v1/events/5/proof", "li", "")
	if got.status != http.StatusServiceUnavailable || got.get("code") != "ledger-stopped" {
		t.Errorf("%d %s", got.status, got.body)
	}
}

// A service that does not seal says so wherever it would have to prove something.
func TestServiceThatDoesNotSeal(t *testing.T) {
	w := newWorld(t)
	at := w.open()
	for _, path := range []string{
		"/log/checkpoint", "/log/checkpoints/0", "/log/tile/0/000", "/log/policy", "/log/keys", "/v1/integrity", "/v1/events/1/proof", at + "/bundle",
	} {
		got := w.send(http.MethodGet, path, "li", "")
		if got.status != http.StatusServiceUnavailable || got.get("code") != "not-sealing" || got.header.Get("Retry-After") == "" {
			t.Errorf("%s: %d %s", path, got.status, got.body)
		}
		wellFormedProblem(t, got)
	}
}

func TestSealingThatLacksSomething(t *testing.T) {
	w := newSealedWorld(t)
	for name, spoil := range map[string]func(*Sealing){
		"no sealer":      func(s *Sealing) { s.Sealer = nil },
		"no tiles":       func(s *Sealing) { s.Tiles = nil },
		"no checkpoints": func(s *Sealing) { s.Checkpoints = nil },
		"no keys":        func(s *Sealing) { s.Keys = nil },
		"no bundles":     func(s *Sealing) { s.Bundle = nil },
		"no policy":      func(s *Sealing) { s.Policy = []byte("quorum") },
	} {
		spoilt := *w.sealing
		spoil(&spoilt)
		if _, err := newSealing(&spoilt); err == nil {
			t.Errorf("%s is accepted", name)
		}
	}
	unwatched := *w.sealing
	unwatched.Guard = nil
	if s, err := newSealing(&unwatched); err != nil || s.stopped() {
		t.Errorf("unwatched: %v", err)
	}
}

// A stopped ledger is read and not written to; what was answered before the stop is answered again.
func TestStoppedLedger(t *testing.T) {
	w := newSealedWorld(t)
	at := w.onSite()
	finding := `{"clause":"5.1.1.1","category":"observation","statement":"s"}`
	first := w.must("li", at+"/audits/1/findings", finding, "Idempotency-Key", "before")
	w.run()
	w.stopped()
	before := w.last()
	for _, path := range []string{at + "/audits/1/findings", at + "/audits/1/findings?dry_run=true"} {
		got := w.post("li", path, finding)
		if got.status != http.StatusServiceUnavailable || got.get("code") != "ledger-stopped" || got.header.Get("Retry-After") == "" {
			t.Errorf("%s: %d %s", path, got.status, got.body)
		}
	}
	if got := w.post("wang", "/v1/cases", opening); got.get("code") != "ledger-stopped" {
		t.Errorf("a case: %d %s", got.status, got.body)
	}
	if got := w.post("li", at+"/batch", `{"commands":[{"path":"audits/1/findings","body":`+finding+`}]}`); got.get("code") != "ledger-stopped" {
		t.Errorf("a batch: %d %s", got.status, got.body)
	}
	if w.last() != before {
		t.Error("something was written")
	}
	if again := w.post("li", at+"/audits/1/findings", finding, "Idempotency-Key", "before"); again.body != first.body {
		t.Errorf("again: %d %s", again.status, again.body)
	}
	for _, path := range []string{at, at + "/audits/1/score", "/v1/events/1", "/log/checkpoint"} {
		if got := w.send(http.MethodGet, path, "li", ""); got.status != http.StatusOK {
			t.Errorf("%s: %d %s", path, got.status, got.body)
		}
	}
	got := w.send(http.MethodGet, "/v1/integrity", "li", "")
	if got.get("sound") != "false" || !strings.Contains(got.get("incident.detail"), "witness w") || got.get("incident.at") == "" || got.get("witnesses.0.state") != "incident" {
		t.Errorf("%s", got.body)
	}
}
