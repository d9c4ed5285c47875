package seal

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"runtime"
	"sync"

	"starledger/events"
	"starledger/events/proof"
)

// scrubChunk is how many leaves are proven at once: enough that the proof of their tiles does not
// count, and little memory.
const scrubChunk = 64 * proof.TileWidth

// A Scrub compares stored bodies with what was sealed of them. It trusts neither the log nor the
// tiles: every leaf is proven to be in the tree of Head, which a checkpoint signed, and every body
// must be the one that its leaf names. What a broker's checksum cannot tell, since it has no
// secret, this tells.
type Scrub struct {
	Head  proof.Head
	Tiles *TileDir
	Log   Reader
}

// Reader is where a Scrub reads bodies: the log, or its second copy.
type Reader interface {
	Read(ctx context.Context, from, to uint64) iter.Seq2[events.Record, error]
}

// Complete compares the bodies from ≤ seq ≤ to, on all processors, and tells progress how far it has
// come. Errors name the lowest sequence that is not what was sealed: a *events.DamageError, or a
// *events.GapError where it is missing.
func (s Scrub) Complete(ctx context.Context, from, to uint64, progress func(seq uint64)) error {
	for from <= to {
		var group sync.WaitGroup
		failed := make([]error, runtime.GOMAXPROCS(0))
		for i := range failed {
			if from > to {
				break
			}
			begin, end := from, min(from+scrubChunk-1, to)
			group.Go(func() { failed[i] = s.Range(ctx, begin, end) })
			from = end + 1
		}
		group.Wait()
		for _, err := range failed { // in the order of the sequences
			if err != nil {
				return err
			}
		}
		progress(from - 1)
	}
	return nil
}

// Range compares the bodies from ≤ seq ≤ to, which should be at most some thousands.
func (s Scrub) Range(ctx context.Context, from, to uint64) error {
	if from < 1 || to > s.Head.Size {
		return fmt.Errorf("compare sequences %d to %d with a tree of %d leaves", from, to, s.Head.Size)
	}
	leaves, err := s.leaves(from, to)
	if err != nil {
		return err
	}
	next := from
	for rec, err := range s.Log.Read(ctx, from, to) {
		switch {
		case err != nil:
			return fmt.Errorf("compare the log with what is sealed: %w", err)
		case rec.Seq != next:
			return &events.GapError{Want: next, Got: rec.Seq}
		}
		if why := contradicts(rec, leaves[rec.Seq-from]); why != "" {
			return &events.DamageError{Seq: rec.Seq, Reason: why}
		}
		next++
	}
	if next <= to {
		return &events.GapError{Want: next}
	}
	return nil
}

// leaves are the leaf records of a range, each of which hashes to a leaf of the tree.
func (s Scrub) leaves(from, to uint64) ([][]byte, error) {
	hashes, err := proof.LeafHashes(s.Head, from-1, to, s.Tiles.ReadTile)
	if err != nil {
		return nil, unreadable(from, err)
	}
	leaves := make([][]byte, 0, len(hashes))
	for index := from - 1; index < to; {
		bundle := index / proof.TileWidth
		records, err := s.Tiles.entries(bundle, int(min(proof.TileWidth, s.Head.Size-bundle*proof.TileWidth)))
		if err != nil {
			return nil, unreadable(index+1, err)
		}
		for _, record := range records[index%proof.TileWidth:] {
			if index == to {
				break
			}
			if proof.LeafHash(record) != hashes[index-(from-1)] {
				return nil, unreadable(index+1, proof.ErrRefuted)
			}
			leaves = append(leaves, record)
			index++
		}
	}
	return leaves, nil
}

// unreadable is the error for tiles that cannot vouch for the leaf of a sequence.
func unreadable(seq uint64, err error) error {
	if errors.Is(err, proof.ErrRefuted) || errors.Is(err, proof.ErrMalformed) || errors.Is(err, fs.ErrNotExist) {
		return &events.DamageError{Seq: seq, Reason: "its leaf in the tile directory is not the one that was signed " +
			"(tiles that are deleted are made anew from the log at the next start)", Err: err}
	}
	return fmt.Errorf("read the leaf of sequence %d: %w", seq, err)
}

var (
	leafBody    = []byte("\nbody sha256:")
	subjectLead = []byte(`,"subject":"`)
)

// contradicts says in which way a record is not the one that its leaf names, empty when it is. The
// leaf has been proven, so its grammar is not looked at again.
func contradicts(rec events.Record, leaf []byte) string {
	var line [len("\nbody sha256:") + 2*sha256.Size + 1]byte
	digest := sha256.Sum256(rec.Body)
	hex.Encode(line[copy(line[:], leafBody):], digest[:])
	line[len(line)-1] = '\n'
	if !bytes.HasSuffix(leaf, line[:]) {
		return "the stored bytes are not those that were sealed"
	}
	// The body is the one that was sealed, and names its case; the routing beside it is not sealed. In
	// a stored body nothing before the subject can hold an unescaped quote.
	_, rest, _ := bytes.Cut(rec.Body, subjectLead)
	if subject, _, _ := bytes.Cut(rest, []byte(`"`)); string(subject) != rec.Case {
		return fmt.Sprintf("it is stored under case %q, but its body names %q", rec.Case, subject)
	}
	return ""
}
