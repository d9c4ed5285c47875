package api

import (
	"fmt"
	"net/http"
	"sync"
	"testing"
	"time"

	"starledger/events"
	"starledger/events/memlog"
)

// The same key and the same request get the first answer again, byte for byte, whatever happened
// since, on another server, with read models made anew.
func TestReplay(t *testing.T) {
	w := newWorld(t)
	first := w.must("wang", "/v1/cases", opening, "Idempotency-Key", "case-1")
	at := first.header.Get("Location")
	w.must("wang", at+"/application-review", `{"outcome":"accepted","reason":"complete"}`)
	w.must("wang", at+"/audits", `{"kind":"initial","team":[{"actor":"li","role":"lead"}],"starts_on":"2026-11-21","ends_on":"2026-11-22"}`)
	w.must("li", at+"/audits/1/document-review", `{"outcome":"accepted","reason":"in order"}`)
	w.must("li", at+"/audits/1/opening", `{"held_at":"2026-11-21T15:00:00+08:00"}`)
	deduct := `{"clause":"5.3.1.4","basis":"qualitative","reason":"none"}`
	second := w.must("li", at+"/audits/1/deductions", deduct, "Idempotency-Key", "d-1")
	sheet := `{"commands":[{"path":"audits/1/findings","body":{"clause":"5.1.1.1","category":"observation","statement":"a"}},` +
		`{"path":"audits/1/deductions","body":{"clause":"5.1.1.1","basis":"qualitative","reason":"b"}}]}`
	third := w.must("li", at+"/batch", sheet, "Idempotency-Key", "b-1")
	w.must("li", at+"/audits/1/deductions/D1/revocation", `{"reason":"r"}`, "If-Match", `"8"`)
	grant := w.must("root", "/v1/grants", `{"actor":"wu","cases":"all","until":"2027-11-21"}`, "Idempotency-Key", "g-1")

	again := worldOn(t, w.log)
	again.later(time.Hour)
	for name, x := range map[string]struct {
		actor, path, body, key string
		first                  reply
	}{
		"case":    {"wang", "/v1/cases", opening, "case-1", first},
		"command": {"li", at + "/audits/1/deductions", deduct, "d-1", second},
		"batch":   {"li", at + "/batch", sheet, "b-1", third},
		"grant":   {"root", "/v1/grants", `{"actor":"wu","cases":"all","until":"2027-11-21"}`, "g-1", grant},
	} {
		for where, server := range map[string]*world{"same server": w, "restarted": again} {
			t.Run(name+", "+where, func(t *testing.T) {
				got := server.post(x.actor, x.path, x.body, "Idempotency-Key", x.key)
				if got.status != 201 || got.body != x.first.body || got.header.Get("Idempotency-Replayed") != "true" {
					t.Errorf("%d %s\nfirst %s", got.status, got.body, x.first.body)
				}
				for _, h := range []string{"ETag", "Location"} {
					if got.header.Get(h) != x.first.header.Get(h) {
						t.Errorf("%s: %s, first %s", h, got.header.Get(h), x.first.header.Get(h))
					}
				}
				other := server.post(x.actor, x.path, x.body+" ", "Idempotency-Key", x.key)
				if other.status != http.StatusUnprocessableEntity || other.get("code") != "idempotency-key-reused" {
					t.Errorf("another body: %d %s", other.status, other.body)
				}
			})
		}
	}
	if got := w.post("zhao", at+"/audits/1/deductions", deduct, "Idempotency-Key", "d-1"); got.status != http.StatusForbidden {
		t.Errorf("a key belongs to its actor: %d %s", got.status, got.body)
	}
	if last := w.last(); last != 10 {
		t.Errorf("%d events, want 10", last)
	}
}

// A batch of which a part is missing in the log is not told as the first answer.
func TestPartOfABatchIsNotReplayed(t *testing.T) {
	w := newWorld(t)
	at := w.onSite()
	finding := `{"path":"audits/1/findings","body":{"clause":"5.1.1.1","category":"observation","statement":"a"}}`
	sheet := `{"commands":[` + finding + `,` + finding + `,` + finding + `]}`
	w.must("li", at+"/batch", sheet, "Idempotency-Key", "b-1")
	log := memlog.New()
	for record, err := range w.log.Read(t.Context(), 1, w.last()-1) {
		if err != nil {
			t.Fatal(err)
		}
		if _, err := log.Append(t.Context(), events.Append{Case: record.Case, After: record.Seq - 1, Bodies: [][]byte{record.Body}}); err != nil {
			t.Fatal(err)
		}
	}
	got := worldOn(t, log).post("li", at+"/batch", sheet, "Idempotency-Key", "b-1")
	if got.status != http.StatusInternalServerError || got.get("code") != "integrity-broken" {
		t.Errorf("%d %s", got.status, got.body)
	}
	if last, err := log.Last(t.Context()); err != nil || last != 7 {
		t.Errorf("%d events, %v; want 7", last, err)
	}
}

// Many at once with one key: one event, and everybody gets its answer.
func TestOneKeyManyCallers(t *testing.T) {
	w := newWorld(t)
	at := w.onSite()
	for name, x := range map[string]struct{ actor, path, body string }{
		"a finding": {"li", at + "/audits/1/findings", `{"clause":"5.1.1.1","category":"observation","statement":"s"}`},
		"a case":    {"wang", "/v1/cases", opening},
	} {
		before := w.last()
		bodies := make([]string, 8)
		var all sync.WaitGroup
		for i := range bodies {
			all.Go(func() {
				got := w.post(x.actor, x.path, x.body, "Idempotency-Key", "one")
				bodies[i] = fmt.Sprint(got.status, got.body)
			})
		}
		all.Wait()
		for _, body := range bodies {
			if body != bodies[0] {
				t.Errorf("%s: %s and %s", name, body, bodies[0])
			}
		}
		if written := w.last() - before; written != 1 {
			t.Errorf("%s: %d events", name, written)
		}
	}
}

// Many at once on one case, without If-Match: all are written, each under a number of its own.
func TestManyCallersOneCase(t *testing.T) {
	w := newWorld(t)
	at := w.onSite()
	numbers := make([]string, 16)
	var all sync.WaitGroup
	for i := range numbers {
		all.Go(func() {
			numbers[i] = w.post("zhao", at+"/audits/1/findings", `{"clause":"5.1.1.1","category":"observation","statement":"s"}`).get("finding")
		})
	}
	all.Wait()
	seen := map[string]bool{}
	for _, n := range numbers {
		seen[n] = true
	}
	if len(seen) != len(numbers) || seen[""] {
		t.Errorf("numbers: %v", numbers)
	}
	if len(w.server.posters.held) != 0 {
		t.Errorf("%d locks are left", len(w.server.posters.held))
	}
}
