package seal

import (
	"testing"

	"starledger/events/proof"
)

// The first checkpoint that covers an event, across directories; none while the event is not sealed.
func TestCovering(t *testing.T) {
	k := newKeys(t)
	d, err := OpenCheckpointDir(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	revision := uint64(0)
	for _, size := range []uint64{0, 3, 9_999, 20_001} {
		c := proof.Checkpoint{Origin: origin, Head: proof.Head{Size: size, Root: proof.Hash{byte(size)}}}
		note, err := c.Sign(k.logKey)
		if err != nil {
			t.Fatal(err)
		}
		if revision, err = d.Swap(t.Context(), revision, Signed{c, note}); err != nil {
			t.Fatal(err)
		}
	}
	for seq, size := range map[uint64]uint64{1: 3, 3: 3, 4: 9_999, 9_999: 9_999, 10_000: 20_001, 20_001: 20_001} {
		want, err := d.Read(size)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := d.Covering(seq); err != nil || string(got) != string(want) {
			t.Errorf("event %d: %q, %v", seq, got, err)
		}
	}
	for _, seq := range []uint64{20_002, 50_000} {
		if got, err := d.Covering(seq); err != nil || got != nil {
			t.Errorf("event %d: %q, %v", seq, got, err)
		}
	}
}
