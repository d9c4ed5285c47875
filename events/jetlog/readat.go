package jetlog

import (
	"context"
	"fmt"
	"hash"
	"iter"
	"os"

	"starledger/events"
)

// readAt reads each record at its place in the block files, and verifies it by its checksum.
func (s blockSource) readAt(ctx context.Context, seqs []uint64) iter.Seq2[events.Record, error] {
	return func(yield func(events.Record, error) bool) {
		r := placeReader{places: s.log.places}
		defer r.close()
		for _, seq := range seqs {
			rec, err := s.log.readOne(ctx, &r, seq)
			if !yield(rec, err) || err != nil {
				return
			}
		}
	}
}

func (l *Log) readOne(ctx context.Context, r *placeReader, seq uint64) (events.Record, error) {
	if err := ctx.Err(); err != nil {
		return events.Record{}, err
	}
	select {
	case <-l.closed:
		return events.Record{}, errClosed
	default:
	}
	if last, _ := l.durable.now(); seq == 0 || seq > last {
		return events.Record{}, &events.GapError{Want: seq}
	}
	return r.read(seq)
}

// A placeReader reads records one by one and keeps the block open that it read from last.
type placeReader struct {
	places *places
	block  *knownBlock
	file   *os.File
	sum    hash.Hash64
	buf    []byte
}

func (r *placeReader) read(seq uint64) (events.Record, error) {
	at, known, err := r.places.find(seq)
	switch {
	case err != nil:
		return events.Record{}, fmt.Errorf("find sequence %d: %w", seq, err)
	case at.block == nil:
		return events.Record{}, &events.GapError{Want: seq}
	case !known:
		return behindDamage(at.block.blockFile, seq)
	}
	if err := r.turnTo(at.block); err != nil {
		return events.Record{}, err
	}
	if cap(r.buf) < at.size {
		r.buf = make([]byte, at.size)
	}
	r.buf = r.buf[:at.size]
	if _, err := r.file.ReadAt(r.buf, int64(at.offset)); err != nil {
		return events.Record{}, fmt.Errorf("read sequence %d: %w", seq, err)
	}
	rec, err := parseRecord(r.buf, r.sum)
	if err != nil || rec.seq != seq {
		return events.Record{}, &events.DamageError{Seq: seq, Reason: fmt.Sprintf("block %d at offset %d", at.block.number, at.offset), Err: err}
	}
	return rec.record()
}

// behindDamage looks for a sequence that cannot be had by going from length to length, since a
// length before it is wrong.
func behindDamage(block blockFile, seq uint64) (rec events.Record, err error) {
	data, err := block.load(nil, 0)
	if err != nil {
		return events.Record{}, err
	}
	err = &events.GapError{Want: seq}
	r := blockReader{next: seq, to: seq, seeking: true}
	r.yield = func(found events.Record, failed error) bool {
		rec, err = found, failed
		return false
	}
	r.read(block, 0, data, false)
	return rec, err
}

func (r *placeReader) turnTo(block *knownBlock) (err error) {
	if r.block == block {
		return nil
	}
	r.close()
	if r.sum, err = block.checksummer(); err != nil {
		return err
	}
	if r.file, err = os.Open(block.path); err != nil {
		return fmt.Errorf("read block %d: %w", block.number, err)
	}
	r.block = block
	return nil
}

func (r *placeReader) close() {
	if r.file != nil {
		_ = r.file.Close() // it was only read
		r.file, r.block = nil, nil
	}
}
