package seal

import (
	"bytes"
	"context"
	"errors"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"starledger/events"
	"starledger/events/proof"
)

// alteredLog is a log in which one record is not what was appended; nothing about it shows.
type alteredLog struct {
	Log
	alter func(rec events.Record) (events.Record, bool)
}

func (l alteredLog) Read(ctx context.Context, from, to uint64) iter.Seq2[events.Record, error] {
	return func(yield func(events.Record, error) bool) {
		for rec, err := range l.Log.Read(ctx, from, to) {
			kept := true
			if err == nil {
				rec, kept = l.alter(rec)
			}
			if kept && !yield(rec, err) {
				return
			}
		}
	}
}

// sealedLedger has 1,000 sealed events, 3 full tiles and a partial one.
func sealedLedger(t *testing.T) (*world, Scrub) {
	t.Helper()
	w := newWorld(t)
	w.policy = w.keys.policy(t, unobserved)
	w.mustRestart()
	w.grow(1000)
	w.mustSeal()
	return w, Scrub{Head: w.sealer.Status().Sealed, Tiles: w.sealer.cfg.Tiles, Log: w.log}
}

func TestScrubOfSoundLedger(t *testing.T) {
	w, scrub := sealedLedger(t)
	var told []uint64
	for _, r := range [][2]uint64{{1, 1000}, {1, 1}, {256, 257}, {1000, 1000}, {300, 800}, {5, 4}} {
		told = nil
		if err := scrub.Complete(t.Context(), r[0], r[1], func(seq uint64) { told = append(told, seq) }); err != nil {
			t.Errorf("%v: %v", r, err)
		}
		if r[0] <= r[1] && (len(told) == 0 || told[len(told)-1] != r[1]) {
			t.Errorf("%v: the progress is %v", r, told)
		}
	}
	w.grow(500) // the partial tiles of the smaller tree are gone, and it can still be compared
	w.mustSeal()
	if err := scrub.Range(t.Context(), 1, 1000); err != nil {
		t.Error(err)
	}
	if err := scrub.Range(t.Context(), 1000, 1001); err == nil {
		t.Error("more than is sealed was compared")
	}
}

func TestScrubNamesTheLowestBadSequence(t *testing.T) {
	for _, c := range []struct {
		name  string
		seq   uint64
		alter func(events.Record) (events.Record, bool)
		words string
	}{
		{"a byte of the first body", 1, flipByte(1), "not those that were sealed"},
		{"a byte in a full tile", 300, flipByte(300), "not those that were sealed"},
		{"a byte of the last body", 1000, flipByte(1000), "not those that were sealed"},
		{"two bodies", 256, flipByte(256, 700), "not those that were sealed"},
		{"stored under another case", 500, func(rec events.Record) (events.Record, bool) {
			if rec.Seq == 500 {
				rec.Case = "01JD3Z0000000000000000000Z"
			}
			return rec, true
		}, "but its body names"},
		{"left out", 257, func(rec events.Record) (events.Record, bool) { return rec, rec.Seq != 257 }, "257"},
		{"cut off", 900, func(rec events.Record) (events.Record, bool) { return rec, rec.Seq < 900 }, "900"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w, scrub := sealedLedger(t)
			scrub.Log = alteredLog{w.log, c.alter}
			err := scrub.Complete(t.Context(), 1, 1000, func(uint64) {})
			if !errors.Is(err, events.ErrIntegrity) || LowestBad(err) != c.seq || !strings.Contains(err.Error(), c.words) {
				t.Errorf("got %v, want sequence %d and %q", err, c.seq, c.words)
			}
		})
	}
}

func flipByte(seqs ...uint64) func(events.Record) (events.Record, bool) {
	return func(rec events.Record) (events.Record, bool) {
		if slices.Contains(seqs, rec.Seq) {
			rec.Body = bytes.Clone(rec.Body)
			rec.Body[len(rec.Body)-3] ^= 1
		}
		return rec, true
	}
}

// Bodies and leaves altered together do not help: the leaves are proven.
func TestScrubTrustsNoTile(t *testing.T) {
	for _, path := range []string{"tile/entries/001", "tile/0/001", "tile/1/000.p/3"} {
		w, scrub := sealedLedger(t)
		file := filepath.Join(w.tileDir(), filepath.FromSlash(path))
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		data[len(data)-2] ^= 1
		if err := os.WriteFile(file, data, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := scrub.Range(t.Context(), 200, 600); !errors.Is(err, events.ErrIntegrity) || !contains(err, "tile directory") {
			t.Errorf("%s: %v", path, err)
		}
		if err := os.Remove(file); err != nil {
			t.Fatal(err)
		}
		if err := scrub.Range(t.Context(), 200, 600); !errors.Is(err, events.ErrIntegrity) {
			t.Errorf("%s is gone: %v", path, err)
		}
	}
}

func TestLowestBad(t *testing.T) {
	both := errors.Join(errors.New("x"), &events.DamageError{Seq: 9}, &events.GapError{Want: 7, Got: 12})
	for _, c := range []struct {
		err  error
		want uint64
	}{{nil, 0}, {proof.ErrRefuted, 0}, {&events.DamageError{Seq: 9, Err: &events.GapError{Want: 10}}, 9}, {both, 7}} {
		if got := LowestBad(c.err); got != c.want {
			t.Errorf("%v: %d, want %d", c.err, got, c.want)
		}
	}
}

// BenchmarkScrub compares 200,000 events of the size of real ones. Target: 200,000 events/s and more,
// on the processors of the machine.
func BenchmarkScrub(b *testing.B) {
	const n = 200_000
	w := newWorld(b)
	w.policy = w.keys.policy(b, unobserved)
	w.mustRestart()
	w.grow(n)
	if err := w.sealAll(); err != nil {
		b.Fatal(err)
	}
	scrub := Scrub{Head: w.sealer.Status().Sealed, Tiles: w.sealer.cfg.Tiles, Log: w.log}
	for b.Loop() {
		if err := scrub.Complete(b.Context(), 1, n, func(uint64) {}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "events/s")
}
