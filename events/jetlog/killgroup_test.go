package jetlog

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"sync"
	"testing"

	"starledger/events"
)

// childCrowd tells the copy of the test binary that appends until it is killed to do so with many
// callers at a time, so that it dies among groups.
const childCrowd = "JETLOG_TEST_CROWD"

// crowdUntilKilled lets 48 callers append to a case each. Every acknowledged append is a line: the
// case, its number in the case, its sequence.
func crowdUntilKilled(l *Log, first uint64) {
	var callers sync.WaitGroup
	for c := range 48 {
		callers.Go(func() {
			a := events.Append{Case: fmt.Sprintf("case%d-%d", first, c)}
			for i := 0; ; i++ {
				a.Bodies = [][]byte{testBody(a.Case, i, 300)}
				seq, err := l.Append(context.Background(), a)
				if err != nil {
					fmt.Fprintln(os.Stderr, err)
					os.Exit(1)
				}
				fmt.Println(a.Case, i, seq) // one write: lines do not mix
				a.After = seq
			}
		})
	}
	callers.Wait()
}

// Killed among groups of many callers, the log has every acknowledged event where its caller was told,
// and of no case an event without the one before it.
func TestKillAmongGroups(t *testing.T) {
	dir := t.TempDir()
	for cycle := range 3 {
		told := crowdUntil(t, dir, 300+250*cycle, nil)
		l := openLog(t, dir, 0)
		wantTold(t, l, told)
		l.Close()
	}
}

// wantTold looks for what was acknowledged, and for an event of a case without the one before it.
func wantTold(t *testing.T, l *Log, told []events.Record) {
	t.Helper()
	last, err := l.Last(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	stored, err := collect(l.Read(t.Context(), 1, last))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range told {
		if want.Seq > last || stored[want.Seq-1].Case != want.Case || !bytes.Equal(stored[want.Seq-1].Body, want.Body) {
			t.Fatalf("sequence %d of %s was acknowledged and is not there", want.Seq, want.Case)
		}
	}
	count := map[string]int{}
	for _, record := range stored {
		if !bytes.Equal(record.Body, testBody(record.Case, count[record.Case], 300)) {
			t.Fatalf("sequence %d is not event %d of %s", record.Seq, count[record.Case], record.Case)
		}
		count[record.Case]++
	}
}

// crowdUntil lets a child's crowd append until a fault, and returns what was acknowledged.
func crowdUntil(t *testing.T, dir string, answers int, fault func()) (told []events.Record) {
	t.Helper()
	runChild(t, answers, fault, func(line string) {
		var record events.Record
		var i int
		if _, err := fmt.Sscan(line, &record.Case, &i, &record.Seq); err != nil {
			t.Fatal(err)
		}
		record.Body = testBody(record.Case, i, 300)
		told = append(told, record)
	}, childStore+"="+dir, childCrowd+"=1")
	return told
}
