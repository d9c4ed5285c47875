package bundle

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"starledger/events"
	"starledger/events/decide"
	"starledger/events/decide/decidetest"
)

// hostile is what somebody may write into a ledger to speak from the page of an assessor.
const hostile = `</script><script>document.title='broken out'</script><img src="https://evil.example/x.png" onerror="document.title='broken out'">` +
	`<!--<script>{scope}[{kind}]${document.title='broken out'}&lt;a href="javascript:1">` + "\u2028\u2029\u202e"

// testHostile: whatever a body, the score or the frame of a report holds is shown as text.
func testHostile(t *testing.T, b *browser) {
	open := decidetest.Open(events.Certification, "gbt27922-2011@1")
	open.Organization.Name, open.Scope = hostile, hostile
	s := decidetest.Empty(t, decidetest.CaseID).Do(open,
		&decide.ReviewApplication{Reasoned: decide.Reasoned{Reason: hostile}, Outcome: events.ApplicationAccepted})
	r := sealedReport(t, s.History)
	r.Profile = hostile
	r.Score = fmt.Appendf(nil, `{"audits":[{"audit":%q,"scheme":{"id":%[1]q,"version":"1"},"final":%[1]q,"earned":"1/1","involved":"1/0","score":"x","grade":%[1]q,"assessed":1,"clauses":1}]}`, hostile)
	r.Calculation = fmt.Appendf(nil, `{"audits":[{"audit":%q,"grade":{"zh":%[1]q},"special_deductions":{"count":1,"points":%[1]q},"bonus":{"count":1,"points":%[1]q},"clauses":[{"clause":%[1]q,"points":"1","earned":"1/2","lost":%[1]q,"formula":%[1]q,"events":[%[1]q]}]}]}`, hostile)
	html := pageOf(t, r)
	if n := strings.Count(string(html), "</script>"); n != 3 {
		t.Errorf("%d scripts end in the page, want the 3 of the template", n)
	}
	p := b.open(t, html)
	if got := p.verdict(); got != (judged{Verdict: "sound", Trust: "bundle"}) {
		t.Errorf("%+v", got)
	}
	p.openAll()
	if title := eval[string](p, "document.title"); !strings.HasSuffix(title, string(decidetest.CaseID)) {
		t.Errorf("the title is %q", title)
	}
	if n := eval[int](p, "document.querySelectorAll('script').length"); n != 3 {
		t.Errorf("%d scripts", n)
	}
	if n := eval[int](p, "document.querySelectorAll('img, iframe, object, link, a[href]:not([href^=\"#\"]), [onerror]').length"); n != 0 {
		t.Errorf("%d elements out of a body", n)
	}
	if name := eval[string](p, "document.querySelector('.name').textContent"); name != hostile {
		t.Errorf("the organization is %q", name)
	}
	if told := eval[string](p, "document.querySelector('#e10 .told > span[lang=en]').textContent"); !strings.Contains(told, "for "+hostile+" (certification)") {
		t.Errorf("the page says %q", told)
	}
	if asked := b.askedFor(); len(asked) > 0 {
		t.Errorf("a page asked for %q", asked)
	}
}

// openAll opens whatever can be opened, and waits until it is there.
func (p *tab) openAll() {
	p.t.Helper()
	eval[any](p, `new Promise((resolve) => {
		const closed = [...document.querySelectorAll('details:not([open])')];
		let left = closed.length;
		for (const details of closed) {
			details.addEventListener('toggle', () => --left === 0 && resolve());
			details.open = true;
		}
	})`)
}

// askedFor is what pages asked for besides themselves.
func (b *browser) askedFor() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(b.asked), func(url string) bool {
		return strings.HasPrefix(url, "file://") && strings.HasSuffix(url, "/report.html") || url == "about:blank"
	})
}
