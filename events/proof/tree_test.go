package proof

import (
	"bytes"
	"errors"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/transparency-dev/merkle/compact"
	"github.com/transparency-dev/merkle/rfc6962"
	"github.com/transparency-dev/merkle/testonly"
	"golang.org/x/mod/sumdb/tlog"
	"pgregory.net/rapid"
)

type treeVectors struct {
	Leaves, Roots []string
	Inclusion     []struct {
		Size, Index uint64
		Path        []string
	}
	Consistency []struct {
		Old, Size uint64
		Path      []string
	}
}

// The roots that Certificate Transparency publishes for its eight leaves.
func TestPublishedRoots(t *testing.T) {
	v := vectors[treeVectors](t, "tree.json")
	published := testonly.RootHashes()
	tree := emptyTree(t)
	for size, root := range v.Roots {
		if head := headOf(t, tree); head.Root != hash(t, root) || !bytes.Equal(head.Root[:], published[size]) || head.Size != uint64(size) {
			t.Fatalf("size %d: %v, want %s and %x", size, head, root, published[size])
		}
		if size < len(v.Leaves) {
			grow(t, tree, LeafHash(unhex(t, v.Leaves[size])))
		}
	}
}

// Every root on the way to a few thousand leaves is that of transparency-dev/merkle.
func TestRootsBySecondOpinion(t *testing.T) {
	_, heads := grown(t, 3000)
	factory := compact.RangeFactory{Hash: rfc6962.DefaultHasher.HashChildren}
	other := factory.NewEmptyRange(0)
	for size := uint64(1); size < uint64(len(heads)); size++ {
		leaf := numbered(size - 1)
		if err := other.Append(leaf[:], nil); err != nil {
			t.Fatal(err)
		}
		want, err := other.GetRootHash(nil)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(heads[size].Root[:], want) {
			t.Fatalf("size %d: %s, want %x", size, heads[size].Root, want)
		}
	}
}

// In whatever steps a tree grows, and however often it is resumed from its tiles, the tiles and
// roots are the same.
func TestResumeGrowsTheSameTree(t *testing.T) {
	const size = 70_000
	tiles := memory{}
	tree := emptyTree(t)
	var final Head
	random := rand.New(rand.NewPCG(1, 2))
	for at := uint64(0); at < size; {
		for range min(1+random.Uint64N(5000), size-at) {
			grow(t, tree, numbered(at))
			at++
		}
		tiles.write(t, tree)
		final = headOf(t, tree)
		var err error
		if tree, err = Resume(final, tiles.read); err != nil {
			t.Fatal(err)
		}
		if again := headOf(t, tree); again != final {
			t.Fatalf("resumed as %v, not %v", again, final)
		}
	}
	whole, all := memory{}, emptyTree(t)
	for i := range uint64(size) {
		grow(t, all, numbered(i))
	}
	whole.write(t, all)
	if headOf(t, all) != final {
		t.Fatalf("%v, want %v", final, headOf(t, all))
	}
	for path, data := range whole {
		if !bytes.Equal(tiles[path], data) {
			t.Errorf("%s differs", path)
		}
	}
	// 273 full and one partial tile of level 0, one full and one partial of level 1, one of level 2.
	if len(whole) != 277 {
		t.Errorf("%d tiles: %v", len(whole), slices.Sorted(maps.Keys(whole)))
	}
}

func TestTilesAreOnlyThoseThatChanged(t *testing.T) {
	tree := emptyTree(t)
	for i := range uint64(300) {
		grow(t, tree, numbered(i))
	}
	if err := tree.Settle(); err != nil {
		t.Fatal(err)
	}
	paths := func() []string {
		tiles, err := tree.Tiles()
		if err != nil {
			t.Fatal(err)
		}
		var list []string
		for _, tile := range tiles {
			list = append(list, tile.Path())
		}
		return list
	}
	if got := paths(); got != nil {
		t.Errorf("nothing changed, but %v", got)
	}
	grow(t, tree, numbered(300))
	if got, want := paths(), []string{"tile/0/001.p/45"}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	for i := uint64(301); i < 513; i++ {
		grow(t, tree, numbered(i))
	}
	if got, want := paths(), []string{"tile/0/001", "tile/0/002.p/1", "tile/1/000.p/2"}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

// A full tile may stand in for a partial one.
func TestFullTilesForPartialOnes(t *testing.T) {
	tiles, heads := grown(t, 256)
	full := func(tile Tile) ([]byte, error) { tile.W = TileWidth; return tiles.read(tile) }
	if _, err := Resume(heads[100], full); err != nil {
		t.Error(err)
	}
	path, err := Inclusion(heads[100], 3, full)
	if err == nil {
		err = VerifyInclusion(heads[100], 3, numbered(3), path)
	}
	if err != nil {
		t.Error(err)
	}
}

// The largest tree consists of sixteen subtrees of 2^56 leaves.
func TestTheLargestTreeIsFull(t *testing.T) {
	tree, edge := emptyTree(t), []byte(nil)
	for i := range uint64(16) {
		subtree := numbered(i)
		grow(t, tree, subtree)
		edge = append(edge, subtree[:]...)
	}
	largest, err := Resume(Head{Size: MaxSize, Root: headOf(t, tree).Root}, memory{"tile/7/000.p/16": edge}.read)
	if err != nil {
		t.Fatal(err)
	}
	if err := largest.Append(numbered(0)); err == nil {
		t.Error("it still grows")
	}
}

func TestResumeRefuses(t *testing.T) {
	tiles, heads := grown(t, 700)
	head := heads[700]
	for _, tile := range rightEdge(head.Size) {
		for i := range len(tiles[tile.Path()]) / tlog.HashSize {
			damaged := maps.Clone(tiles)
			damaged[tile.Path()] = flip(tiles[tile.Path()], i*tlog.HashSize)
			if _, err := Resume(head, damaged.read); !errors.Is(err, ErrRefuted) {
				t.Fatalf("%s hash %d altered: %v", tile.Path(), i, err)
			}
		}
		short := maps.Clone(tiles)
		short[tile.Path()] = tiles[tile.Path()][1:]
		if _, err := Resume(head, short.read); !errors.Is(err, ErrMalformed) {
			t.Errorf("%s cut: %v", tile.Path(), err)
		}
	}
	if _, err := Resume(Head{Size: 700, Root: heads[699].Root}, tiles.read); !errors.Is(err, ErrRefuted) {
		t.Errorf("another root: %v", err)
	}
	if _, err := Resume(Head{Size: MaxSize + 1}, tiles.read); !errors.Is(err, ErrMalformed) {
		t.Errorf("a size beyond any tree: %v", err)
	}
	if _, err := Resume(Head{}, nil); !errors.Is(err, ErrRefuted) {
		t.Errorf("an empty tree with another root: %v", err)
	}
	unreadable := errors.New("unreadable")
	if _, err := Resume(head, func(Tile) ([]byte, error) { return nil, unreadable }); !errors.Is(err, unreadable) {
		t.Errorf("unreadable tiles: %v", err)
	}
}

// Left of the edge the tree knows nothing and says so.
func TestTreeAsksForNothingLeftOfItsEdge(t *testing.T) {
	tree := emptyTree(t)
	for i := range uint64(600) {
		grow(t, tree, numbered(i))
	}
	if err := tree.Settle(); err != nil {
		t.Fatal(err)
	}
	if _, err := tree.ReadHashes([]int64{0}); err == nil {
		t.Error("a hash of a full tile was found in the edge")
	}
	if _, err := tree.ReadHashes([]int64{tlog.StoredHashIndex(16, 0)}); err == nil {
		t.Error("a hash of a level that does not exist was found")
	}
}

func TestTilesOfAnySteps(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		steps := rapid.SliceOfN(rapid.Uint64Range(0, 600), 1, 4).Draw(t, "steps")
		changed, at := map[Tile]bool{}, uint64(0)
		for _, step := range steps {
			for _, tile := range tlog.NewTiles(tileHeight, int64(at), int64(at+step)) {
				changed[tileOf(tile)] = true
			}
			at += step
		}
		for _, tile := range rightEdge(at) {
			if !changed[tile] {
				t.Fatalf("%s is on the right edge at %d and was never written", tile.Path(), at)
			}
		}
	})
}

func flip(data []byte, at int) []byte {
	altered := bytes.Clone(data)
	altered[at] ^= 1
	return altered
}
