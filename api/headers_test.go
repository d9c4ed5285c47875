package api

import (
	"net/http"
	"strings"
	"testing"
)

// Everything that was missed is told, up to a page of it.
func TestMissedIsTold(t *testing.T) {
	w := newWorld(t)
	at := w.onSite()
	one := `{"path":"audits/1/findings","body":{"clause":"5.1.1.1","category":"strength","statement":"s"}}`
	w.must("li", at+"/batch", `{"commands":[`+strings.Repeat(one+",", 249)+one+`]}`)
	got := w.post("li", at+"/audits/1/findings", `{"clause":"5.1.1.1","category":"strength","statement":"s"}`, "If-Match", `"5"`)
	if got.status != http.StatusPreconditionFailed || got.get("missed.249.event.caseseq") != "255" || got.get("missed.250") != "" {
		t.Errorf("%d %.300s", got.status, got.body)
	}
}

// What may stand only once in a request is not chosen from two.
func TestHeadersGivenTwice(t *testing.T) {
	w := newWorld(t)
	twice := func(name string, values ...string) *http.Response {
		r, err := http.NewRequest(http.MethodPost, w.http.URL+"/v1/cases?dry_run=true", strings.NewReader(opening))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Authorization", "Bearer "+tokenOf("wang"))
		r.Header.Set("Content-Type", "application/json")
		r.Header[name] = values
		answer, err := w.http.Client().Do(r)
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		return answer
	}
	if got := twice("Authorization", "Bearer "+tokenOf("wang"), "Bearer "+tokenOf("root")); got.StatusCode != http.StatusUnauthorized || got.Header.Get("WWW-Authenticate") == "" {
		t.Errorf("two tokens: %d", got.StatusCode)
	}
	if got := twice("Content-Type", "application/json", "text/plain"); got.StatusCode != http.StatusUnsupportedMediaType {
		t.Errorf("two content types: %d", got.StatusCode)
	}
	if got := twice("Content-Encoding", "identity"); got.StatusCode != http.StatusOK {
		t.Errorf("not compressed: %d", got.StatusCode)
	}
	if got := twice("Content-Encoding", "identity", "gzip"); got.StatusCode != http.StatusUnsupportedMediaType {
		t.Errorf("compressed: %d", got.StatusCode)
	}
}

// HEAD answers with the headers of GET, in the form that was asked for; a feed is not opened for it.
func TestHeadIsLikeGet(t *testing.T) {
	w := newWorld(t)
	w.onSite()
	for path, accept := range map[string]string{"/v1/policies": "application/json", "/v1/events/1": "", "/v1/cases?min_seq=5": "application/json"} {
		get, head := w.send("GET", path, "li", "", "Accept", accept), w.send("HEAD", path, "li", "", "Accept", accept)
		for _, name := range []string{"Content-Type", "Content-Length", "ETag"} {
			if get.header.Get(name) != head.header.Get(name) {
				t.Errorf("%s: %s is %q, with HEAD %q", path, name, get.header.Get(name), head.header.Get(name))
			}
		}
	}
	for _, accept := range []string{"text/event-stream", "application/x-ndjson"} {
		if got := w.send("HEAD", "/v1/events", "li", "", "Accept", accept); got.status != http.StatusOK || got.header.Get("Content-Type") != "application/json" {
			t.Errorf("%s: %d %v", accept, got.status, got.header)
		}
	}
}

// A case that is only imagined has no state to name; before it is opened, who says to have seen nothing of
// it is right.
func TestOpeningHasNoStateBefore(t *testing.T) {
	w := newWorld(t)
	if got := w.post("wang", "/v1/cases?dry_run=true", opening); got.status != http.StatusOK || got.header.Get("ETag") != "" {
		t.Errorf("%d %v", got.status, got.header)
	}
	w.must("wang", "/v1/cases", opening, "If-Match", `"0"`)
	if got := w.post("wang", "/v1/cases", opening, "If-Match", `"1"`); got.status != http.StatusPreconditionFailed {
		t.Errorf("%d %s", got.status, got.body)
	}
}
