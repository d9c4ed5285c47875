package jetlog

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"

	"starledger/events"
)

// Sound goes through all blocks of a store that no broker has open, several at a time, and returns the
// sequence it ends with if nothing is amiss: if Scan would yield everything from 1 to there, and no error.
// It gives out no record, so it copies none, and what it costs is reading and the checksums.
//
// Otherwise ok is false, after damage, a write that was cut off, a file that cannot be read and an ended ctx
// alike: what is amiss, and at which sequence, Scan says, which goes through the blocks in order.
func Sound(ctx context.Context, storeDir string) (ends uint64, ok bool) {
	blocks, err := listBlocks(storeDir)
	if err != nil {
		return 0, false
	}
	runs, ok := soundBlocks(ctx, blocks)
	if !ok {
		return 0, false
	}
	whole := run{first: 1, next: 1}
	for _, r := range runs {
		if r.isEmpty() {
			continue
		}
		if r.first != whole.next {
			return 0, false
		}
		whole.next, whole.open = r.next, r.open
	}
	return whole.next - 1, !whole.open
}

// blocksAtOnce bounds how many blocks are in memory, however many cores there are.
const blocksAtOnce = 3

// soundBlocks reads every block, and stops early when one is not sound.
func soundBlocks(ctx context.Context, blocks []blockFile) (runs []run, ok bool) {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	runs = make([]run, len(blocks))
	var taken atomic.Int64
	var readers sync.WaitGroup
	for range min(blocksAtOnce, runtime.GOMAXPROCS(0), len(blocks)) {
		readers.Go(func() {
			var data []byte
			for i := taken.Add(1) - 1; i < int64(len(blocks)) && ctx.Err() == nil; i = taken.Add(1) - 1 {
				var err error
				if data, err = blocks[i].load(data, 0); err == nil {
					runs[i], err = blocks[i].run(data)
				}
				if err != nil {
					stop()
				}
			}
		})
	}
	readers.Wait()
	return runs, ctx.Err() == nil
}

// A run is what a sound block holds: the records first ≤ Seq < next.
type run struct {
	first, next uint64
	open        bool // the last one belongs to a batch that goes on
}

func (r run) isEmpty() bool { return r.first == r.next }

// run reads the block, all of which data is, and fails at the first record that is not sound.
func (b blockFile) run(data []byte) (r run, err error) {
	sum, err := b.checksummer()
	if err != nil {
		return run{}, err
	}
	for len(data) > 0 {
		rec, err := parseRecord(data, sum)
		if err == nil {
			_, err = caseOf(rec.seq, string(rec.subject))
		}
		if err != nil {
			return run{}, err
		}
		if r.isEmpty() {
			r.first, r.next = rec.seq, rec.seq
		}
		if rec.seq != r.next {
			return run{}, &events.GapError{Want: r.next, Got: rec.seq}
		}
		r.next++
		if data = data[rec.size:]; len(data) == 0 {
			r.open = rec.awaitsCommit()
		}
	}
	return r, nil
}
