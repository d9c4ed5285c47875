package seal

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"starledger/events/proof"
)

// The sizes come in order, whatever directory they are in, from where they are asked for.
func TestSizes(t *testing.T) {
	dir, k := t.TempDir(), newKeys(t)
	d, err := OpenCheckpointDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	kept := []uint64{0, 3, 9_999, 10_000, 10_001, 40_000}
	var revision uint64
	for _, size := range kept {
		c := proof.Checkpoint{Origin: origin, Head: proof.Head{Size: size}}
		note, err := c.Sign(k.logKey)
		if err != nil {
			t.Fatal(err)
		}
		if revision, err = d.Swap(t.Context(), revision, Signed{c, note}); err != nil {
			t.Fatal(err)
		}
	}
	// What a crash left, and what somebody else put there, are no checkpoints.
	for _, name := range []string{"000000000000001/0000000000000010002.new", "refused"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, from := range []uint64{0, 1, 3, 9_999, 10_000, 10_002, 40_000, 40_001} {
		var got []uint64
		for size, err := range d.Sizes(from) {
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, size)
		}
		at, _ := slices.BinarySearch(kept, from)
		if !slices.Equal(got, kept[at:]) {
			t.Errorf("from %d: %v", from, got)
		}
	}
	for _, bound := range []uint64{0, 1, 3, 4, 10_000, 10_001, 40_000, 40_001} {
		var got []uint64
		for size, err := range d.SizesBelow(bound) {
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, size)
		}
		at, _ := slices.BinarySearch(kept, bound)
		want := slices.Clone(kept[:at])
		if slices.Reverse(want); !slices.Equal(got, want) {
			t.Errorf("below %d: %v", bound, got)
		}
	}
	for size := range d.SizesBelow(10_000) {
		if size != 9_999 {
			t.Errorf("the last below 10,000 is %d", size)
		}
		break
	}
	for size := range d.Sizes(1) {
		if size != 3 {
			t.Errorf("the first from 1 is %d", size)
		}
		break
	}
}

func TestSizesOfAnUnreadableDirectory(t *testing.T) {
	dir := t.TempDir()
	d, err := OpenCheckpointDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "000000000000007"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	failed := false
	for _, err := range d.Sizes(0) {
		failed = failed || err != nil
	}
	if !failed {
		t.Error("a file in the place of a directory is passed over")
	}
	failed = false
	for _, err := range d.SizesBelow(100_000) {
		failed = failed || err != nil
	}
	if !failed {
		t.Error("a file in the place of a directory is passed over, descending")
	}
}
