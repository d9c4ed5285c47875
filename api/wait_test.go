package api

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

// A command that waits is answered when it is sealed or witnessed, alone, in a batch, and again.
func TestWait(t *testing.T) {
	w := newSealedWorld(t)
	at := w.onSite()
	w.run()
	finding := `{"clause":"5.1.1.1","category":"observation","statement":"s"}`
	if got := w.must("li", at+"/audits/1/findings", finding); strings.Contains(got.body, `"sealed"`) {
		t.Errorf("did not wait: %s", got.body)
	}
	for _, wait := range []string{sealed, witnessed} {
		first := w.must("li", at+"/audits/1/findings?wait="+wait, finding, "Idempotency-Key", wait)
		if first.get("sealed") != wait {
			t.Errorf("%s: %s", wait, first.body)
		}
		again := w.must("li", at+"/audits/1/findings?wait="+wait, finding, "Idempotency-Key", wait)
		if again.body != first.body || again.header.Get("Idempotency-Replayed") != "true" {
			t.Errorf("%s again: %s", wait, again.body)
		}
		batch := w.must("li", at+"/batch?wait="+wait, `{"commands":[{"path":"audits/1/findings","body":`+finding+`},{"path":"audits/1/findings","body":`+finding+`}]}`)
		if batch.get("items.0.sealed") != wait || batch.get("items.1.sealed") != wait {
			t.Errorf("batch, %s: %s", wait, batch.body)
		}
	}
	if got := w.must("wang", "/v1/cases?wait=sealed", opening); got.get("sealed") != sealed {
		t.Errorf("a case: %s", got.body)
	}
	if got := w.must("root", "/v1/grants?wait=witnessed", `{"actor":"wu","cases":"all","until":"2027-11-21"}`); got.get("sealed") != witnessed {
		t.Errorf("a grant: %s", got.body)
	}
}

// What is waited for in vain is stored all the same, and its answer tells how far it came. The lock of
// the case is free meanwhile.
func TestWaitInVain(t *testing.T) {
	w := newSealedWorld(t)
	at := w.onSite()
	w.server.sealPatience = time.Millisecond
	finding := `{"clause":"5.1.1.1","category":"observation","statement":"s"}`
	got := w.must("li", at+"/audits/1/findings?wait=sealed", finding, "Idempotency-Key", "one")
	if got.get("sealed") != pending || got.get("seq") != "6" {
		t.Errorf("%s", got.body)
	}
	w.answering(http.StatusServiceUnavailable)
	w.run()
	w.no(t, w.sealer.Wait(t.Context(), w.last(), false))
	if got := w.must("li", at+"/audits/1/findings?wait=sealed", finding, "Idempotency-Key", "one"); got.get("sealed") != sealed || got.get("seq") != "6" {
		t.Errorf("again: %s", got.body)
	}
	w.must("li", at+"/audits/1/findings?wait=witnessed", finding, "Idempotency-Key", "two")
	w.no(t, w.sealer.Wait(t.Context(), w.last(), false))
	if got := w.must("li", at+"/audits/1/findings?wait=witnessed", finding, "Idempotency-Key", "two"); got.get("sealed") != sealed {
		t.Errorf("sealed and not witnessed: %s", got.body)
	}
}

// Whoever waits for a seal does not keep others from writing to the case.
func TestWaitingHoldsNoLock(t *testing.T) {
	w := newSealedWorld(t)
	at := w.onSite()
	finding := `{"clause":"5.1.1.1","category":"observation","statement":"s"}`
	waiting := make(chan reply)
	go func() { waiting <- w.post("li", at+"/audits/1/findings?wait=sealed", finding) }()
	w.no(t, w.views.WaitFor(t.Context(), 6)) // it is stored, and nothing is sealed
	w.must("zhao", at+"/audits/1/findings", finding)
	w.run()
	if got := <-waiting; got.status != http.StatusCreated || got.get("sealed") != sealed {
		t.Errorf("%d %s", got.status, got.body)
	}
}

// Decisions and certificates are sealed at once, and nothing else is.
func TestDecisionsAreUrgent(t *testing.T) {
	w := newSealedWorld(t)
	at := w.onSite()
	urgent := map[string]bool{}
	before := w.sealer.urgent.Load()
	w.tell(at, whole(t), func() {
		if now := w.sealer.urgent.Load(); now > before {
			list := w.events(at)
			urgent[string(list[len(list)-1].Type)], before = true, now
		}
	})
	if len(urgent) != 2 || !urgent["starledger.decision.made.v1"] || !urgent["starledger.certificate.issued.v1"] {
		t.Errorf("urgent were %v", urgent)
	}
}
