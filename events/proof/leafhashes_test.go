package proof

import (
	"errors"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// Every range of every tree is its leaves; a tile that was altered is never believed.
func TestLeafHashesOfAnyRange(t *testing.T) {
	tiles, heads := grown(t, propertySize)
	tiles = everyPartial(t, tiles)
	rapid.Check(t, func(t *rapid.T) {
		size := rapid.Uint64Range(1, propertySize).Draw(t, "size")
		from := rapid.Uint64Range(0, size-1).Draw(t, "from")
		to := rapid.Uint64Range(from+1, size).Draw(t, "to")
		var want []Hash
		for i := from; i < to; i++ {
			want = append(want, numbered(i))
		}
		if got, err := LeafHashes(heads[size], from, to, tiles.read); err != nil || !slices.Equal(got, want) {
			t.Fatalf("leaves %d to %d of %d: %v", from, to, size, err)
		}
		altered := rapid.Uint64Range(from, to-1).Draw(t, "altered")
		bad := func(tile Tile) ([]byte, error) {
			data, err := tiles.read(tile)
			if tile.L == 0 && tile.N == altered/TileWidth {
				data = slices.Clone(data)
				data[altered%TileWidth*32] ^= 1
			}
			return data, err
		}
		if _, err := LeafHashes(heads[size], from, to, bad); !errors.Is(err, ErrRefuted) {
			t.Fatalf("an altered tile: %v", err)
		}
	})
	for _, c := range [][3]uint64{{5, 6, 5}, {5, 4, 3}, {MaxSize + 1, 0, 1}} {
		if _, err := LeafHashes(Head{Size: c[0]}, c[1], c[2], tiles.read); !errors.Is(err, ErrMalformed) {
			t.Errorf("leaves %d to %d of %d: %v", c[1], c[2], c[0], err)
		}
	}
}
