package archive

import (
	"errors"
	"io"
	"os"
)

// disk is what the archive writes with. There are two: the operating system's, and the one of
// the tests, in which every single step can fail.
type disk interface {
	// open opens a file for appending and creates it if need be.
	open(path string) (file, error)
	// syncDir makes the names in a directory durable.
	syncDir(path string) error
}

type file interface {
	io.WriteCloser
	Sync() error
	Truncate(size int64) error
}

type osDisk struct{}

func (osDisk) open(path string) (file, error) {
	return os.OpenFile(path, os.O_WRONLY|os.O_APPEND|os.O_CREATE, 0o600)
}

func (osDisk) syncDir(path string) error {
	dir, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(dir.Sync(), dir.Close())
}
