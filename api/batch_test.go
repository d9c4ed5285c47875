package api

import (
	"net/http"
	"strings"
	"testing"
)

// A batch is posted in order; an entry may refer to what an earlier one makes. Every event carries
// the key, its place and the count.
func TestBatch(t *testing.T) {
	w := newWorld(t)
	at := w.onSite()
	got := w.must("li", at+"/batch", `{"commands":[
		{"path":"audits/1/findings","body":{"clause":"5.3.1.4","category":"nonconformity","severity":"minor","statement":"a"}},
		{"path":"audits/1/deductions","body":{"clause":"5.3.1.4","basis":"qualitative","finding":"F1","reason":"b"}},
		{"path":"audits/1/deductions/D1/revocation","body":{"reason":"c"}}]}`, "If-Match", `"5"`, "Idempotency-Key", "sheet")
	for member, want := range map[string]string{
		"items.0.finding": "F1", "items.0.seq": "6", "items.1.deduction": "D1", "items.1.score.final": "95",
		"items.2.score.final": "100", "items.2.case_seq": "8", "items.3": "",
	} {
		if got.get(member) != want {
			t.Errorf("%s is %q, want %q: %s", member, got.get(member), want, got.body)
		}
	}
	if got.header.Get("ETag") != `"8"` {
		t.Errorf("ETag %s", got.header.Get("ETag"))
	}
	for i, e := range w.events(at)[5:] {
		if e.IdempotencyKey != "sheet" || e.BatchIndex != uint64(i) || e.BatchCount != 3 {
			t.Errorf("event %d: key %s, %d of %d", e.Seq, e.IdempotencyKey, e.BatchIndex, e.BatchCount)
		}
	}
}

// A refusal names the command, and nothing of the batch is written.
func TestBatchRefused(t *testing.T) {
	w := newWorld(t)
	at := w.onSite()
	good := `{"path":"audits/1/findings","body":{"clause":"5.1.1.1","category":"observation","statement":"a"}}`
	for name, c := range map[string]struct {
		actor, body           string
		status                int
		code, pointer, policy string
		index                 string
	}{
		"a rule":               {"li", good + `,{"path":"audits/1/deductions","body":{"clause":"9.9","basis":"qualitative","reason":"r"}}`, 422, "unknown-clause", "/commands/1/body/clause", "", "1"},
		"not allowed":          {"zhao", good + `,{"path":"audits/1/bonuses","body":{"reason":"r"}}`, 403, "not-allowed", "", "team-lead", "1"},
		"a duty":               {"li", good + "," + good + `,{"path":"audits/1/review","body":{"outcome":"confirmed","reason":"r"}}`, 428, "if-match-missing", "If-Match", "", ""},
		"unknown path":         {"li", good + `,{"path":"audits/1/scores","body":{}}`, 400, "path-unknown", "/commands/1/path", "", "1"},
		"absolute path":        {"li", `{"path":"/audits/1/findings","body":{}}`, 400, "path-unknown", "/commands/0/path", "", "0"},
		"batch in a batch":     {"li", `{"path":"batch","body":{"commands":[]}}`, 400, "path-unknown", "/commands/0/path", "", "0"},
		"unknown audit":        {"li", `{"path":"audits/2/bonuses","body":{"reason":"r"}}`, 404, "unknown-audit", "", "", "0"},
		"audit 0":              {"li", `{"path":"audits/0/bonuses","body":{"reason":"r"}}`, 404, "unknown-audit", "/commands/0/path", "", "0"},
		"later refers forward": {"li", `{"path":"audits/1/findings/F1/corrections","body":{"statement":"s"}},` + good, 403, "not-allowed", "", "case-officer", "0"},
		"malformed":            {"li", good + `,{"path":"audits/1/findings","body":{"claws":1}}`, 400, "member-unknown", "/commands/1/body/claws", "", "1"},
		"body missing":         {"li", `{"path":"audits/1/findings"}`, 400, "member-missing", "/commands/0/body", "", ""},
		"empty":                {"li", ``, 400, "member-missing", "/commands", "", ""},
		"too many":             {"li", strings.Repeat(good+",", MaxCommands) + good, 400, "too-many-commands", "/commands", "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			before := w.last()
			got := w.post(c.actor, at+"/batch", `{"commands":[`+c.body+`]}`)
			if got.status != c.status || got.get("code") != c.code || got.get("errors.0.pointer") != c.pointer || got.get("policy") != c.policy || got.get("index") != c.index {
				t.Errorf("%d %s", got.status, got.body)
			}
			wellFormedProblem(t, got)
			if w.last() != before {
				t.Error("something was written")
			}
		})
	}
}

// A dry run shows the event and the score before and after, and leaves nothing behind.
func TestDryRun(t *testing.T) {
	w := newWorld(t)
	at := w.onSite()
	before := w.last()
	got := w.post("li", at+"/audits/1/deductions?dry_run=true", `{"clause":"5.3.1.4","basis":"qualitative","reason":"r"}`, "Idempotency-Key", "")
	for member, want := range map[string]string{
		"event.type": "starledger.deduction.applied.v1", "event.data.deduction": "D1", "event.caseseq": "6", "event.idempotencykey": "",
		"before.final": "100", "after.final": "95", "after.grade": "five_star", "warnings.0.code": "EVID-01", "warnings.1": "", "seq": "",
	} {
		if got.get(member) != want {
			t.Errorf("%s is %q, want %q: %s", member, got.get(member), want, got.body)
		}
	}
	if got.status != http.StatusOK || got.header.Get("ETag") != `"5"` {
		t.Errorf("%d, ETag %s", got.status, got.header.Get("ETag"))
	}
	batch := w.post("li", at+"/batch?dry_run=true", `{"commands":[{"path":"audits/1/deductions","body":{"clause":"5.3.1.4","basis":"qualitative","reason":"r"}},{"path":"audits/1/bonuses","body":{"reason":"r"}}]}`)
	if batch.status != http.StatusOK || batch.get("items.0.after.final") != "95" || batch.get("items.1.after.final") != "96" {
		t.Errorf("%d %s", batch.status, batch.body)
	}
	if opened := w.post("wang", "/v1/cases?dry_run=true", opening); opened.status != http.StatusOK || opened.get("event.casesalt") == "" {
		t.Errorf("%d %s", opened.status, opened.body)
	}
	for name, c := range map[string]struct {
		path, body string
		status     int
	}{
		"a rule":   {at + "/audits/1/deductions", `{"clause":"9.9","basis":"qualitative","reason":"r"}`, 422},
		"bad body": {at + "/audits/1/deductions", `{`, 400},
		"no case":  {"/v1/cases/01JD3Z0000000000000000000C/closure", `{"reason":"r"}`, 404},
	} {
		if got := w.post("li", c.path+"?dry_run=true", c.body); got.status != c.status {
			t.Errorf("%s: %d %s", name, got.status, got.body)
		}
	}
	if stale := w.post("li", at+"/audits/1/bonuses?dry_run=true", `{"reason":"r"}`, "If-Match", `"1"`); stale.status != 412 {
		t.Errorf("stale: %d", stale.status)
	}
	if w.last() != before {
		t.Error("a dry run was written")
	}
}

// A what-if imagines the case without some events and with some commands; finished audits too.
func TestWhatIf(t *testing.T) {
	w := newWorld(t)
	at := w.onSite()
	d1 := w.must("li", at+"/audits/1/deductions", `{"clause":"5.3.1.4","basis":"qualitative","reason":"r"}`).get("seq")
	revoked := w.must("li", at+"/audits/1/deductions", `{"clause":"5.2.2.1","basis":"qualitative","reason":"r"}`).get("seq")
	w.must("li", at+"/audits/1/deductions/D2/revocation", `{"reason":"r"}`, "If-Match", `"7"`)
	w.must("li", at+"/batch", sheet(t))
	w.must("li", at+"/audits/1/closing", `{"held_at":"2026-11-21T08:00:00Z"}`)
	name, tag := w.seen(at)
	w.must("li", at+"/audits/1/report", `{"recommendation":"grant","summary":"s"}`, name, tag)
	before := w.last()
	ask := func(body string) reply { return w.post("zhou", at+"/audits/1/score/what-if", body) }
	for name, c := range map[string]struct{ body, final string }{
		"nothing":               {`{}`, "95"},
		"without the deduction": {`{"without":[` + d1 + `]}`, "100"},
		"with another":          {`{"with":[{"path":"audits/1/deductions","body":{"clause":"5.2.2.1","basis":"qualitative","reason":"r"}}]}`, "93.5"},
		"both":                  {`{"without":[` + d1 + `],"with":[{"path":"audits/1/deletions","body":{"clause":"5.1.1.1","reason":"r"}}]}`, "100"},
	} {
		if got := ask(c.body); got.status != 200 || got.get("final.value") != c.final {
			t.Errorf("%s: %d %s", name, got.status, got.body)
		}
	}
	for name, c := range map[string]struct {
		body   string
		status int
		code   string
	}{
		"an event of no case":      {`{"without":[4711]}`, 422, "what-if-unknown-event"},
		"what others refer to":     {`{"without":[` + revoked + `]}`, 422, "what-if-impossible"},
		"without the audit":        {`{"without":[3,4,5]}`, 422, "what-if-impossible"},
		"with what a rule forbids": {`{"with":[{"path":"audits/1/deductions","body":{"clause":"9.9","basis":"qualitative","reason":"r"}}]}`, 422, "unknown-clause"},
		"with no command":          {`{"with":[{"path":"x","body":{}}]}`, 400, "path-unknown"},
		"not JSON":                 {`{"with":`, 400, "json-malformed"},
		"unknown member":           {`{"within":[]}`, 400, "member-unknown"},
	} {
		got := ask(c.body)
		if got.status != c.status || got.get("code") != c.code {
			t.Errorf("%s: %d %s", name, got.status, got.body)
		}
		wellFormedProblem(t, got)
	}
	if got := w.post("zhou", at+"/audits/2/score/what-if", "{}"); got.status != 404 {
		t.Errorf("unknown audit: %d", got.status)
	}
	if w.last() != before {
		t.Error("a what-if was written")
	}
}
