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
	unit := func(after uint64) events.Append {
		return events.Append{Case: "a", After: after, Bodies: [][]byte{fmt.Appendf(nil, `{"subject":"a","n":%d}`, after)}}
	}
	ends := func(want uint64, known bool) {
		t.Helper()
		if kept, _ := l.recent.tails.find("a"); (kept == want) != known {
			t.Errorf("it is known to end at %d", kept)
		}
		if got, err := l.LastOf(t.Context(), "a"); got != want || err != nil {
			t.Errorf("it ends at %d, %v, want %d", got, err, want)
		}
	}
	for after := range uint64(2) {
		if _, err := l.Append(t.Context(), unit(after)); err != nil {
			t.Fatal(err)
		}
	}
	ends(2, true)
	lose.Store(2) // the write, and the fence behind it
	if _, err := l.Append(t.Context(), unit(2)); !errors.Is(err, events.ErrUnknown) {
		t.Fatalf("a lost write: %v", err)
	}
	lose.Store(0)
	ends(2, false)
	late, err := l.conn.RequestMsg(single(unit(2)), testAckWait) // what was lost arrives
	if err != nil {
		t.Fatal(err)
	}
	l.durable.reach(3)
	ends(3, false)
	if _, err := l.Append(t.Context(), unit(3)); err != nil {
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
		if kept, _ := l.recent.tails.find("case1"); kept != known {
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
		meanwhile func(*tails)
		want      uint64
	}{
		"nothing":                        {func(*tails) {}, 5},
		"a write was begun":              {func(t *tails) { t.begin(a) }, 0},
		"a write was acknowledged":       {func(t *tails) { t.begin(a); t.reach("a", 6) }, 6},
		"acknowledged and dropped again": {func(t *tails) { t.begin(a); t.reach("a", 6); crowd(t) }, 0},
	} {
		known := newTails()
		_, asked := known.find("a")
		c.meanwhile(known)
		known.learn("a", 5, asked)
		if got, _ := known.find("a"); got != c.want {
			t.Errorf("%s: ends at %d, want %d", name, got, c.want)
		}
	}
	known := newTails()
	known.begin(a)
	crowd(known)
	_, asked := known.find("a")
	known.learn("a", 5, asked)
	if got, _ := known.find("a"); got != 0 || len(known.ends) > tailsKept {
		t.Errorf("a doubt was dropped: ends at %d; %d are kept", got, len(known.ends))
	}
}

// crowd makes more cases known than are kept.
func crowd(known *tails) {
	for n := range uint64(tailsKept) {
		known.reach(fmt.Sprint("crowd", n), n+1)
	}
}
