package main

import (
	"context"
	"iter"
	"sort"

	"starledger/events"
	"starledger/events/archive"
)

// bodies reads events at known sequences: from the archive, where a line costs the same however
// long the ledger is, and from the log what is not yet safe in the archive.
type bodies struct {
	archive *archive.Archive
	lines   *archive.Lines
	log     events.Log
}

// ReadAt yields the records at ascending sequences.
func (b bodies) ReadAt(ctx context.Context, seqs []uint64) iter.Seq2[events.Record, error] {
	archived, _ := b.archive.Last()
	cut := sort.Search(len(seqs), func(i int) bool { return seqs[i] > archived })
	return func(yield func(events.Record, error) bool) {
		for record, err := range b.lines.ReadAt(ctx, seqs[:cut]) {
			if !yield(record, err) || err != nil {
				return
			}
		}
		for record, err := range b.log.ReadAt(ctx, seqs[cut:]) {
			if !yield(record, err) || err != nil {
				return
			}
		}
	}
}
