package torture

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// smallDisk is a file system of its own that can be filled.
type smallDisk struct {
	t   testing.TB
	dir string
}

// mountSmallDisk mounts 512 MB of memory; nil where that is not permitted.
func mountSmallDisk(t testing.TB, dir string) *smallDisk {
	t.Helper()
	must(t, os.MkdirAll(dir, 0o700))
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=512m"); err != nil {
		return nil
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, syscall.MNT_DETACH); err != nil {
			t.Errorf("unmount %s: %v", dir, err)
		}
	})
	return &smallDisk{t, dir}
}

func (d *smallDisk) ballast() string { return filepath.Join(d.dir, "ballast") }

// fill writes until there is no room.
func (d *smallDisk) fill() {
	file, err := os.Create(d.ballast())
	must(d.t, err)
	defer file.Close() // it is only weight
	piece := make([]byte, 1<<20)
	for err == nil {
		_, err = file.Write(piece)
	}
	if !errors.Is(err, syscall.ENOSPC) {
		d.t.Fatal(err)
	}
}

func (d *smallDisk) free() { must(d.t, os.Remove(d.ballast())) }
