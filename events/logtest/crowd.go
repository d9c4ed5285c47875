package logtest

import (
	"errors"
	"fmt"
	"sync"
	"testing"

	"starledger/events"
)

// A crowd is so many callers at the same time that a log may store together what they bring.
const crowdSize = 60

// cameOut is what one of a crowd wanted and was told.
type cameOut struct {
	want  events.Append
	first uint64
	err   error
}

// appendAll lets all of them append at the same time.
func appendAll(t *testing.T, f Fixture, all []events.Append) []cameOut {
	told := make([]cameOut, len(all))
	start := make(chan struct{})
	var running sync.WaitGroup
	for i, a := range all {
		running.Go(func() {
			<-start
			first, err := f.Log.Append(t.Context(), a)
			told[i] = cameOut{a, first, err}
		})
	}
	close(start)
	running.Wait()
	return told
}

// wantExactly expects that the log holds what the callers were told is stored, where they were told
// it stands, and nothing else beyond a sequence.
func wantExactly(t *testing.T, f Fixture, beyond uint64, told []cameOut) {
	t.Helper()
	stored := map[uint64]events.Record{}
	for _, c := range told {
		if c.err != nil {
			continue
		}
		for i, body := range c.want.Bodies {
			seq := c.first + uint64(i)
			if other, taken := stored[seq]; taken {
				t.Fatalf("cases %s and %s were both told %d", other.Case, c.want.Case, seq)
			}
			stored[seq] = events.Record{Seq: seq, Case: c.want.Case, Body: body}
		}
	}
	var want []events.Record
	for seq := beyond + 1; len(want) < len(stored); seq++ {
		record, ok := stored[seq]
		if !ok {
			t.Fatalf("nobody was told %d, %d records are stored", seq, len(stored))
		}
		want = append(want, record)
	}
	last := beyond + uint64(len(want))
	wantLast(t, f.Log, last)
	wantRecords(t, f.Log.Read(t.Context(), beyond+1, last), want)
}

// crowd lets many append at the same time: to cases of their own, singly and in batches, some with
// an expectation that is behind or ahead, and some all to one case, of which one can win.
func crowd(t *testing.T, f Fixture) {
	wantFirst(t, f.Log, entry("old", 0, "one", "two"), 1)
	wantFirst(t, f.Log, entry("shared", 0, "begin"), 3)
	beyond := uint64(3)
	for round := range 3 {
		var all []events.Append
		for i := range crowdSize {
			text := fmt.Sprintf("round %d caller %d", round, i)
			own := fmt.Sprintf("case%d-%d", round, i)
			switch i % 10 {
			case 3:
				all = append(all, entry(own, 0, text, "and more", "and more"))
			case 5:
				all = append(all, entry("old", 1, text))
			case 6:
				all = append(all, entry(own, beyond+1000, text))
			case 7, 8:
				all = append(all, entry("shared", beyond, text))
			default:
				all = append(all, entry(own, 0, text))
			}
		}
		told := appendAll(t, f, all)
		won := uint64(0)
		for i, c := range told {
			shared := c.want.Case == "shared"
			if shared && c.err == nil {
				won++
			}
			refused := shared || i%10 == 5 || i%10 == 6
			if c.err != nil && !refused || c.err == nil && refused && !shared || c.err != nil && !errors.Is(c.err, events.ErrConflict) {
				t.Fatalf("round %d caller %d, case %s after %d: sequence %d, %v", round, i, c.want.Case, c.want.After, c.first, c.err)
			}
		}
		if won != 1 {
			t.Fatalf("round %d: %d callers won the shared case", round, won)
		}
		wantExactly(t, f, beyond, told)
		beyond = nextRound(t, f)
	}
}

// nextRound appends to the shared case, so that every expectation of the round before is behind, and
// returns where the log ends.
func nextRound(t *testing.T, f Fixture) uint64 {
	t.Helper()
	after, err := f.Log.LastOf(t.Context(), "shared")
	if err != nil {
		t.Fatal(err)
	}
	seq, err := f.Log.Append(t.Context(), entry("shared", after, "next round"))
	if err != nil {
		t.Fatal(err)
	}
	return seq
}

func lostInCrowd(t *testing.T, f Fixture) {
	if f.LoseAnswer == nil {
		return
	}
	ends := make([]uint64, crowdSize)
	for round := range 2 {
		var all []events.Append
		for i, after := range ends {
			all = append(all, entry(fmt.Sprintf("case%d", i), after, fmt.Sprint("round ", round)))
		}
		f.LoseAnswer(t)
		told := appendAll(t, f, all)
		for i, c := range told {
			if c.err != nil {
				t.Fatalf("round %d caller %d: %v", round, i, c.err)
			}
			ends[i] = c.first
		}
		wantExactly(t, f, uint64(round*crowdSize), told)
	}
}
