package jetlog

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"starledger/events"
)

// goldenBlock is a block as the broker wrote it: three single messages and a batch of three.
const goldenBlock = "testdata/1.blk"

// FuzzBlock feeds block files to the scanner: it never panics, whatever it yields before it stops counts
// from 1 and lies in the file, and Sound knows whether it stops early.
func FuzzBlock(f *testing.F) {
	golden, err := os.ReadFile(goldenBlock)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(golden)
	f.Add(golden[:len(golden)-5])
	f.Add(append(bytes.Clone(golden), make([]byte, 64)...))
	f.Add([]byte{})
	for _, at := range []int{0, 2, 3, 4, 11, 20, 30, 60, len(golden) - 1} {
		flipped := bytes.Clone(golden)
		flipped[at] ^= 0x80
		f.Add(flipped)
	}
	dir := f.TempDir()
	if err := os.MkdirAll(blockDir(dir), 0o700); err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if err := os.WriteFile(filepath.Join(blockDir(dir), "1.blk"), data, 0o600); err != nil {
			t.Fatal(err)
		}
		next := uint64(1)
		check := func(rec events.Record) {
			if rec.Seq != next || !bytes.Contains(data, rec.Body) || !bytes.Contains(data, []byte(subjectOf(rec.Case))) {
				t.Fatalf("record %d of %s is not in the file", rec.Seq, rec.Case)
			}
			next++
		}
		all, _ := scanned(t, dir) // what ends it is not the matter here
		for _, rec := range all {
			check(rec)
		}
		next = 1
		for rec, err := range Salvage(dir, 0) {
			if err == nil {
				check(rec)
			}
		}
		if next <= uint64(len(all)) {
			t.Fatalf("the scan read up to %d, the salvage up to %d", len(all), next-1)
		}
	})
}

// The format is the broker's: these bytes must be readable for ever.
func TestGoldenBlock(t *testing.T) {
	data, err := os.ReadFile(goldenBlock)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.MkdirAll(blockDir(dir), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(blockDir(dir), "1.blk"), data, 0o600); err != nil {
		t.Fatal(err)
	}
	var want []events.Record
	for i, caseID := range []string{"case0", "case1", "case2", "batch", "batch", "batch"} {
		want = append(want, events.Record{Seq: uint64(i) + 1, Case: caseID, Body: testBody(caseID, i+1, 60)})
	}
	wantScan(t, "the golden block", dir, want)
}
