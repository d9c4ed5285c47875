package load

import (
	"hash/maphash"
	"maps"
	"sync"
)

// book remembers every acknowledged event: its sequence, and enough of its id to know it again.
type book struct {
	mu     sync.Mutex
	events map[uint64]uint64
	most   uint64
}

func newBook() *book { return &book{events: map[uint64]uint64{}} }

var seed = maphash.MakeSeed()

func identity(id string) uint64 { return maphash.String(seed, id) }

func (b *book) note(done acknowledged) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.events[done.Seq] = identity(done.ID)
	b.most = max(b.most, done.Seq)
}

func (b *book) size() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.events)
}

// last is the highest sequence that was acknowledged.
func (b *book) last() uint64 {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.most
}

func (b *book) copied() map[uint64]uint64 {
	b.mu.Lock()
	defer b.mu.Unlock()
	return maps.Clone(b.events)
}
