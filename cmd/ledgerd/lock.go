package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
)

// errLocked: another process serves or repairs this data directory.
var errLocked = errors.New("a directory of the ledger is in use by another process")

// dataLock holds the data directory, the archive's and the checkpoints', which two ledgers must not
// share, and knows whether its last holder stopped in order.
type dataLock struct {
	dir     string
	held    []*os.File
	unclean bool // the last holder did not stop in order
}

// lockData takes the directories for this process. The locks are the kernel's, so they end with the
// process however that ends; the mark "running" stays, and tells the next start that the block
// files may be in any state and must be looked at before the server may touch them.
func lockData(cfg Config) (_ *dataLock, err error) {
	l := &dataLock{dir: cfg.Data}
	defer func() {
		if err != nil {
			err = errors.Join(err, l.release())
		}
	}()
	for _, dir := range []string{cfg.Data, cfg.ArchiveDir, cfg.CheckpointDir} {
		if err := l.take(dir); err != nil {
			return nil, err
		}
	}
	if _, err := os.Stat(l.mark()); err == nil {
		l.unclean = true
	} else if !errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("look for the mark of a running ledger: %w", err)
	}
	return l, nil
}

// take makes a directory if need be, and locks it.
func (l *dataLock) take(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("make a directory of the ledger: %w", err)
	}
	if err := syncDir(filepath.Dir(dir)); err != nil {
		return err
	}
	held, err := os.Open(dir)
	if err != nil {
		return fmt.Errorf("lock a directory of the ledger: %w", err)
	}
	l.held = append(l.held, held)
	if err := syscall.Flock(int(held.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		return fmt.Errorf("%w: %s", errLocked, dir)
	}
	return nil
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

// release lets go of the directories, marked or not.
func (l *dataLock) release() error {
	var all []error
	for _, held := range l.held {
		all = append(all, held.Close())
	}
	return errors.Join(all...)
}

func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return fmt.Errorf("sync directory: %w", err)
	}
	return errors.Join(d.Sync(), d.Close())
}
