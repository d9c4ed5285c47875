package torture

import (
	"encoding/binary"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// clock is what the clock on one node's wall is wrong by. One machine has one such clock, and setting it
// would hit everything else on it; so the nodes are built to add what a file of theirs says, at every
// reading. The product has no seam for that: the files of ours that read the clock are replaced while the
// nodes are built. The servers' clocks are never wrong; nothing the ledger says comes from them.
type clock struct {
	t    testing.TB
	path string
}

// clockVariable names the file of the process's clock.
const clockVariable = "STARLEDGER_TEST_CLOCK"

func newClock(t testing.TB, path string) *clock {
	c := &clock{t, path}
	must(t, os.WriteFile(path, make([]byte, 8), 0o600))
	return c
}

func (c *clock) env() string { return clockVariable + "=" + c.path }

// jump sets the clock wrong by so much. It is one write of eight bytes into a page that the node has mapped.
func (c *clock) jump(by time.Duration) {
	file, err := os.OpenFile(c.path, os.O_WRONLY, 0)
	must(c.t, err)
	defer file.Close()
	_, err = file.WriteAt(binary.NativeEndian.AppendUint64(nil, uint64(int64(by/time.Second))), 0)
	must(c.t, err)
}

// jumpingNow is put beside the product for the build. A clock that is set moves what it shows and not what
// durations are measured by, so only the former is changed: the upper bits of a Time's first word are the
// seconds of the wall clock, as package time lays it out while the topmost bit says that there is a monotonic
// reading.
const jumpingNow = `// Package jumping is the wall clock of a node under torture.
package jumping

import (
	"os"
	"sync/atomic"
	"syscall"
	"time"
	"unsafe"
)

var by = func() *int64 {
	file, err := os.Open(os.Getenv("` + clockVariable + `"))
	if err != nil {
		return new(int64)
	}
	page, err := syscall.Mmap(int(file.Fd()), 0, 8, syscall.PROT_READ, syscall.MAP_SHARED)
	if err != nil {
		panic(err)
	}
	return (*int64)(unsafe.Pointer(&page[0]))
}()

func Now() time.Time {
	now := time.Now()
	(*struct {
		wall, ext uint64
		zone      *time.Location
	})(unsafe.Pointer(&now)).wall += uint64(atomic.LoadInt64(by)) << 30
	return now
}
`

var readsClock = regexp.MustCompile(`\btime\.Now\b`)

// jumpingClock writes what has go build -overlay replace every reading of the clock in the packages of a
// node, and returns the file that says so.
func jumpingClock(t testing.TB, dir string) (overlay string) {
	t.Helper()
	top, err := filepath.Abs(filepath.Join("..", "..", ".."))
	must(t, err)
	replace := map[string]string{filepath.Join(top, "jumping", "jumping.go"): put(t, dir, "jumping.go", jumpingNow)}
	for _, part := range []string{"api", "projections", "events", "cmd/ledgerd"} {
		err := filepath.WalkDir(filepath.Join(top, part), func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			text, err := os.ReadFile(path)
			if err != nil || !readsClock.Match(text) {
				return err
			}
			name := strings.ReplaceAll(strings.TrimPrefix(path, top), string(filepath.Separator), "_")
			replace[path] = put(t, dir, name, withJumpingClock(string(text)))
			return nil
		})
		must(t, err)
	}
	if len(replace) == 1 {
		t.Fatal("no file reads the clock")
	}
	text, err := json.Marshal(map[string]any{"Replace": replace})
	must(t, err)
	return put(t, dir, "overlay.json", string(text))
}

// withJumpingClock is a source file that reads the other clock. It still uses package time, if for nothing else.
func withJumpingClock(text string) string {
	text = strings.Replace(text, "\t\"time\"\n", "\t\"time\"\n\n\t\"starledger/jumping\"\n", 1)
	return readsClock.ReplaceAllString(text, "jumping.Now") + "\nvar _ time.Duration\n"
}

func put(t testing.TB, dir, name, text string) (path string) {
	t.Helper()
	must(t, os.MkdirAll(dir, 0o700))
	path = filepath.Join(dir, name)
	must(t, os.WriteFile(path, []byte(text), 0o600))
	return path
}
