package events

import (
	"encoding/binary"
	"unicode/utf8"
)

// The functions here look at eight bytes at a time: most of an event are digests and names. Each byte of a
// word is compared by itself; whether the comparison holds stands in its highest bit.
const each, high = 0x0101010101010101, 0x8080808080808080

// look tells whether text is plain, that is without a backslash and without control characters, so that it
// may stand in JSON as it is if it is valid UTF-8; and whether it is ASCII.
func look(text []byte) (plain, ascii bool) {
	var odd, wide uint64
	for ; len(text) >= 8; text = text[8:] {
		x := binary.LittleEndian.Uint64(text)
		escape := x ^ each*'\\'
		odd |= (x-each*' ')&^x | (escape-each)&^escape
		wide |= x
	}
	for _, b := range text {
		if b < ' ' || b == '\\' {
			return false, false
		}
		wide |= uint64(b)
	}
	return odd&high == 0, wide&high == 0
}

// isHex tells whether b consists of lower-case hexadecimal digits.
func isHex(b []byte) bool {
	for ; len(b) >= 8; b = b[8:] {
		x := binary.LittleEndian.Uint64(b)
		digit, letter := notBelow(x, '0')&^notBelow(x, '9'+1), notBelow(x, 'a')&^notBelow(x, 'f'+1)
		if (digit|letter)&^x&high != high {
			return false
		}
	}
	return len(b) == 0
}

// notBelow compares the bytes of x that are ASCII with c.
func notBelow(x uint64, c byte) uint64 { return x&^high + each*uint64(utf8.RuneSelf-c) }
