package projections_test

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"starledger/events"
	"starledger/events/checks"
	"starledger/projections"
	"starledger/projections/rehearsal"
)

// The conformance checks over every case of a ledger, a page of 100 after the other: made anew, and as they
// are kept in memory, and in the file for the next start.
func BenchmarkReviews(b *testing.B) {
	log := writeLog(b, rehearsal.Plan{Seed: 1, Events: number("LEDGER_EVENTS", 100_000), Open: 200, Scheme: scheme(b, "gbt27922-2011")})
	v := views(b, log, "")
	await(b, v, uint64(len(log.at)))
	ground := func(context.Context, []*events.Stored) (checks.Ground, error) {
		return checks.Ground{Schemes: shipped(b)}, nil
	}
	var list []projections.CaseUpTo
	for id, head := range log.last {
		list = append(list, projections.CaseUpTo{ID: events.CaseID(id), Head: head})
	}
	slices.SortFunc(list, func(a, b projections.CaseUpTo) int { return cmp.Compare(a.ID, b.ID) })
	all := func(reviews *projections.Reviews) time.Duration {
		began := time.Now()
		for part := range slices.Chunk(list, 100) {
			if _, err := reviews.Of(b.Context(), part...); err != nil {
				b.Fatal(err)
			}
		}
		return time.Since(began)
	}
	var anew, memory, file time.Duration
	programs := 0
	for b.Loop() {
		programs++
		v.ReviewedBy(events.DigestOf([]byte(fmt.Sprint(programs))))
		reviews := v.Reviews(ground)
		anew += all(reviews)
		memory += all(reviews)
		file += all(v.Reviews(ground))
	}
	cases := float64(b.N * len(list))
	b.ReportMetric(float64(len(list)), "cases")
	b.ReportMetric(float64(anew.Microseconds())/cases, "µs/case-anew")
	b.ReportMetric(float64(memory.Microseconds())/cases, "µs/case-memory")
	b.ReportMetric(float64(file.Microseconds())/cases, "µs/case-file")
}
