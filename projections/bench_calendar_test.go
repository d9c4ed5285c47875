package projections_test

import (
	"fmt"
	"testing"

	"starledger/events"
	"starledger/projections"
)

// The calendar of 10,000 certificates, of which each waits for surveillance and recertification.
func BenchmarkCalendar(b *testing.B) {
	ledger := emptyLedger()
	const cases = 10_000
	day := events.Date("2025-01-01")
	for i := range cases {
		id := events.CaseID(fmt.Sprintf("01JD3Z%020d", i))
		issued := day.AddDays(i % 365)
		previous := events.NoDigest
		for n, data := range []events.Payload{
			events.CaseImported{Organization: events.Organization{Name: "x"}, Scope: "x", Scheme: events.SchemeName{ID: "gbt27922-2011", Version: "1", Digest: events.DigestOf(nil)}, Source: "x"},
			events.CertificateImported{Number: events.Text(fmt.Sprint(i)), IssuedOn: issued, ValidFrom: issued, ValidUntil: issued.AddMonths(36), Source: "x"},
		} {
			e := events.Event{Data: data, Attributes: events.Attributes{
				ID: events.EventID(fmt.Sprintf("01JD3Z%019d%d", i, n)), Source: "bench.example/2026", Subject: id, Time: later - 1, EffectiveTime: issued.Start(),
				DataSchema: events.DigestOf(nil), CaseSeq: uint64(n + 1), PrevDigest: previous, ActorID: "wang", ActorRole: "case_officer", Nonce: "AAAAAAAAAAAAAAAAAAAAAA",
			}}
			if n == 0 {
				e.CaseSalt = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
			}
			stored, err := events.Encode(e)
			if err != nil {
				b.Fatal(err)
			}
			stored.Seq, previous = ledger.end()+1, events.PrevDigest(stored.Digest)
			ledger.append(b, stored)
		}
	}
	v := upToDate(b, ledger)
	for b.Loop() {
		page, err := v.Calendar(b.Context(), projections.CalendarQuery{Limit: 100})
		if err != nil || len(page.Items) != 100 {
			b.Fatal(len(page.Items), err)
		}
	}
}
