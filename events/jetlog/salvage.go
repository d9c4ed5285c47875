package jetlog

import (
	"errors"
	"iter"
	"math"

	"starledger/events"
)

// Salvage yields what a damaged store holds beyond a sequence that is safe elsewhere: the unbroken
// run from after+1 on. It passes over damage before that, changes nothing, and ends where the run
// ends: without an error when nothing follows, with an ErrIntegrity that names the first sequence
// that cannot be had when something does, which is lost to it. A batch at the end of the store whose last records are
// missing is not yielded: it was cut off before anybody was told of it.
func Salvage(storeDir string, after uint64) iter.Seq2[events.Record, error] {
	return func(yield func(events.Record, error) bool) {
		blocks, err := listBlocks(storeDir)
		if err != nil {
			yield(events.Record{}, err)
			return
		}
		r := blockReader{next: after + 1, to: math.MaxUint64, seeking: after > 0, toTheEnd: true}
		r.yield = func(rec events.Record, err error) bool {
			return (err == nil || errors.Is(err, events.ErrIntegrity)) && yield(rec, err) && err == nil
		}
		var data []byte
		for i, block := range blocks {
			if data, err = block.load(data, 0); err != nil {
				continue // an unreadable block is what is being salvaged from
			}
			if !r.read(block, 0, data, i == len(blocks)-1) {
				return
			}
		}
	}
}
