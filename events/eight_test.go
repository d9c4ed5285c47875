package events

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// borders are bytes at which the comparisons change, and their neighbours.
var borders = []byte{0, '\n', 0x1f, ' ', '!', '/', '0', '9', ':', '@', 'A', 'F', '[', '\\', ']', '`', 'a', 'f', 'g', 0x7e, 0x7f, 0x80, 0xb0, 0xe1, 0xff}

// Eight bytes at a time say the same as one by one.
func TestLook(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.SliceOfN(rapid.ByteRange(' ', '~'), 0, 40).Draw(t, "text")
		for _, odd := range rapid.SliceOfN(rapid.SampledFrom(borders), 0, 2).Draw(t, "odd") {
			if len(text) > 0 {
				text[rapid.IntRange(0, len(text)-1).Draw(t, "at")] = odd
			}
		}
		wantPlain, wantASCII := true, true
		for _, b := range text {
			wantPlain = wantPlain && b >= ' ' && b != '\\'
			wantASCII = wantASCII && b < 0x80
		}
		plain, ascii := look(text)
		if plain != wantPlain || plain && ascii != wantASCII {
			t.Fatalf("%q is plain: %v, ASCII: %v", text, plain, ascii)
		}
	})
}

func TestIsHex(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.SliceOfN(rapid.SampledFrom([]byte("0123456789abcdef")), 64, 64).Draw(t, "text")
		for _, odd := range rapid.SliceOfN(rapid.SampledFrom(borders), 0, 2).Draw(t, "odd") {
			text[rapid.IntRange(0, len(text)-1).Draw(t, "at")] = odd
		}
		want := true
		for _, b := range text {
			want = want && strings.IndexByte("0123456789abcdef", b) >= 0
		}
		if isHex(text) != want {
			t.Fatalf("%q is hexadecimal: %v", text, !want)
		}
	})
}
