package api

import (
	"strings"
	"testing"
)

// V15: under cts-2025 clause 5.3.2.2 is rated 85 and the rest 100, which comes to 98.95; each clause says
// which band its rating falls into.
func TestRatedScore(t *testing.T) {
	w := newWorld(t)
	at := w.must("wang", "/v1/cases", strings.Replace(opening, "gbt27922-2011", "cts-2025", 1)).header.Get("Location")
	w.must("wang", at+"/application-review", `{"outcome":"accepted","reason":"complete"}`)
	w.must("wang", at+"/audits", `{"kind":"initial","team":[{"actor":"li","role":"lead"}],"starts_on":"2026-11-21","ends_on":"2026-11-22"}`)
	w.must("li", at+"/audits/1/document-review", `{"outcome":"accepted","reason":"in order"}`)
	w.must("li", at+"/audits/1/opening", `{"held_at":"2026-11-21T15:00:00+08:00"}`)
	scheme, _ := schemeBook(t).Find("cts-2025", "1")
	var sheet []string
	for _, clause := range scheme.Clauses {
		rating := "100"
		if clause.ID == "5.3.2.2" {
			rating = "85"
		}
		sheet = append(sheet, `{"path":"audits/1/assessments","body":{"clause":"`+clause.ID+`","result":"conforming","rating":"`+rating+`"}}`)
	}
	w.must("li", at+"/batch", `{"commands":[`+strings.Join(sheet, ",")+`]}`)
	score := into[scoreBody](t, w.read("zhou", at+"/audits/1/score?detail=clauses"))
	if score.Final.Value() != "98.95" || score.Final.Fraction() != "1979/20" || score.Grade.ID != "five_star" || score.Provisional {
		t.Errorf("score: %+v", score)
	}
	for _, clause := range score.Clauses {
		if clause.Clause == "5.3.2.2" && (clause.Formula != "7 × 85% = 5.95" || clause.Rating != "85" || clause.Band == nil) {
			t.Errorf("clause: %+v", clause)
		}
	}
	if rates := w.read("zhou", at+"/audits/1").get("assessments.49.rating"); rates != "100" {
		t.Errorf("the last assessment is rated %s", rates)
	}
}
