package events

import (
	"hash/maphash"
	"sync/atomic"
)

// words keeps one copy of the short texts that come again in event after event: actors, roles,
// clauses, the origin of the log. It is a net with holes, never larger than its slots: of two texts
// that fall into one slot the later is kept.
var words wordNet

type wordNet [1 << 12]atomic.Pointer[string]

var wordSeed = maphash.MakeSeed()

// one is b as a text, the kept copy if there is one. It may be called concurrently.
func (n *wordNet) one(b []byte) string {
	slot := &n[maphash.Bytes(wordSeed, b)%uint64(len(n))]
	if known := slot.Load(); known != nil && *known == string(b) {
		return *known
	}
	word := string(b)
	slot.Store(&word)
	return word
}
