package archive

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"sync"

	"starledger/events"
)

// Lines reads single lines of an archive by their sequence, at the same cost however long the
// archive is. Where the lines begin is kept in a directory of its own, one file of 65,536 offsets
// (little-endian, 8 bytes) for each full file of the archive. It may be deleted at any time: what
// is missing is made again from the archive, and what is wrong is found, since a line has to begin
// behind a newline and the events of a case name each other's digests.
type Lines struct {
	archive *Archive
	dir     string

	mu   sync.Mutex
	tail tail // offsets of the file that still grows

	making sync.Mutex // one index is written at a time
}

// tail is what is known of the growing file.
type tail struct {
	first   uint64
	offsets []uint64 // of its lines, and of the line that comes next
}

// errIndex says that the offsets do not fit the archive, which as such may be as it should be.
var errIndex = errors.New("the offsets of its lines do not fit it (they may be deleted, and are made again)")

// NewLines reads lines of a, with offsets kept in dir.
func NewLines(a *Archive, dir string) (*Lines, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("make the directory of line offsets: %w", err)
	}
	return &Lines{archive: a, dir: dir}, nil
}

// Prepare makes the offsets of all full files that have none yet, so that the first reader does
// not wait for them.
func (l *Lines) Prepare(ctx context.Context) error {
	last, _ := l.archive.Last()
	for first := uint64(1); first+linesPerFile-1 <= last && ctx.Err() == nil; first += linesPerFile {
		if _, err := os.Stat(l.pathOf(first)); errors.Is(err, fs.ErrNotExist) {
			if _, err := l.makeIndex(first); err != nil {
				return err
			}
		}
	}
	return nil
}

// ReadAt yields the records at ascending sequences, all of which must be safe in the archive. A
// sequence beyond Last is a GapError.
func (l *Lines) ReadAt(ctx context.Context, seqs []uint64) iter.Seq2[events.Record, error] {
	return func(yield func(events.Record, error) bool) {
		last, _ := l.archive.Last()
		var reader lineFile
		defer func() { reader.close() }()
		for _, seq := range seqs {
			record, err := l.read(ctx, &reader, seq, last)
			if !yield(record, err) || err != nil {
				return
			}
		}
	}
}

// lineFile is one file of the archive, open for reading lines, with its offsets.
type lineFile struct {
	first   uint64
	text    *os.File
	offsets func(n uint64) (begin, end int64, err error)
	index   *os.File
}

func (f *lineFile) close() {
	for _, file := range []*os.File{f.text, f.index} {
		if file != nil {
			_ = file.Close() // read only: nothing can be lost
		}
	}
	*f = lineFile{}
}

func (l *Lines) read(ctx context.Context, f *lineFile, seq, last uint64) (events.Record, error) {
	if err := ctx.Err(); err != nil {
		return events.Record{}, err
	}
	if seq == 0 || seq > last {
		return events.Record{}, &events.GapError{Want: seq}
	}
	if first := firstOf(seq); f.first != first {
		f.close()
		if err := l.open(f, first, last); err != nil {
			return events.Record{}, fmt.Errorf("read sequence %d of the archive: %w", seq, err)
		}
	}
	begin, end, err := f.offsets(seq - f.first)
	if err != nil {
		return events.Record{}, fmt.Errorf("read sequence %d of the archive: %w", seq, err)
	}
	return f.record(seq, begin, end)
}

// record reads the line between two offsets, with the newline before it as proof that it begins there.
func (f *lineFile) record(seq uint64, begin, end int64) (events.Record, error) {
	damage := func(err error) (events.Record, error) {
		return events.Record{}, &events.DamageError{Seq: seq, Reason: "in the archive", Err: err}
	}
	if begin < 0 || end <= begin || end-begin > events.MaxBody+1 {
		return damage(errIndex)
	}
	before := min(begin, 1)
	text := make([]byte, end-begin+before)
	if _, err := f.text.ReadAt(text, begin-before); err != nil {
		return damage(err)
	}
	if before == 1 && text[0] != '\n' || text[len(text)-1] != '\n' {
		return damage(errIndex)
	}
	body := text[before : len(text)-1]
	if err := looksLikeObject(body); err != nil || bytes.IndexByte(body, '\n') >= 0 {
		return damage(errIndex)
	}
	subject, err := subjectOfCanonical(body)
	if err != nil {
		return damage(err)
	}
	return events.Record{Seq: seq, Case: subject, Body: body}, nil
}

// subjectOfCanonical finds the case in a body in the stored form, in which subject follows type
// and nothing before it can hold an unescaped quote.
func subjectOfCanonical(body []byte) (string, error) {
	_, rest, found := bytes.Cut(body, []byte(`,"subject":"`))
	subject, _, closed := bytes.Cut(rest, []byte(`"`))
	if !found || !closed {
		return "", errors.New("it has no subject")
	}
	return string(subject), nil
}

func (l *Lines) open(f *lineFile, first, last uint64) (err error) {
	f.first = first
	if f.text, err = os.Open(l.archive.fileOf(first)); err != nil {
		return err
	}
	if first+linesPerFile-1 > last {
		offsets, err := l.growing(f.text, first, last)
		f.offsets = func(n uint64) (int64, int64, error) {
			return int64(offsets[n]), int64(offsets[n+1]), nil
		}
		return err
	}
	if f.index, err = l.index(first); err != nil {
		return err
	}
	f.offsets = func(n uint64) (int64, int64, error) { return offsetsAt(f.index, n) }
	return nil
}

// offsetsAt reads where line n of a full file begins and ends.
func offsetsAt(index io.ReaderAt, n uint64) (begin, end int64, err error) {
	var pair [16]byte
	if _, err := index.ReadAt(pair[:], int64(8*n)); err != nil {
		return 0, 0, fmt.Errorf("%w: %w", errIndex, err)
	}
	return int64(binary.LittleEndian.Uint64(pair[:8])), int64(binary.LittleEndian.Uint64(pair[8:])), nil
}

func (l *Lines) pathOf(first uint64) string {
	return filepath.Join(l.dir, fmt.Sprintf("%012d.lines", first))
}

// index opens the offsets of a full file, and makes them when they are missing.
func (l *Lines) index(first uint64) (*os.File, error) {
	file, err := os.Open(l.pathOf(first))
	if errors.Is(err, fs.ErrNotExist) {
		path, err := l.makeIndex(first)
		if err != nil {
			return nil, err
		}
		return os.Open(path)
	}
	return file, err
}

func (l *Lines) makeIndex(first uint64) (path string, err error) {
	text, err := os.Open(l.archive.fileOf(first))
	if err != nil {
		return "", err
	}
	defer text.Close()
	offsets, err := lineOffsets(text, []uint64{0}, linesPerFile)
	if err != nil {
		return "", fmt.Errorf("find the lines of %s: %w", text.Name(), err)
	}
	out := make([]byte, 0, 8*len(offsets))
	for _, offset := range offsets {
		out = binary.LittleEndian.AppendUint64(out, offset)
	}
	return l.pathOf(first), l.keep(l.pathOf(first), out)
}

// keep writes an index under a name of its own first and syncs it, so that neither a reader nor a
// power cut ever shows half of one. That the name may be lost does not matter: then it is made again.
func (l *Lines) keep(path string, index []byte) error {
	l.making.Lock()
	defer l.making.Unlock()
	half, err := os.Create(path + ".half") // may be there from a process that died here
	if err != nil {
		return err
	}
	_, err = half.Write(index)
	if err = errors.Join(err, half.Sync(), half.Close()); err != nil {
		return errors.Join(err, os.Remove(half.Name()))
	}
	return os.Rename(half.Name(), path)
}

// growing brings the offsets of the file that still grows up to a sequence. What it returns is not
// written to again, only continued behind its end.
func (l *Lines) growing(text *os.File, first, last uint64) ([]uint64, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.tail.first != first {
		l.tail = tail{first: first, offsets: []uint64{0}}
	}
	offsets, err := lineOffsets(text, l.tail.offsets, int(last-first+1))
	if err == nil {
		l.tail.offsets = offsets
	}
	return offsets, err
}

// lineOffsets continues known, whose last element is where the next line begins, until it holds
// the ends of count lines.
func lineOffsets(text io.ReaderAt, known []uint64, count int) ([]uint64, error) {
	at := int64(known[len(known)-1])
	lines := newLineReader(io.NewSectionReader(text, at, 1<<62-at))
	for len(known) <= count {
		line, err := lines.next()
		if err != nil {
			return known, err
		}
		at += int64(len(line)) + 1
		known = append(known, uint64(at))
	}
	return known, nil
}
