package jetlog

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
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
		told := crowdAndKill(t, dir, 300+250*cycle)
		l := openLog(t, dir, 0)
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
				t.Fatalf("cycle %d: sequence %d of %s was acknowledged and is not there", cycle, want.Seq, want.Case)
			}
		}
		count := map[string]int{}
		for _, record := range stored {
			if !bytes.Equal(record.Body, testBody(record.Case, count[record.Case], 300)) {
				t.Fatalf("cycle %d: sequence %d is not event %d of %s", cycle, record.Seq, count[record.Case], record.Case)
			}
			count[record.Case]++
		}
		l.Close()
	}
}

// crowdAndKill returns what was acknowledged before the child was killed, which is after so many answers.
func crowdAndKill(t *testing.T, dir string, answers int) (told []events.Record) {
	t.Helper()
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), childStore+"="+dir, childCrowd+"=1")
	child.Stderr = os.Stderr
	output, err := child.StdoutPipe()
	if err == nil {
		err = child.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	for lines := bufio.NewScanner(output); lines.Scan(); {
		var record events.Record
		var i int
		if _, err := fmt.Sscan(lines.Text(), &record.Case, &i, &record.Seq); err != nil {
			t.Fatal(err)
		}
		record.Body = testBody(record.Case, i, 300)
		if told = append(told, record); len(told) == answers {
			if err := child.Process.Kill(); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := child.Wait(); err == nil {
		t.Fatal("the child ended by itself")
	}
	return told
}
