package seal

import (
	"context"
	"fmt"

	"starledger/events"
	"starledger/events/proof"
)

// settleEvery bounds the memory that a growing tree takes.
const settleEvery = 64 * proof.TileWidth

// Root is the head of the tree over the events 1 to size of a log called origin, made from the bodies and
// nothing else: two logs with one root hold the same bytes in the same order. When signed is not larger,
// the tree has to pass through it. It keeps about 250 bytes for each case.
func Root(ctx context.Context, log Reader, origin string, size uint64, signed proof.Head, progress func(seq uint64)) (proof.Head, error) {
	tree, err := proof.Resume(proof.Head{Root: proof.EmptyRoot()}, nil)
	if err != nil {
		return proof.Head{}, err
	}
	ends := map[string]previous{}
	next := uint64(1)
	for rec, err := range log.Read(ctx, 1, size) {
		if err != nil {
			return proof.Head{}, err
		}
		if err := grow(tree, ends, rec, next, origin); err != nil {
			return proof.Head{}, err
		}
		if err := meets(tree, next, signed); err != nil {
			return proof.Head{}, err
		}
		if next%settleEvery == 0 {
			if err := tree.Settle(); err != nil {
				return proof.Head{}, err
			}
		}
		progress(next)
		next++
	}
	if next <= size {
		return proof.Head{}, &events.GapError{Want: next}
	}
	return tree.Head()
}

// grow adds the leaf of a record to the tree.
func grow(tree *proof.Tree, ends map[string]previous, rec events.Record, next uint64, origin string) error {
	if rec.Seq != next {
		return &events.GapError{Want: next, Got: rec.Seq}
	}
	e, err := events.DecodeRecord(rec)
	if err != nil {
		return err
	}
	leaf, err := leafOf(e, ends[rec.Case], origin)
	if err != nil {
		return err
	}
	text, err := leaf.Append(nil)
	if err != nil {
		return &events.DamageError{Seq: rec.Seq, Reason: "cannot be a leaf", Err: err}
	}
	ends[rec.Case] = previousOf(leaf, text)
	return tree.Append(ends[rec.Case].hash)
}

// meets compares the tree with what is signed of its size.
func meets(tree *proof.Tree, size uint64, signed proof.Head) error {
	if size != signed.Size {
		return nil
	}
	head, err := tree.Head()
	if err != nil {
		return err
	}
	if head.Root != signed.Root {
		return fmt.Errorf("the log at size %d has root %s, but %s is signed: %w", size, head.Root, signed.Root, events.ErrIntegrity)
	}
	return nil
}
