package proof

import (
	"encoding/json"
	"fmt"
	"os"
	"testing"

	"golang.org/x/mod/sumdb/tlog"
)

// vectors reads a file of testdata. They are written by testdata/vectors.py, which shares no code
// with this package.
func vectors[T any](t testing.TB, name string) T {
	t.Helper()
	data, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	var v T
	if err := json.Unmarshal(data, &v); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return v
}

// memory is a tile directory in memory.
type memory map[string][]byte

func (m memory) read(t Tile) ([]byte, error) {
	data, ok := m[t.Path()]
	if !ok {
		return nil, fmt.Errorf("there is no %s", t.Path())
	}
	return data, nil
}

// write stores the new tiles of the tree.
func (m memory) write(t testing.TB, tree *Tree) {
	t.Helper()
	tiles, err := tree.Tiles()
	if err != nil {
		t.Fatal(err)
	}
	for _, tile := range tiles {
		m[tile.Path()] = tile.Data
	}
}

// numbered is the leaf hash of the i-th leaf of the trees of the tests.
func numbered(i uint64) Hash { return LeafHash(fmt.Appendf(nil, "leaf %d", i)) }

// grown is a tree of numbered leaves with its tiles, and its head at every size on the way.
func grown(t testing.TB, size uint64) (memory, []Head) {
	t.Helper()
	tiles := memory{}
	tree := emptyTree(t)
	heads := []Head{headOf(t, tree)}
	for i := range size {
		grow(t, tree, numbered(i))
		heads = append(heads, headOf(t, tree))
		if i+1 == size || (i+1)%200 == 0 {
			tiles.write(t, tree)
			if err := tree.Settle(); err != nil {
				t.Fatal(err)
			}
		}
	}
	return tiles, heads
}

func emptyTree(t testing.TB) *Tree {
	t.Helper()
	tree, err := Resume(Head{Root: EmptyRoot()}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return tree
}

func grow(t testing.TB, tree *Tree, leaves ...Hash) {
	t.Helper()
	for _, leaf := range leaves {
		if err := tree.Append(leaf); err != nil {
			t.Fatal(err)
		}
	}
}

func headOf(t testing.TB, tree *Tree) Head {
	t.Helper()
	head, err := tree.Head()
	if err != nil {
		t.Fatal(err)
	}
	return head
}

func hash(t testing.TB, base64 string) Hash {
	t.Helper()
	h, err := tlog.ParseHash(base64)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func hashes(t testing.TB, base64 []string) []Hash {
	t.Helper()
	var list []Hash
	for _, s := range base64 {
		list = append(list, hash(t, s))
	}
	return list
}
