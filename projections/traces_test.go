package projections_test

import (
	"slices"
	"testing"

	"starledger/events"
	"starledger/projections/rehearsal"
)

// A trace is found where another organization left it first, also where one event alone left so many that they
// take several rows. The name and the code each make an organization the same.
func TestFirstTraces(t *testing.T) {
	ledger := tell(t, rehearsal.Plan{Seed: 53, Events: 10, Open: 1, Scheme: scheme(t, "gbt27922-2011"), Cut: true})
	photo, report := events.DigestOf([]byte("photo")), events.DigestOf([]byte("report"))
	one := events.Organization{Name: "晨光", USCC: "91310000MA1FL5XH3C"}
	other := events.Organization{Name: "远山"}
	first := ledger.document(t, "01JCASE0000000000000000001", one, slices.Repeat([]events.Digest{photo}, 150)...)
	v := upToDate(t, ledger)
	second := ledger.document(t, "01JCASE0000000000000000002", other, report, photo)
	await(t, v, second)
	rows := []struct {
		asks          events.Organization
		photo, report uint64
	}{
		{events.Organization{Name: "nobody in the ledger"}, first, second},
		{one, second, second},
		{other, first, 0},
		{events.Organization{Name: "晨光 under a new name", USCC: one.USCC}, second, second},
		{events.Organization{Name: one.Name}, second, second},
	}
	for _, row := range rows {
		found, err := v.FirstTraces(t.Context(), row.asks, []events.Digest{photo, report})
		if err != nil {
			t.Fatal(err)
		}
		if found[photo] != row.photo || found[report] != row.report {
			t.Errorf("%v: the photo at %d, the report at %d; want %d and %d", row.asks, found[photo], found[report], row.photo, row.report)
		}
	}
}

// document opens a case of an organization and records a document with some files; it gives the sequence of that.
func (l *told) document(t *testing.T, id events.CaseID, of events.Organization, files ...events.Digest) uint64 {
	t.Helper()
	opened := l.list[0].Event
	opened.Subject, opened.Data = id, events.CaseOpened{
		Kind: events.SecondParty, Scheme: events.SchemeName{ID: "gbt27922-2011", Version: "1", Digest: events.DigestOf(nil)}, Organization: of, Scope: "家电维修", AppliedAt: opened.Time,
	}
	e, err := events.Encode(opened)
	if err != nil {
		t.Fatal(err)
	}
	e.Seq = l.end() + 1
	l.append(t, e)
	recorded := events.DocumentRecorded{Document: "licence", Status: events.DocumentReceived}
	for _, digest := range files {
		recorded.Evidence = append(recorded.Evidence, events.Evidence{SHA256: digest, MediaType: "image/png", Name: "x.png"})
	}
	return l.goOn(t, id, recorded)
}
