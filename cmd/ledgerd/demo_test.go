package main

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
)

// The demo shows what it says it shows: each case in its state, nothing that a check fails, three years on
// the effective axis and one day on the recorded one, two evaluations side by side, and the enterprise's
// own sheet beside the body's.
func TestDemoTellsItsStories(t *testing.T) {
	base, token, certified := demoForReadme(t)
	read := func(path string, into any) int {
		t.Helper()
		request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, base+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("Authorization", "Bearer "+token)
		answer, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		defer answer.Body.Close()
		if err := json.NewDecoder(answer.Body).Decode(into); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		return answer.StatusCode
	}
	var list struct {
		Items []struct{ Case, Kind, State, Scheme string }
	}
	read("/v1/cases", &list)
	var told []string
	ids := map[string]string{}
	for _, c := range list.Items {
		row := c.Kind + " " + c.State + " " + c.Scheme
		told, ids[row] = append(told, row), c.Case
	}
	slices.Reverse(told)
	want := []string{
		"certification active gbt27922-2011@1", "certification on_site gbt27922-2011@1", "certification corrections cts-2025@1",
		"certification reviewed completeness@demo", "certification corrections maturity@demo", "internal reported gbt27922-2011@1",
		"certification active gbt27922-2011@1", "certification active gbt27922-2011@1", "accreditation_review under_review ",
	}
	if !slices.Equal(told, want) {
		t.Errorf("the cases are\n%s", strings.Join(told, "\n"))
	}
	var checks struct {
		Items []struct{ Case, Code, Outcome, Detail string }
	}
	read("/v1/checks?limit=1000", &checks)
	warned := []string{"EVID-01", "TEAM-01", "CERT-01", "SCOPE-01"}
	simple := list.Items[len(list.Items)-3:] // the first three were accepted without lists of documents
	for _, c := range checks.Items {
		unlisted := strings.HasPrefix(c.Code, "DOC-") && slices.ContainsFunc(simple, func(x struct{ Case, Kind, State, Scheme string }) bool { return x.Case == c.Case })
		if c.Outcome == "fail" || c.Outcome == "warn" && !unlisted && !slices.Contains(warned, c.Code) {
			t.Errorf("%s of %s: %s %s", c.Code, c.Case, c.Outcome, c.Detail)
		}
	}

	for _, path := range []string{"/v1/analytics", "/v1/calendar", "/v1/register", "/v1/findings", "/v1/changes", "/v1/persons", "/v1/grants"} {
		var answer map[string]any
		if status := read(path, &answer); status != http.StatusOK {
			t.Errorf("%s: %d %v", path, status, answer)
		}
	}

	var score struct {
		Final       struct{ Value string }
		Evaluations []struct{ Final struct{ Value string } }
	}
	read("/v1/cases/"+ids["certification reviewed completeness@demo"]+"/audits/1/score", &score)
	// Evaluation 1 loses 3 of 20 of 3 points, evaluation 2 one point and 2 of 10 of another; the lower counts.
	if len(score.Evaluations) != 2 || score.Evaluations[0].Final.Value != "99.55" || score.Evaluations[1].Final.Value != "98.8" || score.Final.Value != "98.8" {
		t.Errorf("two evaluations: %+v", score)
	}

	var sheet struct {
		Items []struct {
			Clause string
			Same   bool
		}
	}
	read("/v1/cases/"+ids["internal reported gbt27922-2011@1"]+"/audits/1/sheet?other_audit=1&other="+certified, &sheet)
	var differ []string
	for _, row := range sheet.Items {
		if !row.Same {
			differ = append(differ, row.Clause)
		}
	}
	if strings.Join(differ, " ") != "5.1.5.2 5.2.4.4 5.2.5.5 5.3.2.2" { // in 5.3.1.4 both found the same
		t.Errorf("the sheets differ in %v of %d clauses", differ, len(sheet.Items))
	}

	years := list.Items[1].Case // the review was told after it
	var then struct{ Certificate struct{ Status string } }
	var now struct {
		Decisions []struct {
			Decision string
			Entry    struct {
				EffectiveAt string `json:"effective_at"`
				RecordedAt  string `json:"recorded_at"`
				Note        string
			}
		}
	}
	read("/v1/cases/"+years, &now)
	var decided []string
	for _, d := range now.Decisions {
		decided = append(decided, d.Decision)
		if d.Entry.EffectiveAt >= d.Entry.RecordedAt || d.Entry.Note == "" {
			t.Errorf("%+v", d)
		}
	}
	if strings.Join(decided, " ") != "grant maintain maintain suspend restore renew" {
		t.Errorf("decided: %v", decided)
	}
	at := url.QueryEscape(now.Decisions[3].Entry.EffectiveAt)
	if read("/v1/cases/"+years+"?axis=effective&as_of="+at, &then); then.Certificate.Status != "suspended" {
		t.Errorf("effective when it was suspended: %+v", then)
	}
	if status := read("/v1/cases/"+years+"?as_of="+at, &then); status != http.StatusNotFound {
		t.Errorf("recorded by then: %d", status)
	}
}
