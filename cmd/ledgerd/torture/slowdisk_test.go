package torture

import (
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// slowRate is what a slow disk takes, in bytes a second: a few synced writes.
const slowRate = 60_000

// A slowDisk bounds what processes may write to the disk that a directory lies on, by a control group of
// their own, of either version.
type slowDisk struct {
	t             testing.TB
	group         string
	limit         string // file of the group
	slow, unbound string // what to write into it
}

// newSlowDisk makes the group; nil where the kernel or the rights do not allow it.
func newSlowDisk(t testing.TB, dir string) *slowDisk {
	t.Helper()
	info, err := os.Stat(dir)
	must(t, err)
	device := uint64(info.Sys().(*syscall.Stat_t).Dev)
	disk := fmt.Sprintf("%d:%d", device>>8&0xfff, device&0xff|device>>12&0xfff00)
	name := fmt.Sprintf("starledger-torture-%d", os.Getpid())
	for _, d := range []*slowDisk{
		{group: filepath.Join("/sys/fs/cgroup/blkio", name), limit: "blkio.throttle.write_bps_device", slow: fmt.Sprint(disk, " ", slowRate), unbound: disk + " 0"},
		{group: filepath.Join("/sys/fs/cgroup", name), limit: "io.max", slow: fmt.Sprint(disk, " wbps=", slowRate), unbound: disk + " wbps=max"},
	} {
		d.t = t
		if os.Mkdir(d.group, 0o755) != nil {
			continue
		}
		t.Cleanup(func() { must(t, os.Remove(d.group)) }) // when the servers in it have ended
		if d.bound(d.slow) == nil && d.bound(d.unbound) == nil {
			return d
		}
	}
	return nil
}

func (d *slowDisk) bound(rate string) error {
	return os.WriteFile(filepath.Join(d.group, d.limit), []byte(rate), 0o600)
}

// under makes the disk slow for a process for as long as during takes.
func (d *slowDisk) under(pid int, during func()) {
	must(d.t, os.WriteFile(filepath.Join(d.group, "cgroup.procs"), fmt.Append(nil, pid), 0o600))
	must(d.t, d.bound(d.slow))
	during()
	must(d.t, d.bound(d.unbound))
}

// stutter stands in for a slow disk where none can be made: the server gets no further for most of the time.
func (w *world) stutter(server int, lasting time.Duration) {
	for until := time.Now().Add(lasting); time.Now().Before(until); {
		w.Pause(server)
		time.Sleep(900 * time.Millisecond)
		w.Resume(server)
		time.Sleep(100 * time.Millisecond)
	}
}
