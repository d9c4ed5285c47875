package api

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"
)

// until moves the clock to nine in the morning of a day in Shanghai.
func (w *world) until(day string) {
	w.Helper()
	morning, err := time.Parse(time.RFC3339, day+"T09:00:00+08:00")
	if err != nil || morning.Before(w.now()) {
		w.Fatalf("it is %s, and cannot become %s", w.now(), day)
	}
	w.micros.Store(morning.UnixMicro())
}

// seeing posts with the state of the case as it is.
func (w *world) seeing(actor, at, path, body string) reply {
	w.Helper()
	name, tag := w.seen(at)
	return w.must(actor, at+path, body, name, tag)
}

// audited brings a new audit from its plan to the confirmed review; lost are clauses with a finding and a
// whole deduction.
func (w *world) audited(at, kind, recommendation string, lost ...string) (audit string) {
	w.Helper()
	day := w.now().In(time.FixedZone("", 8*3600)).Format(time.DateOnly)
	plan := fmt.Sprintf(`{"kind":%q,"team":[{"actor":"li","role":"lead"},{"actor":"zhao","role":"auditor"}],"starts_on":%q,"ends_on":%q}`, kind, day, day)
	audit = w.must("wang", at+"/audits", plan).get("audit")
	w.held(at, audit, recommendation, lost, nil)
	return audit
}

// held brings a planned audit to the confirmed review; clauses are those it covers, nil for all.
func (w *world) held(at, number, recommendation string, lost, clauses []string) {
	w.Helper()
	on := "/audits/" + number
	w.must("li", at+on+"/document-review", `{"outcome":"accepted","reason":"in order"}`)
	held := fmt.Sprintf(`{"held_at":%q}`, w.now().Format(time.RFC3339))
	w.must("li", at+on+"/opening", held)
	nonconforming := map[string]bool{}
	for _, clause := range lost {
		nonconforming[clause] = true
		finding := w.must("zhao", at+on+"/findings", fmt.Sprintf(`{"clause":%q,"category":"nonconformity","severity":"minor","statement":"not done"}`, clause)).get("finding")
		w.must("zhao", at+on+"/deductions", fmt.Sprintf(`{"clause":%q,"basis":"qualitative","finding":%q,"reason":"see there"}`, clause, finding))
	}
	w.must("li", at+"/batch", assessments(w, number, nonconforming, clauses))
	w.must("li", at+on+"/closing", held)
	w.seeing("li", at, on+"/report", fmt.Sprintf(`{"recommendation":%q,"summary":"seen"}`, recommendation))
	w.seeing("sun", at, on+"/review", `{"outcome":"confirmed","reason":"complete"}`)
}

// assessments is a batch that assesses every clause that an audit covers.
func assessments(w *world, audit string, nonconforming map[string]bool, covered []string) string {
	scheme, ok := schemeBook(w).Find("gbt27922-2011", "1")
	if !ok {
		w.Fatal("no scheme")
	}
	var list []string
	for _, clause := range scheme.Clauses {
		if covered != nil && !slices.Contains(covered, clause.ID) {
			continue
		}
		result := "conforming"
		if nonconforming[clause.ID] {
			result = "nonconforming"
		}
		list = append(list, fmt.Sprintf(`{"path":"audits/%s/assessments","body":{"clause":%q,"result":%q}}`, audit, clause.ID, result))
	}
	return `{"commands":[` + strings.Join(list, ",") + `]}`
}

// calendar is what is due, as kind, number or label, last day and state.
func (w *world) calendar(query string) string {
	w.Helper()
	var told []string
	for _, d := range listed[dueBody](w, "zhou", "/v1/calendar?"+query) {
		name := string(d.Kind)
		if d.Number > 0 {
			name += fmt.Sprint(" ", d.Number)
		}
		if d.Label != "" {
			name += " " + string(d.Label)
		}
		told = append(told, fmt.Sprintf("%s %s %s", name, d.DueOn, d.State))
	}
	return strings.Join(told, ", ")
}

// One case over the three years of its certificate, told through the API alone: the initial audit,
// surveillance 1 in time, surveillance 2 overdue and so suspended, restored, a wider scope, a special audit
// at short notice, an appeal, a complaint, and the recertification. The dates are worked by hand.
func TestThreeYears(t *testing.T) {
	w := newWorld(t)
	is := func(want string) {
		t.Helper()
		if got := w.calendar(""); got != want {
			t.Errorf("on %s:\n got %s\nwant %s", w.now().Format(time.DateOnly), got, want)
		}
	}
	w.until("2026-12-28")
	at := w.open()
	is("application_review 2027-01-07 due")
	w.until("2026-12-30")
	w.must("wang", at+"/application-review", `{"outcome":"accepted","reason":"complete"}`)
	w.until("2027-01-11")
	w.audited(at, "initial", "grant", "5.2.2.1")
	w.seeing("qian", at, "/decisions", `{"decision":"grant","audit":1,"reason":"meets"}`)
	w.seeing("wang", at, "/certificates", `{"number":"71227SC0001R0S","valid_from":"2027-01-15","valid_until":"2030-01-14"}`)
	is("surveillance 1 2028-01-11 due, recertification 2030-01-14 due")

	w.until("2027-12-20")
	second := w.audited(at, "surveillance", "maintain", "5.2.2.1", "5.1.1.1")
	w.seeing("qian", at, "/decisions", `{"decision":"maintain","audit":2,"reason":"meets"}`)
	is("surveillance 2 2028-12-20 due, recertification 2030-01-14 due")
	w.compared(at, second)

	w.until("2028-12-20")
	is("surveillance 2 2028-12-20 due, recertification 2030-01-14 due")
	w.until("2028-12-21")
	is("surveillance 2 2028-12-20 overdue, recertification 2030-01-14 due")
	suspended := w.seeing("qian", at, "/decisions", `{"decision":"suspend","reason":"surveillance overdue"}`).get("case_seq")
	is("surveillance 2 2028-12-20 overdue, suspension_end 2029-06-21 due, recertification 2030-01-14 due")

	appeal := w.must("wang", at+"/appeals", fmt.Sprintf(`{"against":%s,"statement":"the audit was agreed for January"}`, suspended))
	if appeal.get("appeal") != "A1" {
		t.Errorf("%s", appeal.body)
	}
	is("surveillance 2 2028-12-20 overdue, appeal A1 2029-02-19 due, suspension_end 2029-06-21 due, recertification 2030-01-14 due")
	name, tag := w.seen(at)
	if got := w.post("qian", at+"/appeals/A1/outcome", `{"outcome":"dismissed","reason":"r"}`, name, tag); got.status != http.StatusForbidden || got.get("code") != "appeal-of-own-decision" {
		t.Errorf("who decided decides on the appeal: %d %s", got.status, got.body)
	}
	w.seeing("zhou", at, "/appeals/A1/outcome", `{"outcome":"dismissed","reason":"nothing was agreed"}`)

	w.until("2029-01-09")
	w.audited(at, "surveillance", "maintain")
	w.seeing("qian", at, "/decisions", `{"decision":"maintain","audit":3,"reason":"meets"}`)
	w.seeing("qian", at, "/decisions", `{"decision":"restore","reason":"surveillance held"}`)
	is("recertification 2030-01-14 due")
	w.seeing("qian", at, "/decisions", `{"decision":"extend_scope","scope":"Appliances and lifts","reason":"applied for"}`)
	for path, member := range map[string]string{at: "certificate.scope", "/v1/register": "items.0.scope", "/v1/cases": "items.0.scope", "/v1/cases?q=lifts": "items.0.scope"} {
		query := "?"
		if strings.Contains(path, "?") {
			query = "&"
		}
		if got := w.read("zhou", path+query+fmt.Sprintf("min_seq=%d", w.last())).get(member); got != "Appliances and lifts" {
			t.Errorf("%s: the scope is %q", path, got)
		}
	}
	if got := w.read("zhou", "/v1/register?as_of=2028-12-31").get("items.0.scope"); got != "Appliances" {
		t.Errorf("the scope was %q", got)
	}

	w.until("2029-05-31")
	w.must("wang", at+"/complaints", `{"complainant":"a customer","statement":"nobody came"}`)
	w.must("wang", at+"/audits", `{"kind":"special","team":[{"actor":"li","role":"lead"}],"starts_on":"2029-06-02","ends_on":"2029-06-02","clauses":["5.3.1.4"]}`)
	w.must("wang", at+"/audits/4/announcement", `{"announced_at":"2029-05-31T08:00:00+08:00"}`)
	if got := w.read("zhou", at+"/audits/4").get("announced.days"); got != "2" {
		t.Errorf("announced %s days before", got)
	}
	is("complaint M1 2029-07-30 due, recertification 2030-01-14 due")
	w.must("zhou", at+"/complaints/M1/outcome", `{"outcome":"substantiated","reason":"an order was lost"}`)

	w.until("2029-06-02")
	w.held(at, "4", "maintain", nil, []string{"5.3.1.4"})
	w.seeing("qian", at, "/decisions", `{"decision":"maintain","audit":4,"reason":"it was one order"}`)
	partial := w.read("zhou", at+"/audits/4/comparison?with=1")
	if partial.get("delta") != "" || partial.get("clauses.0.now") != "" || partial.get("clauses.0.before.points") != "1" {
		t.Errorf("a partial audit compared: %s", partial.body)
	}

	w.until("2029-12-03")
	w.must("wang", at+"/audits", `{"kind":"recertification","team":[{"actor":"li","role":"lead"}],"starts_on":"2030-01-07","ends_on":"2030-01-08"}`)
	is("recertification 2030-01-14 planned")
	w.until("2029-12-10")
	w.held(at, "5", "renew", nil, nil)
	w.seeing("qian", at, "/decisions", `{"decision":"renew","audit":5,"reason":"meets"}`)
	w.seeing("wang", at, "/certificates", `{"number":"71230SC0001R1S","valid_from":"2030-01-15","valid_until":"2033-01-14"}`)
	is("surveillance 1 2030-12-10 due, recertification 2033-01-14 due")
	shown := w.read("zhou", at)
	for member, want := range map[string]string{
		"state": "active", "certificates.0.status": "replaced", "certificates.1.scope": "Appliances and lifts", "appeals.0.outcome.outcome": "dismissed",
		"complaints.0.outcome.outcome": "substantiated", "decisions.4.decision": "restore", "decisions.5.scope": "Appliances and lifts",
	} {
		if got := shown.get(member); got != want {
			t.Errorf("%s is %q, want %q", member, got, want)
		}
	}
	w.seeing("qian", at, "/decisions", `{"decision":"cancel","reason":"no longer wanted"}`)
	w.must("wang", at+"/closure", `{"reason":"ended"}`)
	is("")
	if got := w.calendar("as_of=2028-12-31&from=2029-01-01&to=2029-12-31"); got != "suspension_end 2029-06-21 due" {
		t.Errorf("at the end of 2028, due in 2029: %s", got)
	}
}

// compared holds the comparison of surveillance 1 with the initial audit: 5.2.2.1 lost its 1.5 points in
// both, 5.1.1.1 its one point only now.
func (w *world) compared(at, audit string) {
	w.Helper()
	got := w.read("zhou", at+"/audits/"+audit+"/comparison")
	for member, want := range map[string]string{
		"audit": "2", "with": "1", "before.score.final": "98.5", "now.score.final": "97.5", "delta.value": "-1", "repeated.0": "5.2.2.1", "repeated.1": "", "before.kind": "initial",
		"clauses.0.clause": "5.1.1.1", "clauses.0.repeated": "false", "clauses.0.now.earned.value": "0", "clauses.0.now.findings.0": "F2", "clauses.0.before.result": "conforming", "clauses.0.now.points": "1", "clauses.0.delta.value": "-1",
	} {
		if is := got.get(member); is != want {
			w.Errorf("comparison: %s is %q, want %q", member, is, want)
		}
	}
	if a := w.send(http.MethodGet, at+"/audits/1/comparison", "zhou", ""); a.status != http.StatusNotFound || a.get("code") != "nothing-to-compare" {
		w.Errorf("the first audit: %d %s", a.status, a.body)
	}
	for with, want := range map[string]int{"1": 200, "2": 400, "x": 400, "9": 404} {
		if a := w.send(http.MethodGet, at+"/audits/2/comparison?with="+with, "zhou", ""); a.status != want {
			w.Errorf("with %s: %d %s", with, a.status, a.body)
		}
	}
}

// The calendar asks for days, and shows what the caller may read.
func TestCalendarOfTheCaller(t *testing.T) {
	w := newWorld(t)
	at := w.open()
	id := strings.TrimPrefix(at, "/v1/cases/")
	for actor, want := range map[string]int{"zhou": 1, "chen": 1, "ding": 0, "wu": 0} {
		var page struct{ Items []json.RawMessage }
		a := w.send(http.MethodGet, "/v1/calendar?case="+id+"&min_seq=1", actor, "")
		if err := json.Unmarshal([]byte(a.body), &page); err != nil || len(page.Items) != want {
			t.Errorf("%s sees %s", actor, a.body)
		}
	}
	for query, want := range map[string]int{"from=yesterday": 400, "to=2026-13-01": 400, "case=x": 400, "as_of=seq:1&limit=1": 200, "after=x": 400, "axis=effective": 400} {
		if a := w.send(http.MethodGet, "/v1/calendar?"+query, "zhou", ""); a.status != want {
			t.Errorf("%s: %d %s", query, a.status, a.body)
		}
	}
	due := w.read("zhou", "/v1/calendar?min_seq=1")
	for member, want := range map[string]string{"items.0.rule": "P2", "items.0.parameter": "application_review_days", "items.0.value": "10", "items.0.since": "2026-11-21", "items.0.seq": "1"} {
		if got := due.get(member); got != want {
			t.Errorf("%s is %q, want %q", member, got, want)
		}
	}
}
