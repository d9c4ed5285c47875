package logtest

import (
	"context"
	"errors"
	"slices"
	"testing"

	"starledger/events"
)

func emptyLog(t *testing.T, f Fixture) {
	wantLast(t, f.Log, 0)
	wantLastOf(t, f.Log, "a", 0)
	wantRecords(t, f.Log.Read(t.Context(), 1, 0), nil)
	wantRecords(t, f.Log.ReadAt(t.Context(), nil), nil)
	wantRecords(t, f.Log.ReadCase(t.Context(), "a", 0), nil)
}

func countsFromOne(t *testing.T, f Fixture) {
	// a, b, a, and two of b: sequences 1, 2, 3, 4 and 5.
	wantFirst(t, f.Log, entry("a", 0, "one"), 1)
	wantFirst(t, f.Log, entry("b", 0, "two"), 2)
	wantFirst(t, f.Log, entry("a", 1, "three"), 3)
	wantFirst(t, f.Log, entry("b", 2, "four", "five"), 4)
	wantLast(t, f.Log, 5)
	wantLastOf(t, f.Log, "a", 3)
	wantLastOf(t, f.Log, "b", 5)
	wantLastOf(t, f.Log, "c", 0)
}

func readsRanges(t *testing.T, f Fixture) {
	all := fill(t, f.Log, 40)
	for _, r := range []struct{ from, to uint64 }{{1, 40}, {1, 1}, {40, 40}, {7, 23}, {0, 3}, {5, 4}, {0, 0}} {
		low := max(r.from, 1)
		var want []events.Record
		if r.to >= low {
			want = all[low-1 : r.to]
		}
		wantRecords(t, f.Log.Read(t.Context(), r.from, r.to), want)
	}
}

func readBeyondEnd(t *testing.T, f Fixture) {
	all := fill(t, f.Log, 10)
	wantGap(t, f.Log.Read(t.Context(), 1, 11), all, 11)
	wantGap(t, f.Log.Read(t.Context(), 11, 12), nil, 11)
	wantGap(t, f.Log.ReadAt(t.Context(), []uint64{2, 11}), all[1:2], 11)
}

func readsAt(t *testing.T, f Fixture) {
	all := fill(t, f.Log, 700)
	var seqs []uint64
	var want []events.Record
	for seq := uint64(1); seq <= 700; seq += 1 + seq%3 {
		seqs = append(seqs, seq)
		want = append(want, all[seq-1])
	}
	wantRecords(t, f.Log.ReadAt(t.Context(), seqs), want)
	wantRecords(t, f.Log.ReadAt(t.Context(), []uint64{700}), all[699:])
}

func readsCase(t *testing.T, f Fixture) {
	all := fill(t, f.Log, 60)
	for _, upTo := range []uint64{0, 1, 29, 30, 31, 60} {
		var want []events.Record
		for _, rec := range all[:upTo] {
			if rec.Case == all[0].Case {
				want = append(want, rec)
			}
		}
		wantRecords(t, f.Log.ReadCase(t.Context(), all[0].Case, upTo), want)
	}
	wantRecords(t, f.Log.ReadCase(t.Context(), "nobody", 60), nil)
}

func storesBytes(t *testing.T, f Fixture) {
	body := []byte(`{"subject":"a","text":"服务 <&> \u2028 \\ \" 0.10","n":[1, 2 ,3]}`)
	given := slices.Clone(body)
	wantFirst(t, f.Log, events.Append{Case: "a", Bodies: [][]byte{given}}, 1)
	clear(given) // the caller's buffer is the caller's
	wantRecords(t, f.Log.Read(t.Context(), 1, 1), []events.Record{{Seq: 1, Case: "a", Body: body}})
}

func followsOn(t *testing.T, f Fixture) {
	all := fill(t, f.Log, 5)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var got []events.Record
	for rec, err := range f.Log.Follow(ctx, 3) {
		if err != nil {
			if !errors.Is(err, context.Canceled) || ctx.Err() == nil {
				t.Fatalf("follow ended with %v", err)
			}
			break
		}
		got = append(got, rec)
		switch rec.Seq { // each new record is written only when the one before has been seen
		case 5:
			wantFirst(t, f.Log, entry("late", 0, "six"), 6)
		case 6:
			wantFirst(t, f.Log, entry("late", 6, "seven", "eight"), 7)
		case 8:
			cancel()
		}
	}
	want := append(slices.Clone(all[2:]),
		events.Record{Seq: 6, Case: "late", Body: body("late", "six")},
		events.Record{Seq: 7, Case: "late", Body: body("late", "seven")},
		events.Record{Seq: 8, Case: "late", Body: body("late", "eight")})
	same(t, got, want)
}

func followEnds(t *testing.T, f Fixture) {
	cause, cancel := context.WithCancel(t.Context())
	started := make(chan error)
	go func() {
		for _, err := range f.Log.Follow(cause, 1) {
			started <- err
		}
		close(started)
	}()
	wantFirst(t, f.Log, entry("a", 0, "one"), 1)
	if err := <-started; err != nil {
		t.Fatalf("the first record: %v", err)
	}
	cancel()
	if err := <-started; !errors.Is(err, context.Canceled) {
		t.Fatalf("follow ended with %v, want the error of its context", err)
	}
	if err, more := <-started; more {
		t.Fatalf("something was yielded after the end: %v", err)
	}
}

func cancelled(t *testing.T, f Fixture) {
	fill(t, f.Log, 3)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := f.Log.Append(ctx, entry("new", 0, "x"))
	wantCancelled(t, "append", err)
	wantCancelled(t, "read", lastError(f.Log.Read(ctx, 1, 3)))
	wantCancelled(t, "read at", lastError(f.Log.ReadAt(ctx, []uint64{1, 3})))
	wantCancelled(t, "follow", lastError(f.Log.Follow(ctx, 1)))
	wantLast(t, f.Log, 3)
}

func stopEarly(t *testing.T, f Fixture) {
	fill(t, f.Log, 30)
	for rec, err := range f.Log.Read(t.Context(), 1, 30) {
		if err != nil || rec.Seq == 4 {
			break
		}
	}
	for _, err := range f.Log.ReadAt(t.Context(), []uint64{1, 2, 3, 4}) {
		if err == nil {
			break
		}
	}
	for _, err := range f.Log.Follow(t.Context(), 1) {
		if err == nil {
			break
		}
	}
	wantLast(t, f.Log, 30)
}
