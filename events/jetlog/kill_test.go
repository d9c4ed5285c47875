package jetlog

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"testing"

	"starledger/events"
)

// childStore names the store that a copy of the test binary appends to until it is killed.
const childStore = "JETLOG_TEST_STORE"

// appendUntilKilled appends single events and batches, and prints each last sequence that was
// acknowledged.
func appendUntilKilled(dir string) {
	ctx := context.Background()
	l, err := Open(ctx, Config{StoreDir: dir, Logger: quiet})
	if err == nil && os.Getenv(childCrowd) != "" {
		var last uint64
		if last, err = l.Last(ctx); err == nil {
			crowdUntilKilled(l, last+1)
		}
	}
	for i := 0; err == nil; i++ {
		a := events.Append{Case: fmt.Sprintf("case%d", i%3)}
		if a.After, err = l.LastOf(ctx, a.Case); err != nil {
			break
		}
		for k := range bodiesOf(i) {
			a.Bodies = append(a.Bodies, testBody(a.Case, i*100+k, 300))
		}
		var first uint64
		if first, err = l.Append(ctx, a); err == nil {
			fmt.Println(first + uint64(len(a.Bodies)) - 1)
		}
	}
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

// bodiesOf makes every other append a batch.
func bodiesOf(i int) int { return 1 + i%2*40 }

// wantWholeBatches looks for an append of which a part is missing.
func wantWholeBatches(t *testing.T, all []events.Record) {
	t.Helper()
	for at := 0; at < len(all); {
		var first struct{ N int }
		if err := json.Unmarshal(all[at].Body, &first); err != nil {
			t.Fatal(err)
		}
		n := bodiesOf(first.N / 100)
		if first.N%100 != 0 || at+n > len(all) || !bytes.Equal(all[at+n-1].Body, testBody(all[at].Case, first.N+n-1, 300)) {
			t.Fatalf("the append at sequence %d is not whole", at+1)
		}
		at += n
	}
}

// Killed at any moment, the log has every acknowledged event, whole batches only, and the blocks
// say so before the broker touches them.
func TestKill(t *testing.T) {
	dir := t.TempDir()
	total := uint64(0)
	for cycle := range 4 {
		acknowledged := appendUntil(t, dir, 60+37*cycle, nil)
		if acknowledged <= total {
			t.Fatalf("cycle %d acknowledged nothing", cycle)
		}
		before, err := collect(Scan(dir))
		var torn *TornTail
		if err != nil && !errors.As(err, &torn) {
			t.Fatalf("cycle %d: %v", cycle, err)
		}
		if uint64(len(before)) < acknowledged {
			t.Fatalf("cycle %d: %d acknowledged, the blocks hold %d", cycle, acknowledged, len(before))
		}
		l := openLog(t, dir, acknowledged)
		if total, err = l.Last(t.Context()); err != nil {
			t.Fatal(err)
		}
		after, err := collect(l.Read(t.Context(), 1, total))
		if err != nil {
			t.Fatal(err)
		}
		wantSame(t, "what the blocks held before", after[:len(before)], before)
		wantWholeBatches(t, after)
		l.Close()
	}
}

// appendUntil lets a child append single events and batches until a fault, and returns the last sequence that was acknowledged.
func appendUntil(t *testing.T, dir string, answers int, fault func()) (acknowledged uint64) {
	t.Helper()
	runChild(t, answers, fault, func(line string) {
		if _, err := fmt.Sscan(line, &acknowledged); err != nil {
			t.Fatal(err)
		}
	}, childStore+"="+dir)
	return acknowledged
}

// runChild runs a copy of the test binary that appends, and tells every line that it prints until it is killed,
// which is when it has printed so many. A fault goes before that; what it prints then is not told.
func runChild(t *testing.T, answers int, fault func(), told func(line string), env ...string) {
	t.Helper()
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), env...)
	child.Stderr = os.Stderr
	output, err := child.StdoutPipe()
	if err == nil {
		err = child.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(output)
	for n := 1; lines.Scan(); n++ {
		if n <= answers || fault == nil {
			told(lines.Text())
		}
		if n != answers {
			continue
		}
		if fault != nil {
			fault()
		}
		if err := child.Process.Kill(); err != nil {
			t.Fatal(err)
		}
	}
	if err := child.Wait(); err == nil {
		t.Fatal("the child ended by itself")
	}
}
