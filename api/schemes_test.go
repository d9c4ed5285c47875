package api

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/go-json-experiment/json"

	"starledger/events"
	"starledger/schemas"
	"starledger/scoring"
)

// shippedText is the canonical document of a shipped scheme.
func shippedText(id string) string {
	documents, err := schemas.Schemes()
	if err != nil {
		panic(err)
	}
	for _, document := range documents {
		scheme, err := scoring.ParseScheme(document)
		if err == nil && scheme.ID == id {
			return string(scheme.Canonical())
		}
	}
	panic("there is no scheme " + id)
}

// schemeText is another version of the standard, after replacements: old, new, old, new.
func schemeText(version string, replacements ...string) string {
	text := strings.Replace(shippedText("gbt27922-2011"), `"version":"1"`, `"version":"`+version+`"`, 1)
	for i := 0; i+1 < len(replacements); i += 2 {
		text = strings.Replace(text, replacements[i], replacements[i+1], 1)
	}
	return text
}

func inForce(day string) []string {
	return []string{`"in_force_from":"2012-02-01"`, `"in_force_from":"` + day + `"`}
}

// A version is registered, listed, shown as it was sent, compared, and pinned by what is planned after it.
func TestRegisterScheme(t *testing.T) {
	w := newWorld(t)
	old := w.onSite()
	text := schemeText("2", append(inForce("2026-11-21"), `"operator":">="`, `"operator":">"`)...)
	answer := w.must("root", "/v1/schemes", strings.Replace(text, `{"id"`, `{"reason":"new edition","note":"n","id"`, 1))
	if answer.get("case") != "registry" || answer.get("scheme.version") != "2" || answer.get("scheme.digest") != string(events.DigestOf([]byte(text))) {
		t.Errorf("%s", answer.body)
	}
	if got := w.read("zhou", "/v1/schemes/gbt27922-2011?version=2"); got.body != text {
		t.Errorf("shown as %s", got.body)
	}
	if got := w.read("zhou", "/v1/schemes/gbt27922-2011"); got.get("version") != "2" {
		t.Errorf("in force today is %s", got.get("version"))
	}
	fresh := w.onSite()
	for at, want := range map[string]string{old: "1", fresh: "2"} {
		if got := w.read("zhou", at+"/audits/1/score"); got.get("scheme.version") != want || got.get("special_deductions.limit") == "" {
			t.Errorf("audit of %s: %s", at, got.body)
		}
	}
	diff := w.read("zhou", "/v1/schemes/gbt27922-2011/diff?a=1&b=2", "Accept-Language", "zh")
	if diff.get("items.2.path") != "/special_deductions/limit/operator" || diff.get("items.2.a") != ">=" || diff.get("items.2.b") != ">" ||
		diff.get("items.2.text") != "special_deductions › limit › operator 由 >= 改为 >" || diff.get("items.3") != "" {
		t.Errorf("%s", diff.body)
	}
	// What was planned stays as it was for a server that starts with nothing but the log.
	again := worldOn(t, w.log)
	for at, want := range map[string]string{old: "1", fresh: "2"} {
		if got := again.read("zhou", at+fmt.Sprintf("/audits/1/score?min_seq=%d", w.last())); got.get("scheme.version") != want || got.get("final.value") != "100" {
			t.Errorf("after a restart: %s", got.body)
		}
	}
}

func TestRegisterSchemeRefusals(t *testing.T) {
	w := newWorld(t)
	w.must("root", "/v1/schemes", schemeText("2"))
	last := w.last()
	for _, c := range []struct {
		name, actor, body string
		status            int
		code, pointer     string
	}{
		{"by a case officer", "wang", schemeText("3"), 403, "not-allowed", ""},
		{"a shipped version", "root", schemeText("1"), 409, "scheme-version-exists", "/version"},
		{"a registered version", "root", schemeText("2"), 409, "scheme-version-exists", "/version"},
		{"a draft", "root", strings.Replace(shippedText("completeness"), `"version":"0"`, `"version":"1"`, 1), 422, "scheme-draft", "/clauses/0/points"},
		{"one clause without points", "root", schemeText("3", `"points":"1"`, `"points":null`), 422, "scheme-invalid", "/clauses/0/points"},
		{"points that do not sum", "root", schemeText("3", `"points":"1"`, `"points":"2"`), 422, "scheme-invalid", "/full_marks"},
		{"a float", "root", schemeText("3", `"points":"1"`, `"points":1.0`), 400, "member-invalid", "/clauses/0/points"},
		{"grades out of order", "root", schemeText("3", `"min":"80"`, `"min":"70"`), 422, "scheme-invalid", "/grades/1/min"},
		{"an unknown member", "root", schemeText("3", `"cap"`, `"colour":"red","cap"`), 400, "member-unknown", "/colour"},
		{"a member twice", "root", schemeText("3", `"cap"`, `"id":"x","cap"`), 400, "member-repeated", "/id"},
		{"cut off", "root", schemeText("3")[:100], 400, "json-malformed", ""},
		{"in the future", "root", schemeText("3", `{"id"`, `{"effective_at":"2027-01-01T00:00:00Z","id"`), 400, "effective-in-future", "/effective_at"},
		{"a digest nobody has", "root", schemeText("3", `"minimum"`, `"combination":{"with":{"id":"cts-2025","version":"1","digest":"sha256:`+strings.Repeat("0", 64)+`"},"rule":"lower"},"minimum"`),
			422, "scheme-not-combinable", "/combination/with"},
	} {
		got := w.post(c.actor, "/v1/schemes", c.body)
		if got.status != c.status || got.get("code") != c.code || c.pointer != "" && got.get("errors.0.pointer") != c.pointer {
			t.Errorf("%s: %d %s", c.name, got.status, got.body)
		}
	}
	if got := w.post("root", "/v1/schemes?dry_run=true", schemeText("3")); got.status != http.StatusOK {
		t.Errorf("dry run: %d %s", got.status, got.body)
	}
	if w.last() != last {
		t.Errorf("%d events were written", w.last()-last)
	}
	for path, status := range map[string]int{"?a=1&b=9": 404, "?a=1": 400, "?a=1&b=2": 200} {
		if got := w.send(http.MethodGet, "/v1/schemes/gbt27922-2011/diff"+path, "zhou", ""); got.status != status {
			t.Errorf("diff%s: %d %s", path, got.status, got.body)
		}
	}
}

// A scheme without points says how to register them.
func TestSchemeWithoutPoints(t *testing.T) {
	w := newWorld(t)
	at := w.must("wang", "/v1/cases", strings.Replace(opening, "gbt27922-2011", "completeness", 1)).header.Get("Location")
	w.must("wang", at+"/application-review", `{"outcome":"accepted","reason":"complete"}`)
	got := w.post("wang", at+"/audits", `{"kind":"initial","team":[{"actor":"li","role":"lead"}],"starts_on":"2026-11-21","ends_on":"2026-11-22"}`)
	if got.status != 422 || got.get("code") != "scheme-without-points" || !strings.Contains(got.get("detail"), "POST /v1/schemes") {
		t.Errorf("%d %s", got.status, got.body)
	}
}

// completeness is a registered version with synthetic points, 13 and 87 times 1, that is evaluated beside
// the standard; the lower of the two counts.
func completeness(t *testing.T) string {
	t.Helper()
	var standard, document map[string]any
	for text, into := range map[string]*map[string]any{shippedText("gbt27922-2011"): &standard, shippedText("completeness"): &document} {
		if err := json.Unmarshal([]byte(text), into); err != nil {
			t.Fatal(err)
		}
	}
	document["version"] = "2026"
	for i, clause := range document["clauses"].([]any) {
		clause.(map[string]any)["points"] = "1"
		if i == 0 {
			clause.(map[string]any)["points"] = "13"
		}
	}
	for _, name := range []string{"special_deductions", "bonus", "minimum", "grades"} {
		document[name] = standard[name]
	}
	document["combination"] = map[string]any{"rule": "lower", "with": map[string]any{
		"id": "gbt27922-2011", "version": "1", "digest": string(events.DigestOf([]byte(shippedText("gbt27922-2011")))),
	}}
	text, err := json.Marshal(document, json.Deterministic(true))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// An audit under a combined scheme takes entries about the clauses of both and shows both evaluations.
// Worked by hand: 5 of 100 lost in evaluation 1 is 95, 13 of 100 in evaluation 2 is 87, the lower is 87.
func TestTwoEvaluations(t *testing.T) {
	w := newWorld(t)
	w.must("root", "/v1/schemes", completeness(t))
	at := w.must("wang", "/v1/cases", strings.Replace(opening, "gbt27922-2011", "completeness", 1)).header.Get("Location")
	w.must("wang", at+"/application-review", `{"outcome":"accepted","reason":"complete"}`)
	w.must("wang", at+"/audits", `{"kind":"initial","team":[{"actor":"li","role":"lead"}],"starts_on":"2026-11-21","ends_on":"2026-11-22"}`)
	w.must("li", at+"/audits/1/deductions", `{"clause":"5.3.1.4","basis":"qualitative","reason":"r"}`)
	w.must("li", at+"/audits/1/deductions", `{"clause":"6.2.1.1 a)","basis":"qualitative","reason":"r"}`)
	w.must("li", at+"/audits/1/assessments", `{"clause":"6.2.1.1 b)","result":"conforming"}`)
	got := w.read("zhou", at+"/audits/1/score?detail=clauses,steps")
	for member, want := range map[string]string{
		"final.value": "87", "grade.id": "three_star", "progress.involved": "138", "progress.assessed": "1", "provisional": "true",
		"evaluations.0.scheme.id": "gbt27922-2011", "evaluations.0.final.value": "95", "evaluations.0.grade": "five_star",
		"evaluations.1.scheme.id": "completeness", "evaluations.1.final.value": "87", "evaluations.1.progress.assessed": "1",
		"steps.8.id": "combined", "steps.8.formula": "min(95, 87) = 87",
	} {
		if got.get(member) != want {
			t.Errorf("%s is %q, want %q", member, got.get(member), want)
		}
	}
	if list := w.read("zhou", fmt.Sprintf("/v1/cases?min_seq=%d", w.last())); list.get("items.0.score.final") != "87" && list.get("items.0.score.final.value") != "87" {
		t.Errorf("the list shows %s", list.body)
	}
}

// What an audit would be under another version changes nothing.
func TestWhatIfUnderAnotherVersion(t *testing.T) {
	w := newWorld(t)
	at := w.onSite()
	w.must("root", "/v1/schemes", schemeText("2", `"minimum":"70"`, `"minimum":"65"`))
	w.must("root", "/v1/schemes", schemeText("3", `"5.3.1.4"`, `"5.3.1.9"`))
	w.must("li", at+"/audits/1/deductions", `{"clause":"5.3.1.4","basis":"qualitative","reason":"r"}`)
	last := w.last()
	for body, want := range map[string]string{`{"scheme":"gbt27922-2011@2"}`: "2", `{}`: "1"} {
		got := w.post("zhou", at+"/audits/1/score/what-if", body)
		if got.status != http.StatusOK || got.get("scheme.version") != want || got.get("final.value") != "95" {
			t.Errorf("%s: %d %s", body, got.status, got.body)
		}
	}
	for body, code := range map[string]string{
		`{"scheme":"completeness@0"}`: "scheme-without-points", `{"scheme":"gbt27922-2011@9"}`: "unknown-scheme",
		`{"scheme":"gbt27922-2011@3"}`: "what-if-scheme", // it has no clause 5.3.1.4
	} {
		if got := w.post("zhou", at+"/audits/1/score/what-if", body); got.status != 422 || got.get("code") != code {
			t.Errorf("%s: %d %s", body, got.status, got.body)
		}
	}
	if w.last() != last || w.read("zhou", at+"/audits/1/score").get("scheme.version") != "1" {
		t.Error("the record was changed")
	}
}

// While versions are registered, audits are planned: each is pinned to the version in force when it was
// planned, which is the last one registered before it in the log.
func TestPlanningWhileRegistering(t *testing.T) {
	w := newWorld(t)
	var cases []string
	for range 8 {
		at := w.open()
		w.must("wang", at+"/application-review", `{"outcome":"accepted","reason":"complete"}`)
		cases = append(cases, at)
	}
	var both sync.WaitGroup
	both.Go(func() {
		for i := range len(cases) {
			w.must("root", "/v1/schemes", schemeText(fmt.Sprint(i+2), inForce("2026-11-21")...))
		}
	})
	both.Go(func() {
		for _, at := range cases {
			w.must("wang", at+"/audits", `{"kind":"initial","team":[{"actor":"li","role":"lead"}],"starts_on":"2026-11-21","ends_on":"2026-11-22"}`)
		}
	})
	both.Wait()
	current := events.ID("1")
	for record, err := range w.log.Read(t.Context(), 1, w.last()) {
		if err != nil {
			t.Fatal(err)
		}
		e, err := events.DecodeRecord(record)
		if err != nil {
			t.Fatal(err)
		}
		switch d := e.Data.(type) {
		case events.SchemeRegistered:
			current = d.Scheme.Version
		case events.AuditPlanned:
			if d.Scheme.Version != current {
				t.Errorf("event %d is planned under version %s while %s is in force", e.Seq, d.Scheme.Version, current)
			}
		}
	}
}
