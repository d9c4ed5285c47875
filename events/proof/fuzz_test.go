package proof

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"strings"
	"testing"
)

// seedTexts adds every text of a file of test vectors to the corpus, good and bad ones.
func seedTexts(f *testing.F, name string) {
	f.Helper()
	data, err := os.ReadFile("testdata/" + name)
	if err != nil {
		f.Fatal(err)
	}
	var root any
	if err := json.Unmarshal(data, &root); err != nil {
		f.Fatal(err)
	}
	var visit func(any)
	visit = func(v any) {
		switch v := v.(type) {
		case string:
			f.Add([]byte(v))
		case []any:
			for _, member := range v {
				visit(member)
			}
		case map[string]any:
			for _, member := range v {
				visit(member)
			}
		}
	}
	visit(root)
}

// ofAKind fails for errors that callers could not tell the kind of.
func ofAKind(t *testing.T, err error) {
	t.Helper()
	if !errors.Is(err, ErrMalformed) && !errors.Is(err, ErrRefuted) {
		t.Fatalf("an error of no kind: %v", err)
	}
}

func FuzzParseLeaf(f *testing.F) {
	seedTexts(f, "leaf.json")
	f.Fuzz(func(t *testing.T, record []byte) {
		leaf, err := ParseLeaf(record)
		if err != nil {
			ofAKind(t, err)
			return
		}
		if written, err := leaf.Append(nil); err != nil || !bytes.Equal(written, record) {
			t.Fatalf("%q is written as %q, %v", record, written, err)
		}
	})
}

func FuzzParseTilePath(f *testing.F) {
	for _, path := range []string{"tile/0/000", "tile/1/x001/x234/067.p/17", "tile/entries/x001/000.p/255", "tile/63/000", "tile/data/000", "tile/0/x999/x999/x999/x999/x999/x999/x999/999"} {
		f.Add(path)
	}
	f.Fuzz(func(t *testing.T, path string) {
		tile, err := ParseTilePath(path)
		if err != nil {
			ofAKind(t, err)
			return
		}
		if tile.Path() != path || strings.Contains(path, "..") || tile.W < 1 || tile.W > TileWidth {
			t.Fatalf("%q is %+v", path, tile)
		}
	})
}

func FuzzParseEntries(f *testing.F) {
	f.Add([]byte("\x00\x03one\x00\x03two"), 2)
	f.Add([]byte("\x00\x00"), 1)
	f.Add([]byte("\xff\xff"), 256)
	f.Fuzz(func(t *testing.T, bundle []byte, width int) {
		records, err := ParseEntries(bundle, width)
		if err != nil {
			ofAKind(t, err)
			return
		}
		var written []byte
		for _, r := range records {
			if written, err = AppendEntry(written, r); err != nil {
				t.Fatal(err)
			}
		}
		if len(records) != width || !bytes.Equal(written, bundle) {
			t.Fatalf("%q is written as %q", bundle, written)
		}
	})
}

func FuzzParseCheckpoint(f *testing.F) {
	seedTexts(f, "note.json")
	f.Fuzz(func(t *testing.T, text []byte) {
		c, err := ParseCheckpoint(string(text))
		if err != nil {
			ofAKind(t, err)
			return
		}
		if written, err := c.Text(); err != nil || written != string(text) {
			t.Fatalf("%q is written as %q, %v", text, written, err)
		}
	})
}

// Without the keys nobody gets a checkpoint through that the log did not sign.
func FuzzJudge(f *testing.F) {
	seedTexts(f, "note.json")
	v := vectors[noteVectors](f, "note.json")
	genuine, err := ParseCheckpoint(v.Text)
	if err != nil {
		f.Fatal(err)
	}
	policy, err := ParsePolicy([]byte(v.Judged[2].Policy))
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, signed []byte) {
		j, err := policy.Judge(signed)
		if err != nil {
			ofAKind(t, err)
			return
		}
		if j.Checkpoint != genuine || j.Satisfied != (len(j.Cosignatures) >= 2) {
			t.Fatalf("%q is %+v", signed, j)
		}
	})
}

// Whatever a witness answers, the checkpoint stays one that its log signed.
func FuzzAddCosignature(f *testing.F) {
	seedTexts(f, "note.json")
	v := vectors[noteVectors](f, "note.json")
	_, log := v.logKey(f)
	witness, err := NewWitness(v.Witness.Vkey)
	if err != nil {
		f.Fatal(err)
	}
	f.Add([]byte("\n" + signatureOver(f, v, v.Signed)))
	f.Fuzz(func(t *testing.T, answer []byte) {
		signed, err := AddCosignature([]byte(v.Signed), answer, witness)
		if err != nil {
			ofAKind(t, err)
			return
		}
		if _, signatures, err := open(signed, verifiersOf(log), verifiersOf(witness)); err != nil || len(signatures) != 2 {
			t.Fatalf("%q: %d signatures, %v", signed, len(signatures), err)
		}
	})
}

func FuzzParseTlogProof(f *testing.F) {
	seedTexts(f, "tlogproof.json")
	f.Fuzz(func(t *testing.T, text []byte) {
		p, err := ParseTlogProof(text)
		if err != nil {
			ofAKind(t, err)
			return
		}
		if written, err := p.Text(); err != nil || !bytes.Equal(written, text) {
			t.Fatalf("%q is written as %q, %v", text, written, err)
		}
	})
}

func FuzzWitnessKeys(f *testing.F) {
	v := vectors[noteVectors](f, "note.json")
	for _, key := range []string{v.Witness.Skey, v.Witness.Vkey, v.Log.Skey, v.Log.Vkey} {
		f.Add(key)
	}
	f.Fuzz(func(t *testing.T, key string) {
		if w, err := NewWitness(key); err != nil {
			ofAKind(t, err)
		} else if !strings.HasPrefix(key, w.Name()+"+") {
			t.Fatalf("%q names %q", key, w.Name())
		}
		c, err := NewCosigner(key)
		if err != nil {
			ofAKind(t, err)
			return
		}
		if signing, _, err := WitnessKey(c.name, [32]byte(c.key.Seed())); err != nil || signing != key {
			t.Fatalf("%q is written as %q, %v", key, signing, err)
		}
	})
}

// A policy that is accepted means the same when it is written again from what was understood.
func FuzzParsePolicy(f *testing.F) {
	seedTexts(f, "note.json")
	v := vectors[noteVectors](f, "note.json")
	f.Add([]byte("log " + v.Log.Vkey + "\nwitness w1 " + v.Witness.Vkey + " u\ngroup a any w1\ngroup b 1 a\nquorum b\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		p, err := ParsePolicy(text)
		if err != nil {
			ofAKind(t, err)
			return
		}
		if len(p.Logs) > maxPolicyLines || len(p.Witnesses) > maxPolicyLines {
			t.Fatalf("%d logs, %d witnesses", len(p.Logs), len(p.Witnesses))
		}
		if _, err := p.Judge([]byte(v.Signed)); err != nil {
			ofAKind(t, err)
		}
		written := writtenAgain(text)
		again, err := ParsePolicy(written)
		if err != nil || describe(p) != describe(again) {
			t.Fatalf("%q means %s, but %q means %s: %v", text, describe(p), written, describe(again), err)
		}
	})
}
