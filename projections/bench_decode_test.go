package projections_test

import (
	"runtime/debug"
	"testing"

	"starledger/events"
	"starledger/projections/rehearsal"
)

// lastDecoded is where an event goes that is decoded for itself.
var lastDecoded *events.Stored

// BenchmarkDecode decodes the events of whole cases, in the mix in which a rebuild meets them: each for
// itself, and as a rebuild does, where an event takes the place of one that was applied.
func BenchmarkDecode(b *testing.B) {
	var records []events.Record
	err := rehearsal.New(rehearsal.Plan{Seed: 1, Events: 10_000, Open: 20, Scheme: scheme(b, "gbt27922-2011")}).All(func(e *events.Stored) error {
		records = append(records, events.Record{Seq: e.Seq, Case: string(e.Subject), Body: e.Body})
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	defer debug.SetGCPercent(debug.SetGCPercent(400)) // as while the service catches up
	places := make([]events.Stored, 128)
	for name, decode := range map[string]func(i int, r events.Record) error{
		"alone": func(_ int, r events.Record) (err error) { lastDecoded, err = events.DecodeRecord(r); return err },
		"into":  func(i int, r events.Record) error { return events.DecodeInto(&places[i%len(places)], r) },
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				if err := decode(i, records[i%len(records)]); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
