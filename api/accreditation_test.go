package api

import (
	"net/http"
	"strings"
	"testing"
)

// An accreditation review through the API: who may open and write it, what it keeps, and that it shows
// nothing of cases that were not granted.
func TestAccreditationReview(t *testing.T) {
	w := newWorld(t)
	granted, hidden := w.open(), w.open()
	id := strings.TrimPrefix(granted, "/v1/cases/")
	w.must("root", "/v1/grants", `{"actor":"wu","cases":["`+id+`"],"until":"2026-12-31"}`)
	const body = `{"organization":{"name":"Body"},"scope":"fields 01 and 03","from":"2026-01-01","until":"2026-11-21"}`
	if got := w.post("wang", "/v1/accreditation-reviews", body); got.status != http.StatusForbidden || got.get("policy") != "accreditation" {
		t.Errorf("a case officer opens a review: %d %s", got.status, got.body)
	}
	opened := w.must("wu", "/v1/accreditation-reviews", body, "Idempotency-Key", "review-1")
	again := w.post("wu", "/v1/accreditation-reviews", body, "Idempotency-Key", "review-1")
	if again.body != opened.body || again.header.Get("Idempotency-Replayed") != "true" {
		t.Errorf("again: %d %s", again.status, again.body)
	}
	at := opened.header.Get("Location")
	early := w.must("wu", "/v1/accreditation-reviews", strings.Replace(body, "2026-11-21", "2026-11-20", 1)).header.Get("Location")
	if got := w.post("wu", early+"/populations", `{}`); got.get("code") != "no-cases-to-list" {
		t.Errorf("before any case: %d %s", got.status, got.body)
	}
	if got := w.must("wu", at+"/populations", `{"subject":"open cases"}`); got.get("case_seq") != "2" {
		t.Errorf("%s", got.body)
	}
	list := w.read("wu", at).get("review.populations.0.digest")
	if got := w.read("wu", "/v1/attachments/"+list+"?case="+strings.TrimPrefix(at, "/v1/cases/")); got.body != id+"\n" {
		t.Errorf("the list is %q, want the granted case alone", got.body)
	}
	if got := w.post("wu", at+"/populations/P1/draws", `{"size":1}`); got.get("code") != "population-unsealed" {
		t.Errorf("drawn before the seal: %d %s", got.status, got.body)
	}
	w.must("wu", at+"/views", `{"case":"`+id+`"}`)
	if got := w.must("wu", at+"/notes", `{"about":"`+id+`","seq":1,"statement":"complete"}`); got.get("note") != "N1" {
		t.Errorf("%s", got.body)
	}
	for member, want := range map[string]string{
		"kind": "accreditation_review", "state": "under_review", "scheme": "", "review.until": "2026-11-21", "review.populations.0.size": "1",
		"review.views.0.as_of": "6", "review.notes.0.about": id, "review.notes.0.seq": "1", "review.notes.0.entry.actor": "wu", "scope": "fields 01 and 03",
	} {
		if got := w.read("wu", at).get(member); got != want {
			t.Errorf("%s is %q, want %q", member, got, want)
		}
	}
	if got := w.read("zhou", "/v1/cases?q=fields&min_seq=5"); got.get("items.0.state") != "under_review" || got.get("items.0.scheme") != "" {
		t.Errorf("%s", got.body)
	}
	elsewhere := strings.TrimPrefix(hidden, "/v1/cases/")
	for name, row := range map[string]struct {
		actor, path, body string
		status            int
		code              string
	}{
		"a view of a hidden case":        {"wu", at + "/views", `{"case":"` + elsewhere + `"}`, 422, "unknown-case"},
		"a note about no case":           {"wu", at + "/notes", `{"about":"01JD3Z0000000000000000000D","statement":"s"}`, 422, "unknown-case"},
		"a note about another's event":   {"wu", at + "/notes", `{"about":"` + id + `","seq":2,"statement":"s"}`, 422, "event-of-other-case"},
		"a note by the body":             {"zhou", at + "/notes", `{"statement":"s"}`, 403, "not-allowed"},
		"an audit of the body":           {"wang", at + "/audits", `{"kind":"initial","team":[{"actor":"li","role":"lead"}],"starts_on":"2026-11-21","ends_on":"2026-11-22"}`, 422, "accreditation-review"},
		"closed by the body":             {"wang", at + "/closure", `{"reason":"r"}`, 403, "not-allowed"},
		"a note in a certification":      {"wu", granted + "/notes", `{"statement":"s"}`, 403, "not-allowed"},
		"a certification as such a case": {"wu", "/v1/cases", strings.Replace(opening, "certification", "accreditation_review", 1), 400, "member-invalid"},
	} {
		if got := w.post(row.actor, row.path, row.body); got.status != row.status || got.get("code") != row.code {
			t.Errorf("%s: %d %s", name, got.status, got.body)
		}
	}
	w.must("wu", at+"/closure", `{"reason":"done"}`)
}
