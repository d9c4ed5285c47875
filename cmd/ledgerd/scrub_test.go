package main

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"

	"starledger/events/seal"
)

// Misplaced events are shown while a round is under way, shown no more after a round that found none,
// and told to the log once.
func TestMisplacedEventsAreShown(t *testing.T) {
	var log bytes.Buffer
	guard := newGuard(quiet)
	s := &scrubber{guard: guard, logger: slog.New(slog.NewTextHandler(&log, nil))}
	want := func(when string, count, lowest uint64) {
		t.Helper()
		if g := guard.status(); g.Misplaced != count || g.LowestMisplaced != lowest {
			t.Errorf("%s: %d from %d, want %d from %d", when, g.Misplaced, g.LowestMisplaced, count, lowest)
		}
	}
	want("at first", 0, 0)
	s.place([]seal.Misplaced{{Seq: 7}, {Seq: 9}})
	s.place(nil)
	want("in the first round", 2, 7)
	s.placed()
	want("after it", 2, 7)
	s.place([]seal.Misplaced{{Seq: 7}})
	want("in the second round", 2, 7)
	s.place([]seal.Misplaced{{Seq: 9}, {Seq: 12}})
	want("when there is one more", 3, 7)
	s.placed()
	s.placed()
	want("after a round without any", 0, 0)
	if told := strings.Count(log.String(), "witnesses speak against"); told != 3 {
		t.Errorf("the log was told %d times:\n%s", told, log.String())
	}
	if guard.incident() != nil || guard.status().Incident != "" {
		t.Error("a wrong clock stopped the ledger")
	}
}
