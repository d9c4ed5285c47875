package bundle

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"slices"

	"starledger/events/proof"
)

// chooseCheckpoints takes, of each event, the last checkpoint without it and the first with it, of
// those that have their quorum: they are what bounds its recorded time. The published checkpoint is
// in the bundle anyhow.
func (p *plan) chooseCheckpoints() error {
	var sizes []uint64
	for size, err := range p.source.Checkpoints.Sizes(1) {
		if err != nil {
			return err
		}
		if size >= p.head.Size {
			break
		}
		sizes = append(sizes, size)
	}
	quorate := quorate{plan: p, known: map[uint64]bool{}}
	for _, e := range p.events {
		index := e.Seq - 1
		with, _ := slices.BinarySearch(sizes, index+1) // sizes[with:] hold the event
		for i := with - 1; i >= 0; i-- {
			if ok, err := quorate.at(sizes[i]); err != nil {
				return err
			} else if ok {
				break
			}
		}
		for i := with; i < len(sizes); i++ {
			if ok, err := quorate.at(sizes[i]); err != nil {
				return err
			} else if ok {
				break
			}
		}
	}
	for size, ok := range quorate.known {
		if ok {
			p.checkpoints = append(p.checkpoints, size)
		}
	}
	slices.Sort(p.checkpoints)
	return nil
}

// quorate knows which checkpoints have their quorum. Each is read once.
type quorate struct {
	plan  *plan
	known map[uint64]bool
}

func (q *quorate) at(size uint64) (bool, error) {
	if ok, looked := q.known[size]; looked {
		return ok, nil
	}
	note, err := q.plan.source.Checkpoints.Read(size)
	if errors.Is(err, fs.ErrNotExist) {
		q.known[size] = false
		return false, nil
	}
	if err != nil {
		return false, err
	}
	judgement, err := q.plan.policy.Judge(note)
	if err != nil {
		return false, fmt.Errorf("the checkpoint of size %d: %w", size, err)
	}
	q.known[size] = judgement.Satisfied && judgement.Checkpoint.Size == size && judgement.Checkpoint.Origin == q.plan.head.Origin
	return q.known[size], nil
}

// chooseTiles takes the leaves of the whole log, or only the hashes that tie the older checkpoints to
// the published one.
func (p *plan) chooseTiles() error {
	if p.request.Profile == Assessor {
		// The last one always comes: by it an assessor's bundle is known, and it may be partial.
		all := bundlesOf(p.head.Size)
		for n := min(p.request.Since/proof.TileWidth, all-1); n < all; n++ {
			p.wanted = append(p.wanted, entriesAt(p.head.Size, n))
		}
		return nil
	}
	seen := map[proof.Tile]bool{}
	noting := func(t proof.Tile) ([]byte, error) {
		seen[t] = true
		return p.source.Tiles.ReadTile(t)
	}
	olds := p.checkpoints
	if p.request.Since < p.head.Size {
		olds = append(slices.Clone(olds), p.request.Since)
	}
	for _, size := range drawnFromSizes(p.cases) {
		if size < p.head.Size {
			olds = append(olds[:len(olds):len(olds)], size)
		}
	}
	for _, old := range olds {
		if _, err := proof.Consistency(p.head.Head, old, noting); err != nil {
			return err
		}
	}
	for t := range seen {
		p.wanted = append(p.wanted, t)
	}
	slices.SortFunc(p.wanted, func(a, b proof.Tile) int {
		return cmp.Or(cmp.Compare(a.L, b.L), cmp.Compare(a.N, b.N), cmp.Compare(a.W, b.W))
	})
	return nil
}

// bundlesOf is the number of entry bundles of a tree.
func bundlesOf(size uint64) uint64 { return (size + proof.TileWidth - 1) / proof.TileWidth }

// entriesAt is the entry bundle with this number in a tree.
func entriesAt(size, n uint64) proof.Tile {
	return proof.Tile{L: proof.Entries, N: n, W: int(min(proof.TileWidth, size-n*proof.TileWidth))}
}

func (p *plan) tiles(z *zipWriter) error {
	for _, t := range p.wanted {
		data, err := p.source.Tiles.ReadTile(t)
		if err == nil {
			data, err = cut(t, data)
		}
		if err != nil {
			return fmt.Errorf("read %s: %w", t.Path(), err)
		}
		if err := z.file(t.Path(), data); err != nil {
			return err
		}
		if err := p.ctx.Err(); err != nil {
			return err
		}
	}
	return nil
}

// cut makes a partial tile of the full one that may have come in its place.
func cut(t proof.Tile, data []byte) ([]byte, error) {
	if t.L != proof.Entries {
		if wanted := t.W * len(proof.Hash{}); len(data) > wanted {
			return data[:wanted], nil
		}
		return data, nil
	}
	if t.W == proof.TileWidth {
		return data, nil
	}
	if _, err := proof.ParseEntries(data, t.W); err == nil {
		return data, nil
	}
	records, err := proof.ParseEntries(data, proof.TileWidth)
	if err != nil {
		return nil, err
	}
	var bundle []byte
	for _, record := range records[:t.W] {
		if bundle, err = proof.AppendEntry(bundle, record); err != nil {
			return nil, err
		}
	}
	return bundle, nil
}
