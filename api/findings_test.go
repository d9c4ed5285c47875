package api

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
)

// findings is what the list of findings says, as number, clause, stage and whether it was found before.
func (w *world) findings(actor, query string) string {
	w.Helper()
	var told []string
	for _, f := range listed[findingRow](w, actor, "/v1/findings?"+query) {
		line := fmt.Sprintf("%d/%s %s %s", f.Audit, f.Finding, f.Clause, f.Stage)
		if f.Repeated {
			line += " again"
		}
		told = append(told, line)
	}
	return strings.Join(told, ", ")
}

// A finding goes its way in the list as it does in the audit; a later audit that finds the same is a repeat.
func TestFindingsAcrossCases(t *testing.T) {
	w := newWorld(t)
	at := w.open()
	is := func(query, want string) {
		t.Helper()
		if got := w.findings("zhou", query); got != want {
			t.Errorf("%s:\n got %s\nwant %s", query, got, want)
		}
	}
	w.must("wang", at+"/application-review", `{"outcome":"accepted","reason":"complete"}`)
	w.until("2027-01-11")
	w.audited(at, "initial", "grant", "5.2.2.1", "5.1.1.1")
	before := w.last()
	is("", "1/F2 5.1.1.1 raised, 1/F1 5.2.2.1 raised")
	w.must("wang", at+"/audits/1/findings/F1/corrections", `{"statement":"trained"}`)
	is("stage=correcting", "1/F1 5.2.2.1 correcting")
	is("stage=raised", "1/F2 5.1.1.1 raised")
	is(fmt.Sprintf("as_of=seq:%d", before), "1/F2 5.1.1.1 raised, 1/F1 5.2.2.1 raised")
	is("clause=5.1.1.1&category=nonconformity", "1/F2 5.1.1.1 raised")
	is("limit=1&after="+fmt.Sprint(before+1), "1/F2 5.1.1.1 raised")
	if got := w.findings("ding", ""); got != "" {
		t.Errorf("another organization sees %s", got)
	}
	for query, want := range map[string]int{"stage=open": 400, "category=fault": 400, "clause=": 400, "case=x": 400, "axis=effective": 400, "after=x": 400} {
		if a := w.send(http.MethodGet, "/v1/findings?"+query, "zhou", ""); a.status != want {
			t.Errorf("%s: %d %s", query, a.status, a.body)
		}
	}
}
