package api

import (
	"net/http"
	"strings"
	"testing"
)

const ownReport = `{"purposes":["management_review"],"independence":[{"actor":"chen","free":false,"remark":"in charge of the hotline"}],` +
	`"conclusion":"conforms_in_part","strengths":["quick"],"improvements":["more visits"],"summary":"works, with gaps"}`

// A service manager evaluates the own enterprise and ends in a self-assessment report: in its own form, with
// the recomputed result, and without anything to decide or certify.
func TestSelfAssessmentReport(t *testing.T) {
	w := newWorld(t)
	at := w.must("wang", "/v1/cases", strings.Replace(opening, "certification", "internal", 1)).header.Get("Location")
	w.must("chen", at+"/audits", `{"kind":"internal","team":[{"actor":"chen","role":"lead"}],"starts_on":"2026-11-21","ends_on":"2026-11-22"}`)
	w.must("chen", at+"/audits/1/document-review", `{"outcome":"accepted","reason":"complete"}`)
	w.must("chen", at+"/audits/1/opening", `{"held_at":"2026-11-21T15:00:00+08:00"}`)
	w.must("chen", at+"/audits/1/closing", `{"held_at":"2026-11-21T15:30:00+08:00"}`)
	w.must("chen", at+"/batch", strings.Replace(sheet(t), "nonconforming", "conforming", 1))

	report := at + "/audits/1/self-assessment-report"
	if got := w.post("chen", report, ownReport); got.status != http.StatusPreconditionRequired {
		t.Errorf("%d %s", got.status, got.body)
	}
	if got := w.post("wang", report, ownReport, "If-Match", `"5"`); got.status != http.StatusPreconditionFailed && got.status != http.StatusForbidden {
		t.Errorf("a case officer: %d %s", got.status, got.body)
	}
	got := w.seeing("chen", at, "/audits/1/self-assessment-report", ownReport)
	if got.get("type") != "starledger.self_assessment.reported.v1" || got.get("audit") != "1" || got.get("warnings.0.code") != "SELF-01" || got.get("score.final") != "100" {
		t.Errorf("%s", got.body)
	}
	audit := w.read("zhou", at+"/audits/1")
	for member, want := range map[string]string{
		"stage": "reported", "self_assessment.conclusion": "conforms_in_part", "self_assessment.purposes.0": "management_review",
		"self_assessment.independence.0.free": "false", "self_assessment.standing.final.value": "100", "self_assessment.standing.grade": "five_star",
		"self_assessment.strengths.0": "quick", "self_assessment.improvements.0": "more visits", "self_assessment.entry.actor": "chen",
		"report.summary": "works, with gaps", "report.recommendation": "",
	} {
		if got := audit.get(member); got != want {
			t.Errorf("%s is %q, want %q", member, got, want)
		}
	}
	tag := w.read("qian", at).header.Get("ETag")
	if got := w.post("qian", at+"/decisions", `{"decision":"grant","audit":1,"reason":"r"}`, "If-Match", tag); got.status != 422 || got.get("code") != "internal-case" {
		t.Errorf("%d %s", got.status, got.body)
	}
	if got := w.read("zhou", at+"/checks"); !strings.Contains(got.body, "SELF-01") {
		t.Errorf("%s", got.body)
	}
}
