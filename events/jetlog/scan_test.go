package jetlog

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"starledger/events"
)

func collect(records iter.Seq2[events.Record, error]) (all []events.Record, err error) {
	for rec, err := range records {
		if err != nil {
			return all, err
		}
		all = append(all, rec)
	}
	return all, nil
}

// scanned is what Scan yields. Sound says of it only whether it is whole and where it ends, and has to agree.
func scanned(t *testing.T, dir string) ([]events.Record, error) {
	t.Helper()
	all, err := collect(Scan(dir))
	ends, ok := Sound(t.Context(), dir)
	if ok != (err == nil) || ok && ends != uint64(len(all)) {
		t.Fatalf("of %d records that end with %v, Sound says: %d, %v", len(all), err, ends, ok)
	}
	return all, err
}

func wantSame(t *testing.T, what string, got, want []events.Record) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%s: %d records, want %d", what, len(got), len(want))
	}
	for i := range got {
		if got[i].Seq != want[i].Seq || got[i].Case != want[i].Case || !bytes.Equal(got[i].Body, want[i].Body) {
			t.Fatalf("%s: record %d is %d of %s", what, i, got[i].Seq, got[i].Case)
		}
	}
}

// The parser of the block files and the broker's own reading agree, for single messages, for
// batches (whose messages have other headers) and across blocks; while the broker runs, after it
// has stopped, and in a copy made while it ran.
func TestScanAgreesWithBroker(t *testing.T) {
	for name, c := range map[string]struct{ n, size, batch, blocks int }{
		"nothing":     {0, 0, 1, 0},
		"one":         {1, 100, 1, 1},
		"singles":     {300, 100, 1, 1},
		"batches":     {1500, 100, 37, 1},
		"many blocks": {900, 20_000, 30, 3},
		"largest":     {40, events.MaxBody, 2, 2},
	} {
		t.Run(name, func(t *testing.T) {
			dir, copied := t.TempDir(), t.TempDir()
			l := openLog(t, dir, 0)
			want := write(t, l, c.n, c.size, c.batch)
			got, err := collect(l.ReadAt(t.Context(), sequences(1, uint64(c.n))))
			if err != nil {
				t.Fatal(err)
			}
			wantSame(t, "through the broker", got, want)
			if err := os.CopyFS(copied, os.DirFS(dir)); err != nil {
				t.Fatal(err)
			}
			wantScan(t, "while it runs", dir, want)
			l.Close()
			wantScan(t, "when it has stopped", dir, want)
			wantScan(t, "in a copy", copied, want)
			if n := len(blocks(t, dir)); n < c.blocks {
				t.Fatalf("%d blocks, want at least %d", n, c.blocks)
			}
		})
	}
}

func wantScan(t *testing.T, what, dir string, want []events.Record) {
	t.Helper()
	got, err := scanned(t, dir)
	if err != nil {
		t.Fatalf("scan %s: %v", what, err)
	}
	wantSame(t, "scan "+what, got, want)
}

// Reading ranges that begin and end anywhere in the blocks.
func TestReadRangesFromBlocks(t *testing.T) {
	l := openLog(t, t.TempDir(), 0)
	want := write(t, l, 1200, 20_000, 40)
	for _, r := range []struct{ from, to uint64 }{{1, 1200}, {2, 400}, {399, 1199}, {415, 680}, {800, 1200}} {
		got, err := collect(l.Read(t.Context(), r.from, r.to))
		if err != nil {
			t.Fatal(err)
		}
		wantSame(t, fmt.Sprint(r), got, want[r.from-1:r.to])
	}
}

// Whoever reads from behind damage meets none, whether it hides where later records lie or not; whoever
// reads across it is told which sequence it is, and where.
func TestReadBehindDamage(t *testing.T) {
	const n, bad = 700, 350
	for name, at := range map[string]int{"in a length": 1, "in a body": 400} {
		t.Run(name, func(t *testing.T) {
			l := openLog(t, t.TempDir(), 0)
			want := write(t, l, n, 1000, 50)
			blocks, err := listBlocks(l.storeDir)
			if err != nil || len(blocks) != 1 {
				t.Fatalf("%d blocks, %v", len(blocks), err)
			}
			place := offsets(t, blocks[0].path)[bad-1]
			editFile(t, blocks[0].path, func(data []byte) []byte {
				data[place+at] ^= 0x10
				return data
			})
			for _, from := range []uint64{bad + 1, bad + 50} {
				got, err := collect(l.Read(t.Context(), from, n))
				if err != nil {
					t.Fatal(err)
				}
				wantSame(t, fmt.Sprint("from ", from), got, want[from-1:])
			}
			for _, from := range []uint64{1, bad - 10} {
				got, err := collect(l.Read(t.Context(), from, n))
				if namedSequence(err) != bad || !strings.Contains(err.Error(), fmt.Sprint("offset ", place)) {
					t.Fatalf("from %d: %v, want sequence %d at offset %d", from, err, bad, place)
				}
				wantSame(t, fmt.Sprint("from ", from), got, want[from-1:bad-1])
			}
		})
	}
}

// digests is every file below a directory with its digest.
func digests(t *testing.T, dir string) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		data, err := os.ReadFile(path)
		all[path] = fmt.Sprintf("%x", sha256.Sum256(data))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func editFile(t testing.TB, path string, change func([]byte) []byte) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err == nil {
		err = errors.Join(os.WriteFile(path+".edited", change(data), 0o600), os.Rename(path+".edited", path))
	}
	if err != nil {
		t.Fatal(err)
	}
}

// linkTree is a copy of a directory that costs nothing until editFile replaces a file in it.
func linkTree(t testing.TB, from, to string) {
	t.Helper()
	err := filepath.WalkDir(from, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		target := filepath.Join(to, strings.TrimPrefix(path, from))
		if entry.IsDir() {
			return os.MkdirAll(target, 0o700)
		}
		return os.Link(path, target)
	})
	if err != nil {
		t.Fatal(err)
	}
}

// namedSequence is the sequence an integrity error names.
func namedSequence(err error) uint64 {
	var damage *events.DamageError
	var gap *events.GapError
	switch {
	case errors.As(err, &damage):
		return damage.Seq
	case errors.As(err, &gap):
		return gap.Want
	}
	return 0
}

// offsets is where each record of a block begins.
func offsets(t testing.TB, path string) (starts []int) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for at := 0; at < len(data); at += int(binary.LittleEndian.Uint32(data[at:]) &^ hasHeader) {
		starts = append(starts, at)
	}
	return starts
}

// Damage is found, named, and not touched; after a clean stop and after an unclean one alike.
func TestScanNamesDamage(t *testing.T) {
	const n = 900 // of 20 kB: three blocks
	clean, unclean := t.TempDir(), t.TempDir()
	l := openLog(t, clean, 0)
	all := write(t, l, n, 20_000, 30)
	if err := os.CopyFS(unclean, os.DirFS(clean)); err != nil {
		t.Fatal(err)
	}
	l.Close()
	files := blocks(t, clean)
	inSecond := uint64(len(offsets(t, files[0]))) + 1
	inThird := inSecond + uint64(len(offsets(t, files[1])))

	flip := func(block, offset int) func(t *testing.T, dir string) {
		return func(t *testing.T, dir string) {
			editFile(t, blocks(t, dir)[block], func(data []byte) []byte { data[offset] ^= 1; return data })
		}
	}
	record := func(block, i int) int { return offsets(t, files[block])[i] }
	for name, c := range map[string]struct {
		damage func(t *testing.T, dir string)
		seq    uint64
	}{
		"a bit of a body in the middle block": {flip(1, record(1, 7)+3000), inSecond + 7},
		"a bit of a body in the last block":   {flip(2, record(2, 3)+3000), inThird + 3},
		"a bit of the last body":              {flip(2, record(2, int(n-inThird))+3000), n},
		"a bit of a checksum":                 {flip(0, record(0, 5)-1), 5},
		"a bit of a sequence":                 {flip(0, record(0, 5)+4), 6},
		"a bit of a subject":                  {flip(0, record(0, 5)+recordHead+8), 6},
		"a bit of a subject's length":         {flip(0, record(0, 5)+20), 6},
		"a low bit of a length":               {flip(2, record(2, 3)), inThird + 3},
		"a high bit of a length":              {flip(2, record(2, 3)+2), inThird + 3},
		"the highest bit of a length":         {flip(2, record(2, 3)+3), inThird + 3},
		"a high bit of the last length":       {flip(2, record(2, int(n-inThird))+2), n},
		"a middle block cut short": {func(t *testing.T, dir string) {
			editFile(t, blocks(t, dir)[1], func(data []byte) []byte { return data[:record(1, 4)+100] })
		}, inSecond + 4},
		"a middle block cut between records": {func(t *testing.T, dir string) {
			editFile(t, blocks(t, dir)[1], func(data []byte) []byte { return data[:record(1, 4)] })
		}, inSecond + 4},
		"a record cut out of the last block": {func(t *testing.T, dir string) {
			editFile(t, blocks(t, dir)[2], func(data []byte) []byte { return slices.Delete(data, record(2, 4), record(2, 5)) })
		}, inThird + 4},
		"a middle block removed": {func(t *testing.T, dir string) {
			if err := os.Remove(blocks(t, dir)[1]); err != nil {
				t.Fatal(err)
			}
		}, inSecond},
		"the first block removed": {func(t *testing.T, dir string) {
			if err := os.Remove(blocks(t, dir)[0]); err != nil {
				t.Fatal(err)
			}
		}, 1},
		"zeros over records in the last block": {func(t *testing.T, dir string) {
			editFile(t, blocks(t, dir)[2], func(data []byte) []byte { clear(data[record(2, 3):record(2, 5)]); return data })
		}, inThird + 3},
	} {
		for stop, store := range map[string]string{"clean stop": clean, "unclean stop": unclean} {
			t.Run(name+", "+stop, func(t *testing.T) {
				dir := t.TempDir()
				linkTree(t, store, dir)
				c.damage(t, dir)
				before := digests(t, dir)
				got, err := scanned(t, dir)
				if !errors.Is(err, events.ErrIntegrity) || namedSequence(err) != c.seq {
					t.Fatalf("scan ended with %v, want sequence %d named", err, c.seq)
				}
				wantSame(t, "before the damage", got, all[:c.seq-1])
				salvaged, err := collect(Salvage(dir, c.seq))
				if err != nil && !errors.Is(err, events.ErrIntegrity) ||
					len(salvaged) > 0 && salvaged[0].Seq != c.seq+1 {
					t.Fatalf("salvaged %d records: %v", len(salvaged), err)
				}
				if diff := cmp.Diff(before, digests(t, dir)); diff != "" {
					t.Fatal("reading changed the store:", diff)
				}
			})
		}
	}
}

// What is safe elsewhere up to a sequence needs no salvage; what comes after it is found behind
// any damage before it.
func TestSalvage(t *testing.T) {
	dir := t.TempDir()
	l := openLog(t, dir, 0)
	all := write(t, l, 700, 20_000, 30)
	l.Close()
	flipIn(t, dir, all[9].Body)   // in the first block
	flipIn(t, dir, all[499].Body) // in the second
	for _, c := range []struct{ after, to uint64 }{{0, 9}, {9, 9}, {10, 499}, {450, 499}, {500, 700}, {690, 700}, {700, 700}} {
		got, err := collect(Salvage(dir, c.after))
		if c.to == 700 && err != nil || c.to < 700 && namedSequence(err) != c.to+1 {
			t.Fatalf("%v ends with %v", c, err)
		}
		wantSame(t, fmt.Sprint(c), got, all[c.after:c.to])
	}
}
