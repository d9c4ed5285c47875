package proof

import (
	"crypto/sha256"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"
)

// million is a tree of a million leaves, made once for all benchmarks.
const million = 1_000_000

var millionTree = sync.OnceValues(func() (memory, Head) {
	tiles := memory{}
	tree, err := Resume(Head{Root: EmptyRoot()}, nil)
	if err != nil {
		panic(err)
	}
	for i := range uint64(million) {
		if err := tree.Append(numbered(i)); err != nil {
			panic(err)
		}
	}
	written, err := tree.Tiles()
	if err != nil {
		panic(err)
	}
	for _, tile := range written {
		tiles[tile.Path()] = tile.Data
	}
	head, err := tree.Head()
	if err != nil {
		panic(err)
	}
	return tiles, head
})

// leafNumbered is a leaf as the sealer makes them.
func leafNumbered(i uint64, recorded time.Time) Leaf {
	leaf := Leaf{Seq: i + 1, CaseSeq: 1, Time: recorded.Add(time.Duration(i) * time.Millisecond), Case: Hash{1}, Body: Hash{2}}
	if i > 0 {
		leaf.CaseSeq, leaf.Prev = 2, Hash{3}
	}
	return leaf
}

var benchTime = time.Date(2026, 11, 1, 2, 2, 0, 0, time.UTC)

// Leaves written and hashed into a tree whose root is taken at the end: the goal is 400,000 a second.
func BenchmarkGrow(b *testing.B) {
	tree := emptyTree(b)
	record := make([]byte, 0, maxLeaf)
	for i := range uint64(b.N) {
		var err error
		if record, err = leafNumbered(i, benchTime).Append(record[:0]); err != nil {
			b.Fatal(err)
		}
		if err := tree.Append(LeafHash(record)); err != nil {
			b.Fatal(err)
		}
		if i%65_536 == 65_535 {
			if err := tree.Settle(); err != nil {
				b.Fatal(err)
			}
		}
	}
	headOf(b, tree)
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "leaves/s")
}

// Sealing in batches of 1000, as it happens: resume from the tiles, grow, take tiles and root.
func BenchmarkSeal1000(b *testing.B) {
	tiles, head := millionTree()
	leaves := make([]Hash, 1000)
	for i := range leaves {
		leaves[i] = sha256.Sum256(fmt.Append(nil, i))
	}
	for b.Loop() {
		tree, err := Resume(head, tiles.read)
		if err != nil {
			b.Fatal(err)
		}
		grow(b, tree, leaves...)
		if _, err := tree.Tiles(); err != nil {
			b.Fatal(err)
		}
		headOf(b, tree)
	}
	b.ReportMetric(float64(1000*b.N)/b.Elapsed().Seconds(), "leaves/s")
}

func BenchmarkParseLeaf(b *testing.B) {
	record, err := leafNumbered(2, benchTime).Append(nil)
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(record)))
	for b.Loop() {
		if _, err := ParseLeaf(record); err != nil {
			b.Fatal(err)
		}
	}
}

// An inclusion proof at a million leaves, every tile checked against the root: the goal is less
// than a millisecond for 99 of 100.
func BenchmarkInclusionAtAMillion(b *testing.B) {
	tiles, head := millionTree()
	var taken []time.Duration
	index := uint64(0)
	for b.Loop() {
		index = (index + 618_033) % head.Size
		start := time.Now()
		if _, err := Inclusion(head, index, tiles.read); err != nil {
			b.Fatal(err)
		}
		taken = append(taken, time.Since(start))
	}
	slices.Sort(taken)
	b.ReportMetric(float64(taken[len(taken)*99/100].Microseconds()), "p99-µs")
}

func BenchmarkConsistencyAtAMillion(b *testing.B) {
	tiles, head := millionTree()
	old := uint64(0)
	for b.Loop() {
		old = (old + 618_033) % head.Size
		if _, err := Consistency(head, old, tiles.read); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkVerifyInclusionAtAMillion(b *testing.B) {
	tiles, head := millionTree()
	path, err := Inclusion(head, 314_159, tiles.read)
	if err != nil {
		b.Fatal(err)
	}
	leaf := numbered(314_159)
	for b.Loop() {
		if err := VerifyInclusion(head, 314_159, leaf, path); err != nil {
			b.Fatal(err)
		}
	}
}
