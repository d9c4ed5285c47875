package projections_test

import (
	"context"
	"testing"
	"time"

	"starledger/events"
	"starledger/events/checks"
	"starledger/projections"
	"starledger/projections/rehearsal"
)

// The conformance checks over every case of a ledger: made anew, and as they are kept.
func BenchmarkReviews(b *testing.B) {
	log := writeLog(b, rehearsal.Plan{Seed: 1, Events: number("LEDGER_EVENTS", 100_000), Open: 200, Scheme: scheme(b, "gbt27922-2011")})
	v := views(b, log, "")
	await(b, v, uint64(len(log.at)))
	ground := func(context.Context, []*events.Stored) (checks.Ground, error) {
		return checks.Ground{Schemes: shipped(b)}, nil
	}
	all := func(reviews *projections.Reviews) time.Duration {
		began := time.Now()
		for id, head := range log.last {
			if _, err := reviews.Of(b.Context(), events.CaseID(id), head); err != nil {
				b.Fatal(err)
			}
		}
		return time.Since(began)
	}
	var anew, kept time.Duration
	for b.Loop() {
		reviews := v.Reviews(ground)
		anew += all(reviews)
		kept += all(reviews)
	}
	cases := float64(b.N * len(log.last))
	b.ReportMetric(float64(len(log.last)), "cases")
	b.ReportMetric(float64(anew.Microseconds())/cases, "µs/case-anew")
	b.ReportMetric(float64(kept.Microseconds())/cases, "µs/case-kept")
}
