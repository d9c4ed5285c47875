package proof

import (
	"encoding/binary"
	"fmt"
	"strings"

	"golang.org/x/mod/sumdb/tlog"
)

const (
	// tileHeight is the number of tree levels of a tile, as C2SP tlog-tiles has it.
	tileHeight = 8
	// TileWidth is the number of hashes of a full tile.
	TileWidth = 1 << tileHeight
	// Entries stands in place of a level for the bundles that hold the leaves themselves.
	Entries = -1

	maxLevel = 63
	// maxTilePath is longer than the path of any tile of a tree within MaxSize.
	maxTilePath = 64
)

// A Tile names W hashes of the tree that lie side by side: those of level 8·L from N·256 on. Of a
// tree the rightmost tile of a level may be partial (W below 256), all others are full. With L =
// Entries it names the bundle of the leaves whose hashes are in the tile of level 0.
type Tile struct {
	L int
	N uint64
	W int
}

// Path is the path of the tile under the prefix of the log (C2SP tlog-tiles):
//
//	tile/<L>/<N>[.p/<W>]        such as tile/0/x001/x234/067 or tile/1/000.p/17
//	tile/entries/<N>[.p/<W>]
//
// N is written in groups of three digits, all but the last with an x in front. A tile never
// changes once it was written: a partial tile that grows gets another path.
func (t Tile) Path() string {
	path := t.tlog().Path()
	if rest, ok := strings.CutPrefix(path, "tile/8/data/"); ok {
		return "tile/entries/" + rest
	}
	return "tile/" + strings.TrimPrefix(path, "tile/8/")
}

// ParseTilePath accepts exactly what Path writes.
func ParseTilePath(path string) (Tile, error) {
	if len(path) > maxTilePath {
		return Tile{}, fmt.Errorf("%w tile path: longer than %d", ErrMalformed, maxTilePath)
	}
	rest, found := strings.CutPrefix(path, "tile/")
	if bundle, ok := strings.CutPrefix(rest, "entries/"); ok {
		rest = "data/" + bundle
	}
	parsed, err := tlog.ParseTilePath("tile/8/" + rest)
	t := Tile{L: parsed.L, N: uint64(parsed.N), W: parsed.W}
	if !found || err != nil || t.L > maxLevel || t.N >= MaxSize || t.Path() != path {
		return Tile{}, fmt.Errorf("%w tile path %q", ErrMalformed, path)
	}
	return t, nil
}

func (t Tile) tlog() tlog.Tile {
	return tlog.Tile{H: tileHeight, L: t.L, N: int64(t.N), W: t.W}
}

func tileOf(t tlog.Tile) Tile { return Tile{L: t.L, N: uint64(t.N), W: t.W} }

// rightEdge is the partial tiles of a tree, from level 0 up: all that is needed to let it grow. A
// level whose last tile is full has none.
func rightEdge(size uint64) []Tile {
	var edge []Tile
	for level := 0; size > 0; level, size = level+1, size/TileWidth {
		if width := int(size % TileWidth); width > 0 {
			edge = append(edge, Tile{L: level, N: size / TileWidth, W: width})
		}
	}
	return edge
}

// ReadTile reads the bytes of a tile, or of the full tile where a partial one was asked for: a
// log may remove a partial tile once it is full. What it returns needs no trust.
type ReadTile func(Tile) ([]byte, error)

// read returns exactly the hashes of the tile.
func (read ReadTile) read(t Tile) ([]byte, error) {
	data, err := read(t)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", t.Path(), err)
	}
	wanted := t.W * tlog.HashSize
	if len(data) != wanted && len(data) != TileWidth*tlog.HashSize {
		return nil, fmt.Errorf("%w tile %s: %d bytes, not %d", ErrMalformed, t.Path(), len(data), wanted)
	}
	return data[:wanted:wanted], nil
}

// AppendEntry appends a leaf record to an entry bundle: its length in two bytes, big-endian, then
// the record itself.
func AppendEntry(bundle, record []byte) ([]byte, error) {
	if len(record) > maxLeaf {
		return bundle, fmt.Errorf("%w leaf: %d bytes, more than %d", ErrMalformed, len(record), maxLeaf)
	}
	bundle = binary.BigEndian.AppendUint16(bundle, uint16(len(record)))
	return append(bundle, record...), nil
}

// ParseEntries splits an entry bundle into its width records, which keep pointing into it. Whether
// they are leaves is for ParseLeaf to say, and whether they are those of the log for the tree.
func ParseEntries(bundle []byte, width int) ([][]byte, error) {
	if width < 1 || width > TileWidth {
		return nil, fmt.Errorf("%w entry bundle: %d entries", ErrMalformed, width)
	}
	records := make([][]byte, 0, width)
	for len(records) < width {
		if len(bundle) < 2 {
			return nil, fmt.Errorf("%w entry bundle: it ends after %d of %d entries", ErrMalformed, len(records), width)
		}
		length := int(binary.BigEndian.Uint16(bundle))
		bundle = bundle[2:]
		if length > maxLeaf || length > len(bundle) {
			return nil, fmt.Errorf("%w entry bundle: entry %d has a length of %d", ErrMalformed, len(records)+1, length)
		}
		records = append(records, bundle[:length:length])
		bundle = bundle[length:]
	}
	if len(bundle) > 0 {
		return nil, fmt.Errorf("%w entry bundle: %d bytes after the last entry", ErrMalformed, len(bundle))
	}
	return records, nil
}
