package seal

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"iter"

	"starledger/events"
	"starledger/events/proof"
)

// Log is what the sealer needs of an events.Log.
type Log interface {
	Read(ctx context.Context, from, to uint64) iter.Seq2[events.Record, error]
	Last(ctx context.Context) (uint64, error)
}

// Archive is the second copy of the bodies: archive.Archive, of which the sealer is the one writer.
type Archive interface {
	Last() (seq uint64, digest events.Digest)
	Append(events.Record) error
	Sync() error
	// Recover makes it writable again after a write or sync failed; nothing happens where none did.
	Recover() error
	Read(from, to uint64) iter.Seq2[events.Record, error]
}

// batch is what one pass adds to the tree.
type batch struct {
	records [][]byte            // leaf records, in order
	heads   map[string]previous // the last leaf of each case in it
}

// copyTail is steps 1 and 2, one event after the other so that bodies never pile up: it reads the
// events from-to, checks that each continues its case, makes the leaves, and brings the bodies
// into the archive. What the archive holds already must be the same bytes.
//
// Step 1 changes nothing; a crash there never was. After a crash in step 2 the archive has more
// than is sealed, synced or not: the next pass compares instead of appending, and appends the rest.
// A gap, a body that does not continue its case and a body that differs from its copy are
// integrity errors: nothing behind the sealed size is signed any more.
func (s *Sealer) copyTail(ctx context.Context, from, to uint64) (*batch, error) {
	copied, err := s.openCopy(from, to)
	if err != nil {
		return nil, err
	}
	defer copied.close()
	b := &batch{heads: map[string]previous{}}
	next := from
	for rec, err := range s.cfg.Log.Read(ctx, from, to) {
		if err != nil {
			return nil, fmt.Errorf("read the log: %w", err)
		}
		if rec.Seq != next {
			return nil, &events.GapError{Want: next, Got: rec.Seq}
		}
		if err := s.addLeaf(b, rec); err != nil {
			return nil, err
		}
		if err := copied.add(rec); err != nil {
			return nil, err
		}
		next++
	}
	if next <= to {
		return nil, &events.GapError{Want: next}
	}
	if err := s.cfg.Archive.Sync(); err != nil {
		return nil, err
	}
	return b, nil
}

// addLeaf makes the leaf of the next record and puts it into the batch and the tree.
func (s *Sealer) addLeaf(b *batch, rec events.Record) error {
	e, err := events.DecodeRecord(rec)
	if err != nil {
		return err
	}
	before, known := b.heads[rec.Case]
	if !known {
		if before, err = s.lastLeaf(rec.Case); err != nil {
			return fmt.Errorf("find the event before sequence %d: %w", rec.Seq, err)
		}
	}
	leaf, err := leafOf(e, before, s.origin)
	if err != nil {
		return err
	}
	record, err := leaf.Append(make([]byte, 0, 280))
	if err != nil {
		return &events.DamageError{Seq: rec.Seq, Reason: "cannot be a leaf", Err: err}
	}
	b.records = append(b.records, record)
	b.heads[rec.Case] = previousOf(leaf, record)
	return s.tree.Append(b.heads[rec.Case].hash)
}

// lastLeaf is the last sealed leaf of a case. What is not held ready is read from the entry bundles
// and proven to be in the sealed tree first.
func (s *Sealer) lastLeaf(name string) (previous, error) {
	if p, ok := s.cases.hot[name]; ok {
		return p, nil
	}
	seq := s.cases.last[name]
	if seq == 0 {
		return previous{}, nil
	}
	index := seq - 1
	bundle := index / proof.TileWidth
	width := min(proof.TileWidth, s.head.Size-bundle*proof.TileWidth)
	records, err := s.cfg.Tiles.entries(bundle, int(width))
	if err != nil {
		return previous{}, fmt.Errorf("read leaf %d: %w", index, err)
	}
	record := records[index%proof.TileWidth]
	path, err := proof.Inclusion(s.head, index, s.cfg.Tiles.ReadTile)
	if err == nil {
		err = proof.VerifyInclusion(s.head, index, proof.LeafHash(record), path)
	}
	if err != nil {
		return previous{}, damagedTiles(err)
	}
	leaf, err := proof.ParseLeaf(record)
	if err != nil {
		return previous{}, damagedTiles(err)
	}
	return previousOf(leaf, record), nil
}

// damagedTiles is the kind of error for tiles that do not belong to the tree that was signed.
func damagedTiles(err error) error {
	if errors.Is(err, proof.ErrRefuted) || errors.Is(err, proof.ErrMalformed) {
		return fmt.Errorf("%w: in the tile directory: %w", events.ErrIntegrity, err)
	}
	return err
}

// copyInArchive is the archive from one sequence on: what it has is compared, the rest appended.
type copyInArchive struct {
	archive Archive
	last    uint64
	next    func() (events.Record, error, bool)
	close   func()
}

func (s *Sealer) openCopy(from, to uint64) (*copyInArchive, error) {
	// A pass that ended between appending and syncing may have left lines that Last does not tell.
	if err := s.cfg.Archive.Sync(); err != nil {
		return nil, err
	}
	last, _ := s.cfg.Archive.Last()
	next, stop := iter.Pull2(s.cfg.Archive.Read(from, min(last, to)))
	return &copyInArchive{s.cfg.Archive, last, next, stop}, nil
}

func (c *copyInArchive) add(rec events.Record) error {
	if rec.Seq > c.last {
		return c.archive.Append(rec)
	}
	copied, err, _ := c.next()
	if err != nil {
		return fmt.Errorf("compare the log with the archive: %w", err)
	}
	if !bytes.Equal(copied.Body, rec.Body) {
		return &events.DamageError{Seq: rec.Seq, Reason: "the log and the archive hold different bytes"}
	}
	return nil
}
