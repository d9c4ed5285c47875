package torture

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// item is a line of the NDJSON feed.
type item struct {
	Seq   uint64 `json:"seq"`
	Event struct {
		ID             string `json:"id"`
		Subject        string `json:"subject"`
		Time           string `json:"time"`
		CaseSeq        uint64 `json:"caseseq"`
		IdempotencyKey string `json:"idempotencykey"`
	} `json:"event"`
}

// sameLedger reads the whole ledger from every node: it counts without gaps, holds everything that was
// acknowledged where it was said to be, nothing twice, and is the same everywhere. It returns its end.
func (w *world) sameLedger(acks map[string]acked) uint64 {
	w.t.Helper()
	var first []byte
	var last uint64
	for _, a := range acks {
		last = max(last, a.seq)
	}
	for _, n := range w.nodes {
		got, err := n.ask(context.Background(), http.MethodGet, fmt.Sprintf("/v1/events?after=0&min_seq=%d", last), "", "", "")
		if err != nil || got.status != http.StatusOK {
			w.t.Fatalf("%s: read the ledger: %v %d %s", n.name, err, got.status, got.body)
		}
		if first == nil {
			first = got.body
			last = w.complete(got.body, acks)
		} else if !bytes.Equal(first, got.body) {
			w.t.Errorf("%s has another ledger than %s", n.name, w.nodes[0].name)
		}
	}
	return last
}

// complete compares one node's ledger with what clients were told.
func (w *world) complete(text []byte, acks map[string]acked) (last uint64) {
	w.t.Helper()
	found := map[string]bool{}
	times := map[string]string{} // of the last event, by case; all are written with as many digits
	for line := range bytes.Lines(text) {
		var i item
		must(w.t, json.Unmarshal(line, &i))
		if i.Seq != last+1 {
			w.t.Fatalf("sequence %d follows %d", i.Seq, last)
		}
		last = i.Seq
		key := i.Event.IdempotencyKey
		if found[key] {
			w.t.Errorf("%s is stored twice, at %d the second time", key, i.Seq)
		}
		found[key] = true
		if before := times[i.Event.Subject]; i.Event.Time < before {
			w.t.Errorf("sequence %d: the time of its case runs back from %s to %s", i.Seq, before, i.Event.Time)
		}
		times[i.Event.Subject] = i.Event.Time
		switch told, known := acks[key]; {
		case !known:
			w.t.Errorf("sequence %d: nobody was told of %s", i.Seq, key)
		case told != acked{i.Seq, i.Event.CaseSeq}:
			w.t.Errorf("%s stands at %d (%d of its case), its client was told %+v", key, i.Seq, i.Event.CaseSeq, told)
		}
	}
	w.ahead = slices.Max(slices.Collect(maps.Values(times)))
	for key, told := range acks {
		if !found[key] {
			w.t.Errorf("%s was acknowledged at %d and is lost", key, told.seq)
		}
	}
	return last
}

// sealWithin is how long the nodes may take to seal the last events when all is healed: a take-over and
// every checkpoint that a node has missed.
const sealWithin = time.Minute

// sameRoots expects every node to be sound, sealed to the end with one root, and no two nodes to keep
// different checkpoints of one size.
func (w *world) sameRoots(last uint64) {
	w.t.Helper()
	var root string
	for _, n := range w.nodes {
		sealed := w.sealedTo(n, last)
		if root == "" {
			root = sealed
		}
		if sealed != root {
			w.t.Errorf("%s has root %s, %s has %s", n.name, sealed, w.nodes[0].name, root)
		}
	}
	notes := map[string][]byte{}
	for _, n := range w.nodes {
		files, err := filepath.Glob(filepath.Join(n.data, "checkpoints", "*", "*"))
		must(w.t, err)
		for _, file := range files {
			note, err := os.ReadFile(file)
			must(w.t, err)
			size := filepath.Base(file)
			if other, known := notes[size]; known && !bytes.Equal(other, note) {
				w.t.Errorf("two checkpoints of size %s:\n%s\n%s", size, note, other)
			}
			notes[size] = note
		}
	}
	w.t.Logf("%d checkpoints, root %s", len(notes), root)
}

func (w *world) sealedTo(n *node, last uint64) (root string) {
	w.t.Helper()
	var got answer
	for until := time.Now().Add(sealWithin); time.Now().Before(until); time.Sleep(100 * time.Millisecond) {
		var err error
		if got, err = n.ask(context.Background(), http.MethodGet, "/v1/integrity", "", "", ""); err != nil {
			continue
		}
		var told struct {
			Sound  bool `json:"sound"`
			Sealed struct {
				Size uint64 `json:"size"`
				Root string `json:"root"`
			} `json:"sealed"`
		}
		must(w.t, json.Unmarshal(got.body, &told))
		if told.Sound && told.Sealed.Size == last {
			return told.Sealed.Root
		}
	}
	w.t.Errorf("%s is not sealed to %d: %s", n.name, last, got.body)
	return ""
}
