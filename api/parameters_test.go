package api

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"starledger/events"
)

// A parameter that is refused says what it takes.
func TestRefusedParametersSayWhatTheyTake(t *testing.T) {
	w := newWorld(t)
	at := w.onSite()
	for path, want := range map[string]string{
		"/v1/cases?state=":                      "There is no such state. States: applied, ",
		"/v1/cases?q=":                          "The text searched for has 1 to 100 characters, in UTF-8.",
		"/v1/cases?grade=":                      "Expected: an identifier",
		"/v1/events?type=case.opened":           "Expected: the type of an event, as in starledger.case.opened.v1.",
		"/v1/events?from=2026":                  "Expected: an RFC 3339 time, or a date, as in 2026-11-01.",
		at + "/audits/1/score?detail=":          "detail is clauses, steps, or clauses,steps.",
		at + "/audits/1/score/timeline?axis=up": "axis is recorded or effective.",
	} {
		got := w.send("GET", path, "zhou", "")
		if got.status != http.StatusBadRequest || !strings.Contains(got.get("detail"), want) {
			t.Errorf("%s: %d %s", path, got.status, got.get("detail"))
		}
		wellFormedProblem(t, got)
	}
}

// Every read waits for min_seq, also those that need nothing of the read model.
func TestEveryReadTakesMinSeq(t *testing.T) {
	w := newWorld(t)
	at := w.onSite()
	w.post("li", "/v1/attachments", "x", "Content-Type", "image/png")
	for _, path := range []string{
		"/v1/events/1", "/v1/schemes", "/v1/schemes/gbt27922-2011", "/v1/attachments/" + string(events.DigestOf([]byte("x"))),
		at, at + "/audits/1/score/timeline", "/v1/register", "/v1/checks", "/v1/work",
	} {
		if got := w.send("GET", path+"?min_seq=5", "zhou", ""); got.status != http.StatusOK {
			t.Errorf("%s: %d %s", path, got.status, got.body)
		}
		if got := w.send("GET", path+"?min_seq=x", "zhou", ""); got.status != http.StatusBadRequest || got.get("code") != "min-seq-malformed" {
			t.Errorf("%s: %d %s", path, got.status, got.body)
		}
	}
}

// The timeline follows one axis or the other: the deduction that was recorded last happened first.
func TestTimelineOnTheEffectiveAxis(t *testing.T) {
	w := newWorld(t)
	at := w.must("wang", "/v1/cases", strings.Replace(opening, `"scope"`, `"effective_at":"2026-10-01T00:00:00Z","scope"`, 1)).header.Get("Location")
	w.must("wang", at+"/application-review", `{"outcome":"accepted","reason":"complete","effective_at":"2026-10-02T00:00:00Z"}`)
	w.must("wang", at+"/audits", `{"kind":"initial","team":[{"actor":"li","role":"lead"}],"starts_on":"2026-11-01","ends_on":"2026-11-02","effective_at":"2026-10-03T00:00:00Z"}`)
	w.must("li", at+"/audits/1/deductions", `{"clause":"5.3.1.4","basis":"qualitative","reason":"r","effective_at":"2026-11-12T00:00:00Z"}`)
	w.must("li", at+"/audits/1/deductions", `{"clause":"5.2.2.1","basis":"qualitative","reason":"r","effective_at":"2026-11-11T00:00:00Z"}`)
	for query, want := range map[string]string{
		"":                                 "3:100 4:95 5:93.5",
		"?axis=recorded":                   "3:100 4:95 5:93.5",
		"?axis=effective":                  "3:100 5:98.5 4:93.5",
		"?axis=effective&as_of=2026-11-11": "3:100 5:98.5",
	} {
		got := into[timelineBody](t, w.read("zhou", at+"/audits/1/score/timeline"+query))
		var told []string
		for _, item := range got.Items {
			told = append(told, fmt.Sprintf("%d:%s", item.Seq, item.Final.Value()))
		}
		if strings.Join(told, " ") != want {
			t.Errorf("%s: %s, want %s", query, strings.Join(told, " "), want)
		}
	}
}
