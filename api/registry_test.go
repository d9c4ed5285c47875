package api

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"starledger/events"
)

// What the registry says is listed for the body's staff, and parameters for everybody.
func TestRegistryIsShown(t *testing.T) {
	w := newWorld(t)
	if got := w.must("root", "/v1/approvals", `{"fields":["01","03"],"from":"2026-01-01"}`); got.get("approval") != "A1" || got.get("case") != "registry" {
		t.Errorf("%s", got.body)
	}
	w.must("root", "/v1/approvals/A1/end", `{"until":"2026-12-31","reason":"r"}`, "If-Match", `"1"`)
	w.must("root", "/v1/persons", `{"actor":"li","name":"李"}`)
	w.must("root", "/v1/persons", `{"actor":"li","name":"李明"}`)
	w.must("root", "/v1/qualifications", `{"actor":"li","kind":"lead_auditor","number":"2026-1","from":"2026-01-01"}`)
	w.must("root", "/v1/parameters", `{"parameter":"late_entry_hours","value":"48","reason":"r"}`)
	for path, members := range map[string]map[string]string{
		"/v1/approvals":      {"items.0.approval": "A1", "items.0.until": "2026-12-31", "items.0.ended.reason": "r", "items.1": ""},
		"/v1/persons":        {"items.0.name": "李明", "items.1": ""},
		"/v1/qualifications": {"items.0.qualification": "Q1", "items.0.kind": "lead_auditor"},
		"/v1/parameters":     {"items.4.parameter": "late_entry_hours", "items.4.value": "48", "items.4.default": "72", "items.4.entry.actor": "root", "items.0.entry": ""},
	} {
		got := w.read("zhou", path)
		for member, want := range members {
			if got.get(member) != want {
				t.Errorf("%s: %s is %q, want %q", path, member, got.get(member), want)
			}
		}
	}
	for path, first := range map[string]string{"/v1/approvals": "", "/v1/persons": "", "/v1/qualifications": "", "/v1/parameters": "application_review_days"} {
		if got := w.read("chen", path).get("items.0.parameter"); got != first || first == "" && w.read("chen", path).get("items.0") != "" {
			t.Errorf("a service manager reads %s: %s", path, got)
		}
	}
	if got := w.send(http.MethodGet, "/v1/events/1", "chen", ""); got.status != http.StatusNotFound {
		t.Errorf("a service manager reads an approval: %d", got.status)
	}
}

// What held at a point is shown as of it: before the registry had an event, before the first value and between two.
func TestParametersAsOfAPoint(t *testing.T) {
	w := newWorld(t)
	w.open()
	opened := w.last()
	w.must("root", "/v1/approvals", `{"fields":["01"],"from":"2026-01-01"}`)
	approved := w.last()
	w.must("root", "/v1/parameters", `{"parameter":"late_entry_hours","value":"48","reason":"r"}`)
	set, then := w.last(), w.now()
	w.later(time.Hour)
	w.must("root", "/v1/parameters", `{"parameter":"late_entry_hours","value":"24","reason":"r"}`)
	seq := func(n uint64) string { return fmt.Sprintf("as_of=seq:%d", n) }
	for query, want := range map[string]string{
		"":                                   "24",
		seq(w.last()):                        "24",
		seq(set):                             "48",
		seq(approved):                        "72",
		seq(opened):                          "72",
		"as_of=" + then.Format(time.RFC3339): "48",
		"as_of=2026-01-01":                   "72",
	} {
		got := w.read("chen", "/v1/parameters?"+query)
		if got.get("items.4.parameter") != "late_entry_hours" || got.get("items.4.value") != want || (got.get("items.4.entry") == "") != (want == "72") {
			t.Errorf("%s: %s, want %s", query, got.get("items.4"), want)
		}
		if kept := got.header.Get("Cache-Control") == immutable; kept != strings.Contains(query, "seq:") {
			t.Errorf("%s: may be kept: %t", query, kept)
		}
	}
	for query, code := range map[string]string{
		seq(9999): "as-of-unknown", "as_of=2031-01-01": "as-of-in-future", "as_of=soon": "as-of-malformed", "axis=effective": "parameter-unknown",
	} {
		if got := w.send(http.MethodGet, "/v1/parameters?"+query, "chen", ""); got.status != http.StatusBadRequest || got.get("code") != code {
			t.Errorf("%s: %d %s", query, got.status, got.body)
		}
	}
}

// A population is recorded, sealed and drawn from; a redraw is an entry of its own.
func TestSampling(t *testing.T) {
	w := newWorld(t)
	at := w.onSite()
	sealed := uint64(0)
	w.server.firstCheckpoint = func(_ context.Context, seq uint64) (*events.CheckpointName, error) {
		if seq > sealed {
			return nil, nil
		}
		return &events.CheckpointName{Size: sealed, Root: events.DigestOf([]byte("root"))}, nil
	}
	list := w.send(http.MethodPost, "/v1/attachments", "li", strings.Repeat("order\n", 200), "Content-Type", "text/plain").get("sha256")
	if got := w.post("li", at+"/audits/1/populations", fmt.Sprintf(`{"subject":"orders","digest":%q,"size":201}`, list)); got.status != 422 ||
		got.get("code") != "population-size" || got.get("errors.0.pointer") != "/size" {
		t.Errorf("%d %s", got.status, got.body)
	}
	if got := w.must("li", at+"/audits/1/populations", fmt.Sprintf(`{"subject":"orders","clause":"5.3.1.4","digest":%q,"size":200}`, list)); got.get("population") != "P1" {
		t.Errorf("%s", got.body)
	}
	if got := w.post("li", at+"/audits/1/populations/P1/draws", `{"size":3}`); got.status != 422 || got.get("code") != "population-unsealed" {
		t.Errorf("%d %s", got.status, got.body)
	}
	sealed = w.last() + 7
	first := w.must("li", at+"/audits/1/populations/P1/draws", `{"size":3}`)
	if got := w.post("li", at+"/audits/1/populations/P1/draws", `{"size":3}`); got.status != http.StatusConflict || got.get("code") != "draw-stands" ||
		got.get("entries.0") != first.get("seq") { // it names the draw that stands
		t.Errorf("%d %s", got.status, got.body)
	}
	second := w.must("li", at+"/audits/1/populations/P1/draws", `{"size":3,"redraw":true,"reason":"two orders were cancelled"}`)
	audit := w.read("zhou", at+"/audits/1")
	if first.get("items.2") == "" || audit.get("populations.0.draws.1.draw") != "2" || audit.get("populations.0.draws.1.items.0") != second.get("items.0") ||
		audit.get("populations.0.draws.0.checkpoint.size") != fmt.Sprint(sealed) {
		t.Errorf("%s", audit.body)
	}
}

func TestOutletsAreShown(t *testing.T) {
	w := newWorld(t)
	at := w.onSite()
	w.must("wang", at+"/outlets", `{"name":"浦东网点","kind":"entrusted"}`)
	w.must("zhao", at+"/audits/1/person-days", `{"actor":"zhao","on":"2026-11-21","days":"0.5","outlet":"O1"}`)
	if got := w.read("zhou", at); got.get("outlets.0.kind") != "entrusted" || got.get("outlets.0.outlet") != "O1" {
		t.Errorf("%s", got.body)
	}
	if got := w.read("zhou", at+"/audits/1"); got.get("person_days_on_site.0.days") != "0.5" {
		t.Errorf("%s", got.body)
	}
}
