package logtest

import (
	"context"
	"errors"
	"testing"

	"starledger/events"
)

func restart(t *testing.T, f Fixture) {
	if f.Restart == nil {
		return
	}
	all := fill(t, f.Log, 25)
	wantFirst(t, f.Log, entry("batch", 0, "26", "27", "28"), 26)
	log := f.Restart(t)
	wantLast(t, log, 28)
	wantRecords(t, log.Read(t.Context(), 1, 25), all)
	wantLastOf(t, log, "batch", 28)
	wantRefused(t, log, entry("batch", 27, "stale"), events.ErrConflict)
	wantFirst(t, log, entry("batch", 28, "29"), 29)
	wantFirst(t, log, entry("batch", 0, "26", "27", "28"), 26) // the same append again
	wantLast(t, log, 29)
}

func gap(t *testing.T, f Fixture) {
	if f.Damage == nil {
		return
	}
	all := fill(t, f.Log, 30)
	log := f.Damage(t, 12)
	wantGap(t, log.Read(t.Context(), 1, 30), all[:11], 12)
	wantGap(t, log.Read(t.Context(), 12, 12), nil, 12)
	wantGap(t, log.ReadAt(t.Context(), []uint64{3, 12, 20}), all[2:3], 12)
	wantGap(t, log.Follow(t.Context(), 5), all[4:11], 12)
	wantRecords(t, log.Read(t.Context(), 13, 30), all[12:])

	log = f.Damage(t, 30) // nothing follows that could give the gap away
	wantGap(t, log.Read(t.Context(), 13, 30), all[12:29], 30)
	wantGap(t, log.Follow(t.Context(), 13), all[12:29], 30)
}

func lostAnswer(t *testing.T, f Fixture) {
	if f.LoseAnswer == nil {
		return
	}
	wantFirst(t, f.Log, entry("a", 0, "one"), 1)
	f.LoseAnswer(t)
	wantFirst(t, f.Log, entry("a", 1, "two"), 2)
	wantFirst(t, f.Log, entry("a", 2, "three"), 3)
	f.LoseAnswer(t)
	wantRefused(t, f.Log, entry("a", 2, "late"), events.ErrConflict)
	f.LoseAnswer(t)
	wantFirst(t, f.Log, entry("b", 0, "four"), 4)
	wantLast(t, f.Log, 4)
}

func lostBatchAnswer(t *testing.T, f Fixture) {
	if f.LoseAnswer == nil {
		return
	}
	f.LoseAnswer(t)
	wantFirst(t, f.Log, entry("a", 0, "one", "two", "three"), 1)
	wantLast(t, f.Log, 3)
	f.LoseAnswer(t)
	wantRefused(t, f.Log, entry("a", 1, "late", "later"), events.ErrConflict)
	wantFirst(t, f.Log, entry("a", 3, "four"), 4)
}

func wantCancelled(t *testing.T, what string, err error) {
	t.Helper()
	if !errors.Is(err, context.Canceled) {
		t.Errorf("%s under a cancelled context: %v", what, err)
	}
}
