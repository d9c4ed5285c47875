package jetlog

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"starledger/events"
)

// A write that was cut off is no damage, wherever it was cut; the broker removes it.
func TestTornTail(t *testing.T) {
	dir := t.TempDir()
	l := openLog(t, t.TempDir(), 0)
	all := write(t, l, 20, 200, 1)
	if err := os.CopyFS(dir, os.DirFS(l.storeDir)); err != nil { // as a crash leaves it
		t.Fatal(err)
	}
	file := blocks(t, dir)[0]
	starts := offsets(t, file)
	whole, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	last := starts[len(starts)-1]
	var tails [][]byte
	for cut := last + 1; cut < len(whole); cut++ {
		tails = append(tails, whole[last:cut])
	}
	unwritten := bytes.Clone(whole[last:])
	clear(unwritten[60:])
	tails = append(tails, unwritten, make([]byte, 4096), append(bytes.Clone(unwritten), make([]byte, 100)...))
	for _, tail := range tails {
		editFile(t, file, func([]byte) []byte { return append(bytes.Clone(whole[:last]), tail...) })
		got, err := scanned(t, dir)
		var torn *TornTail
		if !errors.As(err, &torn) || torn.Seq != 20 || errors.Is(err, events.ErrIntegrity) {
			t.Fatalf("%d bytes of the record: %v", len(tail), err)
		}
		wantSame(t, "before the tear", got, all[:19])
	}
	l = openLog(t, dir, 19)
	got, err := collect(l.Read(t.Context(), 1, 19))
	if err != nil {
		t.Fatal(err)
	}
	wantSame(t, "after the restart", got, all[:19])
}

// cutBatch is a store as a power cut may leave it: 20 events, and the first 9 of a batch of 20 that
// nobody was told of.
func cutBatch(t *testing.T) (dir string, all []events.Record) {
	t.Helper()
	dir = filepath.Join(t.TempDir(), "store")
	l := openLog(t, t.TempDir(), 0)
	all = append(write(t, l, 20, 200, 1), write(t, l, 20, 200, 20)...)
	if err := os.CopyFS(dir, os.DirFS(l.storeDir)); err != nil {
		t.Fatal(err)
	}
	file := blocks(t, dir)[0]
	starts := offsets(t, file)
	editFile(t, file, func(data []byte) []byte { return data[:starts[29]] })
	return dir, all
}

// Half a batch is no history: it is neither scanned nor salvaged nor served, and a rebuild drops it. So does
// opening the store.
func TestTornBatch(t *testing.T) {
	dir, all := cutBatch(t)
	got, err := scanned(t, dir)
	var torn *TornTail
	if !errors.As(err, &torn) || torn.Seq != 21 || errors.Is(err, events.ErrIntegrity) {
		t.Fatalf("scan ended with %v, want the write of sequence 21 to be cut off", err)
	}
	wantSame(t, "before the batch", got, all[:20])
	for after := uint64(18); after <= 20; after++ {
		got, err := collect(Salvage(dir, after))
		if err != nil {
			t.Fatal(err)
		}
		wantSame(t, "salvage", got, all[after:20])
	}
	opened := filepath.Join(t.TempDir(), "opened")
	if err := os.CopyFS(opened, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	wantHolds(t, openLog(t, opened, 20), all[:20])
	if err := Rebuild(t.Context(), dir, yielding(all[:20]), nil, func(uint64) {}); err != nil {
		t.Fatal(err)
	}
	wantRebuilt(t, dir, all[:20])
}

// Where damage follows, the batch may have been acknowledged: what can be read of it is kept.
func TestDamageWithinABatchIsNoTear(t *testing.T) {
	dir := t.TempDir()
	l := openLog(t, dir, 0)
	all := append(write(t, l, 20, 200, 1), write(t, l, 20, 200, 20)...)
	l.Close()
	flipIn(t, dir, all[29].Body)
	got, err := scanned(t, dir)
	if !errors.Is(err, events.ErrIntegrity) || namedSequence(err) != 30 {
		t.Fatalf("scan ended with %v, want sequence 30 named", err)
	}
	wantSame(t, "scanned", got, all[:29])
	if got, err = collect(Salvage(dir, 20)); namedSequence(err) != 30 {
		t.Fatalf("salvage ended with %v, want sequence 30 named", err)
	}
	wantSame(t, "salvaged", got, all[20:29])
}

// What is durable cannot be torn: a range whose end is cut off is damaged, within a record or
// between two, however long the range is.
func TestTornRangeIsDamage(t *testing.T) {
	dir := t.TempDir()
	l := openLog(t, dir, 0)
	write(t, l, 600, 200, 30)
	file := blocks(t, dir)[0]
	starts := offsets(t, file)
	l.Close()
	l = openLog(t, dir, 600)
	for _, size := range []int{starts[599] + 50, starts[599]} {
		if err := os.Truncate(file, int64(size)); err != nil {
			t.Fatal(err)
		}
		for _, from := range []uint64{1, 500} {
			if _, err := collect(l.Read(t.Context(), from, 600)); !errors.Is(err, events.ErrIntegrity) || namedSequence(err) != 600 {
				t.Errorf("read from %d of %d bytes: %v, want damage at 600", from, size, err)
			}
		}
	}
}
