package jetlog

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"starledger/events"
)

// indexFile is where the broker notes what its blocks hold. Without it the broker reads the blocks.
const indexFile = "index.db"

// An openBatch is the beginning of a batch at the end of a store, whose last records are missing: it was cut
// off before it was synced, so nobody was told of it, and half of what was to be stored whole must not
// become history.
type openBatch struct {
	first, last uint64    // of the records that are there, 0 for none
	block       blockFile // where it begins
	begin       int64     // and at which offset
}

// cutOpenBatch takes the open batch away, if the store ends with one, and returns what it was. Where damage
// hides whether there is one, everything is left as it is: Scan names the damage.
//
// Each step leaves a store that ends within the same batch, or one that is done, so a crash in between is
// mended by the next call.
func cutOpenBatch(storeDir string) (openBatch, error) {
	blocks, err := listBlocks(storeDir)
	if err != nil {
		return openBatch{}, err
	}
	open, err := findOpenBatch(blocks)
	switch {
	case errors.Is(err, events.ErrIntegrity):
		return openBatch{}, nil
	case err != nil:
		return openBatch{}, err
	}
	if open.first > 0 {
		err = open.cut(blocks)
	}
	if err != nil {
		return openBatch{}, fmt.Errorf("take away the batch that was cut off, from sequence %d on: %w", open.first, err)
	}
	return open, nil
}

// cut removes from the end on what the blocks hold of the batch.
func (o openBatch) cut(blocks []blockFile) error {
	dir := filepath.Dir(o.block.path)
	if err := os.Remove(filepath.Join(dir, indexFile)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	for i, block := range slices.Backward(blocks) {
		if block == o.block && (o.begin > 0 || i == 0) { // the broker's first block stays, be it empty
			if err := os.Truncate(block.path, o.begin); err != nil {
				return err
			}
			if err := syncPath(block.path); err != nil {
				return err
			}
		} else if err := os.Remove(block.path); err != nil {
			return err
		}
		if block == o.block {
			break
		}
	}
	return syncPath(dir)
}

// findOpenBatch goes back over the blocks to the last record that ends a batch, or is none of one.
func findOpenBatch(blocks []blockFile) (open openBatch, err error) {
	var data []byte
	for i, block := range slices.Backward(blocks) {
		if data, err = block.load(data, 0); err != nil {
			return openBatch{}, err
		}
		tail, begins, err := block.openTail(data, i == len(blocks)-1)
		if err != nil {
			return openBatch{}, err
		}
		if tail.first > 0 {
			tail.last = max(tail.last, open.last)
			open = tail
		}
		if begins {
			break
		}
	}
	return open, nil
}

// openTail finds what of an open batch stands at the end of a block, all of which data is. begins says that
// none of it stands in the block before. A last record that was itself cut off goes with what it follows.
func (b blockFile) openTail(data []byte, isLast bool) (open openBatch, begins bool, err error) {
	sum, err := b.checksummer()
	if err != nil {
		return openBatch{}, false, err
	}
	next := uint64(0)
	for offset := 0; offset < len(data); {
		rest := data[offset:]
		if next == 0 && len(rest) >= recordHead {
			next = binary.LittleEndian.Uint64(rest[4:])
		}
		rec, err := parseRecord(rest, sum)
		switch {
		case err != nil && isLast && isTorn(rest, next, sum):
			return open, begins, nil
		case err != nil:
			return openBatch{}, false, &events.DamageError{Seq: next, Reason: fmt.Sprintf("block %d at offset %d", b.number, offset), Err: err}
		case !rec.awaitsCommit():
			open, begins = openBatch{}, true
		case open.first == 0:
			open = openBatch{first: rec.seq, last: rec.seq, block: b, begin: int64(offset)}
		default:
			open.last = rec.seq
		}
		next = rec.seq + 1
		offset += rec.size
	}
	return open, begins, nil
}
