package seal

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
)

// disk is what files are written with. There are two: the operating system's, and the one of the
// tests, in which every single step can fail.
type disk interface {
	// mkdir makes one directory; it is no error when it is there.
	mkdir(path string) error
	// write makes or replaces a whole file and syncs its content.
	write(path string, data []byte) error
	rename(from, to string) error
	// syncDir makes the names in a directory durable.
	syncDir(path string) error
}

type osDisk struct{}

func (osDisk) mkdir(path string) error {
	if err := os.Mkdir(path, 0o755); err != nil && !errors.Is(err, os.ErrExist) {
		return err
	}
	return nil
}

func (osDisk) write(path string, data []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o644)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	return errors.Join(err, f.Close())
}

func (osDisk) rename(from, to string) error { return os.Rename(from, to) }

func (osDisk) syncDir(path string) error {
	dir, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(dir.Sync(), dir.Close())
}

// A file is a path below a folder, with slashes, and the whole content.
type file struct {
	path string
	data []byte
}

// folder is a directory whose files are only ever written whole: a reader, and the next process
// after a crash, finds the old file or the new one, never a part.
type folder struct {
	dir  string
	disk disk

	mu   sync.Mutex
	safe map[string]bool // directories whose own names are known to be durable
}

func openFolder(dir string, d disk) (*folder, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	return &folder{dir: dir, disk: d, safe: map[string]bool{filepath.Dir(dir): true}}, nil
}

// atOnce is how many files are written side by side: what takes the time is the sync of each, and a
// file system syncs several in one go.
const atOnce = 16

// write makes the files durable, all of them when it returns nil. After an error any of them may
// be there or not, each whole. Each directory is synced once, however many files it gets.
func (f *folder) write(files ...file) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	touched := map[string]bool{}
	for _, one := range files {
		path := f.path(one.path)
		touched[filepath.Dir(path)] = true
		if err := f.ensure(filepath.Dir(path)); err != nil {
			return fmt.Errorf("make the directory of %s: %w", one.path, err)
		}
	}
	if err := f.writeTemporary(files); err != nil {
		return err
	}
	for _, one := range files {
		path := f.path(one.path)
		if err := f.disk.rename(temporary(path), path); err != nil {
			return fmt.Errorf("put %s in its place: %w", one.path, err)
		}
	}
	for dir := range touched {
		if err := f.disk.syncDir(dir); err != nil {
			return fmt.Errorf("sync %s: %w", dir, err)
		}
	}
	return nil
}

// writeTemporary writes and syncs each file beside its place.
func (f *folder) writeTemporary(files []file) error {
	var writing sync.WaitGroup
	errs := make([]error, len(files))
	slots := make(chan struct{}, atOnce)
	for i, one := range files {
		slots <- struct{}{}
		writing.Go(func() {
			defer func() { <-slots }()
			if err := f.disk.write(temporary(f.path(one.path)), one.data); err != nil {
				errs[i] = fmt.Errorf("write %s: %w", one.path, err)
			}
		})
	}
	writing.Wait()
	return errors.Join(errs...)
}

// ensure makes a directory whose name is durable. A directory that is there may stem from a
// process that died before it could sync the name, so each is synced once by every process.
func (f *folder) ensure(dir string) error {
	if f.safe[dir] {
		return nil
	}
	parent := filepath.Dir(dir)
	if err := f.ensure(parent); err != nil {
		return err
	}
	if err := f.disk.mkdir(dir); err != nil {
		return err
	}
	if err := f.disk.syncDir(parent); err != nil {
		return err
	}
	f.safe[dir] = true
	return nil
}

func (f *folder) read(path string) ([]byte, error) { return os.ReadFile(f.path(path)) }

func (f *folder) path(path string) string { return filepath.Join(f.dir, filepath.FromSlash(path)) }

// temporary is where a file is written before it gets its name. One writer at a time, so what a
// crash leaves there is overwritten.
func temporary(path string) string { return path + ".new" }
