package bundle

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"starledger/events"
	. "starledger/events/decide/decidetest"
	"starledger/events/proof"
	"starledger/events/seal"
)

// BenchmarkVerify checks the bundle of one case in a ledger of a million leaves. The bound is 10 s and
// 500 MB.
func BenchmarkVerify(b *testing.B) {
	w, source := large(b, 1_000_000)
	for _, profile := range []Profile{Assessor, Client} {
		path := filepath.Join(b.TempDir(), "bundle.zip")
		file, err := os.Create(path)
		w.must(err)
		began := time.Now()
		w.must(source.Write(b.Context(), file, Request{Case: CaseID, Profile: profile}))
		w.must(file.Close())
		wrote := time.Since(began)
		info, err := os.Stat(path)
		w.must(err)
		b.Run(string(profile), func(b *testing.B) {
			runtime.GC()
			resetPeak(b)
			for b.Loop() {
				v, err := Verify(b.Context(), path, Options{Policy: w.policy})
				w.must(err)
				if !v.Sound {
					b.Fatalf("%+v", v)
				}
			}
			b.ReportMetric(float64(info.Size())/1e6, "MB-bundle")
			b.ReportMetric(wrote.Seconds(), "s-to-write")
			b.ReportMetric(peak(b), "MB-peak")
		})
	}
}

// resetPeak and peak measure the largest resident size of this process, as Linux counts it.
func resetPeak(b *testing.B) {
	if err := os.WriteFile("/proc/self/clear_refs", []byte("5"), 0); err != nil {
		b.Logf("the peak counts from the start of the process: %v", err)
	}
}

func peak(b *testing.B) float64 {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		b.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(status), "VmHWM:")
	kilobytes, err := strconv.ParseFloat(strings.Fields(rest)[0], 64)
	if err != nil {
		b.Fatal(err)
	}
	return kilobytes / 1e3
}

// large is a ledger with so many leaves, of which every so many-th is of the case. Its tiles are written
// without a log behind them: the bodies of others are not part of any bundle.
func large(b *testing.B, size uint64) (*world, *Source) {
	b.Helper()
	w := newWorld(b)
	for _, e := range certified(b) {
		w.tell(e, CaseID, w.tick()) // for the bodies, which are placed anew
	}
	every := size / (w.size + 1)
	bodies := scattered{}
	tree, err := proof.Resume(proof.Head{Root: proof.EmptyRoot()}, nil)
	w.must(err)
	c := &chained{state: events.NewCase(CaseID)}
	v := &verification{}
	var next []*events.Stored
	for rec, err := range w.log.Read(b.Context(), 1, w.size) {
		w.must(err)
		e, err := events.DecodeRecord(rec)
		w.must(err)
		next = append(next, e)
	}
	v.events = next
	writer := tileWriter{w: w, dir: filepath.Join(w.dir, "tiles")}
	latest := w.at(0)
	for seq := uint64(1); seq <= size; seq++ {
		var record []byte
		if seq%every == 0 && len(next) > 0 {
			e := next[0]
			next, e.Seq = next[1:], seq
			w.must(v.link(c, e))
			record, err = c.leaves[len(c.leaves)-1].Append(nil)
			bodies[seq], latest = events.Record{Seq: seq, Case: string(CaseID), Body: e.Body}, e.Time.Time()
		} else {
			var name [8]byte
			binary.LittleEndian.PutUint64(name[:], seq)
			record, err = proof.Leaf{Seq: seq, Time: latest, Case: sha256.Sum256(name[:]), CaseSeq: 1, Body: sha256.Sum256(name[1:])}.Append(nil)
		}
		w.must(err)
		w.must(tree.Append(proof.LeafHash(record)))
		writer.add(record)
		if seq%(64*proof.TileWidth) == 0 {
			writer.flush(tree)
		}
	}
	writer.flush(tree)
	w.size = size
	return w, w.publish(tree, bodies)
}

// publish signs the tree and has it witnessed at once, a moment after the last event.
func (w *world) publish(tree *proof.Tree, bodies scattered) *Source {
	head, err := tree.Head()
	w.must(err)
	c := proof.Checkpoint{Origin: origin, Head: head}
	signed, err := c.Sign(w.logKey)
	w.must(err)
	signing, verifier, err := proof.WitnessKey(w.witnessName, [32]byte{7})
	w.must(err)
	cosigner, err := proof.NewCosigner(signing)
	w.must(err)
	key, err := proof.NewWitness(verifier)
	w.must(err)
	line, err := cosigner.Cosign(c, w.at(100))
	w.must(err)
	w.published, err = proof.AddCosignature(signed, []byte(line), key)
	w.must(err)
	_, err = w.checkpoints.Swap(w.t.Context(), 0, seal.Signed{Checkpoint: c, Note: w.published})
	w.must(err)
	source := w.source()
	source.Bodies = bodies
	source.Seqs = func(_ context.Context, id events.CaseID) ([]uint64, error) { return bodies.seqs(id), nil }
	return source
}

// tileWriter writes entry bundles and tiles.
type tileWriter struct {
	w      *world
	dir    string
	n      uint64
	bundle []byte
	width  int
}

func (t *tileWriter) add(record []byte) {
	var err error
	t.bundle, err = proof.AppendEntry(t.bundle, record)
	t.w.must(err)
	if t.width++; t.width == proof.TileWidth {
		t.write(proof.Tile{L: proof.Entries, N: t.n, W: t.width}, t.bundle)
		t.n, t.bundle, t.width = t.n+1, t.bundle[:0], 0
	}
}

func (t *tileWriter) flush(tree *proof.Tree) {
	if t.width > 0 {
		t.write(proof.Tile{L: proof.Entries, N: t.n, W: t.width}, t.bundle)
	}
	tiles, err := tree.Tiles()
	t.w.must(err)
	for _, tile := range tiles {
		t.write(tile.Tile, tile.Data)
	}
	t.w.must(tree.Settle())
}

func (t *tileWriter) write(tile proof.Tile, data []byte) {
	path := filepath.Join(t.dir, filepath.FromSlash(tile.Path()))
	t.w.must(os.MkdirAll(filepath.Dir(path), 0o755))
	t.w.must(os.WriteFile(path, data, 0o600))
}

// scattered are bodies at some sequences of a log.
type scattered map[uint64]events.Record

func (s scattered) ReadAt(_ context.Context, seqs []uint64) iter.Seq2[events.Record, error] {
	return func(yield func(events.Record, error) bool) {
		for _, seq := range seqs {
			rec, ok := s[seq]
			if !ok {
				yield(events.Record{}, fs.ErrNotExist)
				return
			}
			if !yield(rec, nil) {
				return
			}
		}
	}
}

func (s scattered) seqs(id events.CaseID) []uint64 {
	var list []uint64
	for seq, rec := range s {
		if rec.Case == string(id) {
			list = append(list, seq)
		}
	}
	slices.Sort(list)
	return list
}
