package api

import (
	"net/http"
	"strings"
	"testing"

	"starledger/events"
)

// Who may what, as the contract's paragraph says. allowed lists everybody who gets past the
// policies; all others are told 403 with the policy, or 404 where they may not read the case.
func TestWhoMay(t *testing.T) {
	w := newWorld(t)
	certification := w.onSite()
	internal := w.must("wang", "/v1/cases", strings.Replace(opening, "certification", "internal", 1)).header.Get("Location")
	w.must("wang", internal+"/application-review", `{"outcome":"accepted","reason":"complete"}`)
	w.must("chen", internal+"/audits", `{"kind":"internal","team":[{"actor":"li","role":"lead"}],"starts_on":"2026-11-21","ends_on":"2026-11-22"}`)
	for _, c := range []struct{ path, allowed, policy string }{
		{certification + "/application-review", "wang", "case-officer"},
		{certification + "/audits", "wang", "case-officer"},
		{certification + "/closure", "wang", "case-officer"},
		{certification + "/certificates", "wang", "case-officer"},
		{certification + "/audits/1/team", "wang", "case-officer"},
		{certification + "/audits/1/findings/F1/corrections", "wang", "case-officer"},
		{certification + "/audits/1/assessments", "li zhao", "team-member"},
		{certification + "/audits/1/findings", "li zhao", "team-member"},
		{certification + "/audits/1/deductions", "li zhao", "team-member"},
		{certification + "/audits/1/special-deductions", "li zhao", "team-member"},
		{certification + "/audits/1/findings/F1/verification", "li zhao", "team-member"},
		{certification + "/audits/1/document-review", "li", "team-lead"},
		{certification + "/audits/1/opening", "li", "team-lead"},
		{certification + "/audits/1/closing", "li", "team-lead"},
		{certification + "/audits/1/deletions", "li", "team-lead"},
		{certification + "/audits/1/deletions/X1/revocation", "li", "team-lead"},
		{certification + "/audits/1/bonuses", "li", "team-lead"},
		{certification + "/audits/1/bonuses/B1/revocation", "li", "team-lead"},
		{certification + "/audits/1/deductions/D1/revocation", "li", "team-lead"},
		{certification + "/audits/1/special-deductions/S1/revocation", "li", "team-lead"},
		{certification + "/audits/1/findings/F1/withdrawal", "li", "team-lead"},
		{certification + "/audits/1/report", "li", "team-lead"},
		{certification + "/audits/1/review", "sun", "reviewer"},
		{certification + "/decisions", "qian", "decision-maker"},
		{internal + "/audits", "wang chen feng", "case-officer"},
		{internal + "/audits/1/assessments", "li chen feng", "team-member"},
		{internal + "/audits/1/report", "li chen feng", "team-lead"},
		{internal + "/application-review", "wang", "case-officer"},
		{internal + "/audits/1/review", "sun", "reviewer"},
		{certification + "/documents", "wang", "programme"},
		{certification + "/penalties", "wang", "programme"},
		{certification + "/penalties/gsxt_abnormal/clearance", "wang", "programme"},
		{certification + "/contracts", "wang", "programme"},
		{certification + "/audits/1/announcement", "wang", "programme"},
		{certification + "/appeals", "wang zhou", "programme"},
		{certification + "/complaints", "wang zhou", "programme"},
		{certification + "/appeals/A1/outcome", "zhou qian", "quality"},
		{certification + "/complaints/M1/outcome", "zhou", "quality"},
		{"/v1/cases", "wang", "case-officer"},
		{"/v1/grants", "root", "administrator"},
		{"/v1/grants/G1/revocation", "root", "administrator"},
		{"/v1/schemes", "root", "administrator"},
		{"/v1/approvals", "root", "administrator"},
		{"/v1/approvals/A1/end", "root", "administrator"},
		{"/v1/persons", "root", "administrator"},
		{"/v1/qualifications", "root", "administrator"},
		{"/v1/qualifications/Q1/end", "root", "administrator"},
		{"/v1/parameters", "root", "administrator"},
		{certification + "/outlets", "wang", "case-officer"},
		{certification + "/audits/1/person-days", "li zhao", "team-member"},
		{certification + "/audits/1/populations", "li zhao", "team-member"},
		{certification + "/audits/1/populations/P1/draws", "li zhao", "team-member"},
		{certification + "/audits/1/findings/F1/reopening", "li zhao", "team-member"},
		{internal + "/outlets", "wang chen feng", "case-officer"},
	} {
		for _, p := range people {
			body := bodyFor(c.path)
			headers := []string{}
			if strings.HasPrefix(c.path, "/v1/cases/") {
				name, tag := w.seen(strings.Join(strings.Split(c.path, "/")[:4], "/"))
				headers = append(headers, name, tag)
			}
			got := w.post(p.actor, c.path+"?dry_run=true", body, headers...)
			allowed := strings.Contains(" "+c.allowed+" ", " "+p.actor+" ")
			switch {
			case allowed == (got.status != http.StatusForbidden && got.get("code") != "unknown-case"):
			default:
				t.Errorf("%s %s: %d %s", p.actor, c.path, got.status, got.body)
			}
			hidden := strings.HasPrefix(c.path, "/v1/cases/") && (p.actor == "ding" || p.actor == "wu")
			if got.status == http.StatusForbidden && (hidden || got.get("policy") != c.policy && got.get("policy") != "SOD-03") {
				t.Errorf("%s %s: policy %s", p.actor, c.path, got.get("policy"))
			}
		}
	}
}

const anyEvidence = `{"sha256":"sha256:2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae","media_type":"image/png","name":"n"}`

// bodyFor is a body that can be read at a path; whether the rules like it does not matter.
func bodyFor(path string) string {
	switch last := path[strings.LastIndex(path, "/")+1:]; last {
	case "cases":
		return opening
	case "audits":
		return `{"kind":"internal","team":[{"actor":"li","role":"lead"}],"starts_on":"2026-11-21","ends_on":"2026-11-22"}`
	case "certificates":
		return `{"number":"N","valid_from":"2026-11-21","valid_until":"2027-11-21"}`
	case "corrections":
		return `{"statement":"s"}`
	case "assessments":
		return `{"clause":"5.1.1.1","result":"conforming"}`
	case "findings":
		return `{"clause":"5.1.1.1","category":"observation","statement":"s"}`
	case "deductions":
		return `{"clause":"5.1.1.1","basis":"qualitative","reason":"r"}`
	case "special-deductions":
		return `{"trigger":"law","finding":"F1","reason":"r"}`
	case "deletions":
		return `{"clause":"5.1.1.1","reason":"r"}`
	case "opening", "closing":
		return `{"held_at":"2026-11-21T08:00:00Z"}`
	case "report":
		return `{"recommendation":"grant","summary":"s"}`
	case "decisions":
		return `{"decision":"suspend","reason":"r"}`
	case "application-review", "document-review", "verification":
		return `{"outcome":"accepted","reason":"r"}`
	case "review":
		return `{"outcome":"confirmed","reason":"r"}`
	case "schemes":
		return schemeText("2")
	case "approvals":
		return `{"fields":["03"],"from":"2026-01-01"}`
	case "end":
		return `{"until":"2026-12-31","reason":"r"}`
	case "persons":
		return `{"actor":"li","name":"李"}`
	case "qualifications":
		return `{"actor":"li","kind":"auditor","from":"2026-01-01"}`
	case "parameters":
		return `{"parameter":"late_entry_hours","value":"48","reason":"r"}`
	case "outlets":
		return `{"name":"浦东网点","kind":"own"}`
	case "person-days":
		return `{"actor":"li","on":"2026-11-21","days":"0.5"}`
	case "populations":
		return `{"subject":"s","digest":"sha256:` + strings.Repeat("0", 64) + `","size":9}`
	case "draws":
		return `{"size":3}`
	case "documents":
		return `{"document":"people","status":"missing","reason":"r"}`
	case "penalties":
		return `{"register":"gsxt_abnormal","found":false,"evidence":[` + anyEvidence + `]}`
	case "clearance":
		return `{"reason":"r","evidence":[` + anyEvidence + `]}`
	case "contracts":
		return `{"signed_on":"2026-11-21","evidence":[` + anyEvidence + `]}`
	case "announcement":
		return `{"announced_at":"2026-11-21T08:00:00Z"}`
	case "appeals":
		return `{"against":2,"statement":"s"}`
	case "complaints":
		return `{"complainant":"c","statement":"s"}`
	case "outcome":
		if strings.Contains(path, "/appeals/") {
			return `{"outcome":"upheld","reason":"r"}`
		}
		return `{"outcome":"substantiated","reason":"r"}`
	case "grants":
		return `{"actor":"wu","cases":"all","until":"2027-11-21"}`
	}
	return `{"reason":"r"}`
}

// The event says in which role it was posted: the one the policy permitted.
func TestRoleOfTheEvent(t *testing.T) {
	w := newWorld(t)
	at := w.open()
	got := w.post("wang", at+"/application-review?dry_run=true", `{"outcome":"accepted","reason":"r"}`)
	if got.get("event.actorrole") != "case_officer" || got.get("event.actorid") != "wang" {
		t.Errorf("%s", got.body)
	}
}

// A service manager does not evaluate a certification, in the team or not, whatever other role is held.
func TestServiceManagerInACertification(t *testing.T) {
	w := newWorld(t)
	at := w.onSite()
	w.must("wang", at+"/audits/1/team", `{"add":[{"actor":"chen","role":"auditor"},{"actor":"feng","role":"auditor"}],"reason":"r"}`)
	for _, actor := range []string{"chen", "feng"} {
		got := w.post(actor, at+"/audits/1/findings", bodyFor("/findings"))
		if got.status != http.StatusForbidden || got.get("policy") != "SOD-03" || got.get("entries.0") != "1" {
			t.Errorf("%s: %d %s", actor, got.status, got.body)
		}
	}
}

// An assessor reads what a grant in force allows, from its first day to its last, and writes nothing.
func TestGrants(t *testing.T) {
	w := newWorld(t)
	one, other := w.onSite(), w.onSite()
	ask := func(at string) int {
		return w.post("wu", at+"/audits/1/score/what-if", "{}").status
	}
	if got := ask(one); got != http.StatusNotFound {
		t.Errorf("before any grant: %d", got)
	}
	id := strings.TrimPrefix(one, "/v1/cases/")
	grant := w.must("root", "/v1/grants", `{"actor":"wu","cases":["`+id+`"],"from":"2026-11-21","until":"2026-11-22"}`)
	if grant.get("grant") != "G1" || grant.get("case") != "access" {
		t.Errorf("%s", grant.body)
	}
	if got, hidden := ask(one), ask(other); got != http.StatusOK || hidden != http.StatusNotFound {
		t.Errorf("granted %d, not granted %d", got, hidden)
	}
	w.must("root", "/v1/grants", `{"actor":"wu","cases":"all","until":"2026-11-21"}`)
	if got := ask(other); got != http.StatusOK {
		t.Errorf("all: %d", got)
	}
	if got := w.post("wu", one+"/audits/1/findings", bodyFor("/findings")); got.status != http.StatusForbidden {
		t.Errorf("an assessor posted: %d", got.status)
	}
	w.must("root", "/v1/grants/G2/revocation", `{"reason":"r"}`, "If-Match", `"2"`)
	if got := ask(other); got != http.StatusNotFound {
		t.Errorf("revoked: %d", got)
	}
	w.later(48 * 3600e9)
	if got := ask(one); got != http.StatusNotFound {
		t.Errorf("after the last day: %d", got)
	}
}

// Every action that a route or a command asks for is governed by a policy, and no policy governs
// anything else; each has an explanation in both languages.
func TestPoliciesAreComplete(t *testing.T) {
	governed, err := parsePolicies(policyText)
	if err != nil {
		t.Fatal(err)
	}
	asked := map[string]bool{readCase: true, attach: true, openCase.name: true, importClients.name: true, openAccreditation.name: true, makeGrant.name: true, revokeGrant.name: true}
	for _, c := range commands {
		asked[c.name] = true
	}
	for _, action := range bundleActions {
		asked[action] = true
	}
	for _, c := range registryCommands {
		asked[c.name] = true
	}
	asked[registerScheme.name] = true
	for action := range asked {
		if len(governed[action]) == 0 {
			t.Errorf("nothing governs %s", action)
		}
	}
	for action := range governed {
		if !asked[action] {
			t.Errorf("nothing asks for %s", action)
		}
	}
	items, err := itemsOf(policyText)
	if err != nil {
		t.Fatal(err)
	}
	for _, item := range items {
		if item.ZH == "" || item.EN == "" {
			t.Errorf("%s says nothing", item.ID)
		}
	}
	for name, text := range map[string]string{
		"no id":     `permit (principal, action == Action::"x", resource);`,
		"id twice":  `@id("a") permit (principal, action == Action::"x", resource); @id("a") permit (principal, action == Action::"y", resource);`,
		"no action": `@id("a") permit (principal, action, resource);`,
		"no policy": `permit`,
	} {
		if _, err := parsePolicies([]byte(text)); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

func TestPoliciesCanBeRead(t *testing.T) {
	w := newWorld(t)
	text := w.send("GET", "/v1/policies", "wu", "")
	if text.status != 200 || text.body != string(policyText) {
		t.Errorf("%d %s", text.status, text.body)
	}
	list := w.send("GET", "/v1/policies", "wu", "", "Accept", "application/json")
	if list.get("items.0.id") != "case-officer" || list.get("items.0.actions.0") != "openCase" {
		t.Errorf("%s", list.body)
	}
	if got := w.send("HEAD", "/v1/policies", "wu", ""); got.status != 200 || got.body != "" {
		t.Errorf("HEAD: %d %s", got.status, got.body)
	}
}

// What a person may read is the same one by one and in lists.
func TestReachIsWhatCanBeRead(t *testing.T) {
	w := newWorld(t)
	at := w.open()
	w.must("root", "/v1/grants", `{"actor":"wu","cases":["`+strings.TrimPrefix(at, "/v1/cases/")+`"],"until":"2026-11-22"}`)
	for actor, want := range map[string]string{"li": "all", "root": "all", "chen": "own", "ding": "own", "wu": "listed"} {
		c := &call{actor: w.server.tokens.find(tokenOf(actor))}
		c.Request, _ = http.NewRequest("GET", "/", nil)
		within, err := w.server.reach(c)
		if err != nil {
			t.Fatal(err)
		}
		got := "all"
		switch {
		case within != nil && len(within.Cases) == 1:
			got = "listed"
		case within != nil && within.Organization == c.actor.Organization:
			got = "own"
		case within != nil:
			got = "nothing"
		}
		if got != want {
			t.Errorf("%s: %s, want %s", actor, got, want)
		}
	}
}

func BenchmarkAllow(b *testing.B) {
	governed, err := parsePolicies(policyText)
	if err != nil {
		b.Fatal(err)
	}
	li := newActor(tokenEntry{Actor: "li", Roles: []Role{LeadAuditor}})
	on := target{kind: events.Certification, organization: "Morning Light", team: []events.Member{{Actor: "li", Role: events.Lead}, {Actor: "zhao", Role: events.Auditor}}}
	for b.Loop() {
		if _, err := governed.judge(li, "applyDeduction", on); err != nil {
			b.Fatal(err)
		}
	}
}
