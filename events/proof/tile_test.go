package proof

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// The paths of C2SP tlog-tiles.
func TestTilePaths(t *testing.T) {
	for path, tile := range map[string]Tile{
		"tile/0/000":                  {L: 0, N: 0, W: 256},
		"tile/0/000.p/1":              {L: 0, N: 0, W: 1},
		"tile/0/x001/x234/067":        {L: 0, N: 1234067, W: 256},
		"tile/1/x001/000.p/255":       {L: 1, N: 1000, W: 255},
		"tile/63/005.p/17":            {L: 63, N: 5, W: 17},
		"tile/entries/000":            {L: Entries, N: 0, W: 256},
		"tile/entries/x001/234.p/112": {L: Entries, N: 1234, W: 112},
	} {
		if got := tile.Path(); got != path {
			t.Errorf("%+v has path %s, want %s", tile, got, path)
		}
		if got, err := ParseTilePath(path); err != nil || got != tile {
			t.Errorf("%s is %+v, %v, want %+v", path, got, err, tile)
		}
	}
	for _, path := range []string{
		"", "tile", "tile/", "tile/0", "tile/0/", "tile/8/0/000/", "0/000", "tile/00/000", "tile/-1/000", "tile/data/000", "tile/64/000",
		"tile/0/0", "tile/0/1000", "tile/0/x000/000", "tile/0/001/000", "tile/0/000.p/0", "tile/0/000.p/256", "tile/0/000.p/01", "tile/0/000.p",
		"tile/0/../../etc", "/tile/0/000", "tile/0/000/", "tile/entries/entries/000", "tile/entries", "tile/0/x999/x999/x999/x999/x999/x999/x999/999",
		"tile/0/" + strings.Repeat("x001/", 20) + "000",
	} {
		if tile, err := ParseTilePath(path); !errors.Is(err, ErrMalformed) {
			t.Errorf("%q is %+v, %v", path, tile, err)
		}
	}
}

// The example of C2SP tlog-tiles, and the edges around it.
func TestRightEdge(t *testing.T) {
	for size, want := range map[uint64][]Tile{
		0:      nil,
		1:      {{0, 0, 1}},
		255:    {{0, 0, 255}},
		256:    {{1, 0, 1}},
		257:    {{0, 1, 1}, {1, 0, 1}},
		65536:  {{2, 0, 1}},
		70_000: {{0, 273, 112}, {1, 1, 17}, {2, 0, 1}},
	} {
		if got := rightEdge(size); !reflect.DeepEqual(got, want) {
			t.Errorf("%d: %v, want %v", size, got, want)
		}
	}
}

func TestEntryBundle(t *testing.T) {
	bundle, err := AppendEntry(nil, []byte("one"))
	if err != nil {
		t.Fatal(err)
	}
	if bundle, err = AppendEntry(bundle, []byte("two")); err != nil {
		t.Fatal(err)
	}
	if want := "\x00\x03one\x00\x03two"; string(bundle) != want {
		t.Fatalf("%q, want %q", bundle, want)
	}
	records, err := ParseEntries(bundle, 2)
	if err != nil || fmt.Sprintf("%s", records) != "[one two]" {
		t.Fatalf("%s, %v", records, err)
	}
	if _, err := AppendEntry(nil, make([]byte, maxLeaf+1)); !errors.Is(err, ErrMalformed) {
		t.Errorf("a record longer than any leaf: %v", err)
	}
}

func TestEntryBundleRefused(t *testing.T) {
	for name, c := range map[string]struct {
		bundle string
		width  int
	}{
		"no entries":            {"", 0},
		"more than a tile":      {strings.Repeat("\x00\x00", 257), 257},
		"an entry missing":      {"\x00\x01a", 2},
		"half a length":         {"\x00\x01a\x00", 2},
		"an entry cut off":      {"\x00\x03ab", 1},
		"bytes after the last":  {"\x00\x01a!", 1},
		"longer than any leaf":  {"\xff\xff" + strings.Repeat("a", 0xffff), 1},
		"an entry more than it": {"\x00\x01a\x00\x01b", 1},
	} {
		if records, err := ParseEntries([]byte(c.bundle), c.width); !errors.Is(err, ErrMalformed) {
			t.Errorf("%s: %q, %v", name, records, err)
		}
	}
}

func TestEntryBundleRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		records := rapid.SliceOfN(rapid.SliceOfN(rapid.Byte(), 0, maxLeaf), 1, TileWidth).Draw(t, "records")
		var bundle []byte
		for _, r := range records {
			var err error
			if bundle, err = AppendEntry(bundle, r); err != nil {
				t.Fatal(err)
			}
		}
		read, err := ParseEntries(bundle, len(records))
		if err != nil || fmt.Sprint(read) != fmt.Sprint(records) {
			t.Fatalf("%v, want %v: %v", read, records, err)
		}
	})
}
