package api

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/go-json-experiment/json"

	"starledger/scoring"
)

// read asks for what has to be there.
func (w *world) read(actor, path string, headers ...string) reply {
	w.Helper()
	answer := w.send(http.MethodGet, path, actor, "", headers...)
	if answer.status != http.StatusOK {
		w.Fatalf("%s reads %s: %d %s", actor, path, answer.status, answer.body)
	}
	return answer
}

// into decodes a body that has to be complete.
func into[T any](t testing.TB, a reply) T {
	t.Helper()
	var v T
	if err := json.Unmarshal([]byte(a.body), &v); err != nil {
		t.Fatalf("%v: %s", err, a.body)
	}
	return v
}

// listed is a list as somebody reads it now.
func listed[T any](w *world, actor, path string) []T {
	w.Helper()
	return into[list[T]](w, w.read(actor, with(path, "min_seq", w.last()))).Items
}

// A step of a story: who posts what, with the If-Match of the case where it is asked for.
type step struct{ actor, path, body string }

// whole is an audit with everything that can be posted to it, up to the certificate.
func whole(t *testing.T) []step {
	return []step{
		{"zhao", "/audits/1/assessments", `{"clause":"5.1.1.1","result":"conforming","method":"documents"}`},
		{"zhao", "/audits/1/findings", `{"clause":"5.3.1.4","category":"nonconformity","severity":"minor","statement":"no survey in Q2"}`},
		{"zhao", "/audits/1/deductions", `{"clause":"5.3.1.4","basis":"qualitative","finding":"F1","reason":"see F1"}`},
		{"li", "/audits/1/deductions/D1/revocation", `{"reason":"survey produced"}`},
		{"zhao", "/audits/1/deductions", `{"clause":"5.3.1.4","basis":"sampled","sample":{"size":25,"nonconforming":18},"finding":"F1","reason":"18 of 25"}`},
		{"li", "/batch", sheet(t)},
		{"li", "/audits/1/deletions", `{"clause":"5.2.4.1","reason":"no installation"}`},
		{"li", "/audits/1/deletions", `{"clause":"5.2.4.2","reason":"no installation"}`},
		{"li", "/audits/1/deletions/X2/revocation", `{"reason":"they do"}`},
		{"zhao", "/audits/1/special-deductions", `{"trigger":"law","finding":"F1","reason":"against the law"}`},
		{"li", "/audits/1/bonuses", `{"reason":"ahead of the trade"}`},
		{"wang", "/audits/1/team", `{"add":[{"actor":"zhou","role":"observer"}],"reason":"training"}`},
		{"li", "/audits/1/closing", `{"held_at":"2026-11-21T15:30:00+08:00"}`},
		{"wang", "/audits/1/findings/F1/corrections", `{"statement":"survey repeated"}`},
		{"zhao", "/audits/1/findings/F1/verification", `{"outcome":"accepted","reason":"seen"}`},
		{"li", "/audits/1/report", `{"recommendation":"grant","summary":"sound"}`},
		{"sun", "/audits/1/review", `{"outcome":"confirmed","reason":"complete"}`},
		{"qian", "/decisions", `{"decision":"grant","audit":1,"reason":"granted"}`},
		{"wang", "/certificates", `{"number":"71223SC0001R0S","valid_from":"2026-11-22","valid_until":"2029-11-21"}`},
	}
}

// tell posts a story and calls seen after every step.
func (w *world) tell(at string, story []step, seen func()) {
	w.Helper()
	for _, s := range story {
		w.later(time.Minute)
		name, tag := w.seen(at)
		w.must(s.actor, at+s.path, s.body, name, tag)
		seen()
	}
}

// What a read answered at some moment is what it answers ever after as of that moment: byte for
// byte, for every moment of a case in which everything happens, with another case in between, on
// a ledger that was served anew.
func TestEveryReadCanBeRepeated(t *testing.T) {
	w := newWorld(t)
	at := w.onSite()
	audit := at + "/audits/1"
	paths := []string{
		at, audit, audit + "/score", audit + "/score?detail=clauses,steps", audit + "/score/timeline",
		at + "/checks", at + "/events", "/v1/cases", "/v1/cases?q=Morning", "/v1/cases?member=li", "/v1/work", "/v1/register", "/v1/checks", "/v1/parameters",
	}
	type moment struct {
		seq  uint64
		path string
	}
	said := map[moment]string{}
	w.tell(at, whole(t), func() {
		seq := w.last()
		for _, path := range paths {
			said[moment{seq, path}] = w.read("zhou", with(path, "min_seq", seq)).body
		}
		w.open()
	})
	for _, again := range []*world{w, worldOn(t, w.log)} {
		again.micros.Store(w.micros.Load())
		for m, want := range said {
			a := again.read("zhou", with(m.path, "as_of", fmt.Sprintf("seq:%d", m.seq)))
			if a.body != want {
				t.Errorf("%s as of %d:\n%s\nit was\n%s", m.path, m.seq, a.body, want)
			}
			if kept := a.header.Get("Cache-Control") == immutable; kept == (m.path == "/v1/work") { // roles come and go
				t.Errorf("%s as of %d: %s", m.path, m.seq, a.header.Get("Cache-Control"))
			}
		}
	}
}

func with(path, name string, value any) string {
	separator := "?"
	if strings.Contains(path, "?") {
		separator = "&"
	}
	return fmt.Sprintf("%s%s%s=%v", path, separator, name, value)
}

// The document of the contract, from vector V8: 5.2.4.* deleted, 5.3.1.4 with 18 of 25, one special.
func TestScoreDocument(t *testing.T) {
	w := newWorld(t)
	at := w.onSite()
	w.must("zhao", at+"/audits/1/findings", `{"clause":"5.3.1.4","category":"nonconformity","severity":"minor","statement":"no survey"}`)
	w.must("zhao", at+"/audits/1/deductions", `{"clause":"5.3.1.4","basis":"sampled","sample":{"size":25,"nonconforming":18},"finding":"F1","reason":"18 of 25"}`)
	w.must("zhao", at+"/audits/1/special-deductions", `{"trigger":"law","finding":"F1","reason":"against the law"}`)
	scheme, _ := schemeBook(t).Find("gbt27922-2011", "1")
	for _, clause := range scheme.Clauses {
		if strings.HasPrefix(clause.ID, "5.2.4.") {
			name, tag := w.seen(at)
			w.must("li", at+"/audits/1/deletions", `{"clause":"`+clause.ID+`","reason":"no installation"}`, name, tag)
			continue
		}
		result := "conforming"
		if clause.ID == "5.3.1.4" {
			result = "nonconforming"
		}
		w.must("zhao", at+"/audits/1/assessments", `{"clause":"`+clause.ID+`","result":"`+result+`"}`)
	}
	a := w.read("zhou", at+"/audits/1/score")
	want := `{"as_of":{"seq":` + fmt.Sprint(w.last()) + `,"recorded_at":"2026-11-21T08:00:00.000000Z"},` +
		`"scheme":{"id":"gbt27922-2011","version":"1","digest":"` + scheme.Digest() + `"},` +
		`"earned":"86.4","involved":"90","score":{"value":"96","fraction":"96/1"},` +
		`"special_deductions":{"count":1,"points":"1","limit":">= 5"},"bonus":{"count":0,"points":"0"},` +
		`"final":{"value":"95","fraction":"95/1"},"uncapped":{"value":"95","fraction":"95/1"},` +
		`"grade":{"id":"five_star","name":{"zh":"五星级","en":"five star"}},` +
		`"passed":true,"reasons":[],"progress":{"assessed":44,"involved":44},"provisional":false}`
	if a.body != want {
		t.Errorf("score\n%s\nwant\n%s", a.body, want)
	}

	body := into[scoreBody](t, w.read("zhou", at+"/audits/1/score?detail=clauses"))
	var earned scoring.Number
	for _, clause := range body.Clauses {
		earned = earned.Add(clause.Earned)
	}
	if earned.Value() != "86.4" || len(body.Clauses) != 50 || body.Steps != nil {
		t.Errorf("%d clauses earn %s", len(body.Clauses), earned.Fraction())
	}
	steps := into[scoreBody](t, w.read("zhou", at+"/audits/1/score?detail=steps")).Steps
	if len(steps) != 9 || steps[2].Formula != "86.4 ÷ 90 × 100 = 96" {
		t.Errorf("steps: %+v", steps)
	}
}

// The timeline starts at the plan, its deltas add up to the final value, and the causes between any
// two of its points add up to their difference, forwards and backwards.
func TestTimelineAndCompareAddUp(t *testing.T) {
	w := newWorld(t)
	at := w.onSite()
	w.tell(at, whole(t), func() {})
	score := into[scoreBody](t, w.read("zhou", at+"/audits/1/score"))
	items := into[timelineBody](t, w.read("zhou", at+"/audits/1/score/timeline")).Items
	if len(items) != 9 { // the plan, three about 5.3.1.4, three about deletions, one special, one bonus
		t.Fatalf("%d items", len(items))
	}
	sum := items[0].Final
	for _, item := range items[1:] {
		if sum = sum.Add(item.Delta); sum.Cmp(item.Final) != 0 {
			t.Errorf("at %d the deltas come to %s, the score is %s", item.Seq, sum.Fraction(), item.Final.Fraction())
		}
	}
	if sum.Cmp(score.Final) != 0 {
		t.Errorf("the timeline ends at %s, the score is %s", sum.Value(), score.Final.Value())
	}
	for i := 0; i < len(items); i += 3 {
		for j := 0; j < len(items); j += 4 {
			path := fmt.Sprintf("%s/audits/1/score/compare?a=seq:%d&b=seq:%d", at, items[i].Seq, items[j].Seq)
			way := into[comparisonBody](t, w.read("zhou", path))
			var causes scoring.Number
			for _, cause := range way.Causes {
				causes = causes.Add(cause.Delta)
			}
			if causes.Cmp(way.Delta) != 0 || way.B.Final.Sub(way.A.Final).Cmp(way.Delta) != 0 || way.A.Final.Cmp(items[i].Final) != 0 {
				t.Errorf("%s: causes %s, delta %s", path, causes.Fraction(), way.Delta.Fraction())
			}
		}
	}
	if a := w.read("zhou", at+"/audits/1/score/compare?a=2026-11-21T08:05:00Z&b=2026-11-21T16:10:00%2B08:00"); a.get("causes.0.type") == "" {
		t.Errorf("compared by time: %s", a.body)
	}
	changes := w.read("zhou", "/v1/changes?type=starledger.deletion.granted.v1")
	if changes.get("items.0.cause.clause") != "5.2.4.1" || changes.get("items.1.cause.clause") != "5.2.4.2" || changes.get("items.2") != "" {
		t.Errorf("changes: %s", changes.body)
	}
}

// An event counts on the effective axis from when it happened, whenever it was recorded.
func TestEffectiveAxis(t *testing.T) {
	w := newWorld(t)
	at := w.onSite()
	w.later(48 * time.Hour)
	w.must("zhao", at+"/audits/1/deductions", `{"clause":"5.3.1.4","basis":"qualitative","reason":"seen late","effective_at":"2026-11-22T08:00:00Z"}`)
	for query, want := range map[string]string{
		"":                  "95",
		"?as_of=2026-11-22": "100", // nothing was recorded yet
		"?as_of=2026-11-22T09:00:00Z&axis=effective": "95",
		"?as_of=2026-11-22T07:59:59Z&axis=effective": "100",
		"?axis=effective": "95",
	} {
		a := w.read("zhou", at+"/audits/1/score"+query)
		if got := a.get("final.value"); got != want {
			t.Errorf("%s: %s, want %s", query, got, want)
		}
		if tag := a.header.Get("ETag"); (tag == `"6"`) != (query != "?as_of=2026-11-22") {
			t.Errorf("%s: ETag %s", query, tag)
		}
	}
	for _, path := range []string{at, at + "/audits/1"} {
		a := w.read("zhou", path+"?as_of=2026-11-22T07:59:59Z&axis=effective")
		if a.get("as_of.axis") != "effective" || a.get("as_of.effective_at") != "2026-11-22T07:59:59.000000Z" || a.get("case_seq") != "6" {
			t.Errorf("%s: %s", path, a.body)
		}
	}
}

// A page ends where its limit says; next leads through the whole list without loss or repetition,
// in the body and in Link.
func TestPages(t *testing.T) {
	w := newWorld(t)
	for range 5 {
		w.open()
	}
	for _, path := range []string{"/v1/cases", "/v1/events", "/v1/checks"} {
		items := func(a reply) string {
			_, text, _ := strings.Cut(a.body, `"items":[`)
			return text[:strings.LastIndex(text, "]")]
		}
		all := w.read("zhou", with(path, "min_seq", w.last()))
		var pages []string
		for next := with(path, "limit", 2); next != ""; {
			a := w.read("zhou", next)
			pages = append(pages, items(a))
			link := a.header.Get("Link")
			if (link == "") != (a.get("next") == "") {
				t.Errorf("%s: next %s, Link %s", next, a.get("next"), link)
			}
			next, _ = strings.CutPrefix(strings.TrimSuffix(link, `>; rel="next"`), "<")
		}
		if got := strings.Join(pages, ","); len(pages) != 3 || got != items(all) {
			t.Errorf("%s in %d pages:\n%s\nwhole:\n%s", path, len(pages), got, all.body)
		}
	}
}

func TestSchemes(t *testing.T) {
	w := newWorld(t)
	listed := w.read("wu", "/v1/schemes")
	for _, scheme := range schemeBook(t).All() {
		path := "/v1/schemes/" + scheme.ID
		for _, query := range []string{"", "?version=" + scheme.Version} {
			a := w.read("wu", path+query)
			if a.body != string(scheme.Canonical()) || a.header.Get("ETag") != `"`+scheme.Digest()+`"` {
				t.Errorf("%s: %s %s", path, a.header.Get("ETag"), clip(a.body))
			}
			for _, tag := range []string{a.header.Get("ETag"), "*", `"x", W/` + a.header.Get("ETag")} {
				if again := w.send(http.MethodGet, path, "wu", "", "If-None-Match", tag); again.status != http.StatusNotModified || again.body != "" {
					t.Errorf("%s with %s: %d", path, tag, again.status)
				}
			}
		}
		if !strings.Contains(listed.body, scheme.Digest()) {
			t.Errorf("%s is not listed", scheme.ID)
		}
	}
	for path, missing := range map[string]string{"none": "none", "gbt27922-2011?version=9": "gbt27922-2011@9"} {
		if a := w.send(http.MethodGet, "/v1/schemes/"+path, "wu", ""); a.status != http.StatusNotFound || a.get("detail") != "There is no scheme "+missing+"." {
			t.Errorf("%s: %d %s", path, a.status, a.body)
		}
	}
}

func TestReadsRefused(t *testing.T) {
	w := newWorld(t)
	at := w.onSite()
	score := at + "/audits/1/score"
	w.server.patience = time.Millisecond
	future := fmt.Sprintf("seq:%d", w.last()+1)
	for _, c := range []struct {
		path   string
		status int
		code   string
	}{
		{at + "?as_of=" + future, 400, "as-of-unknown"},
		{score + "?as_of=2026-11-22", 400, "as-of-in-future"},
		{score + "?as_of=2026-11-21", 400, "as-of-in-future"}, // the day is not over
		{score + "?as_of=yesterday", 400, "as-of-malformed"},
		{score + "?as_of=seq:3&axis=effective", 400, "seq-on-effective-axis"},
		{score + "?axis=real", 400, "axis-unknown"},
		{score + "?as_of=seq:1", 404, "unknown-audit"},
		{score + "?as_of=2020-01-01", 404, "unknown-case"},
		{score + "?detail=all", 400, "detail-unknown"},
		{score + "?detail=steps,steps", 400, "detail-unknown"},
		{score + "?min_seq=0", 400, "min-seq-malformed"},
		{score + "?min_seq=999", 503, "not-caught-up"},
		{score + "?asof=seq:1", 400, "parameter-unknown"},
		{score + "?as_of=seq:1&as_of=seq:2", 400, "parameter-repeated"},
		{score + "/compare?a=seq:1", 400, "parameter-missing"},
		{score + "/compare?a=seq:3&b=soon", 400, "as-of-malformed"},
		{score + "/compare?a=seq:3&b=" + future, 400, "as-of-unknown"},
		{score + "/compare?a=seq:1&b=seq:5", 404, "unknown-audit"},
		{at + "/audits/2/score", 404, "unknown-audit"},
		{at + "/audits/01", 404, "unknown-audit"},
		{"/v1/cases/01M7YHX30001DTPBDFSYPXF88E", 404, "unknown-case"},
		{"/v1/cases/registry", 404, "unknown-case"},
		{"/v1/cases?limit=0", 400, "limit-out-of-range"},
		{"/v1/cases?limit=1001", 400, "limit-out-of-range"},
		{"/v1/cases?after=x", 400, "after-malformed"},
		{"/v1/cases?q=", 400, "search-malformed"},
		{"/v1/cases?q=%ff", 400, "search-malformed"},
		{"/v1/cases?state=happy", 400, "state-unknown"},
		{"/v1/cases?grade=a/b", 400, "parameter-malformed"},
		{"/v1/cases?axis=effective", 400, "parameter-unknown"},
		{"/v1/checks?as_of=seq:999", 400, "as-of-unknown"},
		{"/v1/register?axis=effective&as_of=seq:1", 400, "seq-on-effective-axis"},
		{"/v1/changes?axis=effective", 400, "parameter-unknown"},
		{"/v1/events?axis=effective", 400, "parameter-unknown"},
		{"/v1/changes?type=deduction", 400, "parameter-malformed"},
		{"/v1/changes?from=soon", 400, "parameter-malformed"},
		{"/v1/register?as_of=2030-01-01", 400, "as-of-in-future"},
		{"/v1/events/0", 404, "unknown-event"},
		{"/v1/events/999", 404, "unknown-event"},
		{"/v1/events/x", 404, "unknown-event"},
	} {
		a := w.send(http.MethodGet, c.path, "zhou", "")
		if a.status != c.status || a.get("code") != c.code {
			t.Errorf("%s: %d %s, want %d %s", c.path, a.status, a.body, c.status, c.code)
		}
		if a.status == http.StatusServiceUnavailable && a.header.Get("Retry-After") == "" {
			t.Errorf("%s: no Retry-After", c.path)
		}
		if a.header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s: a refusal is kept: %s", c.path, a.header.Get("Cache-Control"))
		}
	}
}

// Lists and feeds show exactly the cases that the caller may read; the others are not there.
func TestReadersSeeTheirCasesOnly(t *testing.T) {
	w := newWorld(t)
	mine := w.onSite()
	w.must("zhao", mine+"/audits/1/deductions", `{"clause":"5.3.1.4","basis":"qualitative","reason":"seen"}`)
	other := w.must("wang", "/v1/cases", strings.Replace(opening, "Morning Light", "Evening Star", 1)).header.Get("Location")
	w.must("root", "/v1/grants", `{"actor":"wu","cases":["`+strings.TrimPrefix(mine, "/v1/cases/")+`"],"until":"2026-12-31"}`)
	seq := w.last()
	for reader, want := range map[string][]string{"zhou": {mine, other}, "wu": {mine}, "chen": {mine}, "ding": {other}} {
		for _, at := range []string{mine, other} {
			id, may := strings.TrimPrefix(at, "/v1/cases/"), slices.Contains(want, at)
			for _, path := range []string{"/v1/cases", "/v1/events", "/v1/checks"} {
				if a := w.read(reader, with(path, "min_seq", seq)); strings.Contains(a.body, id) != may {
					t.Errorf("%s in %s for %s: %s", id, path, reader, clip(a.body))
				}
			}
			for _, path := range []string{at, at + "/events", at + "/checks"} {
				if a := w.send(http.MethodGet, path, reader, ""); (a.status == http.StatusOK) != may || !may && a.get("code") != "unknown-case" {
					t.Errorf("%s reads %s: %d %s", reader, path, a.status, clip(a.body))
				}
			}
		}
		if a := w.read(reader, "/v1/changes"); (a.get("items.0") != "") != slices.Contains(want, mine) {
			t.Errorf("changes for %s: %s", reader, a.body)
		}
	}
	// The last event is the grant; the first one belongs to the case of wu and chen.
	for reader, want := range map[string][2]int{"zhou": {200, 200}, "wu": {200, 404}, "chen": {200, 404}, "ding": {404, 404}} {
		for i, event := range []uint64{1, seq} {
			if a := w.send(http.MethodGet, fmt.Sprintf("/v1/events/%d", event), reader, ""); a.status != want[i] || a.status == 404 && a.get("code") != "unknown-event" {
				t.Errorf("%s reads event %d: %d", reader, event, a.status)
			}
		}
	}
}
