package seal

import (
	"strings"
	"testing"
	"time"

	"starledger/events/proof"
)

// witnessedLedger has 1,000 events, each recorded a microsecond after the one before, sealed at 400 and
// at 1,000; the quorum saw each tree when the row says, relative to the beginning.
func witnessedLedger(t *testing.T, seen map[uint64]time.Duration) (Timing, Scrub) {
	t.Helper()
	w := newWorld(t)
	alone, _, _ := strings.Cut(w.keys.text, "witness ")
	var err error
	if w.policy, err = proof.ParsePolicy([]byte(alone + unobserved)); err != nil {
		t.Fatal(err)
	}
	w.mustRestart()
	w.grow(400)
	w.mustSeal()
	w.grow(600)
	w.mustSeal()
	files := w.sealer.cfg.Files
	for size, after := range seen {
		note, err := files.Read(size)
		if err != nil {
			t.Fatal(err)
		}
		checkpoint, err := proof.Open(note, w.sealer.key.Key)
		if err != nil {
			t.Fatal(err)
		}
		line, err := w.witnessKey.Cosign(checkpoint, start.Time().Add(after))
		if err != nil {
			t.Fatal(err)
		}
		if err := files.Cosigned(t.Context(), Signed{checkpoint, append(note, line...)}); err != nil {
			t.Fatal(err)
		}
	}
	return Timing{Checkpoints: files, Policy: w.keys.policy(t, quorum), Skew: time.Minute},
		Scrub{Head: w.sealer.Status().Sealed, Tiles: w.sealer.cfg.Tiles, Log: w.log}
}

// What witnesses saw before an event bounds its time from below, what they saw after it from above.
func TestMisplacedEvents(t *testing.T) {
	rows := []struct {
		name     string
		seen     map[uint64]time.Duration
		from, to uint64
		outcome  proof.Outcome
		first, n uint64
	}{
		{name: "as it happened", seen: map[uint64]time.Duration{400: 2 * time.Second, 1000: 5 * time.Second}, from: 1, to: 1000},
		{name: "within the skew", seen: map[uint64]time.Duration{400: 30 * time.Second, 1000: -30 * time.Second}, from: 1, to: 1000},
		{name: "nobody saw anything", from: 1, to: 1000},
		{name: "the tree without them was seen much later", seen: map[uint64]time.Duration{400: 10 * time.Minute},
			from: 1, to: 1000, outcome: proof.BackDated, first: 401, n: 600},
		{name: "the same, looked at from the middle", seen: map[uint64]time.Duration{400: 10 * time.Minute},
			from: 700, to: 800, outcome: proof.BackDated, first: 700, n: 101},
		{name: "the same, looked at before it", seen: map[uint64]time.Duration{400: 10 * time.Minute}, from: 1, to: 400},
		{name: "a tree with them was seen much earlier", seen: map[uint64]time.Duration{400: -10 * time.Minute},
			from: 100, to: 1000, outcome: proof.PostDated, first: 100, n: 301},
		{name: "the first tree that holds the range bounds it", seen: map[uint64]time.Duration{1000: -10 * time.Minute},
			from: 1, to: 50, outcome: proof.PostDated, first: 1, n: 50},
	}
	for _, row := range rows {
		timing, scrub := witnessedLedger(t, row.seen)
		list, err := timing.Misplaced(scrub, row.from, row.to)
		if err != nil {
			t.Fatal(err)
		}
		if uint64(len(list)) != row.n {
			t.Errorf("%s: %d events are misplaced, want %d", row.name, len(list), row.n)
			continue
		}
		if row.n > 0 && (list[0].Seq != row.first || list[0].Outcome != row.outcome || list[row.n-1].Outcome != row.outcome) {
			t.Errorf("%s: %+v", row.name, list[0])
		}
	}
}

// A checkpoint that is not one of the log places nothing.
func TestMisplacedNeedsOurCheckpoints(t *testing.T) {
	timing, scrub := witnessedLedger(t, map[uint64]time.Duration{400: 0})
	timing.Policy = newKeys(t).policy(t, quorum)
	if _, err := timing.Misplaced(scrub, 1, 10); err == nil {
		t.Error("checkpoints of another key are believed")
	}
}

// Where no cosignature is asked for, no checkpoint has a time, and none is read to find that out.
func TestNothingIsMisplacedWithoutWitnesses(t *testing.T) {
	timing, scrub := witnessedLedger(t, map[uint64]time.Duration{400: 10 * time.Minute})
	timing.Policy, timing.Checkpoints = newKeys(t).policy(t, unobserved), nil
	if list, err := timing.Misplaced(scrub, 1, 1000); len(list) > 0 || err != nil {
		t.Errorf("%d events are misplaced, %v", len(list), err)
	}
}
