package archive

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"starledger/events"
)

// lineBody is a stored body as far as Lines looks at one.
func lineBody(seq uint64) []byte {
	return fmt.Appendf(nil, `{"type":"x","subject":"case%d","n":%d}`, seq%7, seq)
}

func withLines(t testing.TB, count uint64) *Archive {
	t.Helper()
	a, err := Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	for seq := uint64(1); seq <= count; seq++ {
		if err := a.Append(events.Record{Seq: seq, Case: fmt.Sprintf("case%d", seq%7), Body: lineBody(seq)}); err != nil {
			t.Fatal(err)
		}
	}
	if err := a.Sync(); err != nil {
		t.Fatal(err)
	}
	return a
}

func readLines(t testing.TB, l *Lines, seqs ...uint64) error {
	t.Helper()
	i := 0
	for record, err := range l.ReadAt(t.Context(), seqs) {
		if err != nil {
			return err
		}
		if record.Seq != seqs[i] || record.Case != fmt.Sprintf("case%d", record.Seq%7) || !bytes.Equal(record.Body, lineBody(seqs[i])) {
			t.Fatalf("sequence %d reads %+v", seqs[i], record)
		}
		i++
	}
	if i != len(seqs) {
		t.Fatalf("%d of %d records", i, len(seqs))
	}
	return nil
}

func TestLinesAreFoundAcrossFilesAndWhileTheArchiveGrows(t *testing.T) {
	a := withLines(t, linesPerFile+10)
	dir := t.TempDir()
	l, err := NewLines(a, dir)
	if err != nil {
		t.Fatal(err)
	}
	for range 2 { // the offsets are made first, then read
		if err := readLines(t, l, 1, 2, 500, linesPerFile, linesPerFile+1, linesPerFile+10); err != nil {
			t.Fatal(err)
		}
	}
	if err := a.Append(events.Record{Seq: linesPerFile + 11, Case: fmt.Sprintf("case%d", (linesPerFile+11)%7), Body: lineBody(linesPerFile + 11)}); err != nil {
		t.Fatal(err)
	}
	var gap *events.GapError
	if err := readLines(t, l, 1, linesPerFile+11); !errors.As(err, &gap) || gap.Want != linesPerFile+11 {
		t.Errorf("what is not safe yet was read: %v", err)
	}
	if err := a.Sync(); err != nil {
		t.Fatal(err)
	}
	if err := readLines(t, l, linesPerFile+10, linesPerFile+11); err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	if l, err = NewLines(a, dir); err != nil {
		t.Fatal(err)
	}
	half := filepath.Join(dir, "000000000001.lines.half") // left by a process that died
	if err := os.WriteFile(half, make([]byte, 9*linesPerFile), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(l.Prepare(t.Context()), readLines(t, l, 3, linesPerFile+2)); err != nil {
		t.Errorf("after the offsets were deleted: %v", err)
	}
}

func TestWrongOffsetsAreNoticed(t *testing.T) {
	a := withLines(t, linesPerFile)
	dir := t.TempDir()
	l, err := NewLines(a, dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := l.Prepare(t.Context()); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "000000000001.lines")
	good, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, at := range []int{8 * 99, 8*100 + 1, 8*101 + 7} { // begin of line 100, end of it, far end
		bad := bytes.Clone(good)
		bad[at] ^= 1
		if err := os.WriteFile(path, bad, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := readLines(t, l, 100, 101); !errors.Is(err, events.ErrIntegrity) {
			t.Errorf("byte %d changed: %v", at, err)
		}
	}
	if err := os.WriteFile(path, good[:80], 0o600); err != nil {
		t.Fatal(err)
	}
	if err := readLines(t, l, 100); !errors.Is(err, errIndex) {
		t.Errorf("offsets cut short: %v", err)
	}
}

// An offset that points into a line, at something that looks like an event, is noticed by the byte
// before it.
func TestOffsetIntoALineIsNoticed(t *testing.T) {
	outer := []byte(`{"type":"x","subject":"case1","data":{"type":"y","subject":"case2"}}`)
	damaged := lineFile{first: 1, text: textFile(t, append(append([]byte("{}\n"), outer...), '\n'))}
	inner := int64(3 + bytes.Index(outer, []byte(`{"type":"y"`)))
	if got, err := damaged.record(2, 3, int64(3+len(outer)+1)); err != nil || got.Case != "case1" {
		t.Fatalf("the line itself: %+v, %v", got, err)
	}
	if got, err := damaged.record(2, inner, int64(3+len(outer)+1)); !errors.Is(err, events.ErrIntegrity) {
		t.Errorf("the middle of it: %+v, %v", got, err)
	}
}

func textFile(t *testing.T, text []byte) *os.File {
	t.Helper()
	path := filepath.Join(t.TempDir(), "text")
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { file.Close() })
	return file
}
