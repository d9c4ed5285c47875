package seal

import (
	"fmt"

	"starledger/events/proof"
)

// writeTiles is step 3: it writes the entry bundles and tiles of the batch, synced, and reads the
// right edge back.
//
// A crash leaves tiles of a tree nobody signed. They are below no checkpoint, so nobody is shown
// them, and the next pass writes the same bytes again or, when the log has grown, larger tiles
// beside them. What is read back has to hash to the root that is going to be signed.
func (s *Sealer) writeTiles(b *batch) error {
	if len(b.records) == 0 {
		return nil
	}
	head, err := s.tree.Head()
	if err != nil {
		return err
	}
	files, err := s.newFiles(b)
	if err != nil {
		return err
	}
	if err := s.cfg.Tiles.write(files); err != nil {
		return fmt.Errorf("write the tiles of size %d: %w", head.Size, err)
	}
	if err := s.resume(head); err != nil {
		return fmt.Errorf("read back the tiles of size %d: %w", head.Size, damagedTiles(err))
	}
	return nil
}

// newFiles are the tiles that the batch changes, each of level 0 with its entry bundle.
func (s *Sealer) newFiles(b *batch) ([]file, error) {
	tiles, err := s.tree.Tiles()
	if err != nil {
		return nil, err
	}
	records := append(s.edge[:len(s.edge):len(s.edge)], b.records...)
	first := s.head.Size - uint64(len(s.edge))
	var files []file
	for _, t := range tiles {
		files = append(files, file{t.Path(), t.Data})
		if t.L != 0 {
			continue
		}
		var bundle []byte
		begin := t.N*proof.TileWidth - first
		for _, record := range records[begin : begin+uint64(t.W)] {
			if bundle, err = proof.AppendEntry(bundle, record); err != nil {
				return nil, err
			}
		}
		t.L = proof.Entries
		files = append(files, file{t.Path(), bundle})
	}
	return files, nil
}

// resume takes the tree up at head, from the tiles alone: every hash and every record of the right
// edge is proven to belong to its root.
func (s *Sealer) resume(head proof.Head) error {
	tree, err := proof.Resume(head, s.cfg.Tiles.ReadTile)
	if err != nil {
		return err
	}
	edge, err := s.readEdge(head.Size)
	if err != nil {
		return err
	}
	s.tree, s.head, s.edge = tree, head, edge
	return nil
}

func (s *Sealer) readEdge(size uint64) ([][]byte, error) {
	number, width := size/proof.TileWidth, int(size%proof.TileWidth)
	if width == 0 {
		return nil, nil
	}
	hashes, err := s.cfg.Tiles.ReadTile(proof.Tile{N: number, W: width})
	if err != nil {
		return nil, err
	}
	records, err := s.cfg.Tiles.entries(number, width)
	if err != nil {
		return nil, err
	}
	for i, record := range records {
		if hash := proof.LeafHash(record); string(hash[:]) != string(hashes[i*len(hash):(i+1)*len(hash)]) {
			return nil, fmt.Errorf("%w: entry %d is not the leaf of its tile", proof.ErrRefuted, number*proof.TileWidth+uint64(i))
		}
	}
	return records, nil
}
