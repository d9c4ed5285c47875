package seal

import (
	"bytes"
	"context"
	"crypto/sha256"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/tlog"

	"starledger/events"
	"starledger/events/proof"
)

func contains(err error, text string) bool { return strings.Contains(err.Error(), text) }

// truth is what the log makes of the tree, worked out from the bodies with golang.org/x/mod alone.
type truth struct {
	records [][]byte
	hashes  []tlog.Hash // stored hashes
	ends    map[string]proof.Hash
	bodies  []byte // each with a newline, as the archive has them
}

func (h *truth) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	var list []tlog.Hash
	for _, i := range indexes {
		list = append(list, h.hashes[i])
	}
	return list, nil
}

// truth works out what is new in the log; nothing in it ever changes.
func (l *ledger) truth() *truth {
	l.t.Helper()
	h := &l.known
	for rec, err := range l.log.Read(context.Background(), uint64(len(h.records))+1, l.size) {
		if err != nil {
			l.t.Fatal(err)
		}
		h.add(l.t, rec)
	}
	return h
}

func (h *truth) add(t testing.TB, rec events.Record) {
	t.Helper()
	e, err := events.DecodeRecord(rec)
	if err != nil {
		t.Fatal(err)
	}
	leaf := proof.Leaf{Seq: e.Seq, Time: e.Time.Time(), Case: proof.CaseCommitment(decodeSalt(t), rec.Case),
		CaseSeq: e.CaseSeq, Prev: h.ends[rec.Case], Body: sha256.Sum256(rec.Body)}
	record, err := leaf.Append(nil)
	if err != nil {
		t.Fatal(err)
	}
	if h.ends == nil {
		h.ends = map[string]proof.Hash{}
	}
	h.ends[rec.Case] = tlog.RecordHash(record)
	more, err := tlog.StoredHashes(int64(len(h.records)), record, h)
	if err != nil {
		t.Fatal(err)
	}
	h.records, h.hashes = append(h.records, record), append(h.hashes, more...)
	h.bodies = append(append(h.bodies, rec.Body...), '\n')
}

func (h *truth) root(t testing.TB, size uint64) tlog.Hash {
	t.Helper()
	root, err := tlog.TreeHash(int64(size), h)
	if err != nil {
		t.Fatal(err)
	}
	return root
}

// verify holds everything that was ever written or signed against the truth.
func (w *world) verify() {
	w.t.Helper()
	h := w.truth()
	for _, text := range w.signed.notes {
		w.wantTrue(h, "signed", text)
	}
	size := -1
	for _, n := range w.stream.notes {
		c := w.wantTrue(h, inStream, textOf(n))
		if int(c.Size) <= size {
			w.t.Fatalf("%s went from size %d to %d", inStream, size, c.Size)
		}
		size = int(c.Size)
	}
	for _, n := range w.stream.more {
		w.wantTrue(h, "cosigned", textOf(n))
	}
	w.verifyFiles(h, filepath.Join(w.dir, "checkpoints"))
	w.verifyFiles(h, w.witness)
	w.verifyTiles(h)
	w.verifyArchive(h)
}

func textOf(note []byte) string {
	text, _, _ := strings.Cut(string(note), "\n\n")
	return text + "\n"
}

func (w *world) wantTrue(h *truth, place, text string) proof.Checkpoint {
	w.t.Helper()
	c, err := proof.ParseCheckpoint(text)
	if err != nil || c.Origin != origin || c.Size > uint64(len(h.records)) || c.Root != h.root(w.t, c.Size) {
		w.t.Fatalf("%s: the checkpoint is not true: %v\n%s", place, err, text)
	}
	return c
}

func (w *world) verifyFiles(h *truth, dir string) {
	w.t.Helper()
	walk(w.t, dir, func(path string, data []byte) {
		if c := w.wantTrue(h, path, textOf(data)); !strings.HasSuffix(checkpointPath(c.Size), filepath.Base(path)) {
			w.t.Fatalf("%s holds the checkpoint of size %d", path, c.Size)
		}
	})
}

// walk calls visit for every whole file; those being written when a crash came do not count.
func walk(t testing.TB, dir string, visit func(path string, data []byte)) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || strings.HasSuffix(path, ".new") {
			return err
		}
		data, err := os.ReadFile(path)
		visit(path, data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func (w *world) verifyTiles(h *truth) {
	w.t.Helper()
	walk(w.t, w.tileDir(), func(path string, data []byte) {
		name, err := filepath.Rel(w.tileDir(), path)
		if err != nil {
			w.t.Fatal(err)
		}
		if name == publishedPath {
			c := w.wantTrue(h, path, textOf(data))
			if j, err := w.policy.Judge(data); err != nil || !j.Satisfied || j.Checkpoint != c {
				w.t.Fatalf("published without its quorum: %v\n%s", err, data)
			}
			return
		}
		tile, err := proof.ParseTilePath(filepath.ToSlash(name))
		if err != nil {
			w.t.Fatal(err)
		}
		if want := h.tile(w.t, tile); !bytes.Equal(data, want) {
			w.t.Fatalf("%s is wrong", name)
		}
	})
}

func (h *truth) tile(t testing.TB, tile proof.Tile) []byte {
	t.Helper()
	if tile.L == proof.Entries {
		var bundle []byte
		for _, record := range h.records[tile.N*256 : tile.N*256+uint64(tile.W)] {
			bundle = append(bundle, byte(len(record)>>8), byte(len(record)))
			bundle = append(bundle, record...)
		}
		return bundle
	}
	data, err := tlog.ReadTileData(tlog.Tile{H: 8, L: tile.L, N: int64(tile.N), W: tile.W}, h)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// verifyArchive: what was archived is the log's, line by line, and whatever is sealed is archived. A
// line that was being written when the fault came may be there in part.
func (w *world) verifyArchive(h *truth) {
	w.t.Helper()
	if last, _ := w.archive.Last(); last < w.sealer.board.sealed().Size {
		w.t.Fatalf("the tree of size %d is sealed, the archive ends at %d", w.sealer.board.sealed().Size, last)
	}
	walk(w.t, filepath.Join(w.dir, "archive"), func(path string, data []byte) {
		if !bytes.HasPrefix(h.bodies, data) {
			w.t.Fatalf("%s is not the beginning of the log", path)
		}
	})
}

// wantSealed tells that all of the log is sealed, published, and can be proven.
func (w *world) wantSealed() {
	w.t.Helper()
	w.verify()
	status := w.sealer.Status()
	if status.Sealed.Size != w.size || status.Published.Size != w.size || status.Incident != nil || !status.WaitingSince.IsZero() {
		w.t.Fatalf("of %d events: %+v", w.size, status)
	}
	h := w.truth()
	for seq := uint64(1); seq <= w.size; seq += 1 + w.size/20 {
		text, err := w.sealer.Proof(seq)
		if err != nil {
			w.t.Fatal(err)
		}
		p, err := proof.ParseTlogProof(text)
		if err != nil {
			w.t.Fatal(err)
		}
		j, err := p.Verify(tlog.RecordHash(h.records[seq-1]), w.policy)
		if err != nil || !j.Satisfied || p.Index != seq-1 {
			w.t.Fatalf("the proof of sequence %d: %v, quorum %v", seq, err, j.Satisfied)
		}
	}
}

// wantSafe is asked right before a signature: the tree is on disk and hashes to the root, and the
// bodies are in the archive.
func (w *world) wantSafe(text string) {
	w.t.Helper()
	c, err := proof.ParseCheckpoint(text)
	if err != nil {
		w.t.Fatal(err)
	}
	if last, _ := w.archive.Last(); last < c.Size {
		w.t.Fatalf("size %d is to be signed, the archive ends at %d", c.Size, last)
	}
	if _, err := proof.Resume(c.Head, w.tiles().ReadTile); err != nil {
		w.t.Fatalf("size %d is to be signed: %v", c.Size, err)
	}
}

func (w *world) tiles() *TileDir {
	w.t.Helper()
	tiles, err := OpenTileDir(w.tileDir())
	if err != nil {
		w.t.Fatal(err)
	}
	return tiles
}
