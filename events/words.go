package events

import (
	"bytes"
	"hash/maphash"
	"sync/atomic"
)

// The texts that come again in event after event are kept once, and have passed their grammar then.
var (
	caseNames = wordNet{fits: isCase}
	ids       = wordNet{fits: isID}
	clauses   = wordNet{fits: isClause}
	numbers   = wordNet{fits: isNumber}
)

// A wordNet keeps one copy of short texts of a grammar. It is a net with holes, never larger than its slots:
// of two texts that fall into one slot the later is kept. It may be used concurrently.
type wordNet struct {
	fits  func([]byte) bool
	slots [1 << 12]atomic.Pointer[string]
}

var wordSeed = maphash.MakeSeed()

func (n *wordNet) slot(b []byte) *atomic.Pointer[string] {
	return &n.slots[maphash.Bytes(wordSeed, b)%uint64(len(n.slots))]
}

// kept is b as a text, if that is kept: then it fits, and stands in JSON as it is.
func (n *wordNet) kept(b []byte) (string, bool) {
	if known := n.slot(b).Load(); known != nil && *known == string(b) {
		return *known, true
	}
	return "", false
}

// word is b as a text, the kept copy if there is one. It is false when b does not fit.
func (n *wordNet) word(b []byte) (string, bool) {
	if known, ok := n.kept(b); ok {
		return known, true
	}
	if !n.fits(b) {
		return "", false
	}
	word := string(b)
	if bytes.IndexByte(b, '\\') < 0 { // in JSON it would be the beginning of an escape
		n.slot(b).Store(&word)
	}
	return word, true
}
