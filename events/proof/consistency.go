package proof

import (
	"fmt"

	"golang.org/x/mod/sumdb/tlog"
)

// Consistency proves that the first old leaves of the tree with this head are the tree of size
// old: that nothing before was altered, removed or inserted (RFC 6962, 2.1.2). From the empty tree
// and between equal sizes the proof is empty. Tiles are checked as in Inclusion.
func Consistency(head Head, old uint64, read ReadTile) ([]Hash, error) {
	if head.Size > MaxSize || old > head.Size {
		return nil, fmt.Errorf("%w consistency: from %d to %d", ErrMalformed, old, head.Size)
	}
	if old == 0 {
		return nil, nil
	}
	path, err := tlog.ProveTree(int64(head.Size), int64(old), hashesOf(head, read))
	if err != nil {
		return nil, fmt.Errorf("prove consistency from %d to %d: %w", old, head.Size, err)
	}
	return path, nil
}

// VerifyConsistency checks that path proves head to continue old. Equal sizes must have equal
// roots, the empty tree must have its one root, and both need an empty path; anything else is an
// ErrRefuted. Such a refusal of two signed heads is the evidence that a log forked.
func VerifyConsistency(old, head Head, path []Hash) error {
	if head.Size > MaxSize || old.Size > head.Size || len(path) > maxPath {
		return fmt.Errorf("%w consistency: from %d to %d with %d hashes", ErrMalformed, old.Size, head.Size, len(path))
	}
	for _, h := range []Head{old, head} {
		if h.Size == 0 && h.Root != EmptyRoot() {
			return fmt.Errorf("%w: %s is not the root of the empty tree", ErrRefuted, h.Root)
		}
	}
	if old.Size == 0 {
		if len(path) > 0 {
			return fmt.Errorf("%w: a proof from the empty tree has no hashes", ErrRefuted)
		}
		return nil
	}
	if err := tlog.CheckTree(path, int64(head.Size), head.Root, int64(old.Size), old.Root); err != nil {
		return fmt.Errorf("%w: the tree of size %d does not continue that of size %d: %w", ErrRefuted, head.Size, old.Size, err)
	}
	return nil
}
