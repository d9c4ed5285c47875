package checks_test

import (
	"slices"
	"testing"

	"starledger/events"
	"starledger/events/checks"
)

// The vector was worked out by another program from the specification of Draw:
//
//	seed = sha256(b"starledger-draw/v1\ncase 01JD3Z0000000000000000000C\naudit 1\npopulation P1\ndigest sha256:" + sha256(b"list").hex + …)
//	sorted(range(1, size + 1), key=lambda i: sha256(seed + struct.pack(">Q", i)).digest())[:n]
func TestDrawVector(t *testing.T) {
	checkpoint := events.CheckpointName{Size: 41, Root: events.DigestOf([]byte("root"))}
	for _, row := range []struct {
		size, draw uint64
		n          int
		want       []uint64
	}{
		{1200, 1, 5, []uint64{136, 299, 377, 459, 567}},
		{1200, 2, 5, []uint64{251, 659, 922, 1086, 1100}},
		{3, 1, 9, []uint64{1, 2, 3}},
	} {
		p := &events.Population{PopulationRecorded: events.PopulationRecorded{
			Audit: 1, Population: "P1", Digest: events.DigestOf([]byte("list")), Size: row.size,
		}}
		if got := checks.Draw("01JD3Z0000000000000000000C", p, row.draw, checkpoint, row.n); !slices.Equal(got, row.want) {
			t.Errorf("draw %d of %d from %d: %v, want %v", row.draw, row.n, row.size, got, row.want)
		}
	}
}
