package archive

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"

	"starledger/events"
)

// Read yields the archived events from ≤ Seq ≤ to as records of the log, in order. Each line must
// be one JSON object that names its case. A line that is not there is a GapError, one that is not
// what it has to be a DamageError.
func (a *Archive) Read(from, to uint64) iter.Seq2[events.Record, error] {
	return func(yield func(events.Record, error) bool) {
		for l, err := range a.lines(max(from, 1), to) {
			if err != nil {
				yield(events.Record{}, err)
				return
			}
			rec := events.Record{Seq: l.seq, Body: bytes.Clone(l.text)}
			if rec.Case, err = subjectOf(rec.Body); err != nil {
				yield(events.Record{}, &events.DamageError{Seq: l.seq, Reason: "in the archive", Err: err})
				return
			}
			if !yield(rec, nil) {
				return
			}
		}
	}
}

// line is one line as it stands in a file; text is valid until the next one is read.
type line struct {
	seq  uint64
	text []byte
}

// lines yields the lines of a range, file by file.
func (a *Archive) lines(from, to uint64) iter.Seq2[line, error] {
	return func(yield func(line, error) bool) {
		for next := from; next <= to; {
			end := min(firstOf(next)+linesPerFile-1, to)
			if !a.linesOfFile(next, end, yield) {
				return
			}
			next = end + 1
		}
	}
}

// linesOfFile yields a range that lies within one file, and says whether to go on.
func (a *Archive) linesOfFile(from, to uint64, yield func(line, error) bool) (goOn bool) {
	fail := func(err error) bool {
		yield(line{}, err)
		return false
	}
	f, err := os.Open(a.fileOf(firstOf(from)))
	if errors.Is(err, fs.ErrNotExist) {
		return fail(&events.GapError{Want: from})
	}
	if err != nil {
		return fail(fmt.Errorf("read sequence %d of the archive: %w", from, err))
	}
	defer f.Close()
	reader := newLineReader(f)
	for seq := firstOf(from); seq <= to; seq++ {
		text, err := reader.next()
		switch {
		case errors.Is(err, io.EOF):
			return fail(&events.GapError{Want: max(seq, from)})
		case err != nil:
			return fail(&events.DamageError{Seq: seq, Reason: "in the archive", Err: err})
		case seq >= from && !yield(line{seq, text}, nil):
			return false
		}
	}
	return true
}
