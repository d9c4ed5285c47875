package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"starledger/events"
)

// A restless server sends a few events, then loses the connection.
type restless struct {
	list  []*events.Stored
	each  int
	mu    sync.Mutex
	asked []string // Last-Event-ID of each connection
	done  func()   // called when everything was sent
}

func (r *restless) ServeHTTP(w http.ResponseWriter, request *http.Request) {
	last := request.Header.Get("Last-Event-ID")
	r.mu.Lock()
	r.asked = append(r.asked, last)
	r.mu.Unlock()
	w.Header().Set("Content-Type", mediaSSE)
	var text bytes.Buffer
	text.WriteString(": from the ledger\n\n")
	sent := 0
	for _, e := range r.list {
		if fmt.Sprint(e.Seq) > last && sent < r.each { // one digit each
			writeMessage(&text, message{e.Seq, string(e.Type), e.Body})
			sent++
		}
	}
	if sent == 0 {
		r.done()
	}
	text.WriteString("id: 9\ndata: {\"cut") // the connection breaks inside a message
	_, _ = w.Write(text.Bytes())            // the client may have left: it is told to when all was sent
}

// TestFollowResumes: every event is printed once and in order, whatever the connection does.
func TestFollowResumes(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	handler := &restless{list: story(t, wholeStory()[:4]...), each: 2, done: cancel}
	server := httptest.NewServer(handler)
	defer server.Close()

	var out, errs bytes.Buffer
	code := run(ctx, []string{"events", "--follow", "--output", "jsonl", "--server", server.URL},
		system{out: &out, err: &errs, getenv: func(string) string { return "" }})
	if code != exitSound {
		t.Errorf("exit code %d after Ctrl-C: %s", code, errs.String())
	}
	if want := feedOf(handler.list); out.String() != want {
		t.Errorf("printed\n%swant\n%s", out.String(), want)
	}
	if got := strings.Join(handler.asked, ","); got != ",3,7" {
		t.Errorf("asked to go on after %q, want \",3,7\"", got)
	}
	if !strings.Contains(errs.String(), "going on after #3") {
		t.Errorf("said %s", errs.String())
	}
}

// TestFollowLive: what is posted while somebody follows is printed as it is stored.
func TestFollowLive(t *testing.T) {
	l := newLedger(t)
	l.post("wang", "/v1/cases", fields{"kind": "certification", "scheme": "cts-2025",
		"organization": fields{"name": "锦程厨具商贸有限公司"}, "scope": "厨房电器"})
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	out := &awaited{grown: make(chan string, 100)}
	ended := make(chan int, 1)
	go func() {
		ended <- run(ctx, []string{"events", "--follow", "--server", l.url, "--token", tokenOf("zhou")},
			system{out: out, err: out, getenv: func(string) string { return "" }})
	}()
	out.await(t, "case.opened")
	l.begin("gbt27922-2011", "远航电梯维保有限公司", "电梯维修保养")
	out.await(t, "audit.opened")
	cancel()
	if code := <-ended; code != exitSound {
		t.Errorf("exit code %d after Ctrl-C", code)
	}
}

// awaited is an output somebody waits for.
type awaited struct{ grown chan string }

func (a *awaited) Write(b []byte) (int, error) {
	a.grown <- string(b)
	return len(b), nil
}

func (a *awaited) await(t *testing.T, text string) {
	t.Helper()
	for {
		select {
		case line := <-a.grown:
			if strings.Contains(line, text) {
				return
			}
		case <-time.After(10 * time.Second):
			t.Fatalf("%q was not printed", text)
		}
	}
}

// TestFollowEndsWhenItMust: another connection does not help against these.
func TestFollowEndsWhenItMust(t *testing.T) {
	list := story(t, wholeStory()[:2]...)
	var backwards bytes.Buffer
	writeMessage(&backwards, message{list[1].Seq, "x", list[1].Body})
	writeMessage(&backwards, message{list[0].Seq, "x", list[0].Body})
	for _, row := range []struct {
		name      string
		status    int
		mediaType string
		body      string
		code      int
	}{
		{"the grant has ended", 403, "application/problem+json", `{"title":"Not allowed","code":"not-granted"}`, exitDenied},
		{"no such case", 404, "application/problem+json", `{"title":"Not found","code":"case-unknown"}`, exitFailure},
		{"never there", 503, "application/problem+json", `{"title":"Unavailable","code":"unavailable"}`, exitFailure},
		{"not a feed", 200, "text/html", "<html>", exitFailure},
		{"an id that is no sequence", 200, mediaSSE, "id: x\ndata: {}\n\n", exitFailure},
		{"an endless line", 200, mediaSSE, strings.Repeat("x", maxLine+1), exitFailure},
		{"the ledger goes backwards", 200, mediaSSE, backwards.String(), exitBroken},
	} {
		t.Run(row.name, func(t *testing.T) {
			if code, _, errs := ask(t, answering(t, row.status, row.mediaType, row.body), "events", "--follow"); code != row.code {
				t.Errorf("exit code %d, want %d: %s", code, row.code, errs)
			}
		})
	}
}

// TestWhatAnotherConnectionMayMend: a server that is away or busy may come back; what it refuses it
// will refuse again.
func TestWhatAnotherConnectionMayMend(t *testing.T) {
	for _, row := range []struct {
		err  error
		lost bool
	}{
		{io.EOF, true},
		{fmt.Errorf("read: %w", io.ErrUnexpectedEOF), true},
		{errSilent, true},
		{fmt.Errorf("ask: %w", errUnreachable), true},
		{&problem{Status: 503, Code: "unavailable"}, true},
		{&problem{Status: 429, Code: "too-fast"}, true},
		{&problem{Status: 403, Code: "not-granted"}, false},
		{broken("sequence 3 comes after 7"), false},
		{errForeign, false},
	} {
		if isLost(row.err) != row.lost {
			t.Errorf("%v: %t, want %t", row.err, !row.lost, row.lost)
		}
	}
}
