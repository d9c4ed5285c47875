package seal

import (
	"context"
	"iter"
	"maps"
	"os"
	"path/filepath"
	"testing"

	"starledger/events"
)

// countedLog counts what is read of it.
type countedLog struct {
	Log
	read int
}

func (l *countedLog) Read(ctx context.Context, from, to uint64) iter.Seq2[events.Record, error] {
	return func(yield func(events.Record, error) bool) {
		for rec, err := range l.Log.Read(ctx, from, to) {
			l.read++
			if !yield(rec, err) {
				return
			}
		}
	}
}

// Where the cases end is the same however it is found out; what is in the file need not be read of
// the log again. A file that cannot be right is no loss.
func TestCasesAreFoundAgain(t *testing.T) {
	w := newWorld(t)
	w.grow(40)
	path := filepath.Join(t.TempDir(), "cases")
	load := func(size uint64, reads int) *cases {
		t.Helper()
		log := &countedLog{Log: w.log}
		c, err := loadCases(t.Context(), path, log, size)
		if err != nil || log.read != reads || c.size != size {
			t.Fatalf("%d records read for size %d, want %d: %v", log.read, size, reads, err)
		}
		return c
	}
	first := load(30, 30)
	if err := first.save(path); err != nil {
		t.Fatal(err)
	}
	again := load(40, 10)
	for name, seq := range again.last {
		if seq != w.at(name).seq {
			t.Errorf("case %s ends at %d, not %d", name, seq, w.at(name).seq)
		}
	}
	load(20, 20) // the file knows more than is sealed
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	text[len(text)-2]++
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
	if c := load(40, 40); !maps.Equal(c.last, again.last) {
		t.Errorf("%v, want %v", c.last, again.last)
	}
}

// A leaf that is read back from the tiles goes into a new leaf only when it is proven.
func TestPreviousLeafIsProven(t *testing.T) {
	for _, name := range []string{"tiles/tile/entries/000", "tiles/tile/0/000"} {
		_, w := grown(t)
		w.mustRestart() // nothing is held ready
		w.sealer.cases.last[w.firstCase()] = 1
		w.flip(t, name)
		if _, err := w.sealer.lastLeaf(w.firstCase()); err == nil {
			t.Errorf("a flipped bit in %s was not seen", name)
		} else {
			wantIntegrity(t, err, "tile directory")
		}
	}
}

func (w *world) firstCase() string { return "01JD3Z0000000000000000000A" }
