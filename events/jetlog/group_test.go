package jetlog

import (
	"context"
	"errors"
	"fmt"
	"net"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"

	"starledger/events"
)

// Two sizes of a group: one that goes as pipelined messages, one that goes as an atomic batch.
var groupSizes = map[string]int{"pipelined": 5, "one batch": batchFrom + 4}

// A node is a second writer on the stream of a log, as another node would have. A test commits
// groups with it that are exactly what it says.
type node struct {
	*writer
	t       *testing.T
	answers []chan answer
	group   []unit
}

func newNode(t *testing.T, l *Log) *node {
	t.Helper()
	publisher, err := newPublisher(l.conn, testAckWait)
	if err == nil {
		err = l.conn.Flush() // so that its subscription is not in the write that a test loses
	}
	if err != nil {
		t.Fatal(err)
	}
	return &node{writer: &writer{log: l, publisher: publisher, ends: newEnds()}, t: t}
}

// wants adds a unit to the group to come.
func (n *node) wants(caseID string, after uint64, texts ...string) {
	told := make(chan answer, 1)
	u := unit{Append: events.Append{Case: caseID, After: after}, ctx: n.t.Context(), answer: told}
	for _, text := range texts {
		u.Bodies = append(u.Bodies, fmt.Appendf(nil, `{"subject":%q,"text":%q}`, caseID, text))
	}
	n.answers, n.group = append(n.answers, told), append(n.group, u)
}

// wantsFrom adds units of n cases that begin.
func (n *node) wantsFrom(count int) {
	for i := range count {
		n.wants(fmt.Sprintf("case%d", i), 0, "begins")
	}
}

// commits commits the group and returns what each unit was told.
func (n *node) commits() []answer {
	n.commit(n.group)
	told := make([]answer, len(n.answers))
	for i, c := range n.answers {
		told[i] = <-c
	}
	return told
}

// wantStored expects that a unit was told where its bodies stand, and that they stand there.
func (n *node) wantStored(i int, got answer) {
	n.t.Helper()
	u := n.group[i]
	if got.err != nil {
		n.t.Fatalf("unit %d: %v", i, got.err)
	}
	var want []events.Record
	for k, body := range u.Bodies {
		want = append(want, events.Record{Seq: got.first + uint64(k), Case: u.Case, Body: body})
	}
	stored, err := collect(n.log.Read(n.t.Context(), got.first, got.first+uint64(len(u.Bodies))-1))
	if err != nil {
		n.t.Fatalf("unit %d: %v", i, err)
	}
	wantSame(n.t, fmt.Sprintf("unit %d", i), stored, want)
}

func eachSize(t *testing.T, check func(t *testing.T, size int)) {
	for name, size := range groupSizes {
		t.Run(name, func(t *testing.T) { check(t, size) })
	}
}

func TestGroupStandsInOneRow(t *testing.T) {
	eachSize(t, func(t *testing.T, size int) {
		l := openLog(t, t.TempDir(), 0)
		n := newNode(t, l)
		n.wantsFrom(size)
		n.wants("long", 0, "one", "two", "three") // which makes a batch of any group
		n.wants("last", 0, "one")
		for i, got := range n.commits() {
			n.wantStored(i, got)
		}
		if last, err := l.Last(t.Context()); err != nil || last != uint64(size)+4 {
			t.Fatalf("the log ends at %d, %v", last, err)
		}
	})
}

// A unit that another node has overtaken is refused alone, though a batch is refused as a whole.
func TestOneOfAGroupIsStale(t *testing.T) {
	eachSize(t, func(t *testing.T, size int) {
		l := openLog(t, t.TempDir(), 0)
		n := newNode(t, l)
		if _, err := l.Append(t.Context(), events.Append{Case: "case2", Bodies: [][]byte{[]byte(`{"another":"node"}`)}}); err != nil {
			t.Fatal(err)
		}
		n.wantsFrom(size)
		for i, got := range n.commits() {
			if i != 2 {
				n.wantStored(i, got)
			} else if !errors.Is(got.err, events.ErrConflict) {
				t.Fatalf("the stale unit: sequence %d, %v", got.first, got.err)
			}
		}
	})
}

// A unit that comes again, with an id that the broker has seen, learns where it stands.
func TestOneOfAGroupComesAgain(t *testing.T) {
	eachSize(t, func(t *testing.T, size int) {
		l := openLog(t, t.TempDir(), 0)
		n := newNode(t, l)
		n.wantsFrom(size)
		if first, err := l.Append(t.Context(), n.group[3].Append); err != nil || first != 1 {
			t.Fatalf("sequence %d, %v", first, err)
		}
		told := n.commits()
		for i, got := range told {
			n.wantStored(i, got)
		}
		if last, err := l.Last(t.Context()); err != nil || last != uint64(size) || told[3].first != 1 {
			t.Fatalf("the log ends at %d, %v; the unit that was there is told %d", last, err, told[3].first)
		}
	})
}

// The group has landed and the answer was lost: every unit is told where it stands.
func TestGroupWhoseAnswerIsLost(t *testing.T) {
	eachSize(t, func(t *testing.T, size int) {
		var armed atomic.Bool
		l := openFaulty(t, func(conn net.Conn) net.Conn { return newLossyConn(conn, &armed) })
		n := newNode(t, l)
		n.wantsFrom(size)
		armed.Store(true)
		for i, got := range n.commits() {
			n.wantStored(i, got)
		}
		if last, err := l.Last(t.Context()); err != nil || last != uint64(size) {
			t.Fatalf("the log ends at %d, %v", last, err)
		}
	})
}

// The group is lost on its way: nothing is stored, which every unit is told, and they may come again.
func TestGroupThatIsLost(t *testing.T) {
	eachSize(t, func(t *testing.T, size int) {
		var lose atomic.Int32
		l := openFaulty(t, func(conn net.Conn) net.Conn { return deafConn{conn, &lose} })
		n := newNode(t, l)
		n.wantsFrom(size)
		lose.Store(1)
		stored := 0
		for i, got := range n.commits() {
			switch {
			case got.err == nil: // of pipelined messages some may have gone in a second write
				n.wantStored(i, got)
				stored++
			case !errors.Is(got.err, events.ErrUnavailable):
				t.Fatalf("unit %d: %v", i, got.err)
			}
		}
		if stored == size || size >= batchFrom && stored > 0 {
			t.Fatalf("%d of %d units were stored", stored, size)
		}
		for i, got := range n.commits() {
			n.wantStored(i, got)
		}
	})
}

// Of a case only one unit goes in a group, and those left keep their order.
func TestOneUnitOfACaseAtATime(t *testing.T) {
	n := &node{writer: &writer{}, t: t}
	for _, u := range []struct{ caseID, text string }{{"a", "1"}, {"b", "1"}, {"a", "2"}, {"c", "1"}, {"a", "3"}, {"b", "2"}} {
		n.wants(u.caseID, 0, u.text)
	}
	n.waiting = n.group
	var rounds []string
	for len(n.waiting) > 0 {
		round := ""
		for _, u := range n.writer.group() {
			round += u.Case
		}
		rounds = append(rounds, round)
	}
	if got := fmt.Sprint(rounds); got != "[abc ab a]" {
		t.Fatalf("the rounds are %s", got)
	}
}

// What does not fit the broker's inbound queue waits for the next round.
func TestGroupHasABound(t *testing.T) {
	n := &node{writer: &writer{}, t: t}
	for i := range 40 {
		n.wants(fmt.Sprint("case", i), 0)
		n.group[i].Bodies = [][]byte{make([]byte, events.MaxBody)}
	}
	n.waiting = n.group
	if got, want := len(n.writer.group()), batchPace/events.MaxBody; got != want || len(n.waiting) != 40-want {
		t.Fatalf("%d go together and %d wait, want %d", got, len(n.waiting), want)
	}
}

// While somebody else has the turn, whoever waits no longer leaves, and nothing of it is published; the
// others are committed by whoever has the turn next.
func TestCallerLeavesTheQueue(t *testing.T) {
	l := openLog(t, t.TempDir(), 0)
	l.writer.turn <- struct{}{}
	ctx, cancel := context.WithCancel(t.Context())
	var callers sync.WaitGroup
	left, stays := make(chan error, 1), make(chan error, 1)
	callers.Go(func() {
		_, err := l.Append(ctx, events.Append{Case: "left", Bodies: [][]byte{[]byte(`{"n":1}`)}})
		left <- err
	})
	callers.Go(func() {
		_, err := l.Append(t.Context(), events.Append{Case: "stays", Bodies: [][]byte{[]byte(`{"n":2}`)}})
		stays <- err
	})
	for waiting(l.writer) < 2 {
		runtime.Gosched()
	}
	cancel()
	if err := <-left; !errors.Is(err, context.Canceled) {
		t.Fatalf("the one that left: %v", err)
	}
	<-l.writer.turn
	if err := <-stays; err != nil {
		t.Fatalf("the one that stayed: %v", err)
	}
	callers.Wait()
	if last, err := l.Last(t.Context()); err != nil || last != 1 {
		t.Fatalf("the log ends at %d, %v", last, err)
	}
}

func waiting(w *writer) int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return len(w.waiting)
}
