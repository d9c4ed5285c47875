package proof

import (
	"fmt"

	"golang.org/x/mod/sumdb/tlog"
)

// Inclusion proves that the leaf at index is in the tree with this head: the hashes from its
// sibling up to the child of the root (RFC 6962, 2.1.1). What it returns has been verified, so that a
// damaged disk never makes a wrong proof; tiles that do not belong to the root are an ErrRefuted.
func Inclusion(head Head, index uint64, read ReadTile) ([]Hash, error) {
	if head.Size > MaxSize || index >= head.Size {
		return nil, fmt.Errorf("%w inclusion: no leaf %d in a tree of %d", ErrMalformed, index, head.Size)
	}
	if path, ok := pathOnly(head, index, read); ok {
		return path, nil
	}
	path, err := tlog.ProveRecord(int64(head.Size), int64(index), hashesOf(head, read))
	if err != nil {
		return nil, fmt.Errorf("prove leaf %d of %d: %w", index, head.Size, err)
	}
	return path, nil
}

// pathOnly takes the path out of the tiles as they lie, and verifies the path: 20 hashes at a million
// leaves instead of every hash of every tile. Where it does not lead to the root, the way by proven
// tiles says what is wrong with them.
func pathOnly(head Head, index uint64, read ReadTile) ([]Hash, bool) {
	hashes := unproven{head.Size, read, map[Tile][]byte{}}
	leaf, err := hashes.ReadHashes([]int64{tlog.StoredHashIndex(0, int64(index))})
	if err != nil {
		return nil, false
	}
	path, err := tlog.ProveRecord(int64(head.Size), int64(index), hashes)
	return path, err == nil && VerifyInclusion(head, index, leaf[0], path) == nil
}

// VerifyInclusion checks that path proves the leaf with this hash to be at index in the tree. It
// accepts exactly one path for a leaf; anything else is an ErrRefuted.
func VerifyInclusion(head Head, index uint64, leaf Hash, path []Hash) error {
	if head.Size > MaxSize || index >= head.Size || len(path) > maxPath {
		return fmt.Errorf("%w inclusion: leaf %d of %d with %d hashes", ErrMalformed, index, head.Size, len(path))
	}
	if err := tlog.CheckRecord(path, int64(head.Size), head.Root, int64(index), leaf); err != nil {
		return fmt.Errorf("%w: leaf %d is not in the tree of size %d: %w", ErrRefuted, index, head.Size, err)
	}
	return nil
}
