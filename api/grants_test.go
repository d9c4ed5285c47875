package api

import (
	"net/http"
	"strings"
	"testing"
)

// Whoever may not grant learns nothing of the grants, nor how they stand, nor that it is not allowed.
func TestGrantsAreNotToldToOthers(t *testing.T) {
	w := newWorld(t)
	at := w.open()
	w.must("root", "/v1/grants", `{"actor":"wu","cases":["`+strings.TrimPrefix(at, "/v1/cases/")+`"],"until":"2027-11-21"}`)
	for _, actor := range []string{"wu", "ding", "zhou", "wang"} {
		for path, body := range map[string]string{
			"/v1/grants":                            `{"actor":"wu","cases":"all","until":"2027-11-21"}`,
			"/v1/grants/G1/revocation":              `{"reason":"r"}`,
			"/v1/grants/G9/revocation?dry_run=true": `{}`,
		} {
			got := w.post(actor, path, body, "If-Match", `"0"`)
			if got.status != http.StatusForbidden || got.get("policy") != "administrator" || got.get("missed.0.seq") != "" {
				t.Errorf("%s %s: %d %s", actor, path, got.status, got.body)
			}
		}
	}
	got := w.post("root", "/v1/grants", `{"actor":"wu","cases":"all","until":"2027-11-21"}`, "If-Match", `"0"`)
	if got.status != http.StatusPreconditionFailed || got.get("missed.0.seq") != "2" {
		t.Errorf("the administrator: %d %s", got.status, got.body)
	}
}

// What a list shows as of a point is for ever only to who may read everything: a grant shows later what was
// recorded before. The credentials are part of the key under which a cache keeps it.
func TestListsChangeWithGrants(t *testing.T) {
	w := newWorld(t)
	one := strings.TrimPrefix(w.open(), "/v1/cases/")
	lists := []string{"/v1/cases", "/v1/findings", "/v1/register", "/v1/calendar", "/v1/checks", "/v1/analytics", "/v1/events"}
	wantKept := func(actor string, want bool) {
		t.Helper()
		for _, path := range lists {
			got := w.read(actor, path+"?as_of=seq:1").header
			if kept := got.Get("Cache-Control") == immutable; kept != want {
				t.Errorf("%s, %s: %s", actor, path, got.Get("Cache-Control"))
			} else if vary := strings.Join(got.Values("Vary"), ", "); kept && !strings.Contains(vary, "Authorization, Cookie") {
				t.Errorf("%s, %s varies by %s", actor, path, vary)
			}
		}
	}
	wantKept("wu", false)
	wantKept("zhou", true)
	if got := listed[caseRow](w, "wu", "/v1/cases?as_of=seq:1"); len(got) != 0 {
		t.Errorf("before the grant: %v", got)
	}
	w.must("root", "/v1/grants", `{"actor":"wu","cases":["`+one+`"],"until":"2027-11-21"}`)
	if got := listed[caseRow](w, "wu", "/v1/cases?as_of=seq:1"); len(got) != 1 {
		t.Errorf("after it: %v", got)
	}
	wantKept("wu", false)
}

// Whoever revokes says which state of the grants was seen; the list tells it. An assessor sees the own
// grants, and nobody else's.
func TestGrantsAreListed(t *testing.T) {
	w := newWorld(t)
	one := strings.TrimPrefix(w.open(), "/v1/cases/")
	if got := w.read("root", "/v1/grants"); got.get("items.0.grant") != "" || got.header.Get("ETag") != `"0"` {
		t.Errorf("%v %s", got.header, got.body)
	}
	w.must("root", "/v1/grants", `{"actor":"wu","cases":["`+one+`"],"until":"2027-11-21","reason":"review"}`)
	w.must("root", "/v1/grants", `{"actor":"somebody","cases":"all","from":"2026-12-01","until":"2027-11-21"}`)
	if got := w.post("root", "/v1/grants/G1/revocation", `{"reason":"r"}`); got.status != http.StatusPreconditionRequired || got.get("code") != "if-match-missing" {
		t.Errorf("%d %s", got.status, got.body)
	}
	seen := w.read("root", "/v1/grants")
	if seen.get("items.0.cases.0") != one || seen.get("items.0.entry.reason") != "review" || seen.get("items.1.cases") != "all" || seen.get("items.1.from") != "2026-12-01" {
		t.Errorf("%s", seen.body)
	}
	w.must("root", "/v1/grants/G1/revocation", `{"reason":"the review is over"}`, "If-Match", seen.header.Get("ETag"))
	if got := w.post("root", "/v1/grants/G2/revocation", `{"reason":"r"}`, "If-Match", seen.header.Get("ETag")); got.status != http.StatusPreconditionFailed {
		t.Errorf("stale: %d %s", got.status, got.body)
	}
	if got := w.read("wu", "/v1/grants"); got.get("items.0.revoked.reason") != "the review is over" || got.get("items.1.grant") != "" {
		t.Errorf("%s", got.body)
	}
	if got := w.read("chen", "/v1/grants"); got.get("items.0.grant") != "" {
		t.Errorf("%s", got.body)
	}
}

// A grant that names a case that is not there would let nobody read anything, unnoticed.
func TestGrantOfAnUnknownCase(t *testing.T) {
	w := newWorld(t)
	known := strings.TrimPrefix(w.open(), "/v1/cases/")
	got := w.post("root", "/v1/grants", `{"actor":"wu","cases":["`+known+`","01JD3Z0000000000000000000C"],"until":"2027-11-21"}`)
	if got.status != http.StatusUnprocessableEntity || got.get("code") != "unknown-case" || got.get("errors.0.pointer") != "/cases/1" {
		t.Errorf("%d %s", got.status, got.body)
	}
	if last := w.last(); last != 1 {
		t.Errorf("%d events, want 1", last)
	}
}
