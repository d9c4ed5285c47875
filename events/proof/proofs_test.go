package proof

import (
	"errors"
	"maps"
	"slices"
	"testing"

	merkle "github.com/transparency-dev/merkle/proof"
	"github.com/transparency-dev/merkle/rfc6962"
	"pgregory.net/rapid"
)

func TestProofVectors(t *testing.T) {
	v := vectors[treeVectors](t, "tree.json")
	tree, tiles := emptyTree(t), memory{}
	heads, leaves := []Head{headOf(t, tree)}, []Hash(nil)
	for _, record := range v.Leaves {
		leaves = append(leaves, LeafHash(unhex(t, record)))
		grow(t, tree, leaves[len(leaves)-1])
		heads = append(heads, headOf(t, tree))
		tiles.write(t, tree)
	}
	for _, c := range v.Inclusion {
		got, err := Inclusion(heads[c.Size], c.Index, tiles.read)
		if err != nil || !slices.Equal(got, hashes(t, c.Path)) {
			t.Errorf("leaf %d of %d: %v, want %v: %v", c.Index, c.Size, got, c.Path, err)
		}
		if err := VerifyInclusion(heads[c.Size], c.Index, leaves[c.Index], hashes(t, c.Path)); err != nil {
			t.Error(err)
		}
	}
	for _, c := range v.Consistency {
		got, err := Consistency(heads[c.Size], c.Old, tiles.read)
		if err != nil || !slices.Equal(got, hashes(t, c.Path)) {
			t.Errorf("%d to %d: %v, want %v: %v", c.Old, c.Size, got, c.Path, err)
		}
		if err := VerifyConsistency(heads[c.Old], heads[c.Size], hashes(t, c.Path)); err != nil {
			t.Error(err)
		}
	}
}

const propertySize = 3000

// What is proven verifies here and by transparency-dev/merkle; with any hash altered, dropped or
// added, for another leaf, place, size or root, neither accepts it.
func TestInclusionOfAnyLeaf(t *testing.T) {
	tiles, heads := grown(t, propertySize)
	tiles = everyPartial(t, tiles)
	rapid.Check(t, func(t *rapid.T) {
		size := rapid.Uint64Range(1, propertySize).Draw(t, "size")
		index := rapid.Uint64Range(0, size-1).Draw(t, "index")
		head, leaf := heads[size], numbered(index)
		path, err := Inclusion(head, index, tiles.read)
		if err != nil {
			t.Fatal(err)
		}
		holds := func(head Head, index uint64, leaf Hash, path []Hash) bool {
			ours := VerifyInclusion(head, index, leaf, path)
			theirs := merkle.VerifyInclusion(rfc6962.DefaultHasher, index, head.Size, leaf[:], bytesOf(path), head.Root[:])
			if (ours == nil) != (theirs == nil) {
				t.Fatalf("leaf %d of %d: %v, but the second opinion is %v", index, head.Size, ours, theirs)
			}
			return ours == nil
		}
		if !holds(head, index, leaf, path) {
			t.Fatal("the proof does not hold")
		}
		for what, altered := range alterations(path) {
			if holds(head, index, leaf, altered) {
				t.Fatalf("leaf %d of %d holds with %s", index, size, what)
			}
		}
		if holds(head, index, Hash(flip(leaf[:], 0)), path) || holds(Head{size, heads[size-1].Root}, index, leaf, path) || holds(head, size, leaf, path) {
			t.Fatal("another leaf, root or place holds")
		}
		if other := rapid.Uint64Range(0, size-1).Draw(t, "other"); other != index && holds(head, other, leaf, path) {
			t.Fatalf("leaf %d also holds at %d", index, other)
		}
	})
}

func TestConsistencyOfAnySizes(t *testing.T) {
	tiles, heads := grown(t, propertySize)
	tiles = everyPartial(t, tiles)
	rapid.Check(t, func(t *rapid.T) {
		size := rapid.Uint64Range(0, propertySize).Draw(t, "size")
		old := rapid.Uint64Range(0, size).Draw(t, "old")
		path, err := Consistency(heads[size], old, tiles.read)
		if err != nil {
			t.Fatal(err)
		}
		holds := func(old, head Head, path []Hash) bool {
			ours := VerifyConsistency(old, head, path)
			theirs := merkle.VerifyConsistency(rfc6962.DefaultHasher, old.Size, head.Size, bytesOf(path), old.Root[:], head.Root[:])
			if (ours == nil) != (theirs == nil) {
				t.Fatalf("%d to %d: %v, but the second opinion is %v", old.Size, head.Size, ours, theirs)
			}
			return ours == nil
		}
		if !holds(heads[old], heads[size], path) {
			t.Fatal("the proof does not hold")
		}
		for what, altered := range alterations(path) {
			if holds(heads[old], heads[size], altered) {
				t.Fatalf("%d to %d holds with %s", old, size, what)
			}
		}
		if old > 0 {
			other := Hash(flip(heads[old].Root[:], 31))
			if holds(Head{old, other}, heads[size], path) || holds(heads[old], Head{size, other}, path) {
				t.Fatalf("%d to %d holds with another root", old, size)
			}
		}
	})
}

// alterations are all paths next to path: each hash altered, each dropped, each pair of neighbours
// swapped, one more at either end.
func alterations(path []Hash) map[string][]Hash {
	all := map[string][]Hash{
		"one more in front":   append([]Hash{{}}, path...),
		"one more at the end": append(slices.Clone(path), Hash{}),
	}
	for i := range path {
		altered := slices.Clone(path)
		altered[i] = Hash(flip(path[i][:], i))
		all["a hash altered: "+string(rune('a'+i))] = altered
		all["a hash dropped: "+string(rune('a'+i))] = slices.Delete(slices.Clone(path), i, i+1)
		if i > 0 && path[i] != path[i-1] {
			swapped := slices.Clone(path)
			swapped[i], swapped[i-1] = swapped[i-1], swapped[i]
			all["hashes swapped: "+string(rune('a'+i))] = swapped
		}
	}
	return all
}

func bytesOf(path []Hash) [][]byte {
	list := make([][]byte, len(path))
	for i := range path {
		list[i] = path[i][:]
	}
	return list
}

// everyPartial adds the partial tiles of all sizes, which are beginnings of the tiles there are.
func everyPartial(t testing.TB, tiles memory) memory {
	t.Helper()
	all := maps.Clone(tiles)
	for path, data := range tiles {
		tile, err := ParseTilePath(path)
		if err != nil {
			t.Fatal(err)
		}
		for w := 1; w < tile.W; w++ {
			all[Tile{L: tile.L, N: tile.N, W: w}.Path()] = data[:w*len(Hash{})]
		}
	}
	return all
}

// A damaged tile never makes another proof: the one path that is true, which does not need the damaged
// hash, or a refusal. A consistency proof is refused whichever hash is damaged.
func TestDamagedTilesProveNothing(t *testing.T) {
	tiles, heads := grown(t, 70_000/100)
	head := heads[len(heads)-1]
	true3, err := Inclusion(head, 3, tiles.read)
	if err != nil {
		t.Fatal(err)
	}
	refused := 0
	for path, data := range tiles {
		for at := 0; at < len(data); at += len(Hash{}) * 7 {
			damaged := maps.Clone(tiles)
			damaged[path] = flip(data, at)
			used := false
			read := func(tile Tile) ([]byte, error) { used = used || tile.Path() == path; return damaged.read(tile) }
			got, err := Inclusion(head, 3, read)
			if errors.Is(err, ErrRefuted) {
				refused++
			} else if err != nil || !slices.Equal(got, true3) {
				t.Fatalf("%s altered at %d: %v, %v", path, at, got, err)
			}
			used = false
			if got, err := Consistency(head, 300, read); used && !errors.Is(err, ErrRefuted) {
				t.Fatalf("%s altered at %d: %v, %v", path, at, got, err)
			}
		}
	}
	if refused == 0 {
		t.Error("no damaged tile made an inclusion proof impossible")
	}
}

func TestUnreadableTilesAreNotRefuted(t *testing.T) {
	_, heads := grown(t, 300)
	unreadable := errors.New("unreadable")
	read := func(Tile) ([]byte, error) { return nil, unreadable }
	if _, err := Inclusion(heads[300], 3, read); !errors.Is(err, unreadable) || errors.Is(err, ErrRefuted) {
		t.Error(err)
	}
	if _, err := Consistency(heads[300], 3, read); !errors.Is(err, unreadable) || errors.Is(err, ErrRefuted) {
		t.Error(err)
	}
	short := func(Tile) ([]byte, error) { return []byte("short"), nil }
	if _, err := Inclusion(heads[300], 3, short); !errors.Is(err, ErrMalformed) || errors.Is(err, ErrRefuted) {
		t.Error(err)
	}
}

func TestProofsOutOfRange(t *testing.T) {
	none := func(Tile) ([]byte, error) { panic("nothing is to be read") }
	long := make([]Hash, maxPath+1)
	empty := Head{Root: EmptyRoot()}
	for name, err := range map[string]error{
		"a leaf of the empty tree":            second(Inclusion(empty, 0, none)),
		"a leaf beyond the tree":              second(Inclusion(Head{Size: 3}, 3, none)),
		"a leaf of a tree beyond any":         second(Inclusion(Head{Size: MaxSize + 1}, 3, none)),
		"verify a leaf beyond the tree":       VerifyInclusion(Head{Size: 3}, 3, Hash{}, nil),
		"verify in a tree beyond any":         VerifyInclusion(Head{Size: MaxSize + 1}, 3, Hash{}, nil),
		"verify a path longer than any":       VerifyInclusion(Head{Size: 3}, 2, Hash{}, long),
		"a smaller tree":                      second(Consistency(Head{Size: 3}, 4, none)),
		"a tree beyond any":                   second(Consistency(Head{Size: MaxSize + 1}, 4, none)),
		"verify a smaller tree":               VerifyConsistency(Head{Size: 4}, Head{Size: 3}, nil),
		"verify a tree beyond any":            VerifyConsistency(Head{Size: 4}, Head{Size: MaxSize + 1}, nil),
		"verify consistency by too many":      VerifyConsistency(Head{Size: 4}, Head{Size: 5}, long),
		"verify consistency, no room for int": VerifyConsistency(Head{Size: 1 << 63}, Head{Size: 1 << 63}, nil),
	} {
		if !errors.Is(err, ErrMalformed) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, err := range map[string]error{
		"a false empty tree before":    VerifyConsistency(Head{}, Head{Size: 3}, nil),
		"a false empty tree after":     VerifyConsistency(empty, Head{}, nil),
		"hashes after the empty tree":  VerifyConsistency(empty, Head{Size: 3}, long[:1]),
		"hashes between equal trees":   VerifyConsistency(Head{Size: 3}, Head{Size: 3}, long[:1]),
		"two roots at the same size":   VerifyConsistency(Head{Size: 3}, Head{Size: 3, Root: Hash{1}}, nil),
		"two roots and the empty tree": VerifyConsistency(empty, Head{Root: Hash{1}}, nil),
	} {
		if !errors.Is(err, ErrRefuted) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := VerifyConsistency(empty, Head{Size: 3}, nil); err != nil {
		t.Errorf("from the empty tree: %v", err)
	}
	if err := VerifyConsistency(empty, empty, nil); err != nil {
		t.Errorf("between empty trees: %v", err)
	}
}

func second[T any](_ T, err error) error { return err }
