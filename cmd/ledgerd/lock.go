package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
)

// errLocked: another process serves or repairs this data directory.
var errLocked = errors.New("the data directory is in use by another process")

// dataLock holds the data directory, and knows whether its last holder stopped in order.
type dataLock struct {
	dir     string
	file    *os.File
	unclean bool // the last holder did not stop in order
}

// lockData takes the data directory for this process. The lock is the kernel's, so it ends with
// the process however that ends; the mark "running" stays, and tells the next start that the block
// files may be in any state and must be looked at before the server may touch them.
func lockData(dir string) (*dataLock, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("make the data directory: %w", err)
	}
	file, err := os.OpenFile(filepath.Join(dir, "lock"), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("lock the data directory: %w", err)
	}
	if err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		return nil, errors.Join(fmt.Errorf("%w: %s", errLocked, dir), file.Close())
	}
	l := &dataLock{dir: dir, file: file}
	if _, err := os.Stat(l.mark()); err == nil {
		l.unclean = true
	} else if !errors.Is(err, os.ErrNotExist) {
		return nil, errors.Join(fmt.Errorf("look for the mark of a running ledger: %w", err), file.Close())
	}
	return l, nil
}

func (l *dataLock) mark() string { return filepath.Join(l.dir, "running") }

// begin leaves the mark before the store is opened for writing.
func (l *dataLock) begin() error {
	file, err := os.Create(l.mark())
	if err != nil {
		return fmt.Errorf("mark the ledger as running: %w", err)
	}
	return errors.Join(file.Sync(), file.Close(), syncDir(l.dir))
}

// end takes the mark away after everything has been closed in order.
func (l *dataLock) end() error {
	if err := os.Remove(l.mark()); err != nil {
		return fmt.Errorf("unmark the ledger: %w", err)
	}
	return syncDir(l.dir)
}

// release lets go of the directory, marked or not.
func (l *dataLock) release() error { return l.file.Close() }

func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return fmt.Errorf("sync directory: %w", err)
	}
	return errors.Join(d.Sync(), d.Close())
}
