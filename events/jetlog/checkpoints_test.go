package jetlog

import (
	"errors"
	"net"
	"os"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"starledger/events"
)

func wantLast(t *testing.T, c *Checkpoints, note string) (revision uint64) {
	t.Helper()
	got, revision, err := c.Last(t.Context())
	if err != nil || string(got) != note {
		t.Fatalf("the newest checkpoint is %q, %v; want %q", got, err, note)
	}
	return revision
}

// wantNotes reads all notes, from the second on, and beyond the last, which is a gap.
func wantNotes(t *testing.T, c *Checkpoints, notes ...string) {
	t.Helper()
	for from := range uint64(2) {
		shown := slices.Clone(notes[:from])
		show := func(revision uint64, note []byte, cosigned bool) error {
			shown = append(shown, string(note))
			if revision != uint64(len(shown)) || cosigned != strings.Contains(string(note), "cosigned") {
				t.Errorf("revision %d is %q, cosigned %t", revision, note, cosigned)
			}
			return nil
		}
		if err := c.Notes(t.Context(), from+1, uint64(len(notes)), show); err != nil || !slices.Equal(shown, notes) {
			t.Errorf("from %d: %q, %v", from+1, shown, err)
		}
	}
	var gap *events.GapError
	nothing := func(uint64, []byte, bool) error { return nil }
	if err := c.Notes(t.Context(), 1, uint64(len(notes))+1, nothing); !errors.As(err, &gap) || gap.Want != uint64(len(notes))+1 {
		t.Errorf("beyond the end: %v", err)
	}
}

func mustSwap(t *testing.T, c *Checkpoints, after uint64, note string) (revision uint64) {
	t.Helper()
	revision, err := c.Swap(t.Context(), after, []byte(note))
	if err != nil {
		t.Fatal(err)
	}
	return revision
}

// Of two sealers that know the same revision one succeeds; cosignatures are in nobody's way.
func TestCheckpointsCompareAndSwap(t *testing.T) {
	dir := t.TempDir()
	l := openLog(t, dir, 0)
	c := l.Checkpoints()
	if revision := wantLast(t, c, ""); revision != 0 {
		t.Fatalf("an empty stream has revision %d", revision)
	}
	first := mustSwap(t, c, 0, "empty")
	if err := c.Cosigned(t.Context(), []byte("empty, cosigned")); err != nil {
		t.Fatal(err)
	}
	second := mustSwap(t, c, first, "one")
	for _, stale := range []uint64{0, first, second + 1} {
		if _, err := c.Swap(t.Context(), stale, []byte("other")); !errors.Is(err, events.ErrConflict) {
			t.Errorf("swap after %d: %v", stale, err)
		}
	}
	l.Close()
	l, err := Open(t.Context(), Config{StoreDir: dir, KnownCheckpoint: true, Logger: quiet})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if revision := wantLast(t, l.Checkpoints(), "one"); revision != second {
		t.Errorf("revision %d after a restart, was %d", revision, second)
	}
}

// The answer is lost: the checkpoint may be kept or not, which is what the caller is told.
func TestCheckpointWithoutAnswerIsUnknown(t *testing.T) {
	var armed atomic.Bool
	l, err := open(t.Context(), Config{StoreDir: t.TempDir(), Logger: quiet}, faults{
		wrap:    func(conn net.Conn) net.Conn { return newLossyConn(conn, &armed) },
		ackWait: testAckWait,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(l.Close)
	armed.Store(true)
	if _, err := l.Checkpoints().Swap(t.Context(), 0, []byte("landed")); !errors.Is(err, events.ErrUnknown) {
		t.Fatalf("got %v", err)
	}
	revision := wantLast(t, l.Checkpoints(), "landed")
	mustSwap(t, l.Checkpoints(), revision, "next")
}

// LEDGER_CP is founded for a ledger that has events from before it existed, and never where somebody
// knows a checkpoint.
func TestCheckpointsAreFoundedOnce(t *testing.T) {
	dir := t.TempDir()
	l := openLog(t, dir, 0)
	write(t, l, 5, 100, 1)
	l.Close()
	lost := func() {
		t.Helper()
		if err := os.RemoveAll(streamDir(dir, cpName)); err != nil {
			t.Fatal(err)
		}
	}
	lost()
	l = openLog(t, dir, 5)
	mustSwap(t, l.Checkpoints(), 0, "one")
	l.Close()
	lost()
	known := Config{StoreDir: dir, KnownLast: 5, KnownCheckpoint: true, Logger: quiet}
	if _, err := Open(t.Context(), known); !errors.Is(err, events.ErrIntegrity) {
		t.Fatalf("a lost LEDGER_CP: %v", err)
	}
	if _, err := os.Stat(streamDir(dir, cpName)); !errors.Is(err, os.ErrNotExist) {
		t.Fatalf("it was created: %v", err)
	}
}

// The log's stream is founded first, so a LEDGER_CP that stands alone says that it is lost.
func TestLogIsNotFoundedBesideCheckpoints(t *testing.T) {
	dir := t.TempDir()
	l := openLog(t, dir, 0)
	mustSwap(t, l.Checkpoints(), 0, "empty")
	l.Close()
	if err := os.RemoveAll(streamDir(dir, streamName)); err != nil {
		t.Fatal(err)
	}
	wantNotOpened(t, dir, 0, "LEDGER_CP holds checkpoints")
}

// Somebody takes the stream away, or shortens it, while the ledger is served.
func TestShrunkenStreamsAreNamed(t *testing.T) {
	l := openLog(t, t.TempDir(), 0)
	write(t, l, 3, 100, 1)
	mustSwap(t, l.Checkpoints(), 0, "one")
	if err := l.CheckConfig(t.Context()); err != nil {
		t.Fatal(err)
	}
	l.durable.reach(4) // as if one more had been acknowledged
	l.cp.saw(2)
	var drift *DriftError
	if err := l.CheckConfig(t.Context()); !errors.As(err, &drift) || !errors.Is(err, events.ErrIntegrity) || len(drift.Drift) != 2 ||
		drift.Drift[0] != "LEDGER: it ends at sequence 3, but reached 4" || drift.Drift[1] != "LEDGER_CP: it ends at sequence 1, but reached 2" {
		t.Fatalf("got %v", err)
	}
}

// A rebuilt store knows the newest checkpoint.
func TestRebuildRestoresCheckpoint(t *testing.T) {
	dir := t.TempDir()
	l := openLog(t, dir, 0)
	write(t, l, 3, 100, 1)
	l.Close()
	if err := Rebuild(t.Context(), dir, Scan(dir), []byte("newest"), func(uint64) {}); err != nil {
		t.Fatal(err)
	}
	wantLast(t, openLog(t, dir, 3).Checkpoints(), "newest")
}
