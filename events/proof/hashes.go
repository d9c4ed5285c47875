package proof

import (
	"fmt"

	"golang.org/x/mod/sumdb/tlog"
)

// hashesOf reads stored hashes of the tree with this head out of tiles, each of which it proves to
// belong to the root before a hash of it is used.
func hashesOf(head Head, read ReadTile) tlog.HashReader {
	tree := tlog.Tree{N: int64(head.Size), Hash: head.Root}
	return tlog.HashReaderFunc(func(indexes []int64) ([]Hash, error) {
		tiles := &tileReader{read: read}
		hashes, err := tlog.TileHashReader(tree, tiles).ReadHashes(indexes)
		if err != nil && tiles.failed == nil {
			return nil, fmt.Errorf("%w tiles: %w", ErrRefuted, err)
		}
		return hashes, err
	})
}

// tileReader is a ReadTile in the shape that sumdb/tlog asks for.
type tileReader struct {
	read   ReadTile
	failed error // of reading, as opposed to tiles that are read and wrong
}

func (*tileReader) Height() int { return tileHeight }

func (r *tileReader) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	data := make([][]byte, len(tiles))
	for i, tile := range tiles {
		if data[i], r.failed = r.read.read(tileOf(tile)); r.failed != nil {
			return nil, r.failed
		}
	}
	return data, nil
}

// SaveTiles keeps nothing: caching is for the reader of the files.
func (*tileReader) SaveTiles([]tlog.Tile, [][]byte) {}

// unproven reads stored hashes of a tree of a size out of tiles, each of which it reads once and
// believes. Whoever uses it has to verify what they make of the hashes.
type unproven struct {
	size uint64
	read ReadTile
	have map[Tile][]byte
}

// ReadHashes serves sumdb/tlog.
func (u unproven) ReadHashes(indexes []int64) ([]Hash, error) {
	hashes := make([]Hash, len(indexes))
	for i, index := range indexes {
		tile := tileOf(tlog.TileForIndex(tileHeight, index))
		tile.W = int(min(TileWidth, u.size>>(tileHeight*tile.L)-tile.N*TileWidth)) // as wide as the tree has it
		data, ok := u.have[tile]
		if !ok {
			var err error
			if data, err = u.read.read(tile); err != nil {
				return nil, err
			}
			u.have[tile] = data
		}
		var err error
		if hashes[i], err = tlog.HashFromTile(tile.tlog(), data, index); err != nil {
			return nil, err
		}
	}
	return hashes, nil
}
