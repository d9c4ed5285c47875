package api

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"
)

// Who may have which bundle. What may not be read is not there; what may be read and not exported is
// refused with its policy.
func TestWhoMayHaveABundle(t *testing.T) {
	w := newSealedWorld(t)
	at := w.onSite()
	id := strings.TrimPrefix(at, "/v1/cases/")
	w.must("root", "/v1/grants", `{"actor":"wu","cases":["`+id+`"],"until":"2027-11-21"}`)
	w.run()
	w.settled()
	for _, c := range []struct {
		actor, query string
		status       int
		body         string
	}{
		{"li", "", 200, "case " + id + " for assessor"},
		{"li", "?profile=client", 200, "case " + id + " for client"},
		{"root", "?profile=assessor", 200, "case " + id + " for assessor"},
		{"wu", "", 200, "case " + id + " for assessor"},
		{"wu", "?profile=client", 403, "staff-bundle"},
		{"chen", "?profile=client", 200, "case " + id + " for client"},
		{"chen", "", 403, "staff-bundle"},
		{"feng", "?profile=assessor", 200, "case " + id + " for assessor"},
		{"ding", "?profile=client", 404, ""},
		{"", "", 401, ""},
		{"li", "?profile=public", 400, ""},
		{"li", "?profile=", 400, ""},
		{"li", "?since=3", 200, "case " + id + " for assessor since 3"},
		{"li", "?since=-3", 400, ""},
	} {
		got := w.send(http.MethodGet, at+"/bundle"+c.query, c.actor, "")
		switch {
		case got.status != c.status:
			t.Errorf("%s%s: %d %s", c.actor, c.query, got.status, got.body)
		case got.status == 403 && got.get("policy") != c.body:
			t.Errorf("%s%s: policy %s", c.actor, c.query, got.get("policy"))
		case got.status == 200 && (got.body != c.body || got.header.Get("Content-Type") != "application/zip" || got.header.Get("Cache-Control") != "no-store"):
			t.Errorf("%s%s: %v %s", c.actor, c.query, got.header, got.body)
		}
	}
	head := w.send(http.MethodHead, at+"/bundle", "li", "")
	if head.status != 200 || head.header.Get("Content-Disposition") != `attachment; filename="`+id+`-assessor.zip"` {
		t.Errorf("HEAD: %d %v", head.status, head.header)
	}
}

// A bundle rests on the published checkpoint, so it comes when that covers the whole case.
func TestBundleComesTooEarly(t *testing.T) {
	w := newSealedWorld(t)
	at := w.onSite()
	ask := func() reply { return w.send(http.MethodGet, at+"/bundle", "li", "") }
	if got := ask(); got.status != http.StatusTooEarly || got.get("code") != "not-sealed-yet" || got.header.Get("Retry-After") != "1" {
		t.Errorf("not sealed: %d %s", got.status, got.body)
	}
	w.answering(http.StatusInternalServerError)
	w.run()
	w.no(t, w.sealer.Wait(t.Context(), w.last(), false))
	if got := ask(); got.status != http.StatusTooEarly || got.get("code") != "not-witnessed-yet" || got.header.Get("Retry-After") != "10" {
		t.Errorf("not witnessed: %d %s", got.status, got.body)
	}
	w.witness.Store(&w.honest)
	w.must("wang", "/v1/cases", opening) // asks the witness anew
	w.settled()
	if got := ask(); got.status != http.StatusOK {
		t.Errorf("witnessed: %d %s", got.status, got.body)
	}
}

// A bundle holds the event that the caller has seen, also when that is not of its case: it comes when the
// published checkpoint covers it, and not before the read models have it.
func TestBundleWaitsForMinSeq(t *testing.T) {
	w := newSealedWorld(t)
	at := w.onSite()
	w.run()
	w.settled()
	ask := func(seq uint64) reply {
		return w.send(http.MethodGet, fmt.Sprintf("%s/bundle?min_seq=%d", at, seq), "li", "")
	}
	if got := ask(w.last()); got.status != http.StatusOK {
		t.Errorf("everything is sealed: %d %s", got.status, got.body)
	}
	patience := w.server.patience
	w.server.patience = time.Millisecond
	if got := ask(w.last() + 1); got.status != http.StatusServiceUnavailable || got.get("code") != "not-caught-up" || got.header.Get("Retry-After") != "1" {
		t.Errorf("not stored: %d %s", got.status, got.body)
	}
	w.server.patience = patience
	if got := w.send(http.MethodGet, at+"/bundle?min_seq=x", "li", ""); got.status != http.StatusBadRequest || got.get("code") != "min-seq-malformed" {
		t.Errorf("%d %s", got.status, got.body)
	}
	w.answering(http.StatusInternalServerError)
	w.must("wang", "/v1/cases", opening)
	w.no(t, w.views.WaitFor(t.Context(), w.last()))
	w.no(t, w.sealer.Wait(t.Context(), w.last(), false))
	if got := ask(w.last()); got.status != http.StatusTooEarly || got.get("code") != "not-witnessed-yet" {
		t.Errorf("of another case, not witnessed: %d %s", got.status, got.body)
	}
	if got := w.send(http.MethodGet, at+"/bundle", "li", ""); got.status != http.StatusOK {
		t.Errorf("its own case: %d %s", got.status, got.body)
	}
}

// A failure before the first byte is a problem like any other; after it the connection is cut, so that
// a part is never taken for the whole.
func TestBundleFails(t *testing.T) {
	w := newSealedWorld(t)
	at := w.onSite()
	w.run()
	w.settled()
	for name, c := range map[string]struct {
		sent int
		cut  bool
	}{"before the first byte": {0, false}, "after what fits the buffer": {1 << 10, false}, "after many": {1 << 20, true}} {
		t.Run(name, func(t *testing.T) {
			write := func(to io.Writer) error {
				if _, err := to.Write(bytes.Repeat([]byte("x"), c.sent)); err != nil {
					return err
				}
				return errors.New("disk bundle.go:12")
			}
			w.bundle.Store(&write)
			r, err := http.NewRequest(http.MethodGet, w.http.URL+at+"/bundle", nil)
			w.no(t, err)
			r.Header.Set("Authorization", "Bearer "+tokenOf("li"))
			answer, err := w.http.Client().Do(r)
			w.no(t, err)
			defer answer.Body.Close()
			body, err := io.ReadAll(answer.Body)
			switch {
			case c.cut && (err == nil || answer.StatusCode != http.StatusOK):
				t.Errorf("%d, %d bytes taken for the whole", answer.StatusCode, len(body))
			case !c.cut && (err != nil || answer.StatusCode != http.StatusInternalServerError || answer.Header.Get("Content-Disposition") != ""):
				t.Errorf("%d %v %s", answer.StatusCode, answer.Header, body)
			case strings.Contains(string(body), "bundle.go"):
				t.Errorf("tells of itself: %s", body)
			}
		})
	}
}

// Only so many bundles are written at a time. Who comes then is told when to come back, and has it once
// another has ended.
func TestBundlesAreLimited(t *testing.T) {
	w := newSealedWorld(t)
	at := w.onSite()
	w.run()
	w.settled()
	begun, end := make(chan struct{}), make(chan struct{})
	write := func(to io.Writer) error {
		begun <- struct{}{}
		<-end
		_, err := io.WriteString(to, "whole")
		return err
	}
	w.bundle.Store(&write)
	answers := make(chan reply)
	for range mostBundles {
		go func() { answers <- w.send(http.MethodGet, at+"/bundle", "li", "") }()
		<-begun
	}
	got := w.send(http.MethodGet, at+"/bundle", "li", "")
	if got.status != http.StatusServiceUnavailable || got.get("code") != "bundles-busy" || got.header.Get("Retry-After") != "5" || got.header.Get("Content-Disposition") != "" {
		t.Errorf("%d %v %s", got.status, got.header, got.body)
	}
	if head := w.send(http.MethodHead, at+"/bundle", "li", ""); head.status != http.StatusOK {
		t.Errorf("HEAD: %d", head.status)
	}
	end <- struct{}{}
	if got := <-answers; got.body != "whole" {
		t.Errorf("%d %s", got.status, got.body)
	}
	go func() { answers <- w.send(http.MethodGet, at+"/bundle", "li", "") }()
	<-begun
	close(end)
	for range mostBundles {
		if got := <-answers; got.body != "whole" {
			t.Errorf("%d %s", got.status, got.body)
		}
	}
}
