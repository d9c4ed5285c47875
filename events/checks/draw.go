package checks

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"io"
	"slices"

	"starledger/events"
)

// Draw draws a sample that anyone can repeat. Its specification:
//
//	seed = SHA-256 of this text, each line ended by a line feed:
//
//	    starledger-draw/v1
//	    case <case id>
//	    audit <number>
//	    population <label>
//	    digest sha256:<hex of the population>
//	    size <number of its items>
//	    draw <number of the draw, 1 for the first>
//	    checkpoint <size>
//	    root sha256:<hex of the root hash>
//
//	key(i) = SHA-256(seed ‖ i), i = 1 … size, as 8 bytes, most significant first
//
// The sample of n is the n items with the smallest keys, compared byte by byte; it is listed in
// ascending order of the items. The checkpoint is the first that covers the event that recorded the
// population: nobody could know its root when the list was fixed, and nobody can choose among later
// ones. A redraw has another number, so it is another sample, and it is counted.
//
// What may change: nothing; another way to draw is another first line. TestDrawVector has a vector.
func Draw(c events.CaseID, p *events.Population, draw uint64, checkpoint events.CheckpointName, n int) []uint64 {
	seed := sha256.Sum256(fmt.Appendf(nil, "starledger-draw/v1\ncase %s\naudit %d\npopulation %s\ndigest %s\nsize %d\ndraw %d\ncheckpoint %d\nroot %s\n",
		c, p.Audit, p.PopulationRecorded.Population, p.PopulationRecorded.Digest, p.Size, draw, checkpoint.Size, checkpoint.Root))
	keys := make([]drawKey, p.Size)
	for i := range keys {
		keys[i].item = uint64(i + 1)
		keys[i].key = sha256.Sum256(binary.BigEndian.AppendUint64(seed[:], keys[i].item))
	}
	slices.SortFunc(keys, func(a, b drawKey) int { return bytes.Compare(a.key[:], b.key[:]) })
	items := make([]uint64, min(n, len(keys)))
	for i := range items {
		items[i] = keys[i].item
	}
	slices.Sort(items)
	return items
}

// MostItems is how many items a list has at most that samples are drawn from.
const MostItems = 100_000

// Items is the list behind a population: a text with one item a line. An empty line is an item too; what
// stands behind the last line feed is one unless it is empty. It is read once, a line at a time, and yield
// is told the number of each item, from 1. A line ends with a line feed or carriage return and line feed.
// Errors: those of reading.
func Items(list io.Reader, yield func(number uint64, item []byte)) (size uint64, err error) {
	lines := bufio.NewScanner(list)
	lines.Buffer(nil, maxItem)
	for lines.Scan() {
		size++
		yield(size, lines.Bytes())
	}
	return size, lines.Err()
}

// maxItem bounds a line of a list; what is longer is no list.
const maxItem = 64 << 10

type drawKey struct {
	key  [sha256.Size]byte
	item uint64
}
