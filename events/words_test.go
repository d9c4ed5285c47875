package events

import (
	"encoding/base64"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// A text that was kept is taken without its grammar. With an escape it would stand for another.
func TestKeptTextIsNotTakenForAnEscape(t *testing.T) {
	var clause Clause
	if err := clause.UnmarshalText([]byte(`5\b`)); err != nil {
		t.Fatal(err)
	}
	if _, err := Decode(changed(t, `"clause":"5.3.2.2"`, `"clause":"5\b"`)); err == nil {
		t.Error("a clause with a backspace is accepted")
	}
	stored, err := Decode(changed(t, `"clause":"5.3.2.2"`, `"clause":"5\\b"`))
	if err != nil || stored.Data.(DeductionApplied).Clause != `5\b` {
		t.Errorf("a clause with a backslash is not read: %v", err)
	}
}

// Nor is the source of the event before, whatever that was.
func TestSourceIsItsOwn(t *testing.T) {
	const source = `"source":"ledger.example.org/2026"`
	for _, x := range []struct {
		stands string
		want   Source // "" when it is refused
	}{
		{"a", "a"}, {"ab", "ab"}, {"a", "a"}, {"", ""}, {`a\\b`, `a\b`}, {`a\b`, ""}, {`a\u0062`, "ab"}, {"a b", ""}, {"a", "a"},
	} {
		stored, err := Decode(changed(t, source, `"source":"`+x.stands+`"`))
		if refused := err != nil; refused != (x.want == "") || !refused && stored.Source != x.want {
			t.Errorf("%s: want %q, got %v", x.stands, x.want, err)
		}
	}
}

// An event that takes the place of another has nothing of it.
func TestDecodeIntoThePlaceOfAnother(t *testing.T) {
	place := new(Stored)
	for i, body := range goldenBodies(t) {
		alone, err := Decode(body)
		if err != nil {
			t.Fatal(err)
		}
		alone.Seq = uint64(i + 1)
		if err := DecodeInto(place, Record{Seq: alone.Seq, Case: string(alone.Subject), Body: body}); err != nil {
			t.Fatal(err)
		}
		if difference := cmp.Diff(alone, place); difference != "" {
			t.Error(difference)
		}
	}
}

// Random texts are what base64 without padding and spare bits reads as so many bytes.
func TestRandomIsStrictBase64(t *testing.T) {
	strict := base64.RawURLEncoding.Strict()
	rapid.Check(t, func(t *rapid.T) {
		text := []byte(base64.RawURLEncoding.EncodeToString(rapid.SliceOfN(rapid.Byte(), 15, 33).Draw(t, "raw")))
		for _, odd := range rapid.SliceOfN(rapid.SampledFrom([]byte("AQgw048_-+/=\n B")), 0, 2).Draw(t, "odd") {
			text[rapid.IntRange(0, len(text)-1).Draw(t, "at")] = odd
		}
		raw := make([]byte, len(text))
		n, err := strict.Decode(raw, text)
		if base64.RawURLEncoding.EncodedLen(n) != len(text) { // the decoder passes over line breaks
			n = 0
		}
		if got := isRandom16(text); got != (err == nil && n == 16) {
			t.Fatalf("%q is 16 bytes: %v", text, got)
		}
		if got := isRandom32(text); got != (err == nil && n == 32) {
			t.Fatalf("%q is 32 bytes: %v", text, got)
		}
	})
}

// changed is the body of sample with something changed.
func changed(t *testing.T, from, to string) []byte {
	t.Helper()
	good, err := Encode(sample())
	if err != nil {
		t.Fatal(err)
	}
	bad := strings.Replace(string(good.Body), from, to, 1)
	if bad == string(good.Body) && from != to {
		t.Fatalf("%s is not in %s", from, good.Body)
	}
	return []byte(bad)
}
