package proof

import (
	"fmt"

	"golang.org/x/mod/sumdb/tlog"
)

// LeafHashes are the hashes of the leaves with index from ≤ i < to, out of tiles that are each proven
// to belong to the root. It is for whoever looks at many leaves: an inclusion proof for each would
// prove the same tiles again and again.
func LeafHashes(head Head, from, to uint64, read ReadTile) ([]Hash, error) {
	if head.Size > MaxSize || from > to || to > head.Size {
		return nil, fmt.Errorf("%w range: leaves %d to %d of a tree of %d", ErrMalformed, from, to, head.Size)
	}
	indexes := make([]int64, 0, to-from)
	for i := from; i < to; i++ {
		indexes = append(indexes, tlog.StoredHashIndex(0, int64(i)))
	}
	hashes, err := hashesOf(head, read).ReadHashes(indexes)
	if err != nil {
		return nil, fmt.Errorf("leaves %d to %d of %d: %w", from, to, head.Size, err)
	}
	return hashes, nil
}
