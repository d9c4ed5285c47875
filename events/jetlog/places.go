package jetlog

import (
	"encoding/binary"
	"fmt"
	"io"
	"os"
	"slices"
	"sync"
)

// places knows where in the block files each sequence lies, four bytes a record. It learns a block
// when something in it is asked for first, by going from length to length; what is read at a place
// is verified by whoever reads it, so a wrong place can only lead to an error.
type places struct {
	storeDir string

	mu     sync.Mutex
	blocks []*knownBlock // in order
}

type knownBlock struct {
	blockFile
	first   uint64
	offsets []uint32 // of first, first+1, …
	end     uint32   // where the record after those begins
}

// place is one record's place.
type place struct {
	block  *knownBlock
	offset uint32
	size   int
}

// in says whether a known place is in a block.
func (p place) in(b blockFile) bool { return p.block != nil && p.block.number == b.number }

// find returns the place of a sequence. When known is false, place names only the block that the
// sequence would have to be in, if there is one.
func (p *places) find(seq uint64) (at place, known bool, err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if at, known = p.lookUp(seq); known {
		return at, true, nil
	}
	if err := at.block.learn(); err != nil { // not asked for before, or has grown
		return place{}, false, err
	}
	if at, known = p.lookUp(seq); known {
		return at, true, nil
	}
	if err := p.list(); err != nil { // in a block that is new
		return place{}, false, err
	}
	at, _ = p.lookUp(seq)
	if err := at.block.learn(); err != nil {
		return place{}, false, err
	}
	at, known = p.lookUp(seq)
	return at, known, nil
}

func (p *places) lookUp(seq uint64) (place, bool) {
	block := p.blockOf(seq)
	if block == nil {
		return place{}, false
	}
	return block.place(seq)
}

// blockOf is the last block that begins at or before a sequence, nil when none is known.
func (p *places) blockOf(seq uint64) *knownBlock {
	i, found := slices.BinarySearchFunc(p.blocks, seq, func(b *knownBlock, seq uint64) int {
		switch {
		case b.first < seq:
			return -1
		case b.first > seq:
			return 1
		}
		return 0
	})
	if !found {
		i--
	}
	if i < 0 {
		return nil
	}
	return p.blocks[i]
}

// list takes note of blocks that are new.
func (p *places) list() error {
	files, err := listBlocks(p.storeDir)
	if err != nil {
		return err
	}
	newest := 0
	if len(p.blocks) > 0 {
		newest = p.blocks[len(p.blocks)-1].number
	}
	for _, file := range files {
		if file.number <= newest {
			continue
		}
		first, err := file.first()
		if err != nil {
			return err
		}
		if first != 0 { // else nothing is written yet
			p.blocks = append(p.blocks, &knownBlock{blockFile: file, first: first})
		}
	}
	return nil
}

func (b *knownBlock) place(seq uint64) (place, bool) {
	i := seq - b.first
	if i >= uint64(len(b.offsets)) {
		return place{block: b}, false
	}
	end := b.end
	if i+1 < uint64(len(b.offsets)) {
		end = b.offsets[i+1]
	}
	return place{block: b, offset: b.offsets[i], size: int(end - b.offsets[i])}, true
}

// learn goes through what the block holds beyond what is known of it. It stops at the end, which
// may be a record that is just being written, and at anything that cannot be the next record. No
// block has nothing to learn.
func (b *knownBlock) learn() error {
	if b == nil {
		return nil
	}
	f, err := os.Open(b.path)
	if err != nil {
		return fmt.Errorf("read block %d: %w", b.number, err)
	}
	defer f.Close()
	data, err := io.ReadAll(io.NewSectionReader(f, int64(b.end), maxBlockFile))
	if err != nil {
		return fmt.Errorf("read block %d: %w", b.number, err)
	}
	for len(data) >= recordHead {
		size := int(binary.LittleEndian.Uint32(data) &^ hasHeader)
		next := b.first + uint64(len(b.offsets))
		if size < smallestRecord || size > min(maxRecord, len(data)) || binary.LittleEndian.Uint64(data[4:]) != next {
			return nil
		}
		b.offsets = append(b.offsets, b.end)
		b.end += uint32(size)
		data = data[size:]
	}
	return nil
}
