package seal

import (
	"bytes"
	"errors"
	"testing"

	"starledger/events"
	"starledger/events/proof"
)

// manyCheckpoints are two nodes, of which the first has sealed each of some events by itself.
func manyCheckpoints(t *testing.T, count int) *twoNodes {
	t.Helper()
	n := newTwoNodes(t)
	for range count {
		n.a.grow(1)
		n.a.mustSeal()
	}
	return n
}

// join opens an empty node; faults may let a step go wrong.
func (n *twoNodes) join(w *world) error {
	cfg := w.config()
	cfg.Stream, cfg.Nodes, cfg.Now = n.stream, n.stream, clock
	var err error
	if w.sealer, err = Open(n.t.Context(), cfg); err != nil {
		return err
	}
	return w.sealAll()
}

// Whichever step of joining goes wrong, the next start has every checkpoint that the others have, with every
// signature.
func TestJoiningMayGoWrong(t *testing.T) {
	const count = 5
	n := manyCheckpoints(t, count)
	for _, how := range []string{failed, landed, noRoom} {
		for step := 1; ; step++ {
			late := n.a.anotherNode()
			*late.faults = faults{at: step, how: how}
			err := n.join(late)
			hit := late.faults.hit
			if hit == "" {
				break // that was the last step
			}
			if err == nil {
				t.Errorf("%s, %s: nothing was told", how, hit)
			}
			late.stop()
			if err := n.join(late); err != nil {
				t.Fatalf("%s, %s: the next start: %v", how, hit, err)
			}
			for size := range uint64(count + 1) {
				one, err := n.a.sealer.cfg.Files.Read(size)
				other, otherErr := late.sealer.cfg.Files.Read(size)
				if err != nil || otherErr != nil || !bytes.Equal(one, other) {
					t.Errorf("%s, %s, size %d: %v %v\n%s\n%s", how, hit, size, err, otherErr, one, other)
				}
			}
			late.stop()
		}
	}
}

// A checkpoint of another history is found wherever it stands among those that a node has to meet, and neither
// it nor what follows is kept.
func TestStrangeCheckpointOnTheWay(t *testing.T) {
	const count = 6
	for size := uint64(1); size <= count; size++ {
		n := manyCheckpoints(t, count)
		for i, kept := range n.stream.all {
			c, err := proof.Open(kept.note, n.a.sealer.key.Key)
			if err != nil {
				t.Fatal(err)
			}
			if c.Size != size {
				continue
			}
			c.Root[0] ^= 1
			if n.stream.all[i].note, err = c.Sign(n.a.logKey); err != nil {
				t.Fatal(err)
			}
		}
		late := n.a.anotherNode()
		if err := n.join(late); !errors.Is(err, events.ErrIntegrity) {
			t.Fatalf("size %d: %v", size, err)
		}
		files, err := OpenCheckpointDir(late.dir + "/checkpoints")
		if err != nil {
			t.Fatal(err)
		}
		if _, revision, err := files.Last(t.Context()); err != nil || revision > size {
			t.Errorf("size %d: the checkpoint of size %d was kept, %v", size, revision-1, err)
		}
	}
}
