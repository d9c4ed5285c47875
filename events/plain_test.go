package events

import (
	"testing"

	"pgregory.net/rapid"
)

// Eight bytes at a time say the same as one by one.
func TestIsPlain(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.SliceOfN(rapid.ByteRange(' ', '~'), 0, 40).Draw(t, "text")
		for _, odd := range rapid.SliceOfN(rapid.SampledFrom([]byte{0, '\n', 0x1f, ' ', '!', '[', '\\', ']', 0x7e, 0x7f, 0x80, 0xff}), 0, 2).Draw(t, "odd") {
			if len(text) > 0 {
				text[rapid.IntRange(0, len(text)-1).Draw(t, "at")] = odd
			}
		}
		want := true
		for _, b := range text {
			want = want && b >= ' ' && b != '\\' && b < 0x80
		}
		if isPlain(text) != want {
			t.Fatalf("%q is plain: %v", text, !want)
		}
	})
}
