package api

import (
	"net/http"
	"strings"
	"testing"
)

// What is refused, with which status, code and pointer; after each of them the ledger is as it was.
func TestRefusals(t *testing.T) {
	w := newWorld(t)
	at := w.onSite()
	none := "/v1/cases/01JD3Z0000000000000000000C"
	finding := `{"clause":"5.3.1.4","category":"observation","statement":"seen"}`
	for _, c := range []struct {
		name, method, path, actor, body string
		headers                         []string
		status                          int
		code, pointer                   string
	}{
		{"nobody", "POST", at + "/audits/1/findings", "", finding, nil, 401, "sign-in-missing", ""},
		{"another scheme of sign-in", "POST", at + "/audits/1/findings", "", finding, []string{"Authorization", "Basic bGk6bGk="}, 401, "sign-in-unknown", ""},
		{"no such address", "GET", "/v1/nothing", "li", "", nil, 404, "route-unknown", ""},
		{"no such address, doubled slash", "GET", "//v1/policies", "li", "", nil, 404, "route-unknown", ""},
		{"wrong method", "PUT", "/v1/cases", "li", "{}", nil, 405, "method-not-allowed", ""},
		{"wrong method of a command", "DELETE", at + "/audits/1/findings", "li", "", nil, 405, "method-not-allowed", ""},
		{"unknown parameter", "POST", at + "/audits/1/findings?dryrun=true", "li", finding, nil, 400, "parameter-unknown", "dryrun"},
		{"parameter twice", "POST", at + "/audits/1/findings?dry_run=true&dry_run=true", "li", finding, nil, 400, "parameter-repeated", "dry_run"},
		{"bad query", "POST", at + "/audits/1/findings?%zz", "li", finding, nil, 400, "query-malformed", ""},
		{"bad dry run", "POST", at + "/audits/1/findings?dry_run=yes", "li", finding, nil, 400, "dry-run-malformed", "dry_run"},
		{"wait", "POST", at + "/audits/1/findings?wait=sealed", "li", finding, nil, 503, "not-sealing", ""},
		{"wait for what", "POST", at + "/audits/1/findings?wait=long", "li", finding, nil, 400, "wait-malformed", "wait"},
		{"wait for nothing", "POST", at + "/audits/1/findings?wait=sealed&dry_run=true", "li", finding, nil, 400, "wait-on-dry-run", "wait"},
		{"no content type", "POST", at + "/audits/1/findings", "li", finding, []string{"Content-Type", ""}, 415, "not-json", ""},
		{"form", "POST", at + "/audits/1/findings", "li", finding, []string{"Content-Type", "application/x-www-form-urlencoded"}, 415, "not-json", ""},
		{"Latin 1", "POST", at + "/audits/1/findings", "li", finding, []string{"Content-Type", "application/json; charset=iso-8859-1"}, 415, "not-json", ""},
		{"compressed", "POST", at + "/audits/1/findings", "li", finding, []string{"Content-Encoding", "gzip"}, 415, "not-json", ""},
		{"too large", "POST", at + "/audits/1/findings", "li", `{"statement":"` + strings.Repeat("x", MaxBody) + `"}`, nil, 413, "body-too-large", ""},
		{"key missing", "POST", at + "/audits/1/findings", "li", finding, []string{"Idempotency-Key", ""}, 400, "idempotency-key-missing", "Idempotency-Key"},
		{"key with a space", "POST", at + "/audits/1/findings", "li", finding, []string{"Idempotency-Key", "a b"}, 400, "idempotency-key-malformed", "Idempotency-Key"},
		{"key too long", "POST", at + "/audits/1/findings", "li", finding, []string{"Idempotency-Key", strings.Repeat("k", 129)}, 400, "idempotency-key-malformed", "Idempotency-Key"},
		{"If-Match unquoted", "POST", at + "/audits/1/findings", "li", finding, []string{"If-Match", "5"}, 400, "if-match-malformed", "If-Match"},
		{"If-Match weak", "POST", at + "/audits/1/findings", "li", finding, []string{"If-Match", `W/"5"`}, 400, "if-match-malformed", "If-Match"},
		{"If-Match star", "POST", at + "/audits/1/findings", "li", finding, []string{"If-Match", "*"}, 400, "if-match-malformed", "If-Match"},
		{"If-Match of the future", "POST", at + "/audits/1/findings", "li", finding, []string{"If-Match", `"99"`}, 412, "if-match-stale", "If-Match"},
		{"empty body", "POST", at + "/audits/1/findings", "li", "", nil, 400, "json-malformed", ""},
		{"not JSON", "POST", at + "/audits/1/findings", "li", `{"clause":`, nil, 400, "json-malformed", "/clause"},
		{"trailing data", "POST", at + "/audits/1/findings", "li", finding + "{}", nil, 400, "json-malformed", ""},
		{"a list", "POST", at + "/audits/1/findings", "li", "[]", nil, 400, "member-invalid", ""},
		{"unknown member", "POST", at + "/audits/1/findings", "li", `{"claws":"x"}`, nil, 400, "member-unknown", "/claws"},
		{"member twice", "POST", at + "/audits/1/findings", "li", `{"clause":"5.1.1.1","clause":"5.1.1.1"}`, nil, 400, "member-repeated", "/clause"},
		{"null", "POST", at + "/audits/1/findings", "li", `{"clause":"5.1.1.1","evidence":[{"name":null}]}`, nil, 400, "null-not-allowed", "/evidence/0/name"},
		{"missing member", "POST", at + "/audits/1/findings", "li", `{"clause":"5.1.1.1"}`, nil, 400, "member-missing", "/category"},
		{"missing inside", "POST", at + "/audits/1/findings", "li", `{"clause":"5.1.1.1","category":"observation","statement":"s","evidence":[{"name":"n","media_type":"a/b"}]}`, nil, 400, "member-missing", "/evidence/0/sha256"},
		{"wrong type", "POST", at + "/audits/1/findings", "li", `{"clause":5}`, nil, 400, "member-invalid", "/clause"},
		{"outside an enumeration", "POST", at + "/audits/1/findings", "li", `{"clause":"5.1.1.1","category":"bad"}`, nil, 400, "member-invalid", "/category"},
		{"fraction of a count", "POST", at + "/audits/1/assessments", "li", `{"clause":"5.1.1.1","result":"conforming","sample":{"size":1.5}}`, nil, 400, "member-invalid", "/sample/size"},
		{"later than now", "POST", at + "/audits/1/findings", "li", `{"clause":"5.1.1.1","category":"observation","statement":"s","effective_at":"2027-01-01T00:00:00Z"}`, nil, 400, "effective-in-future", "/effective_at"},
		{"not a case", "POST", "/v1/cases/li/closure", "li", `{}`, nil, 404, "unknown-case", ""},
		{"the access case", "POST", "/v1/cases/access/closure", "root", `{}`, nil, 404, "unknown-case", ""},
		{"unknown case", "POST", none + "/closure", "wang", `{"reason":"over"}`, nil, 404, "unknown-case", ""},
		{"unknown case, batch", "POST", none + "/batch", "wang", `{"commands":[{"path":"closure","body":{"reason":"over"}}]}`, nil, 404, "unknown-case", ""},
		{"unknown audit", "POST", at + "/audits/2/findings", "li", finding, nil, 404, "unknown-audit", ""},
		{"audit 01", "POST", at + "/audits/01/findings", "li", finding, nil, 404, "unknown-audit", ""},
		{"unknown finding", "POST", at + "/audits/1/findings/F9/corrections", "wang", `{"statement":"mended"}`, nil, 404, "unknown-finding", ""},
		{"no number at all", "POST", at + "/audits/1/findings/nine/corrections", "wang", `{"statement":"mended"}`, nil, 404, "number-unknown", ""},
		{"unknown clause", "POST", at + "/audits/1/findings", "li", `{"clause":"9.9","category":"observation","statement":"s"}`, nil, 422, "unknown-clause", "/clause"},
		{"unknown evidence", "POST", at + "/audits/1/findings", "li", `{"clause":"5.1.1.1","category":"observation","statement":"s","evidence":[{"name":"n","media_type":"a/b","sha256":"sha256:` + strings.Repeat("0", 64) + `"}]}`, nil, 422, "unknown-attachment", "/evidence/0/sha256"},
		{"a case again", "POST", at + "/application-review", "wang", `{"outcome":"accepted","reason":"again"}`, nil, 409, "application-reviewed", ""},
		{"opening with a state", "POST", "/v1/cases", "wang", opening, []string{"If-Match", `"3"`}, 412, "if-match-stale", "If-Match"},
	} {
		t.Run(c.name, func(t *testing.T) {
			before := w.last()
			got := w.send(c.method, c.path, c.actor, c.body, c.headers...)
			if got.status != c.status || got.get("code") != c.code || got.get("errors.0.pointer") != c.pointer {
				t.Errorf("%d %s, want %d %s at %q", got.status, got.body, c.status, c.code, c.pointer)
			}
			wellFormedProblem(t, got)
			if after := w.last(); after != before {
				t.Errorf("%d events were written", after-before)
			}
		})
	}
}

// wellFormedProblem holds what every refusal has.
func wellFormedProblem(t *testing.T, r reply) {
	t.Helper()
	if r.header.Get("Content-Type") != "application/problem+json" || r.get("status") == "" || r.get("title") == "" ||
		r.get("detail") == "" || r.get("detail") == r.get("code") || len(r.get("trace_id")) != 32 || !strings.HasSuffix(r.get("type"), r.get("code")) {
		t.Errorf("not a problem of the contract: %v %s", r.header, r.body)
	}
	for _, leak := range []string{"events.", "decide.", "json:", "Go ", ".go:", "goroutine", "jsontext", "sqlite"} {
		if strings.Contains(r.body, leak) {
			t.Errorf("%q leaks: %s", leak, r.body)
		}
	}
	if r.status == http.StatusUnauthorized && r.header.Get("WWW-Authenticate") == "" {
		t.Error("401 without WWW-Authenticate")
	}
	if r.status == http.StatusMethodNotAllowed && r.header.Get("Allow") == "" {
		t.Error("405 without Allow")
	}
}

// Sign-in, key, If-Match, rules: a request that is wrong in all of them is told the first.
func TestOrderOfJudgement(t *testing.T) {
	w := newWorld(t)
	at := w.onSite()
	path := at + "/audits/1/deletions" // needs If-Match, and the lead
	wrong := `{"clause":"9.9","reason":"r"}`
	if got := w.post("", path, wrong, "Idempotency-Key", ""); got.status != 401 {
		t.Errorf("first the sign-in: %d %s", got.status, got.body)
	}
	if got := w.post("sun", path, wrong, "Idempotency-Key", ""); got.get("code") != "idempotency-key-missing" {
		t.Errorf("then the key: %s", got.body)
	}
	if got := w.post("sun", path, "{", "Idempotency-Key", "k"); got.status != 428 {
		t.Errorf("then If-Match: %s", got.body)
	}
	if got := w.post("sun", path, "{", "Idempotency-Key", "k", "If-Match", `"2"`); got.status != 412 {
		t.Errorf("and that it is not stale: %s", got.body)
	}
	if got := w.post("sun", path, "{", "Idempotency-Key", "k", "If-Match", `"5"`); got.status != 400 {
		t.Errorf("then the body: %s", got.body)
	}
	if got := w.post("sun", path, wrong, "Idempotency-Key", "k", "If-Match", `"5"`); got.status != 403 || got.get("policy") != "team-lead" {
		t.Errorf("then who may: %s", got.body)
	}
	if got := w.post("li", path, wrong, "Idempotency-Key", "k", "If-Match", `"5"`); got.status != 422 {
		t.Errorf("then the rules: %s", got.body)
	}
	right := `{"clause":"5.2.5.5","reason":"no trade"}`
	if got := w.post("li", path, right, "Idempotency-Key", "k", "If-Match", `"5"`); got.status != 201 || got.get("deletion") != "X1" {
		t.Errorf("refusals were remembered: %d %s", got.status, got.body)
	}
	// A key that was used comes before a state that is stale by now, and before a body that differs.
	if got := w.post("li", path, right, "Idempotency-Key", "k", "If-Match", `"1"`); got.status != 201 || got.header.Get("Idempotency-Replayed") != "true" {
		t.Errorf("replay: %d %s", got.status, got.body)
	}
	if got := w.post("li", path, "{", "Idempotency-Key", "k"); got.status != 422 || got.get("code") != "idempotency-key-reused" {
		t.Errorf("reuse: %d %s", got.status, got.body)
	}
}

// Whoever comes too late is shown what was missed, as it is stored.
func TestStaleShowsWhatWasMissed(t *testing.T) {
	w := newWorld(t)
	at := w.onSite()
	got := w.post("li", at+"/audits/1/findings", `{"clause":"5.1.1.1","category":"observation","statement":"s"}`, "If-Match", `"3"`)
	if got.status != 412 || got.get("missed.0.seq") != "4" || got.get("missed.1.event.caseseq") != "5" || got.get("missed.2") != "" ||
		!strings.HasPrefix(got.get("missed.0.digest"), "sha256:") {
		t.Errorf("%d %s", got.status, got.body)
	}
}

func TestLanguages(t *testing.T) {
	w := newWorld(t)
	for accept, want := range map[string]string{
		"": "en", "en": "en", "zh-CN,zh;q=0.9,en;q=0.8": "zh-CN", "en;q=0.3, zh;q=0.7": "zh-CN", "fr": "en", "zh;q=x, en": "en", "zh;q=0": "en",
	} {
		got := w.send("GET", "/v1/nothing", "", "", "Accept-Language", accept)
		if got.header.Get("Content-Language") != want || got.get("code") != "route-unknown" {
			t.Errorf("%q: %s %s", accept, got.header.Get("Content-Language"), got.body)
		}
	}
}

// A refusal of a report says what it found, in words and numbers that people use.
func TestRefusedReportsSayWhy(t *testing.T) {
	w := newWorld(t)
	at := w.onSite()
	w.must("li", at+"/audits/1/closing", `{"held_at":"2026-11-21T15:30:00+08:00"}`)
	name, tag := w.seen(at)
	got := w.post("li", at+"/audits/1/report", `{"recommendation":"grant","summary":"s"}`, name, tag)
	if detail := got.get("detail"); !strings.HasPrefix(detail, "50 clauses are not assessed yet: 5.1.1.1, ") || !strings.HasSuffix(detail, ", ….") {
		t.Errorf("%d %s", got.status, detail)
	}
	var sheet []string
	standard, _ := w.server.shipped.Find("gbt27922-2011", "1")
	for _, clause := range standard.Clauses {
		sheet = append(sheet, `{"path":"audits/1/assessments","body":{"clause":"`+clause.ID+`","result":"conforming"}}`)
	}
	w.must("li", at+"/batch", `{"commands":[`+strings.Join(sheet, ",")+`]}`)
	name, tag = w.seen(at)
	got = w.post("li", at+"/audits/1/report", `{"recommendation":"grant","grade":"four_star","summary":"s"}`, name, tag)
	if got.get("policy") != "SCORE-01" || got.get("detail") != "This is not the recomputed result: 100, grade five_star." {
		t.Errorf("%d %s", got.status, got.body)
	}
}
