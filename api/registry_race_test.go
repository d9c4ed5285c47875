package api

import (
	"net/http"
	"strings"
	"testing"
)

// Two nodes serve one ledger. What one has registered and answered, the other rests its next command on, also
// when it has read the registry before: the version an audit is planned under, and who may decide.
func TestRegistryOfAnotherNodeIsNeverMissed(t *testing.T) {
	alsoDecides := func(w *world, cfg *Config) {
		cfg.Body.ReviewerMayDecide = true
		var err error
		if cfg.Tokens, err = ParseTokens([]byte(strings.Replace(tokensText(), `["reviewer"]`, `["reviewer","decision_maker"]`, 1))); err != nil {
			w.Fatal(err)
		}
	}
	w := newWorld(t)
	other := worldOn(t, w.log, alsoDecides)
	first := other.open()
	other.must("wang", first+"/application-review", `{"outcome":"accepted","reason":"complete"}`)
	other.audited(first, "initial", "grant")
	w.must("root", "/v1/schemes", schemeText("2", inForce("2026-11-21")...))
	second := other.onSite()
	for at, want := range map[string]string{first: "1", second: "2"} {
		if got := other.read("zhou", at+"/audits/1/score"); got.get("scheme.version") != want {
			t.Errorf("%s is planned under version %s, want %s", at, got.get("scheme.version"), want)
		}
	}

	w.must("root", "/v1/parameters", `{"parameter":"reviewer_may_decide","value":"0","reason":"r"}`)
	name, tag := other.seen(first)
	refused := other.post("sun", first+"/decisions", `{"decision":"grant","audit":1,"reason":"meets"}`, name, tag)
	if refused.status != http.StatusForbidden || refused.get("code") != "reviewer-decides" {
		t.Errorf("the reviewer decides: %d %s", refused.status, refused.body)
	}
}
