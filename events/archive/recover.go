package archive

import (
	"errors"
	"fmt"
)

// Recover makes the archive writable again after a write or a sync failed, as on a full disk, without
// opening it anew. Everything behind the last line that is known to be safe is cut off, and has to be
// appended again. It is not enough to look what is there: after a failed sync the system may show bytes
// that never reached the disk, and the next sync would not bring them there.
//
// What is safe is not touched. Where nothing failed nothing happens; what is closed stays closed. When
// the disk still refuses, the error says so, the archive stays as it was, and Recover may be called again.
func (a *Archive) Recover() error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.broken == nil || a.closed {
		return a.broken
	}
	if a.file != nil {
		_ = a.file.Close() // what it could not write is cut off
		a.file = nil
	}
	safe := *a.synced.Load()
	first, keep := firstOf(safe.seq+1), int64(0)
	if safe.seq >= first {
		keep = safe.end
	}
	f, err := a.disk.open(a.fileOf(first))
	if err != nil {
		return fmt.Errorf("recover the archive after sequence %d: %w", safe.seq, err)
	}
	if err := errors.Join(f.Truncate(keep), f.Sync(), a.disk.syncDir(a.dir)); err != nil {
		return fmt.Errorf("recover the archive after sequence %d: %w", safe.seq, errors.Join(err, f.Close()))
	}
	a.file, a.first, a.size = f, first, keep
	a.appended, a.waiting, a.broken = safe, a.waiting[:0], nil
	return nil
}
