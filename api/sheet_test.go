package api

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"
)

// An enterprise's own evaluation beside the certification audit, clause by clause; who may not read the
// other case is told that there is none. An internal case ends with its report: nothing is decided.
func TestSheetsSideBySide(t *testing.T) {
	w := newWorld(t)
	at := w.onSite()
	w.must("li", at+"/audits/1/deductions", `{"clause":"5.3.1.4","basis":"qualitative","reason":"r"}`)
	w.must("li", at+"/audits/1/assessments", `{"clause":"5.3.1.4","result":"nonconforming"}`)
	w.must("li", at+"/audits/1/assessments", `{"clause":"5.1.1.1","result":"conforming"}`)
	internal := w.must("wang", "/v1/cases", strings.Replace(opening, "certification", "internal", 1)).header.Get("Location")
	w.must("chen", internal+"/audits", `{"kind":"internal","team":[{"actor":"chen","role":"lead"}],"starts_on":"2026-11-21","ends_on":"2026-11-22"}`)
	for _, clause := range []string{"5.3.1.4", "5.1.1.1"} {
		w.must("chen", internal+"/audits/1/assessments", `{"clause":"`+clause+`","result":"conforming"}`)
	}
	w.must("chen", internal+"/audits/1/findings", `{"clause":"5.3.1.4","category":"nonconformity","severity":"minor","statement":"one quarter without a survey"}`)
	id := strings.TrimPrefix(at, "/v1/cases/")
	got := into[list[sheetRow]](t, w.read("chen", internal+"/audits/1/sheet?other="+id+"&other_audit=1"))
	if len(got.Items) != 50 {
		t.Fatalf("%d clauses", len(got.Items))
	}
	for _, row := range got.Items {
		differs := row.Clause == "5.3.1.4"
		if row.Same == differs || differs && (row.A.Result != "conforming" || row.B.Result != "nonconforming" || row.A.Earned.Value() != "5" || row.B.Earned.Value() != "0" || row.Delta.Value() != "5" || row.A.Findings[0] != "F1" || len(row.B.Findings) != 0) {
			t.Errorf("%+v %+v %+v", row, row.A, row.B)
		}
	}
	for query, status := range map[string]int{
		"?other=" + id + "&other_audit=9": http.StatusNotFound, "?other=registry&other_audit=1": http.StatusNotFound,
		"?other=" + id: http.StatusBadRequest, "": http.StatusBadRequest,
	} {
		if got := w.send(http.MethodGet, internal+"/audits/1/sheet"+query, "chen", ""); got.status != status {
			t.Errorf("%s: %d %s", query, got.status, got.body)
		}
	}
	mine := strings.TrimPrefix(internal, "/v1/cases/")
	if got := w.send(http.MethodGet, at+"/audits/1/sheet?other="+mine+"&other_audit=1", "ding", ""); got.status != http.StatusNotFound {
		t.Errorf("a stranger: %d", got.status)
	}
}

// Both audits are shown as they stood at one instant, whichever of them is the other: by sequence, by time, or by
// when it happened.
func TestSheetsAsTheyStood(t *testing.T) {
	w := newWorld(t)
	at := w.onSite()
	opened := w.last()
	w.later(time.Minute)
	internal := w.must("wang", "/v1/cases", strings.Replace(opening, "certification", "internal", 1)).header.Get("Location")
	w.must("chen", internal+"/audits", `{"kind":"internal","team":[{"actor":"chen","role":"lead"}],"starts_on":"2026-11-21","ends_on":"2026-11-22"}`)
	both, then := w.last(), w.now()
	w.later(time.Hour)
	w.must("li", at+"/audits/1/deductions", `{"clause":"5.3.1.4","basis":"qualitative","reason":"r","effective_at":"`+then.Format(time.RFC3339)+`"}`)
	of := func(path string) string { return strings.TrimPrefix(path, "/v1/cases/") }
	earned := func(query string) (string, reply) { // in the certification and in the internal audit, asked from either side
		t.Helper()
		one := w.read("zhou", at+"/audits/1/sheet?other="+of(internal)+"&other_audit=1"+query)
		other := w.read("zhou", internal+"/audits/1/sheet?other="+of(at)+"&other_audit=1"+query)
		var found [2]string
		for i, rows := range [][]sheetRow{into[list[sheetRow]](t, one).Items, into[list[sheetRow]](t, other).Items} {
			for _, row := range rows {
				if row.Clause == "5.3.1.4" {
					sides := [2]string{row.A.Earned.Value(), row.B.Earned.Value()}
					found[i] = sides[i] + " " + sides[1-i]
				}
			}
		}
		if found[0] != found[1] {
			t.Errorf("%s: %q from the one side, %q from the other", query, found[0], found[1])
		}
		return found[0], one
	}
	seq := func(n uint64) string { return fmt.Sprintf("&as_of=seq:%d", n) }
	for query, want := range map[string]string{
		"":                                    "0 5",
		seq(w.last()):                         "0 5",
		seq(both):                             "5 5",
		"&as_of=" + then.Format(time.RFC3339): "5 5",
		"&axis=effective":                     "0 5",
		"&axis=effective&as_of=" + then.Format(time.RFC3339): "0 5", // it had happened, and was not recorded yet
	} {
		got, answer := earned(query)
		if got != want {
			t.Errorf("%s: earned %s, want %s", query, got, want)
		}
		if kept := answer.header.Get("Cache-Control") == immutable; kept != strings.Contains(query, "seq:") {
			t.Errorf("%s: may be kept: %t", query, kept)
		}
	}
	for query, want := range map[string]int{
		seq(opened): http.StatusNotFound, // the other case was not opened yet
		seq(9999):   http.StatusBadRequest, "&as_of=seq:1&axis=effective": http.StatusBadRequest,
		"&as_of=2031-01-01": http.StatusBadRequest, "&as_of=soon": http.StatusBadRequest, "&axis=x": http.StatusBadRequest,
	} {
		if a := w.send(http.MethodGet, at+"/audits/1/sheet?other="+of(internal)+"&other_audit=1"+query, "zhou", ""); a.status != want {
			t.Errorf("%s: %d %s", query, a.status, a.body)
		}
	}
}
