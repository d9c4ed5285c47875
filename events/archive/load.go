package archive

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"starledger/events"
)

// load finds the end of the archive: all files are there by name, and every line of the last one
// is looked at.
func (a *Archive) load() error {
	files, err := a.firsts()
	if err != nil {
		return err
	}
	for i, first := range files {
		if want := uint64(i)*linesPerFile + 1; first != want {
			return fmt.Errorf("the file of sequence %d: %w", want, &events.GapError{Want: want, Got: first})
		}
	}
	if len(files) == 0 {
		return nil
	}
	end, err := a.readEnd(files[len(files)-1])
	if err != nil {
		return err
	}
	if end.last.seq < files[len(files)-1] && len(files) > 1 {
		// The last file was created and nothing written: the end is in the file before.
		before, err := a.readEnd(files[len(files)-2])
		if err != nil {
			return err
		}
		if before.torn || before.last.seq != files[len(files)-1]-1 {
			return &events.GapError{Want: before.last.seq + 1, Got: files[len(files)-1]}
		}
		end.last = before.last
	}
	return a.resume(files[len(files)-1], end)
}

// firsts lists the first sequences of the files, ascending.
func (a *Archive) firsts() ([]uint64, error) {
	entries, err := os.ReadDir(a.dir)
	if err != nil {
		return nil, err
	}
	var firsts []uint64
	for _, entry := range entries {
		name, ok := strings.CutSuffix(entry.Name(), suffix)
		if !ok {
			continue
		}
		first, err := strconv.ParseUint(name, 10, 64)
		if err != nil || first == 0 || filepath.Base(a.fileOf(first)) != entry.Name() {
			return nil, fmt.Errorf("the file %s is none of the archive's: %w", entry.Name(), events.ErrIntegrity)
		}
		firsts = append(firsts, first)
	}
	slices.Sort(firsts)
	return firsts, nil
}

// end is what was found in a last file.
type end struct {
	last mark  // its last whole line; before the file's first sequence when it has none
	size int64 // of its whole lines, in bytes
	torn bool  // something follows them
}

// readEnd reads a file through. What follows the last newline is torn, however long it is: after
// a power cut it may be any number of bytes that were never written.
func (a *Archive) readEnd(first uint64) (end, error) {
	f, err := os.Open(a.fileOf(first))
	if err != nil {
		return end{}, err
	}
	defer f.Close()
	found := end{last: mark{seq: first - 1}}
	var lastLine []byte
	for lines := newLineReader(f); ; {
		line, err := lines.next()
		switch {
		case errors.Is(err, io.EOF):
			found.last.digest = digestOf(lastLine)
			return found, nil
		case errors.Is(err, errCutOff), errors.Is(err, errTooLong) && noMoreLines(lines):
			found.torn = true
			found.last.digest = digestOf(lastLine)
			return found, nil
		case err != nil:
			return end{}, &events.DamageError{Seq: found.last.seq + 1, Reason: "in the archive", Err: err}
		case found.last.seq+1 == first+linesPerFile:
			return end{}, &events.DamageError{Seq: found.last.seq + 1, Reason: "in the archive", Err: errors.New("the file has too many lines")}
		}
		found.last.seq++
		found.size += int64(len(line)) + 1
		lastLine = append(lastLine[:0], line...)
	}
}

func digestOf(line []byte) events.Digest {
	if len(line) == 0 {
		return ""
	}
	return events.DigestOf(line)
}

func noMoreLines(lines lineReader) bool {
	for {
		if _, err := lines.next(); !errors.Is(err, errTooLong) {
			return errors.Is(err, io.EOF) || errors.Is(err, errCutOff)
		}
	}
}

// resume opens the last file for appending, without what was cut off in it. Everything that stays
// is synced first: it may have been written by a process that died before it could.
func (a *Archive) resume(first uint64, found end) error {
	f, err := a.disk.open(a.fileOf(first))
	if err != nil {
		return err
	}
	a.file, a.first, a.size = f, first, found.size
	if found.torn {
		if err := f.Truncate(found.size); err != nil {
			return fmt.Errorf("remove the line cut off: %w", err)
		}
	}
	if err := errors.Join(f.Sync(), a.disk.syncDir(a.dir)); err != nil {
		return fmt.Errorf("sync what is there: %w", err)
	}
	found.last.end = found.size
	a.appended = found.last
	a.synced.Store(&found.last)
	return nil
}
