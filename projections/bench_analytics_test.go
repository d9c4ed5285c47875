package projections_test

import (
	"testing"

	"starledger/projections"
	"starledger/projections/rehearsal"
)

// Analytics now and as of the middle of the ledger, of all audits in it.
func BenchmarkAnalytics(b *testing.B) {
	log := writeLog(b, rehearsal.Plan{Seed: 1, Events: number("LEDGER_EVENTS", 100_000), Open: 200, Scheme: scheme(b, "gbt27922-2011")})
	v := views(b, log, "")
	end := uint64(len(log.at))
	await(b, v, end)
	b.Run("first after a start", func(b *testing.B) {
		for b.Loop() {
			v.ForgetAudits()
			if _, err := v.Analytics(b.Context(), projections.AnalyticsQuery{}); err != nil {
				b.Fatal(err)
			}
		}
	})
	for name, seq := range map[string]uint64{"now": 0, "as of the middle": end / 2} {
		b.Run(name, func(b *testing.B) {
			audits := 0
			for b.Loop() {
				answer, err := v.Analytics(b.Context(), projections.AnalyticsQuery{AsOf: projections.Point{Seq: seq}})
				if err != nil {
					b.Fatal(err)
				}
				audits = answer.Audits
			}
			b.ReportMetric(float64(audits), "audits")
		})
	}
}
