package api

import (
	"fmt"
	"strings"
	"testing"
)

// Under a version whose corrections give points back, an accepted correction does until the report, a
// reopened one no longer; the explanation names the entry, the timeline and the list follow, and a server
// that reads the log anew says the same. Worked by hand: 5.3.1.4 is worth 5 of 100.
func TestCorrectionsGivePointsBack(t *testing.T) {
	w := newWorld(t)
	w.must("root", "/v1/schemes", schemeText("2", append(inForce("2026-11-21"), `"deletions":true`, `"deletions":true,"corrections_restore":true`)...))
	at := w.onSite()
	score := func(on *world) string {
		t.Helper()
		return on.read("zhou", fmt.Sprintf("%s/audits/1/score?min_seq=%d", at, w.last())).get("final.value")
	}
	w.must("li", at+"/audits/1/findings", `{"clause":"5.3.1.4","category":"nonconformity","severity":"minor","statement":"s"}`)
	w.must("li", at+"/audits/1/deductions", `{"clause":"5.3.1.4","basis":"qualitative","finding":"F1","reason":"r"}`)
	w.must("wang", at+"/audits/1/findings/F1/corrections", `{"statement":"surveys are held"}`)
	if got := score(w); got != "95" {
		t.Errorf("submitted: %s", got)
	}
	accepted := w.must("li", at+"/audits/1/findings/F1/verification", `{"outcome":"accepted","reason":"r"}`)
	explained := w.read("zhou", at+"/audits/1/score?detail=clauses")
	if accepted.get("score.final") != "100" || score(w) != "100" || !strings.Contains(explained.body, `"formula":"5 − 5 + 5 = 5"`) {
		t.Errorf("accepted: %s %s", accepted.body, score(w))
	}
	name, tag := w.seen(at)
	w.must("li", at+"/audits/1/findings/F1/reopening", `{"reason":"it did not hold"}`, name, tag)
	timeline := w.read("zhou", at+"/audits/1/score/timeline")
	for i, delta := range []string{"0", "-5", "5", "-5"} {
		if got := timeline.get(fmt.Sprintf("items.%d.delta.value", i)); got != delta {
			t.Errorf("item %d of the timeline: %s, want %s", i, got, delta)
		}
	}
	if again := worldOn(t, w.log); score(w) != "95" || score(again) != "95" {
		t.Errorf("reopened: %s, anew %s", score(w), score(again))
	}
	list := w.read("zhou", fmt.Sprintf("/v1/cases?min_seq=%d", w.last()))
	if !strings.Contains(list.body, `"95"`) || list.get("items.0.open_findings") != "1" {
		t.Errorf("%s", list.body)
	}
}

// Under the shipped version nothing comes back, and the timeline does not speak of it.
func TestCorrectionsGiveNothingBack(t *testing.T) {
	w := newWorld(t)
	at := w.onSite()
	w.must("li", at+"/audits/1/findings", `{"clause":"5.3.1.4","category":"nonconformity","severity":"minor","statement":"s"}`)
	w.must("li", at+"/audits/1/deductions", `{"clause":"5.3.1.4","basis":"qualitative","finding":"F1","reason":"r"}`)
	w.must("wang", at+"/audits/1/findings/F1/corrections", `{"statement":"surveys are held"}`)
	if got := w.must("li", at+"/audits/1/findings/F1/verification", `{"outcome":"accepted","reason":"r"}`); got.get("score.final") != "95" {
		t.Errorf("%s", got.body)
	}
	if timeline := w.read("zhou", at+"/audits/1/score/timeline"); timeline.get("items.1.delta.value") != "-5" || timeline.get("items.2") != "" {
		t.Errorf("%s", timeline.body)
	}
}
