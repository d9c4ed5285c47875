package proof

import (
	"errors"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"
	"pgregory.net/rapid"
)

type noteVectors struct {
	Log         struct{ Skey, Vkey string }
	Witness     struct{ Skey, Vkey, Seed, Name string }
	Text        string
	Signed      string
	CosignedAt  int64 `json:"cosigned_at"`
	Cosignature string
	Judged      []judgedVector
	Refused     []struct{ Name, Text string } `json:"texts_refused"`
}

type judgedVector struct {
	Name, Note, Policy, Outcome string
	Cosigned                    []struct {
		Witness string
		Time    int64
	}
	Time int64
}

func (v noteVectors) logKey(t testing.TB) (note.Signer, note.Verifier) {
	t.Helper()
	signer, err := note.NewSigner(v.Log.Skey)
	if err != nil {
		t.Fatal(err)
	}
	verifier, err := note.NewVerifier(v.Log.Vkey)
	if err != nil {
		t.Fatal(err)
	}
	return signer, verifier
}

func TestCheckpointVectors(t *testing.T) {
	v := vectors[noteVectors](t, "note.json")
	signer, verifier := v.logKey(t)
	c, err := ParseCheckpoint(v.Text)
	if err != nil {
		t.Fatal(err)
	}
	if signed, err := c.Sign(signer); err != nil || string(signed) != v.Signed {
		t.Errorf("signed %q, want %q: %v", signed, v.Signed, err)
	}
	if opened, err := Open([]byte(v.Signed), verifier); err != nil || opened != c {
		t.Errorf("opened %v, want %v: %v", opened, c, err)
	}
	for _, r := range v.Refused {
		if c, err := ParseCheckpoint(r.Text); !errors.Is(err, ErrMalformed) {
			t.Errorf("%s: %v, %v", r.Name, c, err)
		}
	}
}

func TestCheckpointIsSignedUnderItsOwnName(t *testing.T) {
	v := vectors[noteVectors](t, "note.json")
	signer, verifier := v.logKey(t)
	other := Checkpoint{Origin: "another.example.org", Head: Head{Size: 1}}
	if signed, err := other.Sign(signer); err == nil {
		t.Errorf("signed for another log: %q", signed)
	}
	if signed, err := (Checkpoint{Origin: "a b"}).Sign(signer); !errors.Is(err, ErrMalformed) {
		t.Errorf("signed for no log: %q, %v", signed, err)
	}
	if _, err := (Checkpoint{Origin: signer.Name(), Head: Head{Size: 1}}).Sign(brokenKey{signer}); !errors.Is(err, errBroken) {
		t.Errorf("signed by a key that does not work: %v", err)
	}
	// A note with another origin that the key signed all the same is not a checkpoint of its log.
	text, err := other.Text()
	if err != nil {
		t.Fatal(err)
	}
	signed, err := note.Sign(&note.Note{Text: text}, signer)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Open(signed, verifier); !errors.Is(err, ErrRefuted) {
		t.Errorf("opened a checkpoint of another log: %v", err)
	}
}

var errBroken = errors.New("the key does not work")

type brokenKey struct{ note.Signer }

func (brokenKey) Sign([]byte) ([]byte, error) { return nil, errBroken }

// Whatever single bit of the checkpoint or of its signature is altered, Open refuses.
func TestEveryAlteredBitOfACheckpointIsRefused(t *testing.T) {
	v := vectors[noteVectors](t, "note.json")
	_, verifier := v.logKey(t)
	for i := range v.Signed {
		for bit := range 8 {
			altered := []byte(v.Signed)
			altered[i] ^= 1 << bit
			if c, err := Open(altered, verifier); !errors.Is(err, ErrRefuted) && !errors.Is(err, ErrMalformed) {
				t.Fatalf("byte %d, bit %d: %v, %v", i, bit, c, err)
			}
		}
	}
}

func TestOpenHasALimit(t *testing.T) {
	v := vectors[noteVectors](t, "note.json")
	_, verifier := v.logKey(t)
	long := v.Signed + "— stranger.example " + strings.Repeat("AAAA", maxNote/4) + "\n" // a signature of 48 KiB
	if _, err := Open([]byte(long), verifier); !errors.Is(err, ErrMalformed) {
		t.Error(err)
	}
	if _, err := ParseCheckpoint(v.Text + strings.Repeat("x\n", maxNote)); !errors.Is(err, ErrMalformed) {
		t.Error(err)
	}
}

func TestCheckpointRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := Checkpoint{
			Origin: rapid.StringMatching(`[a-z0-9./\-]{1,40}`).Draw(t, "origin"),
			Head:   Head{Size: rapid.Uint64Range(0, MaxSize).Draw(t, "size"), Root: drawHash(t, "root")},
		}
		text, err := c.Text()
		if err != nil {
			t.Fatal(err)
		}
		if read, err := ParseCheckpoint(text); err != nil || read != c {
			t.Fatalf("%v, want %v: %v", read, c, err)
		}
	})
}

func TestWitnessKey(t *testing.T) {
	v := vectors[noteVectors](t, "note.json")
	signing, verifier, err := WitnessKey(v.Witness.Name, [32]byte(unhex(t, v.Witness.Seed)))
	if err != nil || signing != v.Witness.Skey || verifier != v.Witness.Vkey {
		t.Errorf("%s\n%s\n%v", signing, verifier, err)
	}
	if _, _, err := WitnessKey("a+b", [32]byte{}); !errors.Is(err, ErrMalformed) {
		t.Errorf("a name with a plus: %v", err)
	}
}

func TestWitnessKeysRefused(t *testing.T) {
	v := vectors[noteVectors](t, "note.json")
	key := v.Witness.Vkey
	for name, key := range map[string]string{
		"empty":            "",
		"no parts":         "witness.example",
		"a log's key":      v.Log.Vkey,
		"an empty name":    strings.TrimPrefix(key, v.Witness.Name),
		"another name":     "x" + key,
		"a short id":       strings.Replace(key, "+", "+0", 1),
		"an id in capital": strings.Replace(key, v.Witness.Name+"+", v.Witness.Name+"+A", 1),
		"a key cut short":  key[:len(key)-4],
		"not base64":       key[:len(key)-1] + "!",
		"no key":           key[:len(v.Witness.Name)+10],
		"another key":      key[:len(key)-8] + "AAAAAAAA",
	} {
		if _, err := NewWitness(key); !errors.Is(err, ErrMalformed) {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := NewCosigner("PRIVATE+KEY+" + key); !errors.Is(err, ErrMalformed) {
			t.Errorf("%s, to sign with: %v", name, err)
		}
	}
	if _, err := NewCosigner(v.Witness.Vkey); !errors.Is(err, ErrMalformed) {
		t.Errorf("a verifier key to sign with: %v", err)
	}
	if _, err := NewCosigner(v.Log.Skey); !errors.Is(err, ErrMalformed) || strings.Contains(err.Error(), v.Log.Skey[40:]) {
		t.Errorf("the log's key to cosign with: %v", err)
	}
}

func TestCosign(t *testing.T) {
	v := vectors[noteVectors](t, "note.json")
	cosigner, err := NewCosigner(v.Witness.Skey)
	if err != nil {
		t.Fatal(err)
	}
	c, err := ParseCheckpoint(v.Text)
	if err != nil {
		t.Fatal(err)
	}
	at := time.Unix(v.CosignedAt, 999_999_999)
	if line, err := cosigner.Cosign(c, at); err != nil || line != v.Cosignature {
		t.Errorf("%q, want %q: %v", line, v.Cosignature, err)
	}
	if line, err := cosigner.Cosign(c, time.Unix(0, 1)); err == nil {
		t.Errorf("signed at no time: %q", line)
	}
	if line, err := cosigner.Cosign(Checkpoint{}, at); !errors.Is(err, ErrMalformed) {
		t.Errorf("signed no checkpoint: %q, %v", line, err)
	}
}

func TestAddCosignature(t *testing.T) {
	v := vectors[noteVectors](t, "note.json")
	key, err := NewWitness(v.Witness.Vkey)
	if err != nil {
		t.Fatal(err)
	}
	want := v.Signed + v.Cosignature
	stranger := "— stranger.example AAAAAAAAAAA=\n"
	for name, answer := range map[string]string{
		"alone":             v.Cosignature,
		"after a stranger":  stranger + v.Cosignature,
		"before a stranger": v.Cosignature + stranger,
	} {
		got, err := AddCosignature([]byte(v.Signed), []byte(answer), key)
		if err != nil || string(got) != want {
			t.Errorf("%s: %q, want %q: %v", name, got, want, err)
		}
		again, err := AddCosignature(got, []byte(answer), key)
		if err != nil || string(again) != want {
			t.Errorf("%s, again: %q: %v", name, again, err)
		}
	}
	for name, c := range map[string]struct {
		signed, answer string
		kind           error
	}{
		"nothing":                    {v.Signed, "", ErrRefuted},
		"only a stranger":            {v.Signed, stranger, ErrRefuted},
		"of another checkpoint":      {strings.Replace(v.Signed, "\n8\n", "\n9\n", 1), v.Cosignature, ErrRefuted},
		"not a line":                 {v.Signed, "hello", ErrMalformed},
		"to no checkpoint":           {"hello", v.Cosignature, ErrMalformed},
		"to a false cosignature":     {v.Signed + strings.Replace(v.Cosignature, "A", "B", 1), v.Cosignature, ErrRefuted},
		"of our signatures as text":  {v.Signed, "\n" + signatureOver(t, v, v.Signed), ErrMalformed},
		"longer than any checkpoint": {v.Signed, strings.Repeat(stranger, maxNote/len(stranger)), ErrMalformed},
	} {
		if got, err := AddCosignature([]byte(c.signed), []byte(c.answer), key); !errors.Is(err, c.kind) {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
}

// A time beyond 2^63 - 1 seconds is no time, however well it is signed.
func TestCosignatureBeyondTime(t *testing.T) {
	v := vectors[noteVectors](t, "note.json")
	cosigner, err := NewCosigner(v.Witness.Skey)
	if err != nil {
		t.Fatal(err)
	}
	line := cosigner.line(1<<63, v.Text)
	if got, err := AddCosignature([]byte(v.Signed), []byte(line), cosigner.verifier()); !errors.Is(err, ErrRefuted) {
		t.Errorf("%q, %v", got, err)
	}
}

// signatureOver is a signature line of the witness over any text.
func signatureOver(t testing.TB, v noteVectors, text string) string {
	t.Helper()
	c, err := NewCosigner(v.Witness.Skey)
	if err != nil {
		t.Fatal(err)
	}
	return c.line(uint64(v.CosignedAt), text)
}
