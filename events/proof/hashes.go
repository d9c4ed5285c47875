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
