package api

import (
	"net/http"
	"strings"
	"testing"
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
