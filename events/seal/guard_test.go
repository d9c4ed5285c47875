package seal

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"starledger/events"
	"starledger/events/memlog"
	"starledger/events/proof"
)

// grown is a sealed ledger of 300 events, as it was at 200 and as it is.
func grown(t *testing.T) (older, w *world) {
	t.Helper()
	w = newWorld(t)
	w.grow(200)
	w.mustRestart()
	w.mustSeal()
	older = w.copyOf(t)
	w.grow(100)
	w.mustSeal()
	w.wantSealed()
	return older, w
}

// A start is refused when anything outside of what was set back knows more, or something else. Every
// row is an attack, or a restore from an old backup; without it the world starts and seals.
func TestRefusesWhatIsContradicted(t *testing.T) {
	for _, c := range []struct {
		name    string
		tamper  func(t *testing.T, older, w *world)
		because string
	}{
		{"nothing", func(*testing.T, *world, *world) {}, ""},
		{"the log is an older copy", func(_ *testing.T, older, w *world) { w.log = older.log }, "the archive knows sequence 300"},
		{"the log and the archive are older copies", func(t *testing.T, older, w *world) {
			w.log = older.log
			w.replace(t, older, "archive")
		}, "knows the tree of size 300, but the log ends at sequence 200"},
		{"LEDGER_CP is an older copy", func(_ *testing.T, older, w *world) { w.stream = older.stream },
			"the checkpoint directory knows the tree of size 300, but LEDGER_CP ends at size 200"},
		{"LEDGER_CP is gone", func(_ *testing.T, _, w *world) { w.stream = &memoryStream{} }, "but LEDGER_CP holds none"},
		{"LEDGER_CP and the checkpoint directory are older copies", func(t *testing.T, older, w *world) {
			w.stream = older.stream
			w.replace(t, older, "checkpoints")
		}, "the published checkpoint knows the tree of size 300"},
		{"everything but the witness is an older copy", func(t *testing.T, older, w *world) {
			w.log, w.stream, w.size = older.log, older.stream, older.size
			w.replace(t, older, "checkpoints", "tiles", "archive")
		}, "witness w: the witness knows the tree of size 300"},
		{"everything but the witness is gone", func(t *testing.T, _, w *world) {
			w.log, w.stream = memlog.New(), &memoryStream{}
			w.remove(t, "checkpoints", "tiles", "archive")
		}, "witness w: the witness knows the tree of size 300"},
		{"everything but the log and the witness is gone", func(t *testing.T, _, w *world) {
			w.stream = &memoryStream{}
			w.remove(t, "checkpoints", "tiles", "archive")
		}, "witness w: the witness knows the tree of size 300"},
		{"LEDGER_CP holds another tree of the same size", func(t *testing.T, _, w *world) { w.forge(t, 300) }, "LEDGER_CP"},
		{"LEDGER_CP holds another, larger tree", func(t *testing.T, _, w *world) {
			w.grow(5)
			w.forge(t, 305)
		}, "LEDGER_CP knows root"},
		{"LEDGER_CP holds the checkpoint of a stranger", func(t *testing.T, _, w *world) {
			w.stream.notes = append(w.stream.notes, newKeysNote(t, 301))
		}, "LEDGER_CP holds a checkpoint that is not ours"},
		{"the log was written anew", func(t *testing.T, _, w *world) {
			w.log = rewritten(t, w, 150)
			w.remove(t, "archive", "tiles", "cases")
		}, "has root"},
		{"a body in the archive is not the log's", func(t *testing.T, _, w *world) {
			w.log = rewritten(t, w, 150)
			w.remove(t, "tiles", "cases")
		}, "sequence 150"},
	} {
		t.Run(c.name, func(t *testing.T) {
			older, w := grown(t)
			w.stop()
			c.tamper(t, older, w)
			signed := len(w.signed.notes)
			err := w.restart()
			if c.because == "" {
				if err != nil {
					t.Fatal(err)
				}
				w.grow(1)
				w.mustSeal()
				w.wantSealed()
				return
			}
			wantIntegrity(t, err, c.because)
			for _, text := range w.signed.notes[signed:] {
				if at, err := proof.ParseCheckpoint(text); err != nil || at.Size > 0 {
					t.Fatalf("signed in spite of it:\n%s", text)
				}
			}
		})
	}
}

func (w *world) replace(t *testing.T, by *world, names ...string) {
	t.Helper()
	w.remove(t, names...)
	for _, name := range names {
		if err := os.CopyFS(filepath.Join(w.dir, name), os.DirFS(filepath.Join(by.dir, name))); err != nil {
			t.Fatal(err)
		}
	}
}

func (w *world) remove(t *testing.T, names ...string) {
	t.Helper()
	for _, name := range names {
		if err := os.RemoveAll(filepath.Join(w.dir, name)); err != nil {
			t.Fatal(err)
		}
	}
}

// forge signs another tree with the real key and puts it at the end of LEDGER_CP.
func (w *world) forge(t *testing.T, size uint64) {
	t.Helper()
	c := proof.Checkpoint{Origin: origin, Head: proof.Head{Size: size, Root: proof.Hash{1}}}
	signed, err := c.Sign(w.logKey)
	if err != nil {
		t.Fatal(err)
	}
	if last := len(w.stream.notes) - 1; size == w.size && size == 300 {
		w.stream.notes = w.stream.notes[:last]
	}
	w.stream.notes = append(w.stream.notes, signed)
}

func newKeysNote(t *testing.T, size uint64) []byte {
	t.Helper()
	c := proof.Checkpoint{Origin: origin, Head: proof.Head{Size: size}}
	signed, err := c.Sign(newKeys(t).logKey)
	if err != nil {
		t.Fatal(err)
	}
	return signed
}

// rewritten is the log with another event at a sequence, and all that follow made to fit.
func rewritten(t *testing.T, w *world, at uint64) events.Log {
	t.Helper()
	log, ends := memlog.New(), map[string]caseEnd{}
	for rec, err := range w.log.Read(t.Context(), 1, w.size) {
		if err != nil {
			t.Fatal(err)
		}
		when, end := start+events.Instant(rec.Seq), ends[rec.Case]
		if rec.Seq == at {
			when--
		}
		body := nextBody(t, rec.Case, end, when)
		if _, err := log.Append(t.Context(), events.Append{Case: rec.Case, After: end.seq, Bodies: [][]byte{body.Body}}); err != nil {
			t.Fatal(err)
		}
		ends[rec.Case] = caseEnd{rec.Seq, end.caseSeq + 1, body.Digest}
	}
	return log
}

// What only follows from the log is made again, and proven by the known roots while it is.
func TestMakesAgainWhatIsLost(t *testing.T) {
	for _, c := range []struct {
		name string
		lose func(t *testing.T, w *world)
	}{
		{"the tiles", func(t *testing.T, w *world) { w.remove(t, "tiles") }},
		{"the archive", func(t *testing.T, w *world) { w.remove(t, "archive") }},
		{"the file of cases", func(t *testing.T, w *world) { w.remove(t, "cases") }},
		{"the checkpoint directory", func(t *testing.T, w *world) { w.remove(t, "checkpoints") }},
		{"all of it", func(t *testing.T, w *world) { w.remove(t, "tiles", "archive", "cases", "checkpoints") }},
		{"a byte of a tile at the edge", func(t *testing.T, w *world) { w.flip(t, "tiles/tile/0/001.p/44") }},
		{"a byte of a leaf at the edge", func(t *testing.T, w *world) { w.flip(t, "tiles/tile/entries/001.p/44") }},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, w := grown(t)
			w.stop()
			c.lose(t, w)
			w.mustRestart()
			w.grow(10)
			w.mustSeal()
			w.wantSealed()
		})
	}
}

// A ledger that takes several passes to make again is not signed half-way.
func TestMakesAgainInSeveralPasses(t *testing.T) {
	w := newWorld(t)
	w.grow(maxBatch + 300)
	w.mustRestart()
	w.mustSeal()
	if sizes := len(w.signed.notes); sizes != 3 {
		t.Errorf("%d checkpoints were signed, want those of 0, %d and %d", sizes, maxBatch, w.size)
	}
	w.stop()
	w.remove(t, "tiles")
	w.mustRestart()
	if err := w.sealer.askAll(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.wantSealed()
	if sizes := len(w.signed.notes); sizes != 3 {
		t.Errorf("%d checkpoints were signed, want no more", sizes)
	}
}

func (w *world) flip(t *testing.T, name string) {
	t.Helper()
	path := filepath.Join(w.dir, filepath.FromSlash(name))
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	data[100] ^= 1
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
}

// While it runs, the same contradictions end sealing at the next pass.
func TestStopsWhenContradicted(t *testing.T) {
	for _, c := range []struct {
		name    string
		tamper  func(t *testing.T, older, w *world)
		because string
	}{
		{"the log shrinks", func(_ *testing.T, older, w *world) { w.sealer.cfg.Log = older.log }, "the log ends at sequence 200"},
		{"an event does not continue its case", func(t *testing.T, _, w *world) {
			w.appendForeign(t, func(e *caseEnd) { e.digest = events.DigestOf([]byte("another")) })
		}, "continues sha256:"},
		{"an event is left out", func(t *testing.T, _, w *world) { w.appendForeign(t, func(e *caseEnd) { e.caseSeq++ }) }, "is event 102 of case"},
		{"a case begins again", func(t *testing.T, _, w *world) { w.appendForeign(t, func(e *caseEnd) { e.caseSeq = 0 }) }, "is event 1 of case"},
	} {
		t.Run(c.name, func(t *testing.T) {
			older, w := grown(t)
			signed := len(w.signed.notes)
			c.tamper(t, older, w)
			wantIntegrity(t, w.sealer.Run(t.Context()), c.because)
			if len(w.signed.notes) != signed {
				t.Error("signed in spite of it")
			}
			if i := w.sealer.Status().Incident; i == nil || !contains(i.Err, c.because) {
				t.Errorf("the incident is %v", i)
			}
			wantIntegrity(t, w.sealer.Wait(t.Context(), 1000, false), c.because)
		})
	}
}

// appendForeign appends an event that continues case A wrongly.
func (w *world) appendForeign(t *testing.T, wrong func(*caseEnd)) {
	t.Helper()
	name := "01JD3Z0000000000000000000A"
	end := *w.at(name)
	wrong(&end)
	body := nextBody(t, name, end, start+1000)
	if _, err := w.log.Append(context.Background(), events.Append{Case: name, After: w.at(name).seq, Bodies: [][]byte{body.Body}}); err != nil {
		t.Fatal(err)
	}
}

// A node comes up from what the nodes share, and two nodes that seal in turns stay one log: the one
// that comes second takes over the checkpoint of the first, and signs only what continues it.
func TestSeveralNodes(t *testing.T) {
	_, w := grown(t)
	other := w.anotherNode()
	other.mustRestart()
	for i, node := range []*world{other, w, w, other, other, w, other, w} {
		w.grow(20)
		other.size = w.size
		if err := node.sealAll(); err != nil {
			t.Fatalf("round %d: %v", i, err)
		}
		w.verify()
	}
	other.known = *w.truth()
	for _, node := range []*world{w, other} {
		node.mustSeal()
		node.wantSealed()
	}
	if signed, kept := len(w.signed.notes)+len(other.signed.notes), len(w.stream.notes); signed <= kept {
		t.Errorf("%d signed, %d kept: no node was ever late", signed, kept)
	}
}
