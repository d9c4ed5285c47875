package archive

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"starledger/events"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func record(seq uint64) events.Record {
	caseID := fmt.Sprintf("case%d", seq%3)
	return events.Record{Seq: seq, Case: caseID, Body: fmt.Appendf(nil, `{"subject":%q,"n":%d}`, caseID, seq)}
}

func recordsUpTo(n uint64) []events.Record {
	var all []events.Record
	for seq := uint64(1); seq <= n; seq++ {
		all = append(all, record(seq))
	}
	return all
}

func mustOpen(t testing.TB, dir string) *Archive {
	t.Helper()
	a, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// filled is an archive of n events, laid out by hand as the format says.
func filled(t testing.TB, n uint64) (dir string) {
	t.Helper()
	dir = filepath.Join(t.TempDir(), "archive")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	for first := uint64(1); first <= n; first += linesPerFile {
		var lines bytes.Buffer
		for seq := first; seq <= min(n, first+linesPerFile-1); seq++ {
			lines.Write(record(seq).Body)
			lines.WriteByte('\n')
		}
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%012d.ndjson", first)), lines.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func wantHolds(t *testing.T, a *Archive, n uint64) {
	t.Helper()
	last, digest := a.Last()
	var want events.Digest
	if n > 0 {
		want = events.DigestOf(record(n).Body)
	}
	if last != n || digest != want {
		t.Fatalf("the archive ends at %d %q, want %d %q", last, digest, n, want)
	}
	seq := n - min(n, 1000)
	for rec, err := range a.Read(seq+1, n) {
		if err != nil {
			t.Fatal(err)
		}
		if seq++; rec.Seq != seq || rec.Case != record(seq).Case || !bytes.Equal(rec.Body, record(seq).Body) {
			t.Fatalf("record %d is %d of %s: %s", seq, rec.Seq, rec.Case, rec.Body)
		}
	}
	if seq != n {
		t.Fatalf("reading ended at %d, want %d", seq, n)
	}
}

func wantDamaged(t *testing.T, err error, seq uint64) {
	t.Helper()
	var damage *events.DamageError
	var gap *events.GapError
	switch {
	case !errors.Is(err, events.ErrIntegrity):
		t.Fatalf("got %v, want an integrity error", err)
	case errors.As(err, &damage) && damage.Seq != seq, errors.As(err, &gap) && gap.Want != seq:
		t.Fatalf("got %v, want sequence %d named", err, seq)
	}
}

func TestFormat(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "archive")
	a := mustOpen(t, dir)
	if err := errors.Join(a.Append(record(1)), a.Append(record(2)), a.Append(record(3)), a.Close()); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(filepath.Join(dir, "000000000001.ndjson"))
	want := `{"subject":"case1","n":1}` + "\n" + `{"subject":"case2","n":2}` + "\n" + `{"subject":"case0","n":3}` + "\n"
	if err != nil || string(got) != want {
		t.Fatalf("got %q, %v", got, err)
	}
	info, err := os.Stat(dir)
	if err != nil || info.Mode().Perm() != 0o700 {
		t.Fatalf("the directory has mode %v, %v", info.Mode(), err)
	}
}

func TestReopenKeepsEverything(t *testing.T) {
	for _, n := range []uint64{0, 1, 2, linesPerFile - 1, linesPerFile, linesPerFile + 1, 2*linesPerFile + 5} {
		dir := filled(t, n)
		a := mustOpen(t, dir)
		wantHolds(t, a, n)
		if err := a.Append(record(n + 1)); err != nil {
			t.Fatal(err)
		}
		if last, _ := a.Last(); last != n {
			t.Fatalf("sequence %d is acknowledged before it is synced", last)
		}
		if err := a.Close(); err != nil {
			t.Fatal(err)
		}
		wantHolds(t, a, n+1)
	}
}

func TestAppendRefuses(t *testing.T) {
	a := mustOpen(t, filepath.Join(filled(t, 2)))
	defer a.Close()
	next := record(3)
	for name, rec := range map[string]events.Record{
		"a sequence twice":       record(2),
		"a gap":                  record(4),
		"a newline":              {Seq: 3, Case: next.Case, Body: []byte("{\"subject\":\"case0\",\n\"n\":3}")},
		"no object":              {Seq: 3, Case: next.Case, Body: []byte(`[3]`)},
		"no JSON":                {Seq: 3, Case: next.Case, Body: []byte(`{"subject":"case0",}`)},
		"nothing":                {Seq: 3, Case: next.Case},
		"two subjects":           {Seq: 3, Case: next.Case, Body: []byte(`{"subject":"case0","subject":"case0"}`)},
		"no subject":             {Seq: 3, Case: next.Case, Body: []byte(`{"Subject":"case0"}`)},
		"a subject deeper down":  {Seq: 3, Case: next.Case, Body: []byte(`{"data":{"subject":"case0"}}`)},
		"another case's body":    {Seq: 3, Case: "case9", Body: next.Body},
		"more than an event has": {Seq: 3, Case: next.Case, Body: fmt.Appendf(nil, `{"subject":"case0","n":"%s"}`, strings.Repeat("x", events.MaxBody))},
	} {
		if err := a.Append(rec); !errors.Is(err, events.ErrIntegrity) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := a.Append(next); err != nil {
		t.Errorf("after refusals: %v", err)
	}
}

func TestOpenCutsTornLine(t *testing.T) {
	whole := record(6).Body
	for cut := 0; cut <= len(whole); cut++ {
		dir := filled(t, 5)
		tail := whole[:cut]
		if cut == len(whole) {
			tail = make([]byte, 3*events.MaxBody) // space that was never written
		}
		appendTo(t, filepath.Join(dir, "000000000001.ndjson"), tail)
		a := mustOpen(t, dir)
		wantHolds(t, a, 5)
		if err := errors.Join(a.Append(record(6)), a.Close()); err != nil {
			t.Fatal(err)
		}
		wantHolds(t, mustOpenClosed(t, dir), 6)
	}
}

func mustOpenClosed(t *testing.T, dir string) *Archive {
	t.Helper()
	a := mustOpen(t, dir)
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	return a
}

func appendTo(t *testing.T, path string, data []byte) {
	t.Helper()
	f, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
	if err == nil {
		_, err = f.Write(data)
		err = errors.Join(err, f.Close())
	}
	if err != nil {
		t.Fatal(err)
	}
}

func TestOpenRefusesDamage(t *testing.T) {
	middle := func(dir string) string { return filepath.Join(dir, "000000065537.ndjson") }
	lastFile := func(dir string) string { return filepath.Join(dir, "000000131073.ndjson") }
	for name, c := range map[string]struct {
		damage func(dir string) error
		seq    uint64
	}{
		"first file missing":  {func(dir string) error { return os.Remove(filepath.Join(dir, "000000000001.ndjson")) }, 1},
		"middle file missing": {func(dir string) error { return os.Remove(middle(dir)) }, 65537},
		"a line of the last file is no object": {func(dir string) error {
			return edit(lastFile(dir), func(data []byte) []byte { data[0] = 'x'; return data })
		}, 131073},
		"a line of the last file holds zeros": {func(dir string) error {
			return edit(lastFile(dir), func(data []byte) []byte {
				second := bytes.IndexByte(data, '\n') + 1
				clear(data[second+3 : second+9])
				return data
			})
		}, 131074},
		"last file empty and the one before short": {func(dir string) error {
			return errors.Join(os.Truncate(lastFile(dir), 0), edit(middle(dir), func(data []byte) []byte {
				return data[:bytes.LastIndexByte(data[:len(data)-1], '\n')+1]
			}))
		}, 131072},
	} {
		t.Run(name, func(t *testing.T) {
			dir := filled(t, 2*linesPerFile+3)
			if err := c.damage(dir); err != nil {
				t.Fatal(err)
			}
			before := snapshot(t, dir)
			_, err := Open(dir)
			wantDamaged(t, err, c.seq)
			if !slices.Equal(before, snapshot(t, dir)) {
				t.Fatal("the damaged archive was changed")
			}
		})
	}
}

func TestReadFindsDamage(t *testing.T) {
	dir := filled(t, linesPerFile+3)
	first := filepath.Join(dir, "000000000001.ndjson")
	a := mustOpenClosed(t, dir)
	if err := edit(first, func(data []byte) []byte { return bytes.Replace(data, []byte(`"n":700}`), []byte(`"n":7 0}`), 1) }); err != nil {
		t.Fatal(err)
	}
	wantDamaged(t, readError(a, linesPerFile+3), 700)
	if err := edit(first, func(data []byte) []byte { return data[:bytes.Index(data, []byte(`{"subject":"case0","n":600}`))] }); err != nil {
		t.Fatal(err)
	}
	wantDamaged(t, readError(a, linesPerFile+3), 600)
}

func readError(a *Archive, to uint64) error {
	for _, err := range a.Read(1, to) {
		if err != nil {
			return err
		}
	}
	return nil
}

func edit(path string, change func([]byte) []byte) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	return os.WriteFile(path, change(data), 0o600)
}

// snapshot is names and digests of all files.
func snapshot(t *testing.T, dir string) (files []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		data, err := os.ReadFile(filepath.Join(dir, entry.Name()))
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, entry.Name()+" "+string(events.DigestOf(data)))
	}
	return files
}
