package api

import (
	"net/http"
	"runtime"
	"testing"
	"time"
)

// While the disk of the second copy is full the ledger is read and not written; what was acknowledged
// before that was known stays, a retry gets its first answer, and writing goes on by itself when there is
// room again. The program runs all the time.
func TestDiskFull(t *testing.T) {
	w := newSealedWorld(t)
	at := w.onSite()
	w.run()
	w.settled()

	w.archive.full.Store(true)
	const late = `{"clause":"5.1.1.1","category":"observation","statement":"recorded just before anybody knew"}`
	first := w.post("li", at+"/audits/1/findings", late, "Idempotency-Key", "before")
	if first.status != http.StatusCreated {
		t.Fatalf("%d %s", first.status, first.body)
	}
	w.until("the sealer notices", func() bool {
		w.sealer.Sealer.Urgent()
		return w.sealer.Status().DiskFull()
	})
	stands := w.last()
	for range 3 {
		got := w.post("li", at+"/audits/1/findings", late, "Idempotency-Key", "during", "Accept-Language", "en")
		if got.status != http.StatusServiceUnavailable || got.get("code") != "disk-full" || got.header.Get("Retry-After") != "10" {
			t.Fatalf("%d %s", got.status, got.body)
		}
	}
	if got := w.post("wang", "/v1/cases", opening); got.get("code") != "disk-full" {
		t.Errorf("an opening: %d %s", got.status, got.body)
	}
	if got := w.post("li", at+"/audits/1/findings", late, "Idempotency-Key", "before"); got.status != http.StatusCreated || got.header.Get("Idempotency-Replayed") != "true" || got.body != first.body {
		t.Errorf("a retry: %d %s", got.status, got.body)
	}
	if got := w.read("li", at+"/audits/1"); got.get("findings.0.finding") != "F1" || w.last() != stands {
		t.Errorf("%d events, %s", w.last(), got.body)
	}
	if got := w.read("li", "/v1/integrity"); got.get("sound") != "true" || got.get("lag.held_up") != "true" || got.get("lag.events") != "1" {
		t.Errorf("%s", got.body)
	}

	w.archive.full.Store(false)
	w.settled()
	w.until("writing goes on", func() bool { return !w.sealer.Status().DiskFull() })
	w.must("li", at+"/audits/1/findings", late)
	if sealed, last := w.settled(), w.last(); sealed != stands+1 || last != sealed {
		t.Errorf("%d are sealed of %d", sealed, last)
	}
}

// until asks again and again, for ten seconds at most.
func (s *sealedWorld) until(what string, is func() bool) {
	s.Helper()
	for end := time.Now().Add(10 * time.Second); !is(); {
		if time.Now().After(end) {
			s.Fatalf("%s: not within ten seconds", what)
		}
		runtime.Gosched()
	}
}
