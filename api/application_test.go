package api

import (
	"fmt"
	"net/http"
	"testing"
)

// shot stores a screenshot and returns it as evidence.
func (w *world) shot(text string) string {
	w.Helper()
	digest := w.must("wang", "/v1/attachments", text, "Content-Type", "image/png", "Idempotency-Key", "").get("sha256")
	return fmt.Sprintf(`{"sha256":%q,"media_type":"image/png","name":"shot.png"}`, digest)
}

// An application with its documents, the search for penalties and the contract; the case shows how
// complete it is at any point.
func TestApplicationDocuments(t *testing.T) {
	w := newWorld(t)
	at := w.open()
	if got := w.read("zhou", at).get("documents"); got != "" {
		t.Errorf("before anything was recorded: %s", got)
	}
	file := w.shot("scan")
	w.must("wang", at+"/documents", `{"document":"licence","status":"received","evidence":[`+file+`]}`)
	w.must("wang", at+"/documents", `{"document":"permits","status":"not_applicable","reason":"none is required"}`)
	w.must("wang", at+"/documents", `{"document":"people","status":"missing","reason":"to follow"}`)
	w.must("wang", at+"/penalties", `{"register":"gsxt_penalties","found":true,"statement":"a fine of 2025","evidence":[`+file+`]}`)
	for member, want := range map[string]string{
		"documents.complete": "false", "documents.outstanding.0": "audit_report", "documents.items.0.status": "received", "documents.items.0.name.zh": "营业执照",
		"documents.items.0.evidence.0.name": "shot.png", "documents.items.1.status": "", "documents.items.2.status": "not_applicable", "documents.items.13.entry.reason": "to follow",
		"penalties.0.found": "true", "penalties.0.cleared": "",
	} {
		if got := w.read("zhou", at).get(member); got != want {
			t.Errorf("%s is %q, want %q", member, got, want)
		}
	}
	accept := `{"outcome":"accepted","reason":"complete"}`
	if got := w.post("wang", at+"/application-review", accept); got.status != http.StatusUnprocessableEntity || got.get("code") != "penalty-not-cleared" || got.get("policy") != "P2" {
		t.Errorf("with a penalty: %d %s", got.status, got.body)
	}
	w.must("wang", at+"/penalties/gsxt_penalties/clearance", `{"reason":"paid","evidence":[`+w.shot("receipt")+`]}`)
	accepted := w.must("wang", at+"/application-review", accept)
	if accepted.get("warnings.0.code") != "DOC-01" || accepted.get("warnings.1.code") != "DOC-02" {
		t.Errorf("%s", accepted.body)
	}
	contract := w.must("wang", at+"/contracts", `{"number":"HT-1","signed_on":"2026-11-21","evidence":[`+file+`]}`)
	if contract.get("contract") != "K1" {
		t.Errorf("%s", contract.body)
	}
	for member, want := range map[string]string{"penalties.0.cleared.entry.reason": "paid", "contracts.0.number": "HT-1", "contracts.0.entry.actor": "wang"} {
		if got := w.read("zhou", at).get(member); got != want {
			t.Errorf("%s is %q, want %q", member, got, want)
		}
	}
	for path, want := range map[string]int{"/penalties/elsewhere/clearance": 404, "/penalties/gsxt_abnormal/clearance": 404, "/penalties/gsxt_penalties/clearance": 409} {
		if got := w.post("wang", at+path, `{"reason":"r","evidence":[`+file+`]}`); got.status != want {
			t.Errorf("%s: %d %s", path, got.status, got.body)
		}
	}
	kinds := w.read("wu", "/v1/document-kinds")
	if kinds.get("items.0.document") != "licence" || kinds.get("items.13.source") != "002 5.1 c" || kinds.get("items.2.conditional") != "true" {
		t.Errorf("%s", kinds.body)
	}
}
