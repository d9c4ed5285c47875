package seal

import (
	"errors"
	"io/fs"
	"testing"

	"starledger/events"
	"starledger/events/proof"
)

func TestCheckpointDir(t *testing.T) {
	dir, k, ctx := t.TempDir(), newKeys(t), t.Context()
	of := func(size uint64, root byte) Signed {
		t.Helper()
		c := proof.Checkpoint{Origin: origin, Head: proof.Head{Size: size, Root: proof.Hash{root}}}
		note, err := c.Sign(k.logKey)
		if err != nil {
			t.Fatal(err)
		}
		return Signed{c, note}
	}
	reopened := func() *CheckpointDir {
		t.Helper()
		d, err := OpenCheckpointDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	last := func(size uint64, revision uint64) {
		t.Helper()
		note, got, err := reopened().Last(ctx)
		if err != nil || got != revision || revision > 0 && string(note) != string(of(size, 0).Note) {
			t.Fatalf("the newest is %d %q: %v", got, note, err)
		}
	}
	last(0, 0)
	revision := uint64(0)
	for _, size := range []uint64{0, 1, 9_999, 10_000, 123_456_789} {
		var err error
		if revision, err = reopened().Swap(ctx, revision, of(size, 0)); err != nil {
			t.Fatal(err)
		}
		last(size, revision)
	}
	for what, swap := range map[string]func() error{
		"an old revision": func() error { _, err := reopened().Swap(ctx, 2, of(200_000_000, 0)); return err },
		"no revision":     func() error { _, err := reopened().Swap(ctx, 0, of(200_000_000, 0)); return err },
		"the same size":   func() error { _, err := reopened().Swap(ctx, revision, of(123_456_789, 1)); return err },
		"a smaller size":  func() error { _, err := reopened().Swap(ctx, revision, of(77, 0)); return err },
	} {
		if err := swap(); !errors.Is(err, events.ErrConflict) {
			t.Errorf("%s: %v", what, err)
		}
	}
	last(123_456_789, revision)
	more := of(9_999, 0)
	more.Note = append(more.Note, "— witness.example/w AAAA\n"...)
	if err := reopened().Cosigned(ctx, more); err != nil {
		t.Fatal(err)
	}
	if note, err := reopened().Read(9_999); err != nil || string(note) != string(more.Note) {
		t.Errorf("the cosigned one is %q: %v", note, err)
	}
	if err := reopened().Cosigned(ctx, of(9_999, 1)); !errors.Is(err, events.ErrIntegrity) {
		t.Errorf("another checkpoint of the same size: %v", err)
	}
	if _, err := reopened().Read(5); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a size at which nothing was signed: %v", err)
	}
	if err := reopened().Cosigned(ctx, of(5, 0)); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("cosigned without a file: %v", err)
	}
	if kept, err := reopened().CosignedAll([]Signed{of(5, 0), more}); err != nil || len(kept) != 1 || kept[0].Size != more.Size {
		t.Errorf("of one without a file and one with it, %v are kept: %v", kept, err)
	}
}
