package projections

import (
	"testing"

	"starledger/events"
	"starledger/projections/rehearsal"
	"starledger/schemas"
	"starledger/scoring"
)

// BenchmarkFollow folds events that are decoded already, and derives what they change: of a rebuild, the part
// of one core that cannot be shared and is not the writing. One operation is one event.
func BenchmarkFollow(b *testing.B) {
	documents, err := schemas.Schemes()
	if err != nil {
		b.Fatal(err)
	}
	scheme, err := scoring.ParseScheme(documents[0])
	if err != nil {
		b.Fatal(err)
	}
	for _, document := range documents[1:] {
		if s, err := scoring.ParseScheme(document); err == nil && s.ID == "gbt27922-2011" {
			scheme = s
		}
	}
	book, err := scoring.NewBook(scheme)
	if err != nil {
		b.Fatal(err)
	}
	var list []*events.Stored
	err = rehearsal.New(rehearsal.Plan{Seed: 1, Events: 30_000, Open: 100, Scheme: scheme, Cut: true}).All(func(e *events.Stored) error {
		list = append(list, e)
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	var cases map[events.CaseID]*folding
	var slim slimmer
	for i := 0; b.Loop(); i++ {
		e := list[i%len(list)]
		if e.Seq == 1 {
			cases = map[events.CaseID]*folding{}
		}
		of := cases[e.Subject]
		if of == nil {
			of = &folding{no: e.Seq, of: events.NewCase(e.Subject)}
			cases[e.Subject] = of
		}
		if _, err := of.follow(e, slim.slim(e), book); err != nil {
			b.Fatal(err)
		}
	}
}
