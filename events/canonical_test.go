package events

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// decodeCanonical is the fast way alone.
func decodeCanonical(text []byte) (a Attributes, p Payload, ok bool) {
	data, of, ok := a.canonical(text)
	if !ok {
		return a, nil, false
	}
	p, ok = of.canonical(data)
	return a, p, ok
}

// The fast way accepts nothing that Strict refuses, and reads the same.
func FuzzCanonical(f *testing.F) {
	for _, text := range goldenBodies(f) {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		fast, p, ok := decodeCanonical(text)
		if !ok {
			return
		}
		var slow body
		if err := Strict(text, &slow); err != nil {
			t.Fatalf("accepts %s: %v", text, err)
		}
		q, err := catalogue[slow.Type].decode(slow.Data)
		if err != nil {
			t.Fatalf("accepts %s: %v", text, err)
		}
		if difference := cmp.Diff(fast, slow.Attributes) + cmp.Diff(p, q); difference != "" {
			t.Error(difference)
		}
	})
}

// What Encode writes is read the fast way; otherwise it would be fast for nothing.
func TestGoldenBodiesAreCanonical(t *testing.T) {
	slow := 0
	for _, text := range goldenBodies(t) {
		if _, _, ok := decodeCanonical(text); !ok {
			slow++
			t.Logf("left to Strict: %s", text)
		}
	}
	if slow > 1 { // one has a count of 20 digits
		t.Errorf("%d golden bodies are left to Strict", slow)
	}
}
