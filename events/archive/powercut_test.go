package archive

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

// A powerDisk knows what a power cut leaves: of a file the bytes that were synced, and nothing at
// all of a file or directory whose name was not.
type powerDisk struct {
	size  map[string]int64 // of the synced part of each file
	named map[string]bool
}

func newPowerDisk() *powerDisk { return &powerDisk{size: map[string]int64{}, named: map[string]bool{}} }

func (d *powerDisk) open(path string) (file, error) {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_APPEND|os.O_CREATE, 0o600)
	d.size[path] += 0 // from here on it is known
	return powerFile{f, d}, err
}

func (d *powerDisk) syncDir(path string) error {
	entries, err := os.ReadDir(path)
	for _, entry := range entries {
		d.named[filepath.Join(path, entry.Name())] = true
	}
	return err
}

type powerFile struct {
	*os.File
	disk *powerDisk
}

func (f powerFile) Sync() error {
	info, err := f.Stat()
	if err == nil {
		f.disk.size[f.Name()] = info.Size()
	}
	return err
}

func (d *powerDisk) cut(t *testing.T, dir string) {
	t.Helper()
	for path, size := range d.size {
		err := os.Truncate(path, size)
		if !d.named[path] {
			err = os.Remove(path)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if !d.named[dir] {
		if err := os.RemoveAll(dir); err != nil {
			t.Fatal(err)
		}
	}
}

// die lets go of the archive as a killed process does at the worst of times: all is written, and
// nothing is synced.
func die(t *testing.T, a *Archive) {
	t.Helper()
	if err := errors.Join(a.write(), a.file.Close()); err != nil {
		t.Fatal(err)
	}
}

// What Last has told outlives a power cut: in a new archive, across the end of a file, and when an
// earlier process wrote it and died before its sync.
func TestPowerCut(t *testing.T) {
	for name, c := range map[string]struct{ start, unsynced, end uint64 }{
		"the first events":            {0, 0, 3},
		"within a file":               {10, 12, 15},
		"the end of a file":           {linesPerFile - 3, 0, linesPerFile},
		"the first line of the next":  {linesPerFile - 3, 0, linesPerFile + 1},
		"left behind by a process":    {0, 5, 5},
		"left behind at a file's end": {linesPerFile - 3, linesPerFile + 2, linesPerFile + 2},
	} {
		t.Run(name, func(t *testing.T) {
			d, dir := newPowerDisk(), filepath.Join(t.TempDir(), "archive")
			if c.start > 0 {
				if err := os.CopyFS(dir, os.DirFS(filled(t, c.start))); err != nil {
					t.Fatal(err)
				}
			}
			if c.unsynced > 0 {
				a := powered(t, dir, d)
				appendUpTo(t, a, c.unsynced)
				die(t, a)
			}
			a := powered(t, dir, d)
			appendUpTo(t, a, c.end)
			if err := a.Sync(); err != nil {
				t.Fatal(err)
			}
			die(t, a)
			d.cut(t, dir)
			wantHolds(t, mustOpenClosed(t, dir), c.end)
		})
	}
}

func powered(t *testing.T, dir string, d *powerDisk) *Archive {
	t.Helper()
	a, err := open(dir, d)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func appendUpTo(t *testing.T, a *Archive, to uint64) {
	t.Helper()
	var all error
	for seq := a.appended.seq + 1; seq <= to; seq++ {
		all = errors.Join(all, a.Append(record(seq)))
	}
	if all != nil {
		t.Fatal(all)
	}
}
