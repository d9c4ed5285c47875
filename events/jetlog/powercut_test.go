//go:build linux

package jetlog

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"unsafe"
)

// A poweredDisk is an ext4 file system of its own, on which the power can be cut: from then on nothing reaches
// the disk any more, and what was not synced is gone.
type poweredDisk struct {
	t          *testing.T
	image, dir string
}

// newPoweredDisk skips the test where no file system may be made and mounted.
func newPoweredDisk(t *testing.T) *poweredDisk {
	t.Helper()
	d := &poweredDisk{t, filepath.Join(t.TempDir(), "disk"), t.TempDir()}
	if err := os.WriteFile(d.image, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(d.image, 256<<20); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("mkfs.ext4", "-q", d.image).CombinedOutput(); err != nil {
		t.Skipf("the power is not cut: mkfs.ext4: %v %s", err, out)
	}
	if err := d.mount(); err != nil {
		t.Skipf("the power is not cut: %v", err)
	}
	t.Cleanup(d.unmount)
	return d
}

func (d *poweredDisk) mount() error {
	if out, err := exec.Command("mount", "-o", "loop", d.image, d.dir).CombinedOutput(); err != nil {
		return fmt.Errorf("mount: %w %s", err, out)
	}
	return nil
}

func (d *poweredDisk) unmount() {
	if out, err := exec.Command("umount", d.dir).CombinedOutput(); err != nil {
		d.t.Errorf("umount: %v %s", err, out)
	}
}

// cut cuts the power: FS_IOC_SHUTDOWN without flushing even the file system's own journal. Linux may say of a
// sync that it overtakes that it was one, so what was acknowledged meanwhile says nothing.
func (d *poweredDisk) cut() {
	const shutdown, withoutFlush = 0x8004587d, uint32(2)
	dir, err := os.Open(d.dir)
	if err != nil {
		d.t.Fatal(err)
	}
	defer dir.Close()
	how := withoutFlush
	if _, _, errno := syscall.Syscall(syscall.SYS_IOCTL, dir.Fd(), shutdown, uintptr(unsafe.Pointer(&how))); errno != 0 {
		d.t.Fatalf("cut the power: %v", errno)
	}
}

// restore brings the power back.
func (d *poweredDisk) restore() {
	d.unmount()
	if err := d.mount(); err != nil {
		d.t.Fatal(err)
	}
}

// After a power cut among groups of many callers, the log has every acknowledged event where its caller was
// told, and of no case an event without the one before it.
func TestPowerCutAmongGroups(t *testing.T) {
	disk := newPoweredDisk(t)
	store := filepath.Join(disk.dir, "store")
	for cycle := range 4 {
		told := crowdUntil(t, store, 400+300*cycle, disk.cut)
		disk.restore()
		l := openLog(t, store, 0)
		wantTold(t, l, told)
		l.Close()
	}
}

// After a power cut among batches of one caller, each is there whole or not at all.
func TestPowerCutAmongBatches(t *testing.T) {
	disk := newPoweredDisk(t)
	store, total := filepath.Join(disk.dir, "store"), uint64(0)
	for cycle := range 4 {
		acknowledged := appendUntil(t, store, 60+37*cycle, disk.cut)
		if acknowledged <= total {
			t.Fatalf("cycle %d acknowledged nothing", cycle)
		}
		disk.restore()
		l := openLog(t, store, acknowledged)
		var err error
		if total, err = l.Last(t.Context()); err != nil {
			t.Fatal(err)
		}
		all, err := collect(l.Read(t.Context(), 1, total))
		if err != nil {
			t.Fatal(err)
		}
		wantWholeBatches(t, all)
		l.Close()
	}
}
