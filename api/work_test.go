package api

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"starledger/projections"
)

// waiting is what waits for somebody, as step and subject, with the entry that bars it.
func (w *world) waiting(actor, query string) string {
	w.Helper()
	var told []string
	for _, row := range listed[workRow](w, actor, "/v1/work?"+query) {
		line := strings.TrimSpace(row.Step + " " + string(row.Subject))
		if row.Barred != nil {
			line += fmt.Sprintf(" barred by %s #%d", row.Barred.Policy, row.Barred.Seq)
		}
		told = append(told, line)
	}
	return strings.Join(told, ", ")
}

// A case waits for one person after the other: nobody else is told, and what waited once is seen as of then.
func TestWork(t *testing.T) {
	w := newWorld(t)
	at := w.open()
	on := at + "/audits/1"
	is := func(want map[string]string) {
		t.Helper()
		for _, actor := range []string{"wang", "li", "zhao", "sun", "qian", "zhou", "wu", "ding"} {
			if got := w.waiting(actor, ""); got != want[actor] {
				t.Errorf("%s: %q waits, want %q", actor, got, want[actor])
			}
		}
	}
	is(map[string]string{"wang": "application-review"})
	w.must("wang", at+"/application-review", `{"outcome":"accepted","reason":"complete"}`)
	is(map[string]string{"wang": "plan"})
	planned := w.last()
	w.must("wang", at+"/audits", `{"kind":"initial","team":[{"actor":"li","role":"lead"},{"actor":"zhao","role":"auditor"}],"starts_on":"2026-11-01","ends_on":"2026-11-02"}`)
	is(map[string]string{"li": "document-review"})
	w.must("li", on+"/document-review", `{"outcome":"accepted","reason":"in order"}`)
	is(map[string]string{"li": "opening"})
	held := fmt.Sprintf(`{"held_at":%q}`, w.now().Format("2006-01-02T15:04:05Z07:00"))
	w.must("li", on+"/opening", held)
	is(map[string]string{"li": "sheet", "zhao": "sheet"})
	// Whoever leaves the team has nothing to do with the sheet any more.
	// Who only observes has no part in it either, and is barred from the decision all the same.
	w.must("wang", on+"/team", `{"add":[{"actor":"qian","role":"observer"}],"remove":["zhao"],"reason":"ill"}`)
	joined := w.last()
	is(map[string]string{"li": "sheet"})
	w.must("li", on+"/findings", `{"clause":"5.2.2.1","category":"nonconformity","severity":"major","statement":"not done"}`)
	w.must("li", on+"/deductions", `{"clause":"5.2.2.1","basis":"qualitative","finding":"F1","reason":"see there"}`)
	w.must("li", at+"/batch", assessments(w, "1", map[string]bool{"5.2.2.1": true}, nil))
	is(map[string]string{"li": "closing"})
	w.must("li", on+"/closing", held)
	is(map[string]string{"wang": "corrections"})
	w.must("wang", on+"/findings/F1/corrections", `{"statement":"trained"}`)
	w.must("li", on+"/findings/F1/verification", `{"outcome":"accepted","reason":"seen"}`)
	is(map[string]string{"li": "report"})
	w.seeing("li", at, "/audits/1/report", `{"recommendation":"grant","summary":"seen"}`)
	is(map[string]string{"sun": "review"})
	w.seeing("sun", at, "/audits/1/review", `{"outcome":"confirmed","reason":"complete"}`)
	barred := fmt.Sprintf("decision barred by SOD-01 #%d", joined)
	is(map[string]string{"qian": barred})
	w.must("wang", at+"/complaints", `{"complainant":"a customer","statement":"late"}`)
	is(map[string]string{"qian": barred, "zhou": "complaint-outcome M1"})
	if got := w.waiting("wang", fmt.Sprintf("as_of=seq:%d", planned)); got != "plan" {
		t.Errorf("as of #%d %q waited", planned, got)
	}
	if a := w.send(http.MethodGet, "/v1/work?axis=effective", "wang", ""); a.status != http.StatusBadRequest {
		t.Errorf("on the effective axis: %d %s", a.status, a.body)
	}
}

// Whoever was in the team is told the check that would refuse, of the review and of the decision.
func TestBarredByWhichCheck(t *testing.T) {
	for duty, want := range map[projections.Duty]string{projections.DutyReviewer: "SOD-02", projections.DutyDecides: "SOD-01"} {
		if got := workOf(&projections.WorkRow{Duty: duty, Barred: 7}).Barred; got == nil || got.Policy != want || got.Seq != 7 {
			t.Errorf("%s is barred by %+v, want %s #7", duty, got, want)
		}
		if got := workOf(&projections.WorkRow{Duty: duty}).Barred; got != nil {
			t.Errorf("%s is barred by %+v", duty, got)
		}
	}
}

// Cases and findings are found by who has to do with them: in the team now, or with a duty.
func TestMember(t *testing.T) {
	w := newWorld(t)
	at := w.onSite()
	w.must("zhao", at+"/audits/1/findings", `{"clause":"5.2.2.1","category":"nonconformity","severity":"minor","statement":"not done"}`)
	w.open() // another case, without a team
	before := w.last()
	w.must("wang", at+"/audits/1/team", `{"remove":["zhao"],"reason":"ill"}`)
	for _, c := range []struct {
		actor, query    string
		cases, findings int
	}{
		{"li", "member=me", 1, 1},
		{"wang", "member=me", 2, 1},
		{"zhou", "member=li", 1, 1},
		{"zhou", "member=me", 0, 0},
		{"zhou", "member=zhao", 0, 0},
		{"zhou", fmt.Sprintf("member=zhao&as_of=seq:%d", before), 1, 1},
		{"zhou", "member=nobody", 0, 0},
		{"ding", "member=wang", 0, 0},
	} {
		cases, findings := len(listed[caseRow](w, c.actor, "/v1/cases?"+c.query)), len(listed[findingRow](w, c.actor, "/v1/findings?"+c.query))
		if cases != c.cases || findings != c.findings {
			t.Errorf("%s, %s: %d cases and %d findings, want %d and %d", c.actor, c.query, cases, findings, c.cases, c.findings)
		}
	}
	for _, path := range []string{"/v1/cases?member=", "/v1/findings?member=-x"} {
		if a := w.send(http.MethodGet, path, "zhou", ""); a.status != http.StatusBadRequest {
			t.Errorf("%s: %d %s", path, a.status, a.body)
		}
	}
}
