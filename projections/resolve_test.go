package projections_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/oklog/ulid/v2"
	"pgregory.net/rapid"

	"starledger/events"
	"starledger/projections"
)

// openedAt is the opening of a case of its own, recorded at a time.
func openedAt(t testing.TB, seq uint64, at events.Instant) *events.Stored {
	t.Helper()
	var id ulid.ULID
	id[15] = byte(seq)
	e, err := events.Encode(events.Event{
		Attributes: events.Attributes{
			ID: events.EventID(id.String()), Source: "test", Subject: events.CaseID(id.String()), Time: at,
			DataSchema: events.DigestOf(nil), CaseSeq: 1, PrevDigest: events.NoDigest, EffectiveTime: at,
			ActorID: "chen", ActorRole: "case_officer",
			CaseSalt: events.Random32(strings.Repeat("A", 43)), Nonce: events.Random16(strings.Repeat("A", 22)),
		},
		Data: events.CaseOpened{
			Kind: events.Certification, Scheme: events.SchemeName{ID: "s", Version: "1", Digest: events.DigestOf(nil)},
			Organization: events.Organization{Name: "某公司"}, Scope: "某服务", AppliedAt: at,
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	e.Seq = seq
	return e
}

// Clocks of nodes differ, so the log is only nearly in the order of its times. A time means the largest
// sequence up to which nothing was recorded later; a range of times is exact whatever the order.
func TestTimesOutOfOrder(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		times := rapid.SliceOfN(rapid.Int64Range(10, 40), 1, 30).Draw(r, "times")
		ledger := emptyLedger()
		for i, at := range times {
			ledger.append(t, openedAt(t, uint64(i+1), events.Instant(at)))
		}
		path := t.TempDir() + "/views"
		build(t, ledger.log, path, ledger.end())
		v := open(t, ledger.log, path)
		defer v.Close()
		for at := int64(9); at <= 41; at++ {
			want := slices.IndexFunc(times, func(recorded int64) bool { return recorded > at })
			if want < 0 {
				want = len(times)
			}
			got, err := v.Resolve(t.Context(), projections.Point{Time: events.Instant(at)})
			if err != nil || got.Seq != uint64(want) {
				r.Fatalf("time %d is sequence %d, want %d (%v)", at, got.Seq, want, err)
			}
			checkRange(t, r, v, times, at)
		}
	})
}

func checkRange(t *testing.T, r *rapid.T, v *projections.Views, times []int64, from int64) {
	to := from + 5
	var want []uint64
	for i, recorded := range times {
		if from <= recorded && recorded <= to {
			want = append(want, uint64(i+1))
		}
	}
	filter := projections.EntryFilter{From: events.Instant(from), To: events.Instant(to), Limit: 100}
	if got := entries(t, v, filter); !slices.Equal(got, want) {
		r.Fatalf("from %d to %d there are %v, want %v", from, to, got, want)
	}
}
