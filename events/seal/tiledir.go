package seal

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"starledger/events/proof"
)

// publishedPath is where the published checkpoint lies, beside tile/.
const publishedPath = "checkpoint"

// TileDir is the directory of the log's public files, laid out as C2SP tlog-tiles has it:
//
//	checkpoint                  what is published
//	tile/<L>/<N>[.p/<W>]        hashes
//	tile/entries/<N>[.p/<W>]    leaf records
//
// They are plain files that any web server can serve; nothing in them tells of a client. One
// process writes, any number may read at any time.
type TileDir struct{ files *folder }

// OpenTileDir opens or makes the directory.
func OpenTileDir(dir string) (*TileDir, error) { return openTileDir(dir, osDisk{}) }

func openTileDir(dir string, d disk) (*TileDir, error) {
	files, err := openFolder(dir, d)
	if err != nil {
		return nil, fmt.Errorf("open the tile directory: %w", err)
	}
	return &TileDir{files}, nil
}

// ReadTile reads a tile or entry bundle, or the full one where a partial one was asked for and is
// gone. It is a proof.ReadTile; a tile that is not there is an fs.ErrNotExist.
func (d *TileDir) ReadTile(t proof.Tile) ([]byte, error) {
	data, err := d.files.read(t.Path())
	if errors.Is(err, fs.ErrNotExist) && t.W < proof.TileWidth {
		t.W = proof.TileWidth
		data, err = d.files.read(t.Path())
	}
	return data, err
}

// entries reads the leaf records of a bundle, as many as it is wide.
func (d *TileDir) entries(number uint64, width int) ([][]byte, error) {
	t := proof.Tile{L: proof.Entries, N: number, W: width}
	data, err := d.files.read(t.Path())
	if errors.Is(err, fs.ErrNotExist) && width < proof.TileWidth {
		t.W = proof.TileWidth
		data, err = d.files.read(t.Path())
	}
	if err != nil {
		return nil, err
	}
	records, err := proof.ParseEntries(data, t.W)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", t.Path(), err)
	}
	return records[:width], nil
}

// write makes tiles and bundles durable. Where a full one is, the partial ones before it are not
// needed any more and are removed; what a crash leaves of them costs space and nothing else.
func (d *TileDir) write(files []file) error {
	if err := d.files.write(files...); err != nil {
		return err
	}
	for _, f := range files {
		if !strings.Contains(f.path, ".p/") {
			_ = os.RemoveAll(d.files.path(f.path) + ".p")
		}
	}
	return nil
}

// published is the published checkpoint, nil when there is none yet.
func (d *TileDir) published() ([]byte, error) {
	note, err := d.files.read(publishedPath)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return note, err
}

func (d *TileDir) publish(note []byte) error { return d.files.write(file{publishedPath, note}) }
