package proof

import (
	"fmt"

	"golang.org/x/mod/sumdb/tlog"
)

// Inclusion proves that the leaf at index is in the tree with this head: the hashes from its
// sibling up to the child of the root (RFC 6962, 2.1.1). Every tile it reads is checked against
// the root; tiles that do not belong to it are an ErrRefuted, so that a damaged disk never makes
// a wrong proof.
func Inclusion(head Head, index uint64, read ReadTile) ([]Hash, error) {
	if head.Size > MaxSize || index >= head.Size {
		return nil, fmt.Errorf("%w inclusion: no leaf %d in a tree of %d", ErrMalformed, index, head.Size)
	}
	path, err := tlog.ProveRecord(int64(head.Size), int64(index), hashesOf(head, read))
	if err != nil {
		return nil, fmt.Errorf("prove leaf %d of %d: %w", index, head.Size, err)
	}
	return path, nil
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
