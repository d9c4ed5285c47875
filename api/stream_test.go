package api

import (
	"bufio"
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"starledger/events"
	"starledger/events/jetlog"
)

// An sse is one event as a browser would see it.
type sse struct{ id, kind, data string }

// A listener reads a live feed as the HTML standard says.
type listener struct {
	*world
	answer *http.Response
	lines  *bufio.Scanner
	hangUp context.CancelFunc
}

func (w *world) listen(actor, path string, headers ...string) *listener {
	w.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	w.Cleanup(cancel)
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, w.http.URL+path, nil)
	if err != nil {
		w.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+tokenOf(actor))
	r.Header.Set("Accept", string(live))
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	answer, err := w.http.Client().Do(r)
	if err != nil {
		w.Fatal(err)
	}
	w.Cleanup(func() { answer.Body.Close() })
	if answer.StatusCode != http.StatusOK || answer.Header.Get("Content-Type") != string(live) {
		w.Fatalf("%s: %d %s", path, answer.StatusCode, answer.Header.Get("Content-Type"))
	}
	return &listener{w, answer, bufio.NewScanner(answer.Body), cancel}
}

// comment waits for the next comment; "" at the end of the feed.
func (l *listener) comment() string {
	for l.lines.Scan() {
		if text, ok := strings.CutPrefix(l.lines.Text(), ": "); ok {
			return text
		}
	}
	return ""
}

// next waits for the next event; false at the end of the feed.
func (l *listener) next() (e sse, ok bool) {
	for l.lines.Scan() {
		name, value, _ := strings.Cut(l.lines.Text(), ": ")
		switch name {
		case "id":
			e.id = value
		case "event":
			e.kind = value
		case "data":
			e.data = value
		case "":
			if e.data != "" && value == "" {
				return e, true
			}
		}
	}
	return e, false
}

func (l *listener) take(n int) []sse {
	l.Helper()
	list := make([]sse, n)
	for i := range list {
		var ok bool
		if list[i], ok = l.next(); !ok {
			l.Fatalf("the feed ended after %d of %d: %v", i, n, l.lines.Err())
		}
	}
	return list
}

// onEveryLog runs a test in a world on each kind of log.
func onEveryLog(t *testing.T, test func(t *testing.T, w *world)) {
	t.Run("memory", func(t *testing.T) { test(t, newWorld(t)) })
	t.Run("JetStream", func(t *testing.T) {
		log, err := jetlog.Open(t.Context(), jetlog.Config{StoreDir: t.TempDir(), Logger: slog.New(slog.DiscardHandler)})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(log.Close)
		test(t, worldOn(t, log))
	})
}

// The page, the lines, the live feed and the single event are the same bytes: those that are stored.
func TestFeedsAreTheStoredBytes(t *testing.T) { onEveryLog(t, feedsAreTheStoredBytes) }

func feedsAreTheStoredBytes(t *testing.T, w *world) {
	at := w.onSite()
	w.open()
	w.must("zhao", at+"/audits/1/assessments", `{"clause":"5.1.1.1","result":"conforming"}`)
	last := w.last()
	for path, seqs := range map[string][]uint64{
		"/v1/events":   {1, 2, 3, 4, 5, 6, 7},
		at + "/events": {1, 2, 3, 4, 5, 7},
		"/v1/events?type=starledger.case.opened.v1": {1, 6},
		at + "/events?actor=li":                     {4, 5},
		"/v1/events?after=5":                        {6, 7},
	} {
		var page []string
		var heard = w.listen("zhou", path).take(len(seqs))
		for i, seq := range seqs {
			stored := w.read("zhou", fmt.Sprintf("/v1/events/%d", seq))
			digest := events.DigestOf([]byte(stored.body))
			if stored.header.Get("ETag") != `"`+string(digest)+`"` || stored.header.Get("Content-Type") != "application/cloudevents+json" {
				t.Errorf("event %d: %v", seq, stored.header)
			}
			page = append(page, fmt.Sprintf(`{"seq":%d,"digest":"%s","event":%s}`, seq, digest, stored.body))
			want := sse{fmt.Sprint(seq), stored.get("type"), stored.body}
			if heard[i] != want {
				t.Errorf("%s says %v, want %v", path, heard[i], want)
			}
		}
		if got := w.read("zhou", with(path, "min_seq", last)).body; got != `{"items":[`+strings.Join(page, ",")+`]}` {
			t.Errorf("%s: %s", path, got)
		}
		if got := w.read("zhou", path, "Accept", "application/x-ndjson").body; got != strings.Join(page, "\n")+"\n" {
			t.Errorf("%s in lines: %s", path, got)
		}
	}
	if a := w.read("zhou", at+"/events?as_of=seq:4"); strings.Count(a.body, `"seq":`) != 4 || a.header.Get("ETag") != `"4"` {
		t.Errorf("as of 4: %s %s", a.header.Get("ETag"), a.body)
	}
}

func TestEventIsKept(t *testing.T) {
	w := newWorld(t)
	w.open()
	first := w.read("zhou", "/v1/events/1")
	if first.header.Get("Cache-Control") != immutable {
		t.Errorf("Cache-Control %s", first.header.Get("Cache-Control"))
	}
	if a := w.send(http.MethodGet, "/v1/events/1", "zhou", "", "If-None-Match", first.header.Get("ETag")); a.status != http.StatusNotModified || a.body != "" {
		t.Errorf("asked again: %d %s", a.status, a.body)
	}
	head := w.send(http.MethodHead, "/v1/events/1", "zhou", "")
	if head.status != http.StatusOK || head.body != "" || head.header.Get("ETag") != first.header.Get("ETag") || head.header.Get("Content-Length") != fmt.Sprint(len(first.body)) {
		t.Errorf("HEAD: %d %v", head.status, head.header)
	}
	if a := w.send(http.MethodHead, "/v1/events", "zhou", "", "Accept", string(live)); a.status != http.StatusOK {
		t.Errorf("HEAD of a feed: %d", a.status)
	}
}

// Whoever comes back with the id received last misses nothing and hears nothing twice, wherever the
// connection broke and whatever was posted meanwhile.
func TestLiveFeedResumes(t *testing.T) {
	w := newWorld(t)
	at := w.onSite()
	var heard []string
	last := "0"
	for round := range 5 {
		l := w.listen("zhou", "/v1/events?after=3", "Last-Event-ID", last) // which beats after
		w.must("zhao", at+"/audits/1/assessments", fmt.Sprintf(`{"clause":"5.1.%d.1","result":"conforming"}`, round+1))
		for _, e := range l.take(2) {
			heard, last = append(heard, e.id), e.id
		}
		l.hangUp()
		w.open()
	}
	want := []string{"1", "2", "3", "4", "5", "6", "7", "8", "9", "10"}
	if fmt.Sprint(heard) != fmt.Sprint(want) {
		t.Errorf("heard %v", heard)
	}
}

// Events arrive as they are posted, and between them a beat.
func TestLiveFeedIsLive(t *testing.T) {
	w := newWorld(t)
	beat := make(chan time.Time)
	stopped := make(chan struct{})
	w.server.heartbeat = func() (<-chan time.Time, func()) { return beat, func() { close(stopped) } }
	at := w.onSite()
	l := w.listen("zhou", at+"/events", "Last-Event-ID", "5")
	if said := l.comment(); said != "from the ledger" {
		t.Errorf("it begins with %q", said)
	}
	beat <- time.Time{}
	if said := l.comment(); said != "still here" {
		t.Errorf("it beats with %q", said)
	}
	w.open()
	w.must("zhao", at+"/audits/1/assessments", `{"clause":"5.1.1.1","result":"conforming"}`)
	if e := l.take(1)[0]; e.id != "7" || e.kind != "starledger.assessment.recorded.v1" {
		t.Errorf("heard %v", e)
	}
	beat <- time.Time{}
	if said := l.comment(); said != "still here" {
		t.Errorf("it beats with %q", said)
	}
	l.hangUp()
	<-stopped
}

// A feed loses nothing under load either: while others post, a reader that hangs up again and again
// hears every event of the ledger once, in order.
func TestLiveFeedUnderLoad(t *testing.T) { onEveryLog(t, liveFeedUnderLoad) }

func liveFeedUnderLoad(t *testing.T, w *world) {
	const posts = 60
	at := w.onSite()
	var posters sync.WaitGroup
	for range 3 {
		posters.Go(func() {
			for range posts / 3 {
				if a := w.post("zhao", at+"/audits/1/assessments", `{"clause":"5.1.1.1","result":"conforming"}`); a.status != http.StatusCreated {
					t.Errorf("post: %d %s", a.status, a.body)
				}
			}
		})
	}
	for heard := 0; heard < 5+posts; {
		l := w.listen("zhou", "/v1/events", "Last-Event-ID", fmt.Sprint(heard))
		for _, e := range l.take(min(7, 5+posts-heard)) {
			if heard++; e.id != fmt.Sprint(heard) {
				t.Fatalf("heard %s after %d", e.id, heard-1)
			}
		}
		l.hangUp()
	}
	posters.Wait()
}

func TestLiveFeedEndsWithTheServer(t *testing.T) {
	w := newWorld(t)
	stopping := make(chan struct{})
	w.server.stopping = stopping
	w.open()
	l := w.listen("zhou", "/v1/events")
	l.take(1)
	close(stopping)
	if e, ok := l.next(); ok || l.lines.Err() != nil {
		t.Errorf("it goes on with %v, %v", e, l.lines.Err())
	}
}

// A live feed shows a reader's own cases only, and ends when the grant does.
func TestLiveFeedOfARestrictedReader(t *testing.T) {
	w := newWorld(t)
	at := w.open()
	w.must("root", "/v1/grants", `{"actor":"wu","cases":["`+strings.TrimPrefix(at, "/v1/cases/")+`"],"until":"2026-12-31"}`)
	ledger, one := w.listen("wu", "/v1/events"), w.listen("wu", at+"/events")
	for _, l := range []*listener{ledger, one} {
		if e := l.take(1)[0]; e.id != "1" {
			t.Errorf("heard %v", e)
		}
	}
	w.open()
	w.must("wang", at+"/application-review", `{"outcome":"accepted","reason":"complete"}`)
	for _, l := range []*listener{ledger, one} {
		if e := l.take(1)[0]; e.id != "4" {
			t.Errorf("heard %v", e)
		}
	}
	w.must("root", "/v1/grants/G1/revocation", `{"reason":"done"}`, "If-Match", `"1"`)
	if e, ok := one.next(); ok {
		t.Errorf("heard %v after the grant", e)
	}
	w.must("wang", at+"/audits", `{"kind":"initial","team":[{"actor":"li","role":"lead"}],"starts_on":"2026-11-21","ends_on":"2026-11-22"}`)
	w.must("root", "/v1/grants", `{"actor":"wu","cases":"all","until":"2026-12-31"}`)
	ledger.take(1) // silent while nothing could be read, and not ended
}

func TestFeedsRefused(t *testing.T) {
	w := newWorld(t)
	at := w.open()
	for _, c := range []struct{ path, accept, id, code string }{
		{"/v1/events?as_of=seq:1", string(live), "", "parameter-on-live-feed"},
		{"/v1/events?limit=3", string(live), "", "parameter-on-live-feed"},
		{"/v1/events", string(live), "x", "last-event-id-malformed"},
		{"/v1/events?after=-1", string(live), "", "after-malformed"},
		{"/v1/events?limit=3", string(lines), "", "limit-without-pages"},
		{"/v1/events?type=x", string(lines), "", "parameter-malformed"},
		{"/v1/events?as_of=seq:2", string(paged), "", "as-of-unknown"},
		{at + "/events?as_of=2020-01-01", string(lines), "", "unknown-case"},
		{at + "/events?axis=effective", string(paged), "", "parameter-unknown"},
	} {
		a := w.send(http.MethodGet, c.path, "zhou", "", "Accept", c.accept, "Last-Event-ID", c.id)
		if a.get("code") != c.code || a.header.Get("Content-Type") != "application/problem+json" {
			t.Errorf("%s as %s: %d %s", c.path, c.accept, a.status, a.body)
		}
	}
}

func TestFormOfAFeed(t *testing.T) {
	for accept, want := range map[string]form{
		"":                                    paged,
		"*/*":                                 paged,
		"text/html, */*":                      paged,
		"application/json":                    paged,
		"text/event-stream":                   live,
		"application/x-ndjson; charset=utf-8": lines,
		"application/json;q=0.5, application/x-ndjson;q=0.8":        lines,
		"text/event-stream;q=0, application/json":                   paged,
		"application/x-ndjson, text/event-stream":                   lines,
		"text/event-stream;q=nan, application/x-ndjson;q=0.1":       lines,
		"application/x-ndjson;q=2, text/event-stream;q=0.1, ;;;, ,": live,
	} {
		if got := formOf(http.Header{"Accept": {accept}}); got != want {
			t.Errorf("%q: %s, want %s", accept, got, want)
		}
	}
}
