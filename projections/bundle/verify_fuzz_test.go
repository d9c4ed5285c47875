package bundle

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// Whatever stands in the place of a member, verifying ends with a verdict, which is another one than
// before: nothing in a bundle is passed over.
func FuzzVerify(f *testing.F) {
	whole, err := os.ReadFile(filepath.Join("testdata", "golden.zip"))
	if err != nil {
		f.Fatal(err)
	}
	policy, err := os.ReadFile(filepath.Join("testdata", "golden.policy.txt"))
	if err != nil {
		f.Fatal(err)
	}
	names := open(f, whole).names()
	for i, name := range names {
		f.Add(uint(i), append(bytes.Clone(open(f, whole)[name]), 'x'))
		f.Add(uint(i), []byte{})
	}
	f.Fuzz(func(t *testing.T, i uint, content []byte) {
		m, name := open(t, whole), names[i%uint(len(names))]
		if bytes.Equal(m[name], content) || name == nameReport {
			return // another version of the page is a warning anyhow
		}
		m[name] = content
		v, err := Verify(t.Context(), saved(t, m.packed(t)), Options{Policy: policy})
		if err != nil {
			t.Fatal(err)
		}
		warned := slices.ContainsFunc(v.Checks, func(o Outcome) bool { return o.Result == "warn" })
		if v.Sound && !warned {
			t.Errorf("another %s is not noticed", name)
		}
	})
}

// What breaks a bundle is shown first, however much only warns.
func TestExamples(t *testing.T) {
	var o Outcome
	for i := range maxExamples + 3 {
		o.warn(Example{Seq: uint64(100 + i)})
		if i%2 == 0 {
			o.fail(Example{Seq: uint64(i)})
		}
	}
	var seqs []uint64
	for _, e := range o.Examples {
		seqs = append(seqs, e.Seq)
	}
	if want := []uint64{0, 2, 4, 6, 8, 10, 12, 100, 101, 102}; !slices.Equal(seqs, want) || o.More != 10 || o.Result != "fail" {
		t.Errorf("%s %v and %d more", o.Result, seqs, o.More)
	}
}
