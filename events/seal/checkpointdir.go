package seal

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"strconv"
	"sync"

	"starledger/events"
)

// perFolder is how many sizes share a directory of checkpoints.
const perFolder = 10_000

// CheckpointDir keeps each checkpoint in a file of its own, named by the size of the tree:
//
//	000000000000012/0000000000000123456
//
// with 10,000 sizes to a directory. A file is only ever replaced by the same checkpoint with more
// signatures. One process writes.
type CheckpointDir struct {
	files *folder

	mu       sync.Mutex
	revision uint64 // size of the newest + 1, 0 when there is none
	looked   bool   // whether revision is known; after a failed write it is not
}

// OpenCheckpointDir opens or makes the directory.
func OpenCheckpointDir(dir string) (*CheckpointDir, error) { return openCheckpointDir(dir, osDisk{}) }

func openCheckpointDir(dir string, d disk) (*CheckpointDir, error) {
	files, err := openFolder(dir, d)
	if err != nil {
		return nil, fmt.Errorf("open the checkpoint directory: %w", err)
	}
	return &CheckpointDir{files: files}, nil
}

// Last reads the checkpoint of the largest size.
func (d *CheckpointDir) Last(context.Context) (note []byte, revision uint64, err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.look(); err != nil || d.revision == 0 {
		return nil, 0, err
	}
	note, err = d.Read(d.revision - 1)
	return note, d.revision, err
}

// Read is the note of the checkpoint at a size, with every signature kept of it. It is an
// fs.ErrNotExist when no checkpoint was signed at that size.
func (d *CheckpointDir) Read(size uint64) ([]byte, error) {
	note, err := d.files.read(checkpointPath(size))
	if err != nil {
		return nil, fmt.Errorf("read the checkpoint of size %d: %w", size, err)
	}
	return note, nil
}

// Swap writes the file of a new checkpoint.
func (d *CheckpointDir) Swap(_ context.Context, after uint64, next Signed) (revision uint64, err error) {
	return d.KeepAll(after, []Signed{next})
}

// KeepAll is Swap for checkpoints of growing size. They are put in their places in that order, which a file
// system keeps that writes a journal of its names: where the largest is, all of them are.
func (d *CheckpointDir) KeepAll(after uint64, list []Signed) (revision uint64, err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.look(); err != nil {
		return 0, err
	}
	newest := list[len(list)-1].Size
	if d.revision != after || list[0].Size < d.revision {
		return 0, fmt.Errorf("keep the checkpoint of size %d after that of size %d: %w", list[0].Size, int64(d.revision)-1, events.ErrConflict)
	}
	var files []file
	for _, next := range list {
		files = append(files, file{checkpointPath(next.Size), next.Note})
	}
	d.looked = false // until the write is known to have landed
	if err := d.files.write(files...); err != nil {
		return 0, fmt.Errorf("keep the checkpoint of size %d: %w", newest, err)
	}
	d.looked, d.revision = true, newest+1
	return d.revision, nil
}

// Cosigned replaces the file of a checkpoint by one with more signatures. A checkpoint without a file is an
// fs.ErrNotExist: who asks the witnesses for it has kept it here first, so its file is lost.
func (d *CheckpointDir) Cosigned(_ context.Context, with Signed) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	f, err := d.cosigned(with)
	if err != nil {
		return err
	}
	if err := d.files.write(f); err != nil {
		return fmt.Errorf("keep a cosignature of size %d: %w", with.Size, err)
	}
	return nil
}

// CosignedAll is Cosigned for several checkpoints that other nodes had cosigned, except those without a file: such
// a one is from before this directory began, which is no loss. It returns the others.
func (d *CheckpointDir) CosignedAll(list []Signed) (kept []Signed, err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	var files []file
	for _, with := range list {
		f, err := d.cosigned(with)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			continue
		case err != nil:
			return nil, err
		}
		files, kept = append(files, f), append(kept, with)
	}
	if err := d.files.write(files...); err != nil {
		return nil, fmt.Errorf("keep cosignatures: %w", err)
	}
	return kept, nil
}

// cosigned is the file of a checkpoint with more signatures than it has now.
func (d *CheckpointDir) cosigned(with Signed) (file, error) {
	before, err := d.Read(with.Size)
	if err != nil {
		return file{}, err
	}
	text, err := with.Text()
	if err != nil {
		return file{}, err
	}
	if !bytes.HasPrefix(before, []byte(text+"\n")) {
		return file{}, fmt.Errorf("the file of size %d holds another checkpoint than the one cosigned: %w", with.Size, events.ErrIntegrity)
	}
	return file{checkpointPath(with.Size), with.Note}, nil
}

// look finds the largest size. A directory without checkpoints is what a crash leaves between
// making it and writing the first file; then the newest is in the one before.
func (d *CheckpointDir) look() error {
	if d.looked {
		return nil
	}
	folders, err := numbered(d.files.dir)
	if err != nil {
		return fmt.Errorf("find the newest checkpoint: %w", err)
	}
	d.looked, d.revision = true, 0
	for i := len(folders) - 1; i >= 0 && d.revision == 0; i-- {
		sizes, err := numbered(d.files.path(path.Dir(checkpointPath(folders[i] * perFolder))))
		if err != nil {
			d.looked = false
			return fmt.Errorf("find the newest checkpoint: %w", err)
		}
		if len(sizes) > 0 {
			d.revision = sizes[len(sizes)-1] + 1
		}
	}
	return nil
}

func checkpointPath(size uint64) string {
	return fmt.Sprintf("%015d/%019d", size/perFolder, size)
}

// numbered are the names in a directory that are numbers, ascending: os.ReadDir sorts, and the
// numbers have leading zeros.
func numbered(dir string) ([]uint64, error) {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var numbers []uint64
	for _, entry := range entries {
		if n, err := strconv.ParseUint(entry.Name(), 10, 64); err == nil {
			numbers = append(numbers, n)
		}
	}
	return numbers, nil
}
