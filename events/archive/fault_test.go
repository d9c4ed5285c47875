package archive

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// faultyDisk fails at one step. Whether what the failing step was to write has landed is part of
// the fault: a write may land in part, and a failed sync says nothing.
type faultyDisk struct {
	osDisk
	steps  int // counted down; the step that reaches 0 fails
	lands  bool
	failed bool
}

var errFault = errors.Join(errors.New("injected"), syscall.ENOSPC)

func (d *faultyDisk) step() bool {
	d.steps--
	d.failed = d.failed || d.steps == 0
	return d.steps == 0
}

func (d *faultyDisk) open(path string) (file, error) {
	if d.step() {
		if d.lands {
			if f, err := d.osDisk.open(path); err == nil {
				_ = f.Close()
			}
		}
		return nil, errFault
	}
	f, err := d.osDisk.open(path)
	return &faultyFile{f, d}, err
}

func (d *faultyDisk) syncDir(path string) error {
	if d.step() {
		return errFault
	}
	return d.osDisk.syncDir(path)
}

type faultyFile struct {
	file
	disk *faultyDisk
}

func (f *faultyFile) Write(p []byte) (int, error) {
	if !f.disk.step() {
		return f.file.Write(p)
	}
	n := 0
	if f.disk.lands {
		n, _ = f.file.Write(p[:len(p)/2])
	}
	return n, errFault
}

func (f *faultyFile) Sync() error {
	if f.disk.step() {
		return errFault
	}
	return f.file.Sync()
}

func (f *faultyFile) Close() error {
	err := f.file.Close()
	if f.disk.step() {
		return errFault
	}
	return err
}

// TestEveryStepMayFail breaks each write, sync, open and close in turn, around the end of a file,
// and opens the archive again: it holds everything it ever acknowledged, and goes on.
func TestEveryStepMayFail(t *testing.T) {
	const start, end = linesPerFile - 3, linesPerFile + 3
	full := filled(t, start)
	for _, lands := range []bool{false, true} {
		for step := 1; ; step++ {
			dir := filepath.Join(t.TempDir(), "archive")
			if err := os.CopyFS(dir, os.DirFS(full)); err != nil {
				t.Fatal(err)
			}
			d := &faultyDisk{steps: step, lands: lands}
			acknowledged := appendAll(t, dir, d, start, end)
			if !d.failed {
				break
			}
			a := mustOpen(t, dir)
			last, _ := a.Last()
			if last < acknowledged || last > end {
				t.Fatalf("step %d failed: %d was acknowledged, the archive ends at %d", step, acknowledged, last)
			}
			for seq := last + 1; seq <= end; seq++ {
				if err := a.Append(record(seq)); err != nil {
					t.Fatalf("step %d failed: go on with sequence %d: %v", step, seq, err)
				}
			}
			if err := a.Close(); err != nil {
				t.Fatal(err)
			}
			if step%5 == 1 {
				wantHolds(t, a, end)
			}
		}
	}
}

// appendAll syncs every other event and returns the last one acknowledged. After the first error
// nothing may succeed.
func appendAll(t *testing.T, dir string, d disk, start, end uint64) (acknowledged uint64) {
	t.Helper()
	a, err := open(dir, d)
	if err != nil {
		return start
	}
	failed := false
	for seq := start + 1; seq <= end; seq++ {
		err := a.Append(record(seq))
		if err == nil && seq%2 == 0 {
			err = a.Sync()
		}
		if failed && err == nil {
			t.Fatal("the archive went on after a fault")
		}
		failed = failed || err != nil
	}
	if err := a.Close(); err == nil && failed {
		t.Fatal("closing hid a fault")
	}
	acknowledged, _ = a.Last()
	return acknowledged
}

// slowDisk waits in the sync of a file until it is let go.
type slowDisk struct {
	osDisk
	syncing, goOn chan struct{}
}

func (d slowDisk) open(path string) (file, error) {
	f, err := d.osDisk.open(path)
	return slowFile{f, d}, err
}

type slowFile struct {
	file
	disk slowDisk
}

func (f slowFile) Sync() error {
	f.disk.syncing <- struct{}{}
	<-f.disk.goOn
	return f.file.Sync()
}

// Readers ask where the archive ends with every request; a sync takes as long as the disk likes.
func TestLastDoesNotWaitForASync(t *testing.T) {
	d := slowDisk{syncing: make(chan struct{}), goOn: make(chan struct{})}
	a, err := open(filepath.Join(t.TempDir(), "archive"), d)
	if err == nil {
		err = a.Append(record(1))
	}
	if err != nil {
		t.Fatal(err)
	}
	synced := make(chan error)
	go func() { synced <- a.Close() }()
	<-d.syncing
	wantHolds(t, a, 0)
	close(d.goOn)
	if err := <-synced; err != nil {
		t.Fatal(err)
	}
	wantHolds(t, a, 1)
}
