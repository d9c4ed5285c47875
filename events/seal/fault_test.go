package seal

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"starledger/events"
)

// base is a ledger with a sealed tree of 253 leaves: three more fill a tile.
const base = 253

// TestEveryStepMayGoWrong breaks each write of a round of sealing in turn, in each of five ways: the
// archive's append and sync; making, writing, renaming and syncing of tiles, of the checkpoint
// file and of the published checkpoint; signing; LEDGER_CP; the witness. Afterwards everything that was ever
// written or signed is held against the truth: where the sealer goes on by itself, after a crash
// and a new start, and when all is sealed. In a slow step the log grows and another node seals it.
func TestEveryStepMayGoWrong(t *testing.T) {
	sealed := newWorld(t)
	sealed.grow(base)
	sealed.mustRestart()
	sealed.mustSeal()
	sealed.wantSealed()

	hits := map[string]bool{}
	for _, how := range []string{failed, landed, slow, repeated, noRoom} {
		for step := 1; ; step++ {
			w := sealed.copyOf(t)
			w.mustRestart()
			w.grow(4)
			*w.faults = faults{at: step, how: how, meanwhile: w.meanwhile}
			err := w.sealAll()
			hit := w.faults.hit
			if hit == "" {
				break // that was the last step
			}
			hits[hit] = true
			what := how + ", " + hit
			if err != nil && passing(err) {
				err = w.sealAll()
			}
			if how == noRoom && err != nil && hit != "sign" {
				t.Errorf("%s: there is room again, and sealing does not go on: %v", hit, err)
			}
			w.check(what, err)
			w.mustRestart()
			w.mustSeal()
			w.wantSealed()
		}
	}
	for _, name := range []string{"archive: append", "archive: sync", "tiles: write", "tiles: rename", "tiles: sync", "tiles: make", "sign",
		"LEDGER_CP: compare", "LEDGER_CP: cosigned", "checkpoint file: write", "checkpoint file: rename", "witness:"} {
		if !slices.ContainsFunc(slices.Collect(maps.Keys(hits)), func(hit string) bool { return strings.HasPrefix(hit, name) }) {
			t.Errorf("%s never went wrong", name)
		}
	}
}

// check verifies the world right after the fault, before anything is repaired.
func (w *world) check(what string, err error) {
	w.t.Helper()
	defer func() {
		if w.t.Failed() {
			w.t.Logf("%s: %v", what, err)
		}
	}()
	w.verify()
}

func (w *world) meanwhile() {
	w.grow(3)
	other := w.anotherNode()
	if err := other.restart(); err != nil {
		w.t.Fatal(err)
	}
	other.mustSeal()
	other.verify()
	w.signed.notes = append(w.signed.notes, other.signed.notes...)
	other.stop()
}

// copyOf is the same world once more, with a log of its own.
func (w *world) copyOf(t testing.TB) *world {
	t.Helper()
	c := newWorld(t)
	c.keys, c.policy, c.signed.Signer = w.keys, w.policy, w.logKey
	c.dir = copyDir(t, w.dir)
	c.witness = c.dir + "/witness"
	c.stream.notes = slices.Clone(w.stream.notes)
	for rec, err := range w.log.Read(t.Context(), 1, w.size) {
		if err != nil {
			t.Fatal(err)
		}
		if _, err := c.log.Append(t.Context(), events.Append{Case: rec.Case, After: c.at(rec.Case).seq, Bodies: [][]byte{rec.Body}}); err != nil {
			t.Fatal(err)
		}
		c.at(rec.Case).seq = rec.Seq
	}
	for name, end := range w.cases {
		*c.at(name) = *end
	}
	c.size, c.known = w.size, w.known
	c.known.ends = maps.Clone(w.known.ends)
	c.known.records, c.known.hashes, c.known.bodies = slices.Clip(c.known.records), slices.Clip(c.known.hashes), slices.Clip(c.known.bodies)
	return c
}
