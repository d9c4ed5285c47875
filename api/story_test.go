package api

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
)

// An initial certification from the application to the certificate, each step by the person whose
// work it is; then the numbers of the worked example in the contract.
func TestCertification(t *testing.T) {
	w := newWorld(t)
	at := w.onSite()

	finding := w.must("zhao", at+"/audits/1/findings", `{"clause":"5.3.1.4","category":"nonconformity","severity":"minor","statement":"no survey in Q2"}`)
	if finding.get("finding") != "F1" || finding.get("case_seq") != "6" {
		t.Errorf("finding: %s", finding.body)
	}
	deduction := w.must("zhao", at+"/audits/1/deductions", `{"clause":"5.3.1.4","basis":"qualitative","finding":"F1","reason":"see F1"}`)
	for member, want := range map[string]string{
		"seq": "7", "type": "starledger.deduction.applied.v1", "case": strings.TrimPrefix(at, "/v1/cases/"),
		"case_seq": "7", "recorded_at": "2026-11-21T08:00:00.000000Z", "audit": "1", "deduction": "D1", "finding": "",
		"score.final": "95", "score.grade": "five_star", "score.provisional": "true", "warnings": "[]",
	} {
		if got := deduction.get(member); got != want {
			t.Errorf("deduction: %s is %q, want %q", member, got, want)
		}
	}
	if tag := deduction.header.Get("ETag"); tag != `"7"` {
		t.Errorf("ETag %s", tag)
	}

	w.must("li", at+"/audits/1/deductions/D1/revocation", `{"reason":"survey produced"}`, "If-Match", `"7"`)
	again := w.must("li", at+"/audits/1/deductions", `{"clause":"5.3.1.4","basis":"sampled","sample":{"size":25,"nonconforming":18},"reason":"18 of 25"}`)
	if again.get("deduction") != "D2" || again.get("score.final") != "96.4" {
		t.Errorf("deduction by sample: %s", again.body)
	}
	w.must("li", at+"/batch", sheet(t))
	w.must("li", at+"/audits/1/closing", `{"held_at":"2026-11-21T15:30:00+08:00"}`)
	for _, step := range []struct{ actor, path, body string }{
		{"li", "/audits/1/report", `{"recommendation":"grant","grade":"five_star","summary":"sound"}`},
		{"sun", "/audits/1/review", `{"outcome":"confirmed","reason":"complete"}`},
		{"qian", "/decisions", `{"decision":"grant","audit":1,"grade":"five_star","reason":"granted"}`},
		{"wang", "/certificates", `{"number":"71223SC0001R0S","valid_from":"2026-11-22","valid_until":"2029-11-21"}`},
	} {
		name, tag := w.seen(at)
		if refused := w.post(step.actor, at+step.path, step.body); refused.status != http.StatusPreconditionRequired {
			t.Errorf("%s without If-Match: %d %s", step.path, refused.status, refused.body)
		}
		answer := w.must(step.actor, at+step.path, step.body, name, tag)
		if answer.get("score.provisional") != "false" {
			t.Errorf("%s: %s", step.path, answer.body)
		}
	}
}

// sheet is a batch that assesses every clause of the scheme; 5.3.1.4 does not conform.
func sheet(t *testing.T) string {
	scheme, ok := schemeBook(t).Find("gbt27922-2011", "1")
	if !ok {
		t.Fatal("no scheme")
	}
	var list []string
	for _, clause := range scheme.Clauses {
		result := "conforming"
		if clause.ID == "5.3.1.4" {
			result = "nonconforming"
		}
		list = append(list, fmt.Sprintf(`{"path":"audits/1/assessments","body":{"clause":%q,"result":%q}}`, clause.ID, result))
	}
	return `{"commands":[` + strings.Join(list, ",") + `]}`
}
