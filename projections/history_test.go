package projections_test

import (
	"slices"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"starledger/events"
	"starledger/projections/rehearsal"
)

// A history has everything that is in the log when it is asked for, whether this process posted it and
// said so, posted it and did not, or another did.
func TestHistoryIsAuthoritative(t *testing.T) {
	whole := tell(t, rehearsal.Plan{Seed: 31, Events: 200, Open: 2, Scheme: scheme(t, "gbt27922-2011"), Cut: true})
	growing := emptyLedger()
	v := views(t, growing.log, "")
	for at, e := range whole.list {
		growing.append(t, e)
		switch at % 5 {
		case 0, 1:
			v.Posted(e.Subject, []*events.Stored{e})
		case 2: // handed over out of order
			v.Posted(e.Subject, []*events.Stored{whole.list[(at*7)%len(whole.list)]})
		}
		if at%3 == 0 {
			continue
		}
		h, err := v.History(t.Context(), e.Subject)
		if err != nil {
			t.Fatal(err)
		}
		list := growing.of(e.Subject, e.Seq)
		if diff := cmp.Diff(fold(t, list), h.Case, exact); diff != "" {
			t.Fatalf("after event %d:\n%s", e.Seq, diff)
		}
		if len(h.Seqs) != len(list) || h.Seqs[len(h.Seqs)-1] != e.Seq {
			t.Fatalf("after event %d the sequences are %v", e.Seq, h.Seqs)
		}
		if got := h.Keyed(e.ActorID, e.IdempotencyKey); !slices.Equal(got, []uint64{e.Seq}) {
			t.Errorf("key %s is at %v, want %d", e.IdempotencyKey, got, e.Seq)
		}
		if got := h.Keyed("nobody", e.IdempotencyKey); got != nil {
			t.Errorf("another actor's key is found at %v", got)
		}
	}
}

// A snapshot stays what it was while the case goes on, for any number of readers.
func TestSnapshotsAreImmutable(t *testing.T) {
	whole := tell(t, rehearsal.Plan{Seed: 31, Events: 150, Open: 1, Scheme: scheme(t, "gbt27922-2011"), Cut: true})
	growing := emptyLedger()
	v := views(t, growing.log, "")
	var readers sync.WaitGroup
	for _, e := range whole.list {
		growing.append(t, e)
		readers.Go(func() {
			h, err := v.History(t.Context(), e.Subject)
			if err != nil {
				t.Error(err)
				return
			}
			again := fold(t, whole.of(e.Subject, h.Case.Head.Seq))
			if h.Case.Head.Seq < e.Seq || !cmp.Equal(again, h.Case, exact) {
				t.Errorf("the snapshot at %d is not the fold up to there", h.Case.Head.Seq)
			}
			if list, err := v.Events(t.Context(), e.Subject, e.Seq); err != nil || len(list) != int(e.CaseSeq) {
				t.Errorf("%d events up to %d, %v", len(list), e.Seq, err)
			}
		})
		v.Posted(e.Subject, []*events.Stored{e})
	}
	readers.Wait()
}

func TestOpenedWith(t *testing.T) {
	ledger := tell(t, rehearsal.Plan{Seed: 31, Events: 500, Open: 3, Scheme: scheme(t, "gbt27922-2011"), Cut: true})
	v := views(t, ledger.log, "")
	for _, e := range ledger.list {
		seq, ok, err := v.OpenedWith(t.Context(), e.ActorID, e.IdempotencyKey)
		if err != nil {
			t.Fatal(err)
		}
		if opens := e.CaseSeq == 1; ok != opens || opens && seq != e.Seq {
			t.Errorf("key %s of event %d: %d, %v", e.IdempotencyKey, e.Seq, seq, ok)
		}
	}
}
