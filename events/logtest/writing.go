package logtest

import (
	"errors"
	"fmt"
	"sync"
	"testing"

	"starledger/events"
)

func staleExpectation(t *testing.T, f Fixture) {
	wantFirst(t, f.Log, entry("a", 0, "one"), 1)
	wantFirst(t, f.Log, entry("a", 1, "two"), 2)
	for _, after := range []uint64{1, 3, 99} {
		wantRefused(t, f.Log, entry("a", after, "late"), events.ErrConflict)
	}
	wantLast(t, f.Log, 2)
}

func newCaseMustBeNew(t *testing.T, f Fixture) {
	wantFirst(t, f.Log, entry("a", 0, "one"), 1)
	wantRefused(t, f.Log, entry("a", 0, "another beginning"), events.ErrConflict)
	wantRefused(t, f.Log, entry("b", 1, "no beginning"), events.ErrConflict)
	wantLast(t, f.Log, 1)
}

func twoWriters(t *testing.T, f Fixture) {
	const rounds = 60
	for round := range rounds {
		after, err := f.Log.LastOf(t.Context(), "a")
		if err != nil {
			t.Fatal(err)
		}
		var errs [2]error
		var both sync.WaitGroup
		for w := range errs {
			// One of the two writes a batch: a race between both ways of writing.
			texts := []string{fmt.Sprintf("round %d writer %d", round, w), "and more"}[:1+(round+w)%2]
			both.Go(func() { _, errs[w] = f.Log.Append(t.Context(), entry("a", after, texts...)) })
		}
		both.Wait()
		won, lost := errs[0], errs[1]
		if won != nil {
			won, lost = lost, won
		}
		if won != nil || !errors.Is(lost, events.ErrConflict) {
			t.Fatalf("round %d: %v, want one success and one conflict", round, errs)
		}
	}
	last, err := f.Log.Last(t.Context())
	if err != nil || last < rounds || last > 2*rounds {
		t.Fatalf("after %d rounds the log ends at %d, %v", rounds, last, err)
	}
	if got, err := collect(f.Log.Read(t.Context(), 1, last)); err != nil || uint64(len(got)) != last {
		t.Fatalf("read %d of %d records: %v", len(got), last, err)
	}
}

func manyWriters(t *testing.T, f Fixture) {
	const writers, each = 8, 25
	var all sync.WaitGroup
	for w := range writers {
		all.Go(func() {
			caseID, after := fmt.Sprintf("case%d", w), uint64(0)
			for i := range each {
				seq, err := f.Log.Append(t.Context(), entry(caseID, after, fmt.Sprint(i)))
				if err != nil {
					t.Errorf("case %s entry %d: %v", caseID, i, err)
					return
				}
				after = seq
			}
		})
	}
	all.Wait()
	wantLast(t, f.Log, writers*each)
	for w := range writers {
		caseID := fmt.Sprintf("case%d", w)
		got, err := collect(f.Log.ReadCase(t.Context(), caseID, writers*each))
		if err != nil || len(got) != each {
			t.Fatalf("case %s has %d records, want %d: %v", caseID, len(got), each, err)
		}
		for i, rec := range got {
			if string(rec.Body) != string(body(caseID, fmt.Sprint(i))) {
				t.Fatalf("case %s record %d is %s", caseID, i, rec.Body)
			}
		}
	}
}

// A caller that got no answer comes again with the same bytes, which hold a nonce. It must learn
// where they stand instead of a conflict with itself.
func sameAppendAgain(t *testing.T, f Fixture) {
	single, batch := entry("a", 0, "one"), entry("a", 1, "two", "three")
	wantFirst(t, f.Log, single, 1)
	wantFirst(t, f.Log, single, 1)
	wantFirst(t, f.Log, batch, 2)
	wantFirst(t, f.Log, batch, 2)
	wantFirst(t, f.Log, single, 1)
	wantLastOf(t, f.Log, "a", 3) // the case has gone on since
	wantRefused(t, f.Log, entry("a", 1, "two", "other"), events.ErrConflict)
	wantRefused(t, f.Log, entry("a", 1, "two", "three", "four"), events.ErrConflict)
	wantLast(t, f.Log, 3)
}

func batchIsConsecutive(t *testing.T, f Fixture) {
	wantFirst(t, f.Log, entry("a", 0, "one"), 1)
	wantFirst(t, f.Log, entry("a", 1, "two", "three", "four"), 2)
	wantFirst(t, f.Log, entry("b", 0, "five", "six"), 5)
	wantFirst(t, f.Log, entry("a", 4, "seven"), 7)
	var want []events.Record
	for i, text := range []string{"one", "two", "three", "four"} {
		want = append(want, events.Record{Seq: uint64(i) + 1, Case: "a", Body: body("a", text)})
	}
	wantRecords(t, f.Log.Read(t.Context(), 1, 4), want)
}

func batchConflict(t *testing.T, f Fixture) {
	wantFirst(t, f.Log, entry("a", 0, "one", "two"), 1)
	wantRefused(t, f.Log, entry("a", 1, "x", "y", "z"), events.ErrConflict)
	wantRefused(t, f.Log, entry("a", 0, "x", "y"), events.ErrConflict)
	wantLast(t, f.Log, 2)
	wantFirst(t, f.Log, entry("a", 2, "three", "four"), 3)
}

func batchLimit(t *testing.T, f Fixture) {
	texts := make([]string, events.MaxBatch+1)
	for i := range texts {
		texts[i] = fmt.Sprint(i)
	}
	wantRefused(t, f.Log, entry("a", 0, texts...), events.ErrTooLarge)
	wantFirst(t, f.Log, entry("a", 0, texts[:events.MaxBatch]...), 1)
	wantLastOf(t, f.Log, "a", events.MaxBatch)
}

func bodyLimit(t *testing.T, f Fixture) {
	largest := bodyOfSize("a", events.MaxBody)
	wantRefused(t, f.Log, events.Append{Case: "a", Bodies: [][]byte{bodyOfSize("a", events.MaxBody+1)}}, events.ErrTooLarge)
	wantRefused(t, f.Log, events.Append{Case: "a", Bodies: [][]byte{body("a", "small"), bodyOfSize("a", events.MaxBody+1)}}, events.ErrTooLarge)
	wantFirst(t, f.Log, events.Append{Case: "a", Bodies: [][]byte{largest}}, 1)
	batch := make([][]byte, 40) // 10 MiB that go together
	for i := range batch {
		batch[i] = largest
	}
	wantFirst(t, f.Log, events.Append{Case: "a", After: 1, Bodies: batch}, 2)
	got, err := collect(f.Log.Read(t.Context(), 1, 41))
	if err != nil || len(got) != 41 || len(got[40].Body) != events.MaxBody {
		t.Fatalf("read %d records: %v", len(got), err)
	}
}

func nonsense(t *testing.T, f Fixture) {
	for name, a := range map[string]events.Append{
		"no bodies":  {Case: "a"},
		"no case":    {Bodies: [][]byte{body("", "x")}},
		"empty body": {Case: "a", Bodies: [][]byte{{}}},
	} {
		if _, err := f.Log.Append(t.Context(), a); err == nil {
			t.Errorf("%s: it was stored", name)
		}
	}
	wantLast(t, f.Log, 0)
}
