package jetlog

import (
	"encoding/binary"
	"fmt"
	"hash"
	"iter"
	"math"

	"starledger/events"
)

// TornTail says that the last record of the last block is incomplete and nothing follows it: a
// write that was cut off before it was synced, so nobody was ever told that it is stored. The
// broker removes it when it starts. It is no damage.
type TornTail struct {
	Seq    uint64 // the sequence the record would have had
	Block  int
	Offset int
}

func (e *TornTail) Error() string {
	return fmt.Sprintf("block %d ends within a record at offset %d, the write of sequence %d was cut off", e.Block, e.Offset, e.Seq)
}

// Scan reads the records of a store from its block files, without the broker and without changing
// anything, from sequence 1 to the end. It is for the time before the broker is started after an
// unclean stop, since the broker cuts off what it cannot read. The last thing yielded is
//
//   - nothing more, when all is well;
//   - a *TornTail, when only the last record is incomplete;
//   - a *events.DamageError or *events.GapError naming the first sequence that is not there.
//
// A store that does not exist yields nothing: whether there should be one the archive knows.
func Scan(storeDir string) iter.Seq2[events.Record, error] {
	return readBlocks(storeDir, 1, math.MaxUint64)
}

// readBlocks yields from ≤ Seq ≤ to from the block files. The end of the last block ends it
// without an error.
func readBlocks(storeDir string, from, to uint64) iter.Seq2[events.Record, error] {
	return func(yield func(events.Record, error) bool) {
		blocks, err := listBlocks(storeDir)
		if err == nil {
			blocks, err = blocksFrom(blocks, from)
		}
		if err != nil {
			yield(events.Record{}, err)
			return
		}
		r := blockReader{next: from, to: to, yield: yield}
		for i, block := range blocks {
			if !r.read(block, i == 0, i == len(blocks)-1) {
				return
			}
		}
	}
}

// blocksFrom leaves out the blocks that end before a sequence.
func blocksFrom(blocks []blockFile, from uint64) ([]blockFile, error) {
	low, high := 0, len(blocks)
	for high-low > 1 {
		middle := (low + high) / 2
		first, err := blocks[middle].first()
		if err != nil {
			return nil, err
		}
		if first == 0 || first > from {
			high = middle
		} else {
			low = middle
		}
	}
	return blocks[low:], nil
}

// blockReader goes through blocks in order.
type blockReader struct {
	next, to uint64
	yield    func(events.Record, error) bool
	buf      []byte
}

// read yields what is wanted of one block, and says whether to go on with the following one. Only
// the first block may begin before the sequence wanted.
func (r *blockReader) read(block blockFile, isFirst, isLast bool) (goOn bool) {
	var err error
	if r.buf, err = block.load(r.buf); err != nil {
		return r.fail(err)
	}
	sum, err := block.checksummer()
	if err != nil {
		return r.fail(err)
	}
	skip := isFirst && r.next > 1
	for offset := 0; offset < len(r.buf); {
		rec, err := parseRecord(r.buf[offset:], sum)
		if err != nil && skip { // damage before what is wanted
			if distance, found := findRecord(r.buf[offset:], 0, r.to, sum); found {
				offset += distance
				continue
			}
		}
		if err != nil {
			if rest := r.buf[offset:]; isLast && isTorn(rest, r.next, sum) {
				return r.fail(&TornTail{Seq: r.next, Block: block.number, Offset: offset})
			}
			return r.fail(&events.DamageError{Seq: r.next, Reason: fmt.Sprintf("block %d at offset %d", block.number, offset), Err: err})
		}
		offset += rec.size
		if skip && rec.seq < r.next {
			continue
		}
		if skip = false; rec.seq != r.next {
			return r.fail(&events.GapError{Want: r.next, Got: rec.seq})
		}
		out, err := rec.record()
		if !r.yield(out, err) || err != nil || rec.seq == r.to {
			return false
		}
		r.next++
	}
	return true
}

func (r *blockReader) fail(err error) bool {
	r.yield(events.Record{}, err)
	return false
}

// isTorn tells an unfinished write from damage, in the last bytes of the last block, where no
// record could be read. Unfinished means: the file ends before the record does, or its end was
// never written and reads as zeros. But a changed length field looks the same, so nothing in the
// rest may be a whole record: neither the rest itself under its true length, nor anything after.
func isTorn(rest []byte, next uint64, sum hash.Hash) bool {
	cut := len(rest) < recordHead || int(binary.LittleEndian.Uint32(rest)&^hasHeader) > len(rest)
	if !cut && !endsInZeros(rest) {
		return false
	}
	if len(rest) >= smallestRecord && isWholeRecord(rest, next, sum) {
		return false
	}
	_, found := findRecord(rest, next, next+uint64(len(rest)/smallestRecord), sum)
	return !found
}

func endsInZeros(rest []byte) bool {
	for _, b := range rest[max(0, len(rest)-checksumSize):] {
		if b != 0 {
			return false
		}
	}
	return true
}

// isWholeRecord says whether data is the record next if its length field is not believed.
func isWholeRecord(data []byte, next uint64, sum hash.Hash) bool {
	if len(data) > maxRecord || binary.LittleEndian.Uint64(data[4:]) != next {
		return false
	}
	copied := append([]byte(nil), data...)
	for _, flag := range []uint32{0, hasHeader} {
		binary.LittleEndian.PutUint32(copied, uint32(len(copied))|flag)
		if _, err := parseRecord(copied, sum); err == nil {
			return true
		}
	}
	return false
}

// findRecord looks for the beginning of a readable record whose sequence is above after and at
// most upTo.
func findRecord(data []byte, after, upTo uint64, sum hash.Hash) (offset int, found bool) {
	for offset = 1; offset+smallestRecord <= len(data); offset++ {
		if seq := binary.LittleEndian.Uint64(data[offset+4:]); seq <= after || seq > upTo {
			continue
		}
		if _, err := parseRecord(data[offset:], sum); err == nil {
			return offset, true
		}
	}
	return 0, false
}
