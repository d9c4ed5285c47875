package archive

import (
	"os"
	"path/filepath"
	"testing"
)

// The disk is full at one step, around the end of a file, and has room again afterwards: the archive
// goes on without being opened anew, has lost nothing it acknowledged, and holds every line once.
func TestRecoverAfterEveryStep(t *testing.T) {
	const start, end = linesPerFile - 3, linesPerFile + 3
	full := filled(t, start)
	for _, lands := range []bool{false, true} {
		for step := 1; ; step++ {
			dir := filepath.Join(t.TempDir(), "archive")
			if err := os.CopyFS(dir, os.DirFS(full)); err != nil {
				t.Fatal(err)
			}
			d := &faultyDisk{lands: lands}
			a, err := open(dir, d)
			if err != nil {
				t.Fatal(err)
			}
			d.steps = step
			d.failed = false
			fillUp(t, a, end)
			if err := a.Close(); err != nil && !d.failed {
				t.Fatalf("step %d: %v", step, err)
			}
			wantHolds(t, mustOpen(t, dir), end)
			if !d.failed {
				break
			}
		}
	}
}

// fillUp appends and syncs up to a sequence, and recovers whenever that fails.
func fillUp(t *testing.T, a *Archive, end uint64) {
	t.Helper()
	safe, _ := a.Last()
	for next := safe + 1; next <= end || safe < end; next++ {
		var err error
		if next <= end {
			err = a.Append(record(next))
		}
		if err == nil && (next%2 == 0 || next >= end) {
			err = a.Sync()
		}
		last, _ := a.Last()
		if last < safe {
			t.Fatalf("the archive ended at %d and ends at %d", safe, last)
		}
		if safe = last; err == nil {
			continue
		}
		if err := a.Append(record(last + 1)); err == nil {
			t.Fatal("the archive went on after a fault")
		}
		if err := a.Recover(); err != nil {
			if err := a.Recover(); err != nil {
				t.Fatalf("the disk has room again: %v", err)
			}
		}
		next = last
	}
}

// A disk that stays full leaves the archive as it is, however often it is tried.
func TestRecoverOnADiskThatStaysFull(t *testing.T) {
	d := &faultyDisk{}
	a, err := open(filepath.Join(t.TempDir(), "archive"), d)
	if err != nil {
		t.Fatal(err)
	}
	fillUp(t, a, 5)
	for range 3 {
		d.steps = 1
		if a.Append(record(6)) == nil && a.Sync() == nil {
			t.Fatal("nothing failed")
		}
		d.steps = 2
		if a.Recover() == nil {
			t.Fatal("the disk is still full")
		}
	}
	wantHolds(t, a, 5)
	fillUp(t, a, 9)
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	wantHolds(t, a, 9)
	if a.Recover() == nil {
		t.Fatal("what is closed was opened")
	}
}

func TestRecoverWhereNothingFailed(t *testing.T) {
	a := mustOpen(t, filepath.Join(t.TempDir(), "archive"))
	fillUp(t, a, 2)
	if err := a.Append(record(3)); err != nil {
		t.Fatal(err)
	}
	if err := a.Recover(); err != nil {
		t.Fatal(err)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	wantHolds(t, a, 3)
}
