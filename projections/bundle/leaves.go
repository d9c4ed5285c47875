package bundle

import (
	"fmt"
	"iter"
	"runtime"

	"starledger/events/proof"
)

// hashed is an entry bundle whose leaves were parsed and hashed. After an error it holds those before.
type hashed struct {
	tile   proof.Tile
	leaves []proof.Leaf
	hashes []proof.Hash
	err    error
}

// hashedLeaves yields the entry bundles of the log in their order. Some are parsed and hashed ahead, on
// all processors; how many bounds the memory. It ends after the first error, and when ctx does.
func (v *verification) hashedLeaves() iter.Seq[hashed] {
	return func(yield func(hashed) bool) {
		workers := runtime.GOMAXPROCS(0)
		stop, ahead := make(chan struct{}), make(chan chan hashed, 4*workers)
		jobs := make(chan func(), 4*workers)
		for range workers {
			go func() {
				for job := range jobs {
					job()
				}
			}()
		}
		go v.feed(stop, jobs, ahead)
		defer close(stop)
		for ready := range ahead {
			batch := <-ready
			if !yield(batch) || batch.err != nil {
				return
			}
		}
	}
}

// feed reads one entry bundle after the other and has it worked on.
func (v *verification) feed(stop <-chan struct{}, jobs chan<- func(), ahead chan<- chan hashed) {
	defer close(jobs)
	defer close(ahead)
	for n := range bundlesOf(v.head.Size) {
		tile := entriesAt(v.head.Size, n)
		data, err := v.entries(tile)
		ready := make(chan hashed, 1)
		select {
		case ahead <- ready:
		case <-stop:
			return
		case <-v.ctx.Done():
			return
		}
		// Jobs never wait for one another, so this does not block for good.
		jobs <- func() { ready <- hashEntries(tile, data, err) }
	}
}

func hashEntries(tile proof.Tile, data []byte, err error) hashed {
	h := hashed{tile: tile, err: err}
	if err != nil {
		return h
	}
	records, err := proof.ParseEntries(data, tile.W)
	if err != nil {
		h.err = err
		return h
	}
	h.leaves, h.hashes = make([]proof.Leaf, 0, len(records)), make([]proof.Hash, 0, len(records))
	for _, record := range records {
		leaf, err := proof.ParseLeaf(record)
		if err != nil {
			h.err = err
			return h
		}
		h.leaves, h.hashes = append(h.leaves, leaf), append(h.hashes, proof.LeafHash(record))
	}
	return h
}

// entries is an entry bundle from the archive, or from what was kept of an earlier visit.
func (v *verification) entries(t proof.Tile) ([]byte, error) {
	if v.archive.has(t.Path()) {
		return v.archive.bytes(t.Path())
	}
	if v.options.Leaves == "" {
		return nil, fmt.Errorf("%s is not in the bundle; with --leaves, those of an earlier visit are used", t.Path())
	}
	return v.keptEntries(t)
}
