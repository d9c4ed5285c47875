package proof

import (
	"fmt"

	"golang.org/x/mod/sumdb/tlog"
)

// A Tree is a tree that grows by one leaf hash after the other. It holds the right edge it started
// from and every hash since, in the order of stored hashes of sumdb/tlog; what lies to the left of
// the edge it neither has nor needs. Not safe for use by several goroutines.
type Tree struct {
	start int64             // leaves when it was resumed or settled
	size  int64             // leaves now
	edge  map[int]tlog.Tile // the partial tiles at start, by level
	data  map[int][]byte    // their hashes
	fresh []Hash            // the stored hashes since start
	first int64             // the stored index of fresh[0]
}

// A TileData is a tile with its hashes, as it is written to a file.
type TileData struct {
	Tile
	Data []byte
}

// Resume is the tree with this head, ready to grow. It reads the right edge and is an ErrRefuted
// when the edge does not hash to the root: the tiles are damaged, or of another tree. For the
// empty tree nothing is read.
func Resume(head Head, read ReadTile) (*Tree, error) {
	if head.Size > MaxSize {
		return nil, fmt.Errorf("%w tree: size %d", ErrMalformed, head.Size)
	}
	t := &Tree{}
	if err := t.startAt(int64(head.Size), read); err != nil {
		return nil, err
	}
	found, err := t.Head()
	if err != nil {
		return nil, err
	}
	if found.Root != head.Root {
		return nil, fmt.Errorf("%w tiles: the right edge at size %d has root %s, not %s", ErrRefuted, head.Size, found.Root, head.Root)
	}
	return t, nil
}

// startAt makes the right edge at size the only thing the tree knows.
func (t *Tree) startAt(size int64, read ReadTile) error {
	edge, data := map[int]tlog.Tile{}, map[int][]byte{}
	for _, tile := range rightEdge(uint64(size)) {
		hashes, err := read.read(tile)
		if err != nil {
			return fmt.Errorf("right edge at size %d: %w", size, err)
		}
		edge[tile.L], data[tile.L] = tile.tlog(), hashes
	}
	*t = Tree{start: size, size: size, edge: edge, data: data, first: tlog.StoredHashCount(size)}
	return nil
}

// Append adds the next leaf.
func (t *Tree) Append(leaf Hash) error {
	if t.size >= MaxSize {
		return fmt.Errorf("append leaf %d: the tree is full", t.size)
	}
	hashes, err := tlog.StoredHashesForRecordHash(t.size, leaf, t)
	if err != nil {
		return fmt.Errorf("append leaf %d: %w", t.size, err)
	}
	t.fresh = append(t.fresh, hashes...)
	t.size++
	return nil
}

// Head is the size and root of the tree as it is now.
func (t *Tree) Head() (Head, error) {
	root, err := tlog.TreeHash(t.size, t)
	if err != nil {
		return Head{}, fmt.Errorf("root at size %d: %w", t.size, err)
	}
	return Head{Size: uint64(t.size), Root: root}, nil
}

// Tiles is every tile that is new since the tree was resumed or settled, with its hashes: what
// must be on disk before the head may be signed. The tiles of level 0 also tell which entry
// bundles to write.
func (t *Tree) Tiles() ([]TileData, error) {
	var tiles []TileData
	for _, tile := range tlog.NewTiles(tileHeight, t.start, t.size) {
		data, err := tlog.ReadTileData(tile, t)
		if err != nil {
			return nil, fmt.Errorf("tile %s: %w", tileOf(tile).Path(), err)
		}
		tiles = append(tiles, TileData{Tile: tileOf(tile), Data: data})
	}
	return tiles, nil
}

// Settle forgets all but the right edge, so that a tree can grow for ever in little memory. Call
// it when the tiles are written, or when only the root is of interest.
func (t *Tree) Settle() error {
	return t.startAt(t.size, func(tile Tile) ([]byte, error) { return tlog.ReadTileData(tile.tlog(), t) })
}

// ReadHashes serves the stored hashes that the tree holds; sumdb/tlog asks for them.
func (t *Tree) ReadHashes(indexes []int64) ([]Hash, error) {
	hashes := make([]Hash, len(indexes))
	for i, index := range indexes {
		hash, err := t.hash(index)
		if err != nil {
			return nil, err
		}
		hashes[i] = hash
	}
	return hashes, nil
}

func (t *Tree) hash(index int64) (Hash, error) {
	if k := index - t.first; k >= 0 && k < int64(len(t.fresh)) {
		return t.fresh[k], nil
	}
	level := tlog.TileForIndex(tileHeight, index).L
	tile, ok := t.edge[level]
	if !ok {
		return Hash{}, fmt.Errorf("stored hash %d is left of the right edge", index)
	}
	return tlog.HashFromTile(tile, t.data[level], index)
}
