package proof

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"testing"
	"time"

	"pgregory.net/rapid"
)

type leafVectors struct {
	Salt, Case, Commitment, Body string
	Accept, Reject               []struct{ Name, Record, Hash string }
}

func TestLeafVectors(t *testing.T) {
	v := vectors[leafVectors](t, "leaf.json")
	for _, c := range v.Accept {
		t.Run(c.Name, func(t *testing.T) {
			leaf, err := ParseLeaf([]byte(c.Record))
			if err != nil {
				t.Fatal(err)
			}
			written, err := leaf.Append(nil)
			if err != nil || string(written) != c.Record {
				t.Fatalf("written again: %q, %v", written, err)
			}
			if got := LeafHash(written); got != hash(t, c.Hash) {
				t.Fatalf("hash %s, want %s", got, c.Hash)
			}
		})
	}
	for _, c := range v.Reject {
		t.Run(c.Name, func(t *testing.T) {
			if leaf, err := ParseLeaf([]byte(c.Record)); !errors.Is(err, ErrMalformed) {
				t.Fatalf("%+v, %v", leaf, err)
			}
		})
	}
}

func TestLeafFieldByField(t *testing.T) {
	v := vectors[leafVectors](t, "leaf.json")
	leaf, err := ParseLeaf([]byte(v.Accept[1].Record))
	if err != nil {
		t.Fatal(err)
	}
	want := Leaf{
		Seq: 3, CaseSeq: 2,
		Time: time.Date(2026, 11, 1, 2, 2, 0, 0, time.UTC),
		Case: CaseCommitment([32]byte(unhex(t, v.Salt)), v.Case),
		Prev: hash(t, v.Accept[0].Hash),
		Body: [sha256.Size]byte(unhex(t, v.Body)),
	}
	if leaf != want {
		t.Fatalf("%+v, want %+v", leaf, want)
	}
}

func TestCaseCommitment(t *testing.T) {
	v := vectors[leafVectors](t, "leaf.json")
	salt := [32]byte(unhex(t, v.Salt))
	c := CaseCommitment(salt, v.Case)
	if got := base64.RawURLEncoding.EncodeToString(c[:]); got != v.Commitment {
		t.Fatalf("%s, want %s", got, v.Commitment)
	}
	salt[31]++
	if CaseCommitment(salt, v.Case) == c {
		t.Fatal("the salt does not count")
	}
}

func TestLeafThatCannotBeReadBackIsNotWritten(t *testing.T) {
	good := Leaf{Seq: 7, CaseSeq: 2, Prev: Hash{1}, Time: time.Date(2026, 11, 1, 2, 2, 0, 1000, time.UTC)}
	for name, spoil := range map[string]func(*Leaf){
		"seq 0":                func(l *Leaf) { l.Seq = 0 },
		"seq beyond any tree":  func(l *Leaf) { l.Seq = MaxSize + 1 },
		"caseseq 0":            func(l *Leaf) { l.CaseSeq = 0 },
		"caseseq above seq":    func(l *Leaf) { l.CaseSeq = 8 },
		"second without prev":  func(l *Leaf) { l.Prev = Hash{} },
		"first with prev":      func(l *Leaf) { l.CaseSeq = 1 },
		"nanoseconds":          func(l *Leaf) { l.Time = l.Time.Add(1) },
		"year 0":               func(l *Leaf) { l.Time = time.Date(0, 1, 1, 0, 0, 0, 0, time.UTC) },
		"year 10000":           func(l *Leaf) { l.Time = time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC) },
		"year 10000 after UTC": func(l *Leaf) { l.Time = time.Date(9999, 12, 31, 23, 0, 0, 0, time.FixedZone("", -7200)) },
	} {
		t.Run(name, func(t *testing.T) {
			leaf := good
			spoil(&leaf)
			if b, err := leaf.Append([]byte("before")); !errors.Is(err, ErrMalformed) || string(b) != "before" {
				t.Fatalf("%q, %v", b, err)
			}
		})
	}
}

func TestLeafRoundTrip(t *testing.T) {
	shanghai := time.FixedZone("Asia/Shanghai", 8*60*60)
	rapid.Check(t, func(t *rapid.T) {
		seq := rapid.Uint64Range(1, MaxSize).Draw(t, "seq")
		micros := rapid.Int64Range(-62135596800000000, 253402300799999999).Draw(t, "time")
		leaf := Leaf{
			Seq: seq, CaseSeq: rapid.Uint64Range(1, seq).Draw(t, "caseseq"),
			Time: time.UnixMicro(micros).In(shanghai),
			Case: drawHash(t, "case"), Body: drawHash(t, "body"),
		}
		if leaf.CaseSeq > 1 {
			leaf.Prev = drawHash(t, "prev")
		}
		record, err := leaf.Append(nil)
		if err != nil {
			t.Fatal(err)
		}
		read, err := ParseLeaf(record)
		leaf.Time = leaf.Time.UTC()
		if err != nil || read != leaf {
			t.Fatalf("%+v, want %+v: %v", read, leaf, err)
		}
	})
}

func drawHash(t *rapid.T, label string) Hash {
	return LeafHash(rapid.SliceOfN(rapid.Byte(), 0, 4).Draw(t, label))
}

func unhex(t testing.TB, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}
