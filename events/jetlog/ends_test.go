package jetlog

import (
	"errors"
	"fmt"
	"net"
	"sync/atomic"
	"testing"

	"starledger/events"
)

// A write whose end nobody knows may land when nobody looks any more: where its case ends is asked of the
// broker until another write to it was acknowledged.
func TestEndOfACaseInDoubt(t *testing.T) {
	var lose atomic.Int32
	l := openFaulty(t, func(conn net.Conn) net.Conn { return deafConn{conn, &lose} })
	of := func(after uint64) events.Append {
		return events.Append{Case: "a", After: after, Bodies: [][]byte{fmt.Appendf(nil, `{"subject":"a","n":%d}`, after)}}
	}
	ends := func(want uint64, known bool) {
		t.Helper()
		if kept, _ := l.writer.ends.find("a"); (kept == want) != known {
			t.Errorf("it is known to end at %d", kept)
		}
		if got, err := l.LastOf(t.Context(), "a"); got != want || err != nil {
			t.Errorf("it ends at %d, %v, want %d", got, err, want)
		}
	}
	for after := range uint64(2) {
		if _, err := l.Append(t.Context(), of(after)); err != nil {
			t.Fatal(err)
		}
	}
	ends(2, true)
	lose.Store(2) // the write, and the fence behind it
	if _, err := l.Append(t.Context(), of(2)); !errors.Is(err, events.ErrUnknown) {
		t.Fatalf("a lost write: %v", err)
	}
	lose.Store(0)
	ends(2, false)
	late, err := l.conn.RequestMsg(single(&unit{Append: of(2)}, 0), testAckWait) // what was lost arrives
	if err != nil {
		t.Fatal(err)
	}
	l.durable.reach(3)
	ends(3, false)
	if _, err := l.Append(t.Context(), of(3)); err != nil {
		t.Fatalf("after %s: %v", late.Data, err)
	}
	ends(4, true)
}

// After a start nothing is known; what the broker has answered once it is not asked again.
func TestEndsAreLearned(t *testing.T) {
	dir := t.TempDir()
	l := openLog(t, dir, 0)
	write(t, l, 3, 100, 1)
	last, err := l.LastOf(t.Context(), "case1")
	if err != nil || last == 0 {
		t.Fatal(last, err)
	}
	l.Close()
	l = openLog(t, dir, 3)
	for _, known := range []uint64{0, last} {
		if kept, _ := l.writer.ends.find("case1"); kept != known {
			t.Errorf("known to end at %d, want %d", kept, known)
		}
		if got, err := l.LastOf(t.Context(), "case1"); got != last || err != nil {
			t.Errorf("it ends at %d, %v, want %d", got, err, last)
		}
	}
}

// An answer that may be older than a write is not believed, and doubts are never dropped to make room.
func TestAnswersThatMayBeOld(t *testing.T) {
	a := []unit{{Append: events.Append{Case: "a"}}}
	for name, c := range map[string]struct {
		meanwhile func(*ends)
		want      uint64
	}{
		"nothing":                        {func(*ends) {}, 5},
		"a write was begun":              {func(e *ends) { e.begin(a) }, 0},
		"a write was found":              {func(e *ends) { e.begin(a); e.reach("a", 6) }, 0},
		"a write was acknowledged":       {func(e *ends) { e.begin(a); e.acknowledged("a", 6) }, 6},
		"acknowledged and dropped again": {func(e *ends) { e.begin(a); e.acknowledged("a", 6); crowd(e) }, 0},
	} {
		known := newEnds()
		_, asked := known.find("a")
		c.meanwhile(known)
		known.learn("a", 5, asked)
		if got, _ := known.find("a"); got != c.want {
			t.Errorf("%s: ends at %d, want %d", name, got, c.want)
		}
	}
	known := newEnds()
	known.begin(a)
	crowd(known)
	_, asked := known.find("a")
	known.learn("a", 5, asked)
	if got, _ := known.find("a"); got != 0 || len(known.of) > endsKept {
		t.Errorf("a doubt was dropped: ends at %d; %d are kept", got, len(known.of))
	}
}

// crowd makes more cases known than are kept.
func crowd(known *ends) {
	for n := range uint64(endsKept) {
		known.acknowledged(fmt.Sprint("crowd", n), n+1)
	}
}

// Where the log has moved without this process, since a write that was given up has landed, the broker looks for
// the ends of the cases itself, and everybody's write is stored.
func TestLogThatHasMoved(t *testing.T) {
	l := openLog(t, t.TempDir(), 0)
	write(t, l, 4, 100, 1)
	all := uint64(4)
	body := func(n uint64) []byte { return fmt.Appendf(nil, `{"n":%d}`, n) }
	move := func() {
		t.Helper()
		all++
		if _, err := l.conn.RequestMsg(single(&unit{Append: events.Append{Case: fmt.Sprint("late", all), Bodies: [][]byte{body(all)}}}, 0), testAckWait); err != nil {
			t.Fatal(err)
		}
	}
	appendTo := func(caseID string, bodies ...[]byte) error {
		after, err := l.LastOf(t.Context(), caseID)
		if err != nil {
			return err
		}
		_, err = l.Append(t.Context(), events.Append{Case: caseID, After: after, Bodies: bodies})
		return err
	}
	move()
	if err := appendTo("case0", body(1)); err != nil {
		t.Errorf("one message: %v", err)
	}
	move()
	if err := appendTo("case0", body(2), body(3)); err != nil {
		t.Errorf("a batch: %v", err)
	}
	move()
	var group []unit
	answers := make(chan answer, 4)
	for i := range uint64(4) {
		caseID := fmt.Sprint("case", i)
		after, err := l.LastOf(t.Context(), caseID)
		if err != nil {
			t.Fatal(err)
		}
		group = append(group, unit{Append: events.Append{Case: caseID, After: after, Bodies: [][]byte{body(10 + i)}}, ctx: t.Context(), answer: answers})
	}
	l.writer.ends.begin(group)
	l.writer.commit(group)
	for range group {
		if got := <-answers; got.err != nil {
			t.Errorf("several messages: %v", got.err)
		}
	}
	all += 1 + 2 + 4
	if last, err := l.Last(t.Context()); last != all || err != nil {
		t.Errorf("the log ends at %d, %v, want %d", last, err, all)
	}
	if _, err := collect(l.Read(t.Context(), 1, all)); err != nil {
		t.Error(err)
	}
}
