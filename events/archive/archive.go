// Package archive keeps the second copy of the ledger: plain files that can be read without any
// program of ours, from which the log can be rebuilt byte for byte. It guarantees that what it
// says it holds is synced to its disk, in order and without gaps. It does not judge what the
// bodies say, and it cannot tell that a whole copy was replaced by another: checkpoints can.
//
// # Format
//
// A directory (mode 0700) holds files of 65,536 lines each; only the last may be shorter. A line
// is the stored body of one event, byte for byte, and a newline. The name of a file is the sequence
// of its first line in 12 digits, so line n of file f is sequence f + n - 1:
//
//	000000000001.ndjson   sequences 1 to 65536
//	000000065537.ndjson   sequences 65537 to …
//
// A body never holds a newline: JSON escapes it. Nothing else is written into the directory, and
// no line is ever changed.
package archive

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"

	"starledger/events"
)

const (
	linesPerFile = 65_536
	suffix       = ".ndjson"
)

// An Archive is the copy in one directory, open for appending. One process opens it at a time;
// its methods may be called from several goroutines.
type Archive struct {
	dir  string
	disk disk

	mu       sync.Mutex
	file     file   // the last file, nil when there is none yet
	first    uint64 // its first sequence
	appended mark   // the last line appended; its digest is known when it is written
	waiting  []byte // the last lines, which are not written yet
	lastLine int    // where the last of them begins
	size     int64  // bytes written to the last file
	broken   error  // the write or sync that failed
	closed   bool

	// The last line that is safe, which is what Last tells. It is read without mu: a reader must not
	// wait for a sync under way.
	synced atomic.Pointer[mark]
}

// mark is one event of the archive; the zero mark stands for none.
type mark struct {
	seq    uint64
	digest events.Digest
	end    int64 // where its line ends in its file
}

// Open opens or creates the archive in dir. A last line that was cut off while it was written is
// removed: it was never synced, so nobody relies on it. A missing file or a malformed line is an
// ErrIntegrity, and nothing is changed then.
func Open(dir string) (*Archive, error) { return open(dir, osDisk{}) }

func open(dir string, d disk) (*Archive, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("open the archive: %w", err)
	}
	if err := d.syncDir(filepath.Dir(dir)); err != nil { // a new directory can be lost with all that is synced in it
		return nil, fmt.Errorf("open the archive: %w", err)
	}
	a := &Archive{dir: dir, disk: d}
	a.synced.Store(&mark{})
	if err := a.load(); err != nil {
		if a.file != nil {
			err = errors.Join(err, a.file.Close())
		}
		return nil, fmt.Errorf("open the archive in %s: %w", dir, err)
	}
	return a, nil
}

// Last is the sequence and the digest of the last event that is safe in the archive; 0 and no
// digest when there is none.
func (a *Archive) Last() (seq uint64, digest events.Digest) {
	synced := a.synced.Load()
	return synced.seq, synced.digest
}

// Close syncs what was appended and closes the archive.
func (a *Archive) Close() error {
	err := a.Sync()
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.file != nil {
		err = errors.Join(err, a.file.Close())
		a.file = nil
	}
	if a.closed = true; a.broken == nil {
		a.broken = errors.New("it is closed")
	}
	return err
}

// firstOf is the first sequence of the file that a sequence is in.
func firstOf(seq uint64) uint64 { return seq - (seq-1)%linesPerFile }

func (a *Archive) fileOf(first uint64) string {
	return filepath.Join(a.dir, fmt.Sprintf("%012d%s", first, suffix))
}
