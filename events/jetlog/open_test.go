package jetlog

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"starledger/events"
	"starledger/events/jetlog/natstest"
)

func TestMain(m *testing.M) {
	if dir := os.Getenv(childStore); dir != "" {
		appendUntilKilled(dir)
	}
	goleak.VerifyTestMain(m, goleak.Cleanup(func(code int) {
		natstest.CleanUp()
		os.Exit(code)
	}))
}

func wantNotOpened(t *testing.T, dir string, known uint64, why string) {
	t.Helper()
	l, err := Open(t.Context(), Config{StoreDir: dir, KnownLast: known, Logger: quiet})
	if err == nil {
		l.Close()
	}
	if !errors.Is(err, events.ErrIntegrity) || !strings.Contains(err.Error(), why) {
		t.Fatalf("open with %d known: %v, want an integrity error with %q", known, err, why)
	}
}

// A stream is never created, and never served, where a larger ledger is known.
func TestOpenRefusesLessThanIsKnown(t *testing.T) {
	dir := t.TempDir()
	wantNotOpened(t, dir, 1, "it holds no stream, but the ledger is known up to sequence 1")
	if _, err := os.Stat(streamDir(dir, streamName)); !errors.Is(err, os.ErrNotExist) {
		t.Fatalf("a stream was created: %v", err)
	}
	l := openLog(t, dir, 0)
	write(t, l, 5, 100, 1)
	l.Close()
	wantNotOpened(t, dir, 6, "ends at sequence 5, but the ledger is known up to sequence 6")
	openLog(t, dir, 5).Close()
	if err := os.RemoveAll(streamDir(dir, streamName)); err != nil {
		t.Fatal(err)
	}
	wantNotOpened(t, dir, 5, "it holds no stream, but the ledger is known up to sequence 5")
}

// Blocks that the broker does not take for a stream are not covered up by a new one, even when
// nobody else knows of a ledger.
func TestOpenRefusesBlocksWithoutStream(t *testing.T) {
	for _, file := range []string{"meta.inf", "meta.sum"} {
		dir := t.TempDir()
		l := openLog(t, dir, 0)
		all := write(t, l, 5, 100, 1)
		l.Close()
		if err := os.Remove(filepath.Join(streamDir(dir, streamName), file)); err != nil {
			t.Fatal(err)
		}
		wantNotOpened(t, dir, 0, "cannot read the stream")
		wantScan(t, "after the refusal", dir, all)
	}
}

// A founding that was cut short can be repeated: there is a directory, but nothing was stored.
func TestOpenRepeatsFounding(t *testing.T) {
	dir := t.TempDir()
	if err := os.MkdirAll(blockDir(dir), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(blockDir(dir), "1.blk"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	write(t, openLog(t, dir, 0), 3, 100, 1)
}

// An earlier copy of the store is refused as well.
func TestOpenRefusesOlderCopy(t *testing.T) {
	dir, older := t.TempDir(), t.TempDir()
	l := openLog(t, dir, 0)
	write(t, l, 5, 100, 1)
	if err := os.CopyFS(older, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	write(t, l, 4, 100, 1)
	wantNotOpened(t, older, 9, "ends at sequence 5, but the ledger is known up to sequence 9")
}

// Why the broker did not start is told.
func TestOpenTellsWhyTheBrokerFailed(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "jetstream"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := Open(t.Context(), Config{StoreDir: dir, Logger: quiet})
	if err == nil || !strings.Contains(err.Error(), "not a directory") {
		t.Fatalf("got %v", err)
	}
}
