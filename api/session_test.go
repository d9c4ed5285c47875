package api

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

// begin signs somebody in and returns the cookie, as a browser would send it.
func (w *world) begin(actor string) string {
	w.Helper()
	got := w.send(http.MethodPost, "/v1/session", "", `{"token":"`+tokenOf(actor)+`"}`, "Content-Type", "application/json")
	set := got.header.Get("Set-Cookie")
	cookie, rest, _ := strings.Cut(set, ";")
	if got.status != http.StatusCreated || got.get("actor") != actor || !strings.Contains(rest, "HttpOnly") || !strings.Contains(rest, "SameSite=Strict") {
		w.Fatalf("sign in as %s: %d %q %s", actor, got.status, set, got.body)
	}
	return cookie
}

func TestSession(t *testing.T) {
	w := newWorld(t)
	zhou := w.begin("zhou")
	asked := func(cookie string, more ...string) reply {
		return w.send(http.MethodGet, "/v1/session", "", "", append([]string{"Cookie", cookie}, more...)...)
	}
	if got := asked(zhou); got.status != http.StatusOK || got.get("actor") != "zhou" || got.get("roles.0") != "quality" {
		t.Errorf("who: %d %s", got.status, got.body)
	}

	name, value, _ := strings.Cut(zhou, "=")
	said, seal, _ := cutLast(value)
	actor, until, _ := strings.Cut(said, ".")
	for what, forged := range map[string]string{
		"no seal":         said,
		"another seal":    said + ".AAAA",
		"another actor":   "cm9vdA." + until + "." + seal,
		"a later end":     actor + ".9999999999." + seal,
		"unknown actor":   "bm9ib2R5." + until + "." + seal,
		"not base64":      "!." + until + "." + seal,
		"no end":          actor + "." + seal,
		"the token":       tokenOf("zhou"),
		"nothing":         "",
		"only separators": "..",
	} {
		if got := asked(name + "=" + forged); got.status != http.StatusUnauthorized || got.get("code") != "session-over" {
			t.Errorf("%s: %d %s", what, got.status, got.body)
		}
	}

	// A token in the header is who calls, whatever the cookie says.
	if got := asked(zhou, "Authorization", "Bearer "+tokenOf("li")); got.get("actor") != "li" {
		t.Errorf("header and cookie: %s", got.body)
	}
	w.micros.Add(sessionLasts.Microseconds() - time.Second.Microseconds())
	if got := asked(zhou); got.status != http.StatusOK {
		t.Errorf("a second before its end: %d", got.status)
	}
	w.micros.Add(time.Second.Microseconds())
	if got := asked(zhou); got.get("code") != "session-over" {
		t.Errorf("at its end: %d %s", got.status, got.body)
	}
}

// The session belongs to the token: who has another one since is signed out.
func TestSessionEndsWithItsToken(t *testing.T) {
	now := time.Date(2026, 11, 21, 8, 0, 0, 0, time.UTC)
	tokens := func(token string) *Tokens {
		list, err := ParseTokens([]byte(`[{"token":"` + token + `","actor":"li","roles":["auditor"]}]`))
		if err != nil {
			t.Fatal(err)
		}
		return list
	}
	cookie := tokens("0123456789abcdef").newSession("li", now.Add(time.Hour))
	if a := tokens("0123456789abcdef").ofSession(cookie, now); a == nil || a.ID != "li" {
		t.Error("it does not outlive a restart")
	}
	if a := tokens("0123456789abcdeX").ofSession(cookie, now); a != nil {
		t.Error("it outlives its token")
	}
}

// What another site has the browser send does nothing.
func TestSessionIsOfThisOrigin(t *testing.T) {
	w := newWorld(t)
	wang := w.begin("wang")
	send := func(headers ...string) reply {
		return w.send(http.MethodPost, "/v1/cases", "", opening, append([]string{
			"Cookie", wang, "Content-Type", "application/json", "Idempotency-Key", "k1"}, headers...)...)
	}
	for what, headers := range map[string][]string{
		"a form elsewhere":   {"Sec-Fetch-Site", "cross-site"},
		"a subdomain":        {"Sec-Fetch-Site", "same-site"},
		"an older browser":   {"Origin", "https://evil.example"},
		"a page from a file": {"Origin", "null"},
	} {
		if got := send(headers...); got.status != http.StatusForbidden || got.get("code") != "cross-origin" {
			t.Errorf("%s: %d %s", what, got.status, got.body)
		}
	}
	if got := w.send(http.MethodPost, "/v1/session", "", `{"token":"`+tokenOf("li")+`"}`, "Content-Type", "application/json", "Sec-Fetch-Site", "cross-site"); got.status != http.StatusForbidden {
		t.Errorf("signed in by another site: %d", got.status)
	}
	if got := send("Sec-Fetch-Site", "same-origin"); got.status != http.StatusCreated {
		t.Errorf("our own page: %d %s", got.status, got.body)
	}
}

func TestFailedSessionsAreCounted(t *testing.T) {
	w := newWorld(t)
	try := func() int {
		return w.send(http.MethodPost, "/v1/session", "", `{"token":"not a token"}`, "Content-Type", "application/json").status
	}
	for range failureBurst {
		if got := try(); got != http.StatusUnauthorized {
			t.Fatalf("%d", got)
		}
	}
	if got := try(); got != http.StatusTooManyRequests {
		t.Errorf("after %d failures: %d", failureBurst, got)
	}
	w.begin("li") // a good token is let in all the same
}

func TestSignOut(t *testing.T) {
	w := newWorld(t)
	got := w.send(http.MethodDelete, "/v1/session", "", "", "Cookie", w.begin("li"))
	if set := got.header.Get("Set-Cookie"); got.status != http.StatusNoContent || !strings.HasPrefix(set, sessionCookie+"=;") || !strings.Contains(set, "1970") {
		t.Errorf("%d %q", got.status, set)
	}
}
