package jetlog

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"starledger/events"
)

func wantHolds(t *testing.T, l *Log, want []events.Record) {
	t.Helper()
	last, err := l.Last(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	got, err := collect(l.Read(t.Context(), 1, last))
	if err != nil {
		t.Fatal(err)
	}
	wantSame(t, "what the log holds", got, want)
}

// A power cut may leave any beginning of the last batch. Wherever it ends, within a record or between two, in the
// block where the batch begins or a later one, opening takes all of it away and nothing else, and what is
// appended next takes its place.
func TestOpenTakesAnOpenBatchAway(t *testing.T) {
	for name, c := range map[string]struct {
		alone, batch, size, step int
		emptied                  bool // the broker had made the next block
	}{
		"within a block":           {4, 8, 200, 37, false},
		"over three blocks":        {300, 600, 20_000, 2_500_000, false},
		"before two empty blocks":  {300, 600, 20_000, 5_500_000, true},
		"from the very first on":   {0, 8, 200, 151, false},
		"from the first of blocks": {0, 600, 20_000, 5_000_000, false},
	} {
		t.Run(name, func(t *testing.T) {
			l := openLog(t, t.TempDir(), 0)
			all := append(write(t, l, c.alone, c.size, 1), write(t, l, c.batch, c.size, c.batch)...)
			crashed := filepath.Join(t.TempDir(), "store")
			if err := os.CopyFS(crashed, os.DirFS(l.storeDir)); err != nil {
				t.Fatal(err)
			}
			l.Close()
			for dir := crashed; ; {
				dir = cutEnd(t, dir, c.step, c.emptied)
				open, err := findOpenBatch(listed(t, dir))
				if err != nil {
					t.Fatal(err)
				}
				if open.first == 0 {
					return // the cut has come to where the batch begins
				}
				if open.first != uint64(c.alone)+1 {
					t.Fatalf("the open batch begins at %d, want %d", open.first, c.alone+1)
				}
				opened := filepath.Join(t.TempDir(), "store")
				if err := os.CopyFS(opened, os.DirFS(dir)); err != nil {
					t.Fatal(err)
				}
				l := openLog(t, opened, uint64(c.alone))
				wantHolds(t, l, all[:c.alone])
				next := write(t, l, 3, c.size, 3)
				wantHolds(t, l, append(all[:c.alone:c.alone], next...))
				l.Close()
			}
		})
	}
}

// cutEnd copies a store without so many of its last bytes.
func cutEnd(t *testing.T, dir string, n int, emptied bool) string {
	t.Helper()
	shorter := filepath.Join(t.TempDir(), "store")
	if err := os.CopyFS(shorter, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	files := blocks(t, shorter)
	for ; n > 0 && len(files) > 0; files = files[:len(files)-1] {
		last := files[len(files)-1]
		editFile(t, last, func(data []byte) []byte {
			cut := min(n, len(data))
			n -= cut
			return data[:len(data)-cut]
		})
		if info, err := os.Stat(last); err != nil {
			t.Fatal(err)
		} else if info.Size() > 0 || emptied {
			continue
		}
		if err := os.Remove(last); err != nil {
			t.Fatal(err)
		}
	}
	return shorter
}

func listed(t *testing.T, dir string) []blockFile {
	t.Helper()
	list, err := listBlocks(dir)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// Damage is not cut away, be it within an open batch: whether the batch was acknowledged nobody can say then.
func TestDamageBeforeTheEndIsLeft(t *testing.T) {
	dir, all := cutBatch(t)
	flipIn(t, dir, all[24].Body)
	file := blocks(t, dir)[0]
	before, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if cut, err := cutOpenBatch(dir); err != nil || cut.first != 0 {
		t.Fatalf("cut %+v, %v", cut, err)
	}
	if after, err := os.ReadFile(file); err != nil || !bytes.Equal(before, after) {
		t.Fatalf("the block was changed, %v", err)
	}
}
