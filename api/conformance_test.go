package api

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// Checks that refuse answer with their code and write nothing; checks that warn write and say so, and the
// answer to a retry says the same.
func TestChecksWhenPosting(t *testing.T) {
	w := newWorld(t)
	at := w.onSite()
	w.later(100 * time.Hour)
	last := w.last()
	late := `{"clause":"5.1.1.1","category":"nonconformity","severity":"minor","statement":"s","effective_at":"2026-11-21T08:00:00Z"}`
	if got := w.post("li", at+"/audits/1/findings", late); got.status != 422 || got.get("policy") != "TIME-02" || got.get("errors.0.pointer") != "/reason" || w.last() != last {
		t.Errorf("%d %s", got.status, got.body)
	}
	w.must("root", "/v1/parameters", `{"parameter":"late_entry_hours","value":"120","reason":"management review"}`)
	first := w.must("li", at+"/audits/1/findings", late, "Idempotency-Key", "once")
	if first.get("warnings.0.code") != "EVID-01" || first.get("warnings.1") != "" {
		t.Errorf("%s", first.body)
	}
	w.must("root", "/v1/parameters", `{"parameter":"late_entry_hours","value":"1","reason":"strict again"}`)
	if again := w.must("li", at+"/audits/1/findings", late, "Idempotency-Key", "once"); again.body != first.body || again.header.Get("Idempotency-Replayed") != "true" {
		t.Errorf("a retry is told %s", again.body)
	}
	// The value that held when it was recorded counts for ever.
	for _, check := range into[list[checkBody]](t, w.read("zhou", at+"/checks")).Items {
		if check.Code == "TIME-02" && check.Outcome != "pass" {
			t.Errorf("%+v", check)
		}
	}
}

// The checks over the ledger are those over each of its cases, whatever was posted or registered since
// they were last asked for, and as of a moment, too. They say up to where they are true.
func TestChecksOverTheLedger(t *testing.T) {
	w := newWorld(t)
	at := w.onSite()
	another := w.open()
	step := func() {
		t.Helper()
		for _, asOf := range []string{"", fmt.Sprintf("as_of=seq:%d", w.last()-1)} {
			all := into[ledgerChecks](t, w.read("zhou", fmt.Sprintf("/v1/checks?min_seq=%d&%s", w.last(), asOf)))
			want := append(into[list[checkBody]](t, w.read("zhou", another+"/checks?"+asOf)).Items,
				into[list[checkBody]](t, w.read("zhou", at+"/checks?"+asOf)).Items...)
			if diff := cmp.Diff(want, all.Items); diff != "" {
				t.Errorf("%s (-of each case +of the ledger):\n%s", asOf, diff)
			}
			if stands := uint64(w.last()); asOf == "" && all.AsOf.Seq != stands || asOf != "" && all.AsOf.Seq != stands-1 {
				t.Errorf("%s: true up to %d of %d", asOf, all.AsOf.Seq, stands)
			}
		}
	}
	w.must("root", "/v1/parameters", `{"parameter":"late_entry_hours","value":"24","reason":"stricter"}`)
	step()
	w.tell(at, whole(t), func() {})
	step()
	w.must("root", "/v1/approvals", `{"fields":["01"],"from":"2020-01-01"}`)
	step()
}

// What the checks said as of a moment they say for ever, whatever the registry learns later.
func TestChecksAsOfAMoment(t *testing.T) {
	w := newWorld(t)
	at := w.onSite()
	w.tell(at, whole(t), func() {})
	then := fmt.Sprintf("%s/checks?as_of=seq:%d", at, w.last())
	before := w.read("zhou", then)
	w.must("root", "/v1/approvals", `{"fields":["01"],"from":"2020-01-01"}`)
	if after := w.read("zhou", then); after.body != before.body {
		t.Errorf("now it says %s", after.body)
	}
	for _, check := range into[list[checkBody]](t, w.read("zhou", at+"/checks")).Items {
		if check.Code == "SCOPE-01" && check.Outcome != "fail" {
			t.Errorf("%+v", check)
		}
	}
}

// A certificate in a field the body is not approved for is refused once an approval is recorded.
func TestScopeOfCertificates(t *testing.T) {
	w := newWorld(t)
	at := w.onSite()
	story := whole(t)
	for i, each := range story {
		if strings.HasSuffix(each.path, "/certificates") {
			story = story[:i]
			break
		}
	}
	w.tell(at, story, func() {})
	w.must("root", "/v1/approvals", `{"fields":["01","03","22"],"from":"2020-01-01"}`)
	last := w.last()
	name, tag := w.seen(at)
	certificate := `{"number":"71223SC0001R0S","valid_from":"2026-11-30","valid_until":"2029-11-29"}`
	if got := w.post("wang", at+"/certificates", certificate, name, tag); got.status != 422 || got.get("policy") != "SCOPE-01" || w.last() != last {
		t.Errorf("%d %s", got.status, got.body)
	}
}

// The same number under two cases is a warning, at the second.
func TestCertificateNumbersAreUnique(t *testing.T) {
	w := newWorld(t)
	var answers []reply
	for range 2 {
		at := w.onSite()
		w.tell(at, whole(t), func() {})
		answers = append(answers, w.read("zhou", at+fmt.Sprintf("/checks?min_seq=%d", w.last())))
	}
	for i, want := range []string{"pass", "warn"} {
		for _, check := range into[list[checkBody]](t, answers[i]).Items {
			if check.Code == "CERT-01" && string(check.Outcome) != want {
				t.Errorf("case %d: %+v", i+1, check)
			}
		}
	}
	if got := w.send(http.MethodGet, "/v1/checks?limit=10", "zhou", ""); got.status != http.StatusOK || !strings.Contains(got.body, "CERT-01") {
		t.Errorf("%d", got.status)
	}
}

// What two organizations share is listed in the later case, by the sequence of the earlier event alone:
// whoever may read the one may not read the other.
func TestCopiesBetweenOrganizations(t *testing.T) {
	w := newWorld(t)
	finding := `{"clause":"5.1.1.1","category":"observation","statement":"25 份维修单中 3 份没有客户签字"}`
	first := w.onSite()
	seq := w.must("li", first+"/audits/1/findings", finding).get("seq")
	second := strings.Replace(opening, "Morning Light", "Evening Light", 1)
	at := "/v1/cases/" + w.must("wang", "/v1/cases", second).get("case")
	w.start(at)
	got := w.must("li", at+"/audits/1/findings", finding)
	if got.get("warnings.0.code") != "" {
		t.Errorf("it warns: %s", got.body)
	}
	for path, want := range map[string]string{first: "pass", at: "warn"} {
		for _, check := range into[list[checkBody]](t, w.read("zhou", path+"/checks")).Items {
			if check.Code != "COPY-01" {
				continue
			}
			if string(check.Outcome) != want || want == "warn" && (!strings.Contains(check.Detail, seq) || strings.Contains(check.Detail, "Morning") || len(check.Events) != 1) {
				t.Errorf("%+v", check)
			}
		}
	}
	before := fmt.Sprintf("%s/checks?as_of=seq:%d", at, w.last()-1)
	for _, check := range into[list[checkBody]](t, w.read("zhou", before)).Items {
		if check.Code == "COPY-01" && check.Outcome != "not_applicable" {
			t.Errorf("before it was said: %+v", check)
		}
	}
}

// An imported certificate has its number like any other.
func TestImportedNumbersAreTaken(t *testing.T) {
	w := newWorld(t)
	if got := w.imports(strings.ReplaceAll(publicCertificates, "71223SC0002R0S", "71223SC0001R0S")); got.status != http.StatusCreated {
		t.Fatalf("%s", got.body)
	}
	at := w.onSite()
	w.tell(at, whole(t), func() {})
	for _, check := range into[list[checkBody]](t, w.read("zhou", at+"/checks")).Items {
		if check.Code == "CERT-01" && check.Outcome != "warn" {
			t.Errorf("%+v", check)
		}
	}
}
