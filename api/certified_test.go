package api

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// What the lists, the case and the audit say about a certification that is complete; and that a
// certificate expires by the day of the view, without an event.
func TestCertifiedCaseIsShown(t *testing.T) {
	w := newWorld(t)
	w.open()
	at := w.onSite()
	w.tell(at, whole(t), func() {})
	id := strings.TrimPrefix(at, "/v1/cases/")
	now := fmt.Sprintf("min_seq=%d", w.last())
	for path, members := range map[string]map[string]string{
		"/v1/cases?" + now: {
			"items.0.case": id, "items.0.organization": "Morning Light", "items.0.scheme": "gbt27922-2011@1", "items.0.state": "active",
			"items.0.audit.stage": "decided", "items.0.audit.progress.assessed": "49", "items.0.audit.special_deductions.count": "1",
			"items.0.score.provisional": "false", "items.0.grade": "five_star", "items.0.certificate": "71223SC0001R0S",
			"items.0.open_findings": "0", "items.0.last_change.type": "starledger.certificate.issued.v1", "items.1.state": "applied", "items.2": "",
		},
		"/v1/register?" + now: {
			"items.0.number": "71223SC0001R0S", "items.0.case": id, "items.0.holder": "Morning Light", "items.0.grade": "five_star",
			"items.0.status": "active", "items.1": "",
		},
		at: {
			"state": "active", "kind": "certification", "application.outcome": "accepted", "audits.0.score.grade": "five_star", "audits.0.stage": "decided",
			"decisions.0.decision": "grant", "decisions.0.standing.grade": "five_star", "certificate.status": "active", "certificates.0.number": "71223SC0001R0S",
			"entry.actor": "wang", "closed": "",
		},
		at + "/audits/1": {
			"findings.0.finding": "F1", "findings.0.corrected": "true", "corrections.0.verification.outcome": "accepted",
			"deductions.0.revoked.actor": "li", "deductions.0.revoked.reason": "survey produced", "deductions.1.sample.nonconforming": "18", "deductions.1.revoked": "",
			"deletions.1.revoked.reason": "they do", "special_deductions.0.trigger": "law", "bonuses.0.entry.reason": "ahead of the trade",
			"report.standing.grade": "five_star", "review.outcome": "confirmed", "opening.held_at": "2026-11-21T07:00:00.000000Z",
			"team.2.actor": "zhou", "documents.outcome": "accepted", "progress.involved": "49",
		},
	} {
		a := w.read("zhou", path)
		for member, want := range members {
			if got := a.get(member); got != want {
				t.Errorf("%s: %s is %q, want %q", path, member, got, want)
			}
		}
	}
	for _, check := range into[list[checkBody]](t, w.read("zhou", at+"/checks")).Items {
		want := "pass"
		switch check.Code {
		case "EVID-01", "DOC-01", "DOC-02":
			want = "warn" // F1 names no evidence; the application was accepted without its lists
		case "SELF-01":
			want = "not_applicable" // nobody evaluated themselves
		}
		if string(check.Outcome) != want {
			t.Errorf("%s: %s %s", check.Code, check.Outcome, check.Detail)
		}
	}

	w.later(4 * 365 * 24 * time.Hour)
	for query, want := range map[string]string{"": "expired", "?as_of=2029-11-21": "active", "?as_of=2029-11-22": "expired"} {
		if got := w.read("zhou", "/v1/register"+query).get("items.0.status"); got != want {
			t.Errorf("register%s: %s, want %s", query, got, want)
		}
		if got := w.read("zhou", at+query).get("state"); got != want {
			t.Errorf("case%s: %s, want %s", query, got, want)
		}
	}
}

// Every parameter of the list narrows it.
func TestCasesAreFound(t *testing.T) {
	w := newWorld(t)
	first := w.must("wang", "/v1/cases", strings.NewReplacer("Morning Light", "晨星家电服务有限公司", "Appliances", "家用电器的售后服务").Replace(opening)).get("case")
	w.later(24 * time.Hour)
	second := w.must("wang", "/v1/cases", strings.Replace(opening, "gbt27922-2011", "cts-2025", 1)).get("case")
	w.must("wang", "/v1/cases/"+second+"/application-review", `{"outcome":"accepted","reason":"complete"}`)
	for query, want := range map[string]string{
		"":                          second + " " + first,
		"q=家电":                      first,
		"q=morning":                 second,
		"q=" + first[20:]:           first,
		"q=不存在":                     "",
		"state=applied":             first,
		"state=accepted":            second,
		"scheme=cts-2025":           second,
		"scheme=cts-2025@1":         second,
		"scheme=cts-2025@2":         "",
		"grade=five_star":           "",
		"as_of=2026-11-21":          first,
		"as_of=seq:1":               first,
		"q=服务&state=applied":        first,
		"q=服务&scheme=cts-2025":      "",
		"limit=1":                   second,
		"as_of=seq:2&limit=1000":    second + " " + first,
		"as_of=seq:2&state=applied": second + " " + first,
	} {
		page := into[list[caseRow]](t, w.read("zhou", "/v1/cases?"+query+"&min_seq=3"))
		var found []string
		for _, row := range page.Items {
			found = append(found, string(row.Case))
		}
		if got := strings.Join(found, " "); got != want {
			t.Errorf("%s: %s, want %s", query, got, want)
		}
	}
}
