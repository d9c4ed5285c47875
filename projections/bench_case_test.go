package projections_test

import (
	"maps"
	"slices"
	"testing"

	"starledger/events"
	"starledger/events/checks"
	"starledger/projections"
	"starledger/projections/rehearsal"
)

// explain scores the latest audit with its explanation.
func explain(b *testing.B, c *events.Case) {
	a := c.LastAudit()
	if a == nil {
		return
	}
	result, err := checks.Score(a, shipped(b))
	if err != nil {
		b.Fatal(err)
	}
	result.Clauses()
	result.Steps()
}

// BenchmarkCaseNow is the state and the explained score of a case of 300 events, now.
func BenchmarkCaseNow(b *testing.B) {
	benchmarkCases(b, func(v *projections.Views, id events.CaseID, _ uint64, _ int) {
		h, err := v.History(b.Context(), id)
		if err != nil {
			b.Fatal(err)
		}
		explain(b, h.Case)
	})
}

// BenchmarkCaseAsOf is the same as of sequences all over the ledger.
func BenchmarkCaseAsOf(b *testing.B) {
	benchmarkCases(b, func(v *projections.Views, id events.CaseID, last uint64, i int) {
		list, err := v.Events(b.Context(), id, 0)
		if err != nil {
			b.Fatal(err)
		}
		c, _, err := v.At(b.Context(), id, projections.Point{Seq: list[i*7919%len(list)].Seq})
		if err != nil {
			b.Fatal(err)
		}
		explain(b, c)
	})
}

// BenchmarkCaseList is a page of the list of cases: the first, one that hardly any case is on, and the two
// of a search.
func BenchmarkCaseList(b *testing.B) {
	log := writeLog(b, rehearsal.Plan{Seed: 1, Events: number("LEDGER_EVENTS", 100_000), Open: 200, Scheme: scheme(b, "gbt27922-2011")})
	v := views(b, log, "")
	await(b, v, uint64(len(log.at)))
	queries := map[string]projections.CaseQuery{
		"first page": {}, "rare state": {State: projections.Suspended},
		"frequent text": {Text: "空调"}, "rare text": {Text: "sc0007r"},
	}
	for _, name := range slices.Sorted(maps.Keys(queries)) {
		b.Run(name, func(b *testing.B) {
			query := queries[name]
			query.Limit = 50
			for b.Loop() {
				if _, err := v.Cases(b.Context(), query); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
