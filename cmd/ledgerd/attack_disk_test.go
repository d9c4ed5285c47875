package main

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

// damagedStore: whatever breaks in the files of the store is found before anything is served,
// after a stop in order and after kill -9, and the archive restores it byte for byte.
func (all *prepared) damagedStore(t *testing.T) {
	const (
		blocks = "jetlog.Scan over the blocks, before the broker is started"
		watch  = "jetlog.Open: the stream of a known ledger is there, as it has to be"
	)
	for _, a := range []attack{
		{move: "a bit in a middle block", do: bit(middleBlock), caught: blocks, says: []string{"sequence {in the middle}:"}},
		{move: "a bit in the last block", do: bit(lastBlock), caught: blocks, says: []string{"sequence {in the last block}:"}},
		{move: "a bit in the last event", do: bitAtTheEnd, caught: blocks, says: []string{"sequence {end}:"}},
		{move: "a middle block is cut off", do: cut(middleBlock), caught: blocks, says: []string{"sequence {in the middle}:"}},
		{move: "the last block is cut off", do: cut(lastBlock), caught: blocks, says: []string{"sequence {in the last block}"}},
		{move: "the last block is cut off between two events", do: cutBetween, caught: blocks, says: []string{"ends before sequence {in the last block},"}},
		{move: "a middle block is missing", do: missing(middleBlock), caught: blocks, says: []string{"sequence {middle} is missing"}},
		{move: "the last block is missing", do: missing(lastBlock), caught: blocks, says: []string{"ends before sequence {last block},"}},
		{move: "the first block is missing", do: missing(firstBlock), caught: blocks, says: []string{"sequence 1 is missing"}},
		{move: "a middle block is zeros", do: zeros(middleBlock), caught: blocks, says: []string{"sequence {middle}:"}},
		{move: "a middle block cannot be read", do: unreadable(middleBlock), caught: blocks, says: []string{"sequence {middle}", "2.blk"}},
		{move: "the settings are garbage", do: garbage("meta.inf"), caught: watch, says: []string{"LEDGER"}},
		{move: "the settings' checksum is garbage", do: garbage("meta.sum"), caught: watch, says: []string{"LEDGER"}},
		{move: "the settings are gone", do: gone("meta.inf"), caught: watch, says: []string{"LEDGER"}},
	} {
		for end, from := range map[string]string{"stopped": all.stopped, "killed": all.killed} {
			t.Run(a.move+", "+end, func(t *testing.T) {
				t.Parallel()
				all.catches(t, from, a)
			})
		}
	}
	// The broker's index is not the record: it is made anew from the blocks.
	for move, do := range map[string]func(*testing.T, *target){
		"the index is garbage": garbage(filepath.Join("msgs", "index.db")),
		"the index is gone":    gone(filepath.Join("msgs", "index.db")),
	} {
		for end, from := range map[string]string{"stopped": all.stopped, "killed": all.killed} {
			t.Run(move+", "+end, func(t *testing.T) {
				t.Parallel()
				l := all.target(t, from)
				do(t, l)
				p := all.start(t, l.dir)
				p.settled(len(l.records))
				p.stop()
				all.isWhole(t, l.dir)
			})
		}
	}
}

// whichBlock picks one of the target's blocks.
type whichBlock func(*target) string

func firstBlock(l *target) string  { return l.blocks[0] }
func middleBlock(l *target) string { return l.middle() }
func lastBlock(l *target) string   { return l.last() }

// bit turns one bit in the body of the event that stands in the middle of a block.
func bit(of whichBlock) func(*testing.T, *target) {
	return func(t *testing.T, l *target) {
		list := spans(t, of(l))
		turnBit(t, of(l), list[len(list)/2])
	}
}

func bitAtTheEnd(t *testing.T, l *target) {
	list := spans(t, l.last())
	turnBit(t, l.last(), list[len(list)-1])
}

func turnBit(t *testing.T, path string, in span) {
	data := readFile(t, path)
	data[(in.begin+in.end)/2] ^= 1
	overwrite(t, path, data)
}

// cut ends a block within the event that stands in its middle.
func cut(of whichBlock) func(*testing.T, *target) {
	return func(t *testing.T, l *target) {
		list := spans(t, of(l))
		in := list[len(list)/2]
		overwrite(t, of(l), readFile(t, of(l))[:(in.begin+in.end)/2])
	}
}

// cutBetween leaves no half event that could be seen.
func cutBetween(t *testing.T, l *target) {
	list := spans(t, l.last())
	overwrite(t, l.last(), readFile(t, l.last())[:list[len(list)/2].begin])
}

func missing(of whichBlock) func(*testing.T, *target) {
	return func(t *testing.T, l *target) {
		if err := os.Remove(of(l)); err != nil {
			t.Fatal(err)
		}
	}
}

func zeros(of whichBlock) func(*testing.T, *target) {
	return func(t *testing.T, l *target) { overwrite(t, of(l), make([]byte, len(readFile(t, of(l))))) }
}

// unreadable is a block that gives an error when it is read, as on a dying disk: a directory does too.
func unreadable(of whichBlock) func(*testing.T, *target) {
	return func(t *testing.T, l *target) {
		if err := errors.Join(os.Remove(of(l)), os.Mkdir(of(l), 0o700)); err != nil {
			t.Fatal(err)
		}
	}
}

func (l *target) ofStream(name string) string {
	return filepath.Join(l.storeDir(), "jetstream", "LEDGER", "streams", "LEDGER", name)
}

func garbage(name string) func(*testing.T, *target) {
	return func(t *testing.T, l *target) { overwrite(t, l.ofStream(name), []byte("garbage")) }
}

func gone(name string) func(*testing.T, *target) {
	return func(t *testing.T, l *target) {
		if err := os.Remove(l.ofStream(name)); err != nil {
			t.Fatal(err)
		}
	}
}
