package jetlog

import (
	"iter"
	"math"

	"starledger/events"
)

// Salvage yields what a damaged store holds beyond a sequence that is safe elsewhere: the unbroken
// run from after+1 on. It passes over damage before that, changes nothing, and ends without an
// error where the run ends; what comes after a break is lost to it, and so is a batch at the end of
// the store whose last records are missing: it was cut off before anybody was told of it.
func Salvage(storeDir string, after uint64) iter.Seq2[events.Record, error] {
	return func(yield func(events.Record, error) bool) {
		blocks, err := listBlocks(storeDir)
		if err != nil {
			yield(events.Record{}, err)
			return
		}
		r := blockReader{next: after + 1, to: math.MaxUint64, seeking: after > 0, toTheEnd: true}
		r.yield = func(rec events.Record, err error) bool { return err == nil && yield(rec, nil) }
		var data []byte
		for i, block := range blocks {
			if data, err = block.load(data); err != nil {
				continue // an unreadable block is what is being salvaged from
			}
			if !r.read(block, data, i == len(blocks)-1) {
				return
			}
		}
	}
}
