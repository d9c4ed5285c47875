package api

import (
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"strings"

	"starledger/events"
	"starledger/events/proof"
)

// The files below /log/ are those of C2SP tlog-tiles, and nothing in them tells of a client: leaves
// hold hashes. They are read without a sign-in, since the log's witnesses, mirrors and monitors are
// not people of the certification body. Only what a checkpoint covers is shown.

const (
	// lasting is for bytes that never change under their name, whoever reads them.
	lasting = "public, max-age=31536000, immutable"
	// asking is for what changes: it may be kept, and is asked for again every time.
	asking = "no-cache"

	plainText = "text/plain; charset=utf-8"
)

// getCheckpoint shows the newest checkpoint that has the cosignatures the policy asks for.
func (s *Server) getCheckpoint(w http.ResponseWriter, c *call) error {
	log, err := s.sealed()
	if err != nil {
		return err
	}
	note := log.Sealer.Published()
	if note == nil {
		return noCheckpoint()
	}
	return writeFile(w, c, plainText, asking, note)
}

// getCheckpointAt shows the checkpoint of one size, with every signature it has got since, so it is
// not final.
func (s *Server) getCheckpointAt(w http.ResponseWriter, c *call) error {
	log, err := s.sealed()
	if err != nil {
		return err
	}
	size, ok := parseSeq(c.part("size"))
	if !ok || size > log.Sealer.Status().Sealed.Size {
		return noCheckpoint()
	}
	note, err := log.Checkpoints.Read(size)
	if errors.Is(err, fs.ErrNotExist) {
		return noCheckpoint()
	}
	if err != nil {
		return err
	}
	return writeFile(w, c, plainText, asking, note)
}

func noCheckpoint() *Problem { return notFound("unknown-checkpoint") }

// getPolicy shows the policy by which checkpoints are published. Who verifies brings their own.
func (s *Server) getPolicy(w http.ResponseWriter, c *call) error {
	log, err := s.sealed()
	if err != nil {
		return err
	}
	return writeFile(w, c, plainText, asking, log.Policy)
}

func (s *Server) getKeys(w http.ResponseWriter, c *call) error {
	log, err := s.sealed()
	if err != nil {
		return err
	}
	return writeFile(w, c, plainText, asking, log.Keys)
}

// getTile shows a tile or an entry bundle. The path is compared as it came, so that no other way of
// writing it leads anywhere.
func (s *Server) getTile(w http.ResponseWriter, c *call) error {
	log, err := s.sealed()
	if err != nil {
		return err
	}
	tile, err := proof.ParseTilePath(strings.TrimPrefix(c.URL.EscapedPath(), "/log/"))
	if err != nil || !covers(log.Sealer.Status().Sealed.Size, tile) {
		return noTile()
	}
	data, err := log.Tiles.ReadTile(tile)
	if errors.Is(err, fs.ErrNotExist) {
		return noTile()
	}
	if err == nil {
		data, err = asWide(tile, data)
	}
	if err != nil {
		return fmt.Errorf("show %s: %w", tile.Path(), err)
	}
	return writeFile(w, c, "application/octet-stream", lasting, data)
}

func noTile() *Problem { return notFound("unknown-tile") }

// covers tells whether a tree has all the hashes of a tile. What lies beyond may have been written,
// but nobody has signed it.
func covers(size uint64, tile proof.Tile) bool {
	level := max(tile.L, 0) // entry bundles go with the tiles of level 0
	hashes := size >> (8 * level)
	return tile.N*proof.TileWidth+uint64(tile.W) <= hashes
}

// asWide cuts a tile to the width that was asked for: of a tile that has filled up since, the
// partial one is not kept, and its name must not show other bytes than it did.
func asWide(tile proof.Tile, data []byte) ([]byte, error) {
	if tile.L != proof.Entries {
		wanted := tile.W * len(proof.Hash{})
		if len(data) < wanted {
			return nil, fmt.Errorf("%w: a tile of %d bytes", events.ErrIntegrity, len(data))
		}
		return data[:wanted], nil
	}
	if _, err := proof.ParseEntries(data, tile.W); err == nil {
		return data, nil
	}
	records, err := proof.ParseEntries(data, proof.TileWidth)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", events.ErrIntegrity, err)
	}
	var cut []byte
	for _, record := range records[:tile.W] {
		if cut, err = proof.AppendEntry(cut, record); err != nil {
			return nil, err
		}
	}
	return cut, nil
}

// writeFile answers with a whole file, named by the digest of its bytes.
func writeFile(w http.ResponseWriter, c *call, mediaType, caching string, data []byte) error {
	w.Header().Set("Cache-Control", caching)
	return writeNamed(w, c, mediaType, events.DigestOf(data), data)
}
