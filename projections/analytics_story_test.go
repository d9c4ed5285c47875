package projections_test

import (
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"starledger/events"
	"starledger/events/decide"
	"starledger/events/decide/decidetest"
	"starledger/projections"
)

const minute = events.Instant(60_000_000)

// alone is a ledger with nothing but the case of a story.
func alone(t *testing.T, s *decidetest.Story) *told {
	t.Helper()
	ledger := emptyLedger()
	for _, e := range s.History {
		stored := *e
		stored.Seq = e.CaseSeq
		ledger.append(t, &stored)
	}
	return ledger
}

func analytics(t *testing.T, v *projections.Views, seq uint64) *projections.Analytics {
	t.Helper()
	answer, err := v.Analytics(t.Context(), projections.AnalyticsQuery{AsOf: projections.Point{Seq: seq}})
	if err != nil {
		t.Fatal(err)
	}
	return answer
}

// A review that returns the report takes the audit out until it is reported again.
func TestReturnedReportDoesNotCount(t *testing.T) {
	report := &decide.ReportAudit{Audit: 1, Recommendation: events.ToGrant, Summary: "seen and heard"}
	s := decidetest.Planned(t, "gbt27922-2011").Reported(1, events.ToGrant).As(decidetest.Reviewer, "reviewer").
		Do(&decide.ReviewAudit{Reasoned: decidetest.Because, Audit: 1, Outcome: events.ReviewReturned})
	returned := s.Case.Head.CaseSeq
	s.As(decidetest.Lead, "lead_auditor").Do(report)
	v := upToDate(t, alone(t, s))
	for seq, want := range map[uint64]int{returned - 2: 0, returned - 1: 1, returned: 0, returned + 1: 1} {
		if got := analytics(t, v, seq).Audits; got != want {
			t.Errorf("as of %d: %d audits, want %d", seq, got, want)
		}
	}
}

// In the story every event comes a minute after the one before: opened, reviewed, planned, documents,
// opening and closing held in the minute of the documents, 50 assessments, report, review, decision.
func TestLeadTimesOfAStory(t *testing.T) {
	s := decidetest.Planned(t, "gbt27922-2011").Decided(1, events.ToGrant)
	got := analytics(t, upToDate(t, alone(t, s)), s.Case.Head.CaseSeq)
	want := []projections.LeadTime{}
	for _, step := range []struct {
		name    string
		minutes events.Instant
	}{
		{"application_review", 1}, {"planning", 1}, {"preparation", 1}, {"on_site", 0}, {"reporting", 53},
		{"review", 1}, {"decision", 1}, {"whole", 58},
	} {
		took := step.minutes * minute
		want = append(want, projections.LeadTime{Step: step.name, Audits: 1, Median: took, Ninth: took, Longest: took})
	}
	if diff := gocmp.Diff(want, got.LeadTimes); diff != "" {
		t.Errorf("want, got:\n%s", diff)
	}
}

// Nearest rank, worked by hand: of ten times the 5th and the 9th, of three the 2nd and the 3rd.
func TestLeadTimeRanks(t *testing.T) {
	rows := []struct{ times, want []events.Instant }{
		{[]events.Instant{7}, []events.Instant{7, 7, 7}},
		{[]events.Instant{3, 1}, []events.Instant{1, 3, 3}},
		{[]events.Instant{30, 10, 20}, []events.Instant{20, 30, 30}},
		{[]events.Instant{10, 9, 8, 7, 6, 5, 4, 3, 2, 1}, []events.Instant{5, 9, 10}},
	}
	for _, row := range rows {
		got := projections.RankTimes("whole", row.times)
		if diff := gocmp.Diff(row.want, []events.Instant{got.Median, got.Ninth, got.Longest}); diff != "" {
			t.Errorf("of %v (want, got):\n%s", row.times, diff)
		}
	}
}
