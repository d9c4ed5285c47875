package bundle

import (
	"archive/zip"
	"bytes"
	"cmp"
	"io"
	"slices"
	"testing"
)

// members are the contents of a bundle, to be altered.
type members map[string][]byte

func open(t testing.TB, b []byte) members {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	m := members{}
	for _, f := range z.File {
		from, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if m[f.Name], err = io.ReadAll(from); err != nil {
			t.Fatal(err)
		}
	}
	return m
}

// names are in the order of the archive; those that have no place in one come last.
func (m members) names() []string {
	var names []string
	for name := range m {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b string) int {
		x, okX := parseMember(a)
		y, okY := parseMember(b)
		switch {
		case okX != okY:
			return map[bool]int{true: -1, false: 1}[okX]
		case x.before(y):
			return -1
		case y.before(x):
			return 1
		}
		return cmp.Compare(a, b)
	})
	return names
}

// packed is the archive as a ledger would write it, checksums and all: what was altered is for the
// contents to show.
func (m members) packed(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	z := newZipWriter(&b)
	for _, name := range m.names() {
		if err := z.file(name, m[name]); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// replace changes the first occurrence, which has to be there.
func (m members) replace(t testing.TB, name, old, changed string) {
	t.Helper()
	if !bytes.Contains(m[name], []byte(old)) {
		t.Fatalf("%s does not hold %q", name, old)
	}
	m[name] = bytes.Replace(m[name], []byte(old), []byte(changed), 1)
}

func (m members) swap(a, b string) { m[a], m[b] = m[b], m[a] }
