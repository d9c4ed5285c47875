package jetlog

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
)

// The broker stages an atomic batch in a store of its own before it writes it to the stream, so that it can
// complete the batch if it dies halfway. It makes that store durable with five syncs, one after another, where
// the stream needs one. But nobody was told of a batch that was cut off, and cutOpenBatch takes it away before the
// broker starts. So what is staged may be lost, and memory will do.
const (
	stageDir    = "batches"  // what the broker calls it, below the stream's directory
	stageMemory = "/dev/shm" // a file system in memory, on Linux; each user may keep his own there
)

// A stage is memory in which the broker stages batches, until it cannot.
type stage struct {
	link   string // in the stream's directory
	dir    string // where it leads
	logger *slog.Logger
}

// newStage lets the broker, which runs, stage batches in memory. It returns nil where none can be had as a
// directory; then the broker stages on the disk.
func newStage(storeDir string, logger *slog.Logger) (*stage, error) {
	prefix, err := stagePrefix(storeDir)
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp(stageMemory, prefix)
	if err != nil {
		return nil, nil // another system, or read only, or full: nobody has promised it to us
	}
	s := &stage{link: stageLink(storeDir), dir: dir, logger: logger}
	if err = os.RemoveAll(s.link); err == nil { // empty: the broker clears it when it starts
		err = os.Symlink(dir, s.link)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("stage batches in memory: %w", err), os.RemoveAll(dir))
	}
	return s, nil
}

// leave lets the broker stage on the disk from now on, and says whether it did not before: then a batch that could not
// be staged is worth a second attempt.
func (s *stage) leave() bool {
	if s == nil || os.Remove(s.link) != nil {
		return false
	}
	s.logger.Warn("the broker could not stage a batch in memory; it does so on the disk now, which is slower", "memory", stageMemory)
	return true
}

// close gives the memory back. The broker must have stopped.
func (s *stage) close() {
	if s == nil {
		return
	}
	err := os.Remove(s.link)
	if errors.Is(err, fs.ErrNotExist) {
		err = nil // left
	}
	if err = errors.Join(err, os.RemoveAll(s.dir)); err != nil {
		s.logger.Warn("the memory in which batches were staged could not be given back", "error", err)
	}
}

// clearStage gives back the memory of a process that was killed. The link is believed only when it leads to
// what a stage of this very store can be: the store may be a copy of one that is in use.
func clearStage(storeDir string) error {
	prefix, err := stagePrefix(storeDir)
	if err != nil {
		return err
	}
	link := stageLink(storeDir)
	dir, err := os.Readlink(link)
	if err != nil {
		return nil // there is none, or it is a directory of the broker's
	}
	if filepath.Dir(dir) == stageMemory && strings.HasPrefix(filepath.Base(dir), prefix) {
		err = os.RemoveAll(dir)
	}
	return errors.Join(err, os.Remove(link))
}

func stageLink(storeDir string) string {
	return filepath.Join(streamDir(storeDir, streamName), stageDir)
}

// stagePrefix is what the names of a store's stages begin with.
func stagePrefix(storeDir string) (string, error) {
	path, err := filepath.Abs(storeDir)
	if err != nil {
		return "", err
	}
	of := sha256.Sum256([]byte(path))
	return fmt.Sprintf("starledger-%x-", of[:8]), nil
}
