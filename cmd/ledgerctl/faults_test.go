package main

import (
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"starledger/events"
)

const token = "a-token-nobody-may-see"

// ask runs one command line against a server.
func ask(t *testing.T, server string, args ...string) (code int, out, errs string) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	environment := map[string]string{"LEDGERCTL_SERVER": server, "LEDGERCTL_TOKEN": token, "LANG": "en_US.UTF-8"}
	code = run(t.Context(), args, system{out: &stdout, err: &stderr, getenv: func(name string) string { return environment[name] }})
	if strings.Contains(stdout.String()+stderr.String(), token) {
		t.Errorf("ledgerctl %v shows the token", args)
	}
	return code, stdout.String(), stderr.String()
}

// answering is a server that answers everything alike.
func answering(t *testing.T, status int, mediaType, body string) string {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", mediaType)
		w.WriteHeader(status)
		_, _ = w.Write([]byte(body)) // the client may hang up first: that is part of the test
	}))
	t.Cleanup(server.Close)
	return server.URL
}

// feedOf is events as NDJSON lines.
func feedOf(list []*events.Stored) string {
	var text strings.Builder
	for _, e := range list {
		_, line := lineOf(e.Seq, e.Body)
		text.Write(append(line, '\n'))
	}
	return text.String()
}

// TestBadServers: what a server may do wrong, how it ends, and what is said.
func TestBadServers(t *testing.T) {
	list := story(t, wholeStory()[:4]...)
	feed := feedOf(list)
	lines := strings.SplitAfter(feed, "\n")
	const problemJSON = "application/problem+json"
	replay := []string{"replay", caseA}
	for _, row := range []struct {
		name      string
		status    int
		mediaType string
		body      string
		args      []string
		code      int
		says      string
	}{
		{"a refusal", 403, problemJSON, `{"title":"Not allowed","status":403,"detail":"no grant","code":"not-granted","policy":"SOD-01","trace_id":"abc"}`, replay, exitDenied, "policy:  SOD-01"},
		{"a ledger that found itself damaged", 500, problemJSON, `{"title":"Damaged","code":"integrity-broken"}`, replay, exitBroken, "the ledger is damaged"},
		{"a ledger that was stopped", 503, problemJSON, `{"title":"Stopped","code":"ledger-stopped"}`, replay, exitBroken, "the ledger is damaged"},
		{"a bundle that is not sealed yet", 425, problemJSON, `{"title":"Too early","code":"not-sealed"}`, []string{"bundle", caseA, "-o", "never.zip"}, exitFailure, "wait a little"},
		{"not signed in", 401, problemJSON, `{"title":"Sign in","code":"token-unknown"}`, replay, exitDenied, "LEDGERCTL_TOKEN"},
		{"a conflict", 409, problemJSON, `{"title":"Conflict","code":"c"}`, replay, exitConflict, "has moved"},
		{"a stale history", 412, problemJSON, `{"title":"Stale","code":"c"}`, replay, exitConflict, "has moved"},
		{"a wrong parameter", 400, problemJSON, `{"title":"Bad","code":"c","errors":[{"pointer":"as_of","code":"future","message":"later than now"}]}`, replay, exitFailure, "at:     as_of  future  later than now"},
		{"the page of a proxy", 502, "text/html", "<script>alert(1)</script>", replay, exitFailure, "Bad Gateway (502)"},
		{"a refusal that steers the terminal", 404, problemJSON, `{"title":"No \u001b[31mcase","code":"case-unknown"}`, replay, exitFailure, "No \uFFFD[31mcase (404)"},
		{"another media type", 200, "text/html", "<html>", []string{"cases"}, exitFailure, "not one of a ledger"},
		{"another place", 302, "text/html", "", []string{"cases"}, exitFailure, "points elsewhere"},
		{"not JSON", 200, mediaJSON, "{", []string{"cases"}, exitFailure, "not one of a ledger"},
		{"an endless document", 200, mediaJSON, strings.Repeat(" ", maxDocument+1), []string{"cases"}, exitFailure, "more than"},
		{"an endless line", 200, mediaNDJSON, strings.Repeat("x", maxLine+1), []string{"events"}, exitFailure, "a line has more than"},
		{"more items than asked for", 200, mediaJSON, `{"items":[{},{}]}`, []string{"cases", "--limit", "1"}, exitFailure, "2 items instead of 1"},
		{"a page followed by itself", 200, mediaJSON, `{"items":[],"next":"7"}`, []string{"cases"}, exitFailure, "followed by itself"},
		{"an event changed", 200, mediaNDJSON, strings.Replace(feed, "材料齐全", "材料不全", 1), replay, exitBroken, "have digest"},
		{"an event left out", 200, mediaNDJSON, lines[0] + lines[2], replay, exitBroken, "is event 3 of case"},
		{"events swapped", 200, mediaNDJSON, lines[1] + lines[0], replay, exitBroken, "is event 2 of case"},
		{"an event twice", 200, mediaNDJSON, lines[0] + lines[0], []string{"events"}, exitBroken, "comes after"},
		{"another case", 200, mediaNDJSON, feed, []string{"replay", "01JD3Z0000000000000000000D"}, exitBroken, "belongs to"},
		{"an event type of the future", 200, mediaNDJSON, ofTheFuture(list[0], "case.opened.v1", "case.opened.v9"), replay, exitFailure, "at least as new as the server"},
		{"a member of the future", 200, mediaNDJSON, ofTheFuture(list[0], `"data":{`, `"data":{"hue":"red",`), replay, exitFailure, "at least as new as the server"},
		{"a body that is no event", 200, mediaNDJSON, ofTheFuture(list[0], `"actorid":"wang",`, ``), replay, exitBroken, "cannot be decoded"},
	} {
		t.Run(row.name, func(t *testing.T) {
			code, out, errs := ask(t, answering(t, row.status, row.mediaType, row.body), row.args...)
			if code != row.code || !strings.Contains(errs, row.says) {
				t.Errorf("exit code %d, want %d, saying %q\n%s%s", code, row.code, row.says, out, errs)
			}
		})
	}
}

// ofTheFuture is an event changed in a way that keeps its digest right.
func ofTheFuture(e *events.Stored, old, changed string) string {
	_, line := lineOf(e.Seq, []byte(strings.Replace(string(e.Body), old, changed, 1)))
	return string(line) + "\n"
}

// TestSilentServer: a server that says nothing is given up.
func TestSilentServer(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }))
	defer server.Close()
	code, _, errs := ask(t, server.URL, "cases", "--timeout", "20ms")
	if code != exitFailure || !strings.Contains(errs, "silent") {
		t.Errorf("exit code %d: %s", code, errs)
	}
}

func TestNobodyThere(t *testing.T) {
	server := httptest.NewServer(http.NotFoundHandler())
	server.Close()
	code, _, errs := ask(t, server.URL, "cases")
	if code != exitFailure || !strings.Contains(errs, "check that ledgerd is running") {
		t.Errorf("exit code %d: %s", code, errs)
	}
}

// TestTimelineThatDoesNotAddUp: 95 and a change of −1 do not make 93.
func TestTimelineThatDoesNotAddUp(t *testing.T) {
	list := story(t, wholeStory()[:4]...)
	mux := http.NewServeMux()
	mux.HandleFunc("/v1/cases/"+caseA+"/events", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", mediaNDJSON)
		fmt.Fprint(w, feedOf(list))
	})
	mux.HandleFunc("/v1/cases/"+caseA+"/audits/1/score/timeline", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", mediaJSON)
		fmt.Fprint(w, `{"items":[
			{"seq":5,"final":{"value":"95","fraction":"95/1"},"delta":{"value":"-5","fraction":"-5/1"},"grade":"five_star"},
			{"seq":7,"final":{"value":"93","fraction":"93/1"},"delta":{"value":"-1","fraction":"-1/1"},"grade":null}]}`)
	})
	server := httptest.NewServer(mux)
	defer server.Close()
	if code, _, errs := ask(t, server.URL, "replay", caseA); code != exitBroken {
		t.Errorf("exit code %d: %s", code, errs)
	}
}

func TestPatienceIsLongerThanHeartbeats(t *testing.T) {
	if followPatience < 2*15*time.Second {
		t.Error("a live connection is given up between two heartbeats")
	}
}
