package jetlog

import (
	"encoding/binary"
	"fmt"
	"hash"
	"iter"
	"math"

	"starledger/events"
)

// Scan reads the records of a store from its block files, without the broker and without changing
// anything, from sequence 1 to the end. It is for the time before the broker is started after an
// unclean stop, since the broker cuts off what it cannot read. The last thing yielded is
//
//   - nothing more, when all is well;
//   - a *TornTail, when only the last write is incomplete: nothing of it is yielded;
//   - a *events.DamageError or *events.GapError naming the first sequence that is not there.
//
// A store that does not exist yields nothing: whether there should be one the archive knows.
func Scan(storeDir string) iter.Seq2[events.Record, error] {
	return func(yield func(events.Record, error) bool) {
		r := blockReader{next: 1, to: math.MaxUint64, yield: yield, toTheEnd: true}
		r.readAll(storeDir)
	}
}

// ScanRange yields the records from ≤ Seq ≤ to of a store that no broker has open, as Read does of an
// open one: all of them, or an error that names the first that is not there.
func ScanRange(storeDir string, from, to uint64) iter.Seq2[events.Record, error] {
	return func(yield func(events.Record, error) bool) {
		next := from
		for rec, err := range readBlocks(storeDir, from, to) {
			if !yield(rec, err) || err != nil {
				return
			}
			next++
		}
		if next <= to {
			yield(events.Record{}, &events.GapError{Want: next})
		}
	}
}

// readBlocks yields from ≤ Seq ≤ to from the block files, a range in which everything is durable.
// The end of the last block ends it without an error.
func readBlocks(storeDir string, from, to uint64) iter.Seq2[events.Record, error] {
	return func(yield func(events.Record, error) bool) {
		r := blockReader{next: from, to: to, seeking: from > 1, yield: yield}
		r.readAll(storeDir)
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
	seeking  bool  // next has not been reached: damage before it is passed over
	begin    place // where next lies, if that is known
	toTheEnd bool  // the last write may have been cut off
	yield    func(events.Record, error) bool
	held     []events.Record // of a batch whose last record has not come yet
}

func (r *blockReader) readAll(storeDir string) {
	blocks, err := listBlocks(storeDir)
	if err == nil {
		blocks, err = blocksFrom(blocks, r.next)
	}
	var data []byte
	begin := uint32(0)
	for i := 0; err == nil && i < len(blocks); i++ {
		if begin = 0; r.begin.in(blocks[i]) {
			begin = r.begin.offset
		}
		if data, err = blocks[i].load(data, begin); err == nil && !r.read(blocks[i], int(begin), data, i == len(blocks)-1) {
			return
		}
	}
	switch {
	case err != nil:
		r.fail(err)
	case len(r.held) > 0:
		r.torn(blocks[len(blocks)-1], int(begin)+len(data))
	}
}

// read yields what is wanted of one block, of which data is what stands from begin on, and says whether
// to go on with the following one.
func (r *blockReader) read(block blockFile, begin int, data []byte, isLast bool) (goOn bool) {
	sum, err := block.checksummer()
	if err != nil {
		return r.fail(err)
	}
	for offset := 0; offset < len(data); {
		rec, err := parseRecord(data[offset:], sum)
		switch {
		case err == nil:
			if !r.take(rec) {
				return false
			}
			offset += rec.size
		case r.seeking:
			distance, found := findRecord(data[offset:], 0, r.to, sum)
			if !found {
				return true // in the next block, perhaps
			}
			offset += distance
		case r.toTheEnd && isLast && isTorn(data[offset:], r.next, sum):
			return r.torn(block, begin+offset)
		default:
			return r.fail(&events.DamageError{Seq: r.next, Reason: fmt.Sprintf("block %d at offset %d", block.number, begin+offset), Err: err})
		}
	}
	return true
}

// take yields a record. The records of a batch wait for its last one, since a batch that was cut off
// must not be taken for history; at most one batch is in memory.
func (r *blockReader) take(rec stored) (goOn bool) {
	if r.seeking && rec.seq < r.next {
		return true
	}
	if r.seeking = false; rec.seq != r.next {
		return r.fail(&events.GapError{Want: r.next, Got: rec.seq})
	}
	out, err := rec.record()
	if err != nil {
		return r.fail(err)
	}
	r.held = append(r.held, out)
	r.next++
	if r.toTheEnd && rec.awaitsCommit() {
		return true
	}
	return r.release() && rec.seq != r.to
}

func (r *blockReader) release() (goOn bool) {
	for _, rec := range r.held {
		if !r.yield(rec, nil) {
			return false
		}
	}
	r.held = r.held[:0]
	return true
}

// torn ends the reading before the write that was cut off.
func (r *blockReader) torn(block blockFile, offset int) bool {
	r.yield(events.Record{}, &TornTail{Seq: r.next - uint64(len(r.held)), Block: block.number, Offset: offset})
	return false
}

// fail ends the reading. What stands before damage is yielded, be its batch whole or not: it may
// have been acknowledged.
func (r *blockReader) fail(err error) bool {
	if r.release() {
		r.yield(events.Record{}, err)
	}
	return false
}

// findRecord looks for the beginning of a readable record whose sequence is above after and at
// most upTo.
func findRecord(data []byte, after, upTo uint64, sum hash.Hash64) (offset int, found bool) {
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
