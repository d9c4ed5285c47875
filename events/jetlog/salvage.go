package jetlog

import (
	"iter"
	"math"

	"starledger/events"
)

// Salvage yields what a damaged store holds beyond a sequence that is safe elsewhere: the unbroken
// run from after+1 on. It passes over damage before that, changes nothing, and ends without an
// error where the run ends; what comes after a break is lost to it.
func Salvage(storeDir string, after uint64) iter.Seq2[events.Record, error] {
	return func(yield func(events.Record, error) bool) {
		blocks, err := listBlocks(storeDir)
		if err != nil {
			yield(events.Record{}, err)
			return
		}
		next := after + 1
		var buf []byte
		for _, block := range blocks {
			if buf, err = block.load(buf); err != nil {
				continue // an unreadable block is what is being salvaged from
			}
			for rec := range readableRecords(block, buf) {
				if rec.seq != next {
					continue
				}
				out, err := rec.record()
				if err != nil {
					return // a foreign message ends the run
				}
				if !yield(out, nil) {
					return
				}
				next++
			}
		}
	}
}

// readableRecords yields every record of a block that can be read, and looks for the next one
// after each place that cannot.
func readableRecords(block blockFile, data []byte) iter.Seq[stored] {
	return func(yield func(stored) bool) {
		sum, err := block.checksummer()
		if err != nil {
			return
		}
		last := uint64(0)
		for len(data) > 0 {
			rec, err := parseRecord(data, sum)
			if err != nil {
				offset, found := findRecord(data, last, math.MaxUint64, sum)
				if !found {
					return
				}
				data = data[offset:]
				continue
			}
			if !yield(rec) {
				return
			}
			last, data = rec.seq, data[rec.size:]
		}
	}
}
