package projections

import (
	"math"
	"testing"
)

// What is kept of a trace is read as it was written, to the ends of what a field can hold.
func TestTracesComeBack(t *testing.T) {
	for _, want := range []left{
		{0, 1, 1},
		{math.MaxUint64, 1<<48 - 1, 1<<48 - 1},
		{1 << 63, 1 << 47, 1<<32 - 1},
		{0x0123456789abcdef, 5_000_000_001, 5_000_000_000},
	} {
		kept := want.appendTo(nil)
		if got := leftAs(kept); got != want || len(kept) != traceWidth {
			t.Errorf("%v was written in %d bytes and read as %v", want, len(kept), got)
		}
	}
}

// The buckets follow one another without gap, from the least trace to the greatest.
func TestBucketsOfTraces(t *testing.T) {
	const width = uint64(1) << (64 - traceBits)
	before := int64(0)
	for b := range uint64(1) << traceBits {
		from, to := bucket(b * width)
		last, _ := bucket((b+1)*width - 1)
		if from != before || last != from || to <= from {
			t.Fatalf("bucket %d begins at row %d and %d, the one before ended at %d", b, from, last, before)
		}
		before = to
	}
}
