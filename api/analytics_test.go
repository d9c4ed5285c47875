package api

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
)

// One certification, complete: one clause lost points in the end (5.3.1.4, 18 of 25 samples, 5 points),
// so it has all of the loss; the same as a table for a spreadsheet; and nothing of it before its report,
// under another scheme, or for whom nothing was granted.
func TestAnalyticsOfOneCertification(t *testing.T) {
	w := newWorld(t)
	at := w.onSite()
	w.tell(at, whole(t), func() {})
	now := fmt.Sprintf("/v1/analytics?min_seq=%d", w.last())
	a := w.read("zhou", now)
	for member, want := range map[string]string{
		"audits": "1", "scores.0.month": "2026-11", "scores.0.scheme": "gbt27922-2011@1", "scores.0.audits": "1", "scores.0.failed": "0",
		"scores.0.grades.five_star": "1", "scores.0.mean.fraction": w.read("zhou", at+"/audits/1").get("report.standing.final.fraction"), "scores.1": "",
		"losses.0.clause": "5.3.1.4", "losses.0.lost.value": "3.6", "losses.0.share.fraction": "1/1", "losses.0.months.0.audits": "1", "losses.1": "",
		"repeats.0": "", "lead_times.7.step": "whole", "lead_times.7.audits": "1",
	} {
		if got := a.get(member); got != want {
			t.Errorf("%s is %q, want %q", member, got, want)
		}
	}
	final := a.get("scores.0.mean.value")
	for table, want := range map[string]string{
		"scores":  "month,scheme,audits,failed,grade,graded,mean,least,most\r\n2026-11,gbt27922-2011@1,1,0,five_star,1," + final + "," + final + "," + final + "\r\n",
		"losses":  "scheme,clause,month,audits,lost,lost_fraction\r\ngbt27922-2011@1,5.3.1.4,2026-11,1,3.6,18/5\r\n",
		"repeats": "scheme,clause,audits\r\n",
		"lead_times": "step,audits,median_days,ninth_days,longest_days\r\n" +
			strings.Join(mapped(into[analyticsBody](t, a).LeadTimes, func(l *leadTime) string {
				return fmt.Sprintf("%s,%d,%s,%s,%s\r\n", l.Step, l.Audits, l.Median, l.Ninth, l.Longest)
			}), ""),
	} {
		got := w.read("zhou", now+"&csv="+table)
		if got.body != byteOrderMark+want || !strings.HasPrefix(got.header.Get("Content-Type"), "text/csv") {
			t.Errorf("%s as CSV: %q, %s", table, got.body, got.header.Get("Content-Type"))
		}
	}
	if got := w.send(http.MethodGet, now+"&csv=grades", "zhou", ""); got.status != http.StatusBadRequest || !strings.Contains(got.get("detail"), "scores, losses, repeats, lead_times") {
		t.Errorf("an unknown table: %d %s", got.status, got.body)
	}
	for query, want := range map[string]string{"as_of=seq:5": "0", "scheme=cts-2025": "0", "scheme=gbt27922-2011@1": "1", "to=2026-11-01": "0"} {
		if got := w.read("zhou", "/v1/analytics?"+query).get("audits"); got != want {
			t.Errorf("%s: %s audits, want %s", query, got, want)
		}
	}
	if got := w.read("wu", now).get("audits"); got != "0" {
		t.Errorf("an assessor without a grant sees %s audits", got)
	}
}
