package api

import (
	"fmt"
	"strings"
	"testing"

	"starledger/events"
)

// What is due is overdue from the midnight in Shanghai after its last day on, and a certificate is expired
// from the midnight after its own: at the end of a year and on a leap day, with a server that counts in UTC.
func TestMidnightInShanghai(t *testing.T) {
	w := newWorld(t)
	w.until("2027-12-22")
	w.open()
	at := w.certifiedUntil("2028-02-29")
	state := func(moment events.Instant) string {
		query := "as_of=" + strings.ReplaceAll(moment.String(), "+", "%2B")
		w.micros.Store(int64(moment))
		var told []string
		for each := range strings.SplitSeq(w.calendar(query), ", ") {
			if strings.HasPrefix(each, "application_review") {
				told = append(told, each)
			}
		}
		return strings.Join(append(told, w.read("zhou", at).get("certificate.status")), ", ")
	}
	for _, x := range []struct {
		moment events.Instant
		want   string
	}{
		{events.Date("2028-01-01").End(), "application_review 2028-01-01 due, active"},
		{events.Date("2028-01-02").Start(), "application_review 2028-01-01 overdue, active"},
		{events.Date("2028-02-29").End(), "application_review 2028-01-01 overdue, active"},
		{events.Date("2028-03-01").Start(), "application_review 2028-01-01 overdue, expired"},
	} {
		if got := state(x.moment); got != x.want {
			t.Errorf("at %s: %s, want %s", x.moment, got, x.want)
		}
	}
}

// certifiedUntil is a case with a certificate up to a last day.
func (w *world) certifiedUntil(last string) string {
	w.Helper()
	at := w.open()
	w.must("wang", at+"/application-review", `{"outcome":"accepted","reason":"complete"}`)
	w.audited(at, "initial", "grant")
	w.seeing("qian", at, "/decisions", `{"decision":"grant","audit":1,"reason":"meets"}`)
	day := events.DateOf(events.InstantOf(w.now()))
	w.seeing("wang", at, "/certificates", fmt.Sprintf(`{"number":"71227SC0001R0M","valid_from":%q,"valid_until":%q}`, day, last))
	return at
}
