package api

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// Whatever is posted to whatever path, by a caller who may do nearly everything, with whatever
// headers: the answer is never a failure of ours, and what is refused is not written.
func FuzzPost(f *testing.F) {
	for _, seed := range [][4]string{
		{"/v1/cases", opening, "k1", ""},
		{"/audits/1/findings", `{"clause":"5.1.1.1","category":"observation","statement":"s"}`, "k2", `"5"`},
		{"/audits/1/deductions", `{"clause":"5.3.1.4","basis":"sampled","sample":{"size":3,"nonconforming":1},"reason":"r"}`, "k3", ""},
		{"/audits/1/assessments", `{"clause":"5.1.1.1","result":"conforming","rating":"85"}`, "k4", `"x"`},
		{"/audits/1/deletions", `{"clause":"5.1.1.1","reason":"r"}`, "k5", `"5"`},
		{"/audits/1/report", `{"recommendation":"grant","summary":"s","grade":"five_star"}`, "k6", `"5"`},
		{"/audits/1/score/what-if", `{"without":[1,2],"with":[{"path":"audits/1/bonuses","body":{"reason":"r"}}]}`, "", ""},
		{"/batch", `{"commands":[{"path":"audits/1/bonuses","body":{"reason":"r"}}]}`, "k7", ""},
		{"/batch?dry_run=true", `{"commands":[{"path":"audits/1/deletions/5.1.1.1/revocation","body":{"reason":"r"}}]}`, "", ""},
		{"/audits/18446744073709551615/bonuses", `{"reason":null}`, "\x00", `""`},
		{"/decisions", "{\"decision\":\"grant\",\"audit\":1,\"reason\":\"\\ud800\"}", "k8", `"5"`},
	} {
		f.Add(seed[0], seed[1], seed[2], seed[3])
	}
	w := newWorld(f)
	at := w.onSite()
	events := func(t *testing.T) uint64 {
		last, err := w.log.Last(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return last
	}
	f.Fuzz(func(t *testing.T, path, body, key, match string) {
		if !strings.HasPrefix(path, "/v1/") {
			path = at + path
		}
		r, err := http.NewRequest(http.MethodPost, "http://ledger"+path, strings.NewReader(body))
		if err != nil {
			return // net/http would not have let it in
		}
		r.Header = http.Header{"Authorization": {"Bearer " + tokenOf("li")}, "Content-Type": {"application/json"}}
		if key != "" {
			r.Header.Set("Idempotency-Key", key)
		}
		if match != "" {
			r.Header.Set("If-Match", match)
		}
		before := events(t)
		answer := httptest.NewRecorder()
		w.server.ServeHTTP(answer, r)
		if answer.Code >= 500 {
			t.Errorf("%s %q: %d %s", path, body, answer.Code, answer.Body)
		}
		if answer.Code != http.StatusCreated && events(t) != before {
			t.Errorf("%s %q: %d, and something was written", path, body, answer.Code)
		}
	})
}
