package jetlog

import (
	"os"
	"path/filepath"
	"testing"
)

// openInMemory is a log that stages in memory, and where: not every system has it.
func openInMemory(t *testing.T) (l *Log, dir string) {
	t.Helper()
	l = openLog(t, t.TempDir(), 0)
	if l.stage == nil {
		t.Logf("no memory in %s: batches are staged on the disk", stageMemory)
		return l, ""
	}
	return l, l.stage.dir
}

// Batches go through memory, which holds nothing of them afterwards, and is given back in the end.
func TestBatchesAreStagedInMemory(t *testing.T) {
	l, dir := openInMemory(t)
	all := write(t, l, 60, 200, 20)
	wantHolds(t, l, all)
	if dir == "" {
		return
	}
	left, err := os.ReadDir(dir)
	if err != nil || len(left) > 0 {
		t.Fatalf("%v is left in memory, %v", left, err)
	}
	if target, err := os.Readlink(stageLink(l.storeDir)); err != nil || target != dir {
		t.Fatalf("the broker stages in %q, %v", target, err)
	}
	l.Close()
	for _, gone := range []string{dir, stageLink(l.storeDir)} {
		if _, err := os.Lstat(gone); !os.IsNotExist(err) {
			t.Errorf("%s is still there: %v", gone, err)
		}
	}
}

// Where memory fails, the broker stages on the disk, and no batch is lost by it.
func TestMemoryFails(t *testing.T) {
	l, dir := openInMemory(t)
	all := write(t, l, 40, 200, 20)
	if dir != "" {
		if err := os.Remove(dir); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(dir, nil, 0o600); err != nil { // no store can be made in it
			t.Fatal(err)
		}
	}
	all = append(all, write(t, l, 40, 200, 20)...)
	wantHolds(t, l, all)
	if info, err := os.Lstat(stageLink(l.storeDir)); err != nil || !info.IsDir() {
		t.Fatalf("the broker does not stage on the disk: %v, %v", info, err)
	}
	l.Close()
	wantHolds(t, openLog(t, l.storeDir, uint64(len(all))), all)
}

// The next start gives back what a killed process has left in memory. A copy of a store gives back nothing
// of the store it was copied from.
func TestClearStage(t *testing.T) {
	store := t.TempDir()
	if err := os.MkdirAll(streamDir(store, streamName), 0o700); err != nil {
		t.Fatal(err)
	}
	s, err := newStage(store, quiet)
	if err != nil {
		t.Fatal(err)
	}
	if s == nil {
		t.Logf("no memory in %s", stageMemory)
		return
	}
	memory := s.dir
	t.Cleanup(func() { os.RemoveAll(memory) })
	copied := filepath.Join(t.TempDir(), "copy")
	if err := os.CopyFS(copied, os.DirFS(store)); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		store string
		stays bool
	}{{copied, true}, {store, false}} {
		if err := clearStage(c.store); err != nil {
			t.Fatal(err)
		}
		if _, err := os.Lstat(stageLink(c.store)); !os.IsNotExist(err) {
			t.Errorf("the link is still there: %v", err)
		}
		if _, err := os.Stat(memory); (err == nil) != c.stays {
			t.Errorf("the memory stays: %v, want %v", err, c.stays)
		}
	}
}
