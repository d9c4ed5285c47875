package jetlog

import (
	"bytes"
	"errors"
	"net"
	"sync/atomic"
	"testing"

	"starledger/events"
)

// A deafConn loses what the log publishes to its stream, as often as it is told to.
type deafConn struct {
	net.Conn
	lose *atomic.Int32
}

func (c deafConn) Write(p []byte) (int, error) {
	if bytes.Contains(p, []byte("HPUB "+caseSubjects)) && c.lose.Add(-1) >= 0 {
		return len(p), nil
	}
	return c.Conn.Write(p)
}

// openFaulty opens a log on a connection that has faults.
func openFaulty(t *testing.T, wrap func(net.Conn) net.Conn) *Log {
	t.Helper()
	l, err := open(t.Context(), Config{StoreDir: t.TempDir(), Logger: quiet}, faults{wrap: wrap, ackWait: testAckWait})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(l.Close)
	return l
}

// Without an answer, what the caller is told is what can be known: nothing was stored when the
// broker has refused the fence, which stands behind the lost write; otherwise it is unknown.
func TestLostWrites(t *testing.T) {
	var lose atomic.Int32
	l := openFaulty(t, func(conn net.Conn) net.Conn { return deafConn{conn, &lose} })
	unit := func(after uint64, text string) events.Append {
		return events.Append{Case: "a", After: after, Bodies: [][]byte{[]byte(`{"subject":"a","n":"` + text + `"}`)}}
	}
	if _, err := l.Append(t.Context(), unit(0, "one")); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		lost int32
		kind error
	}{
		{1, events.ErrUnavailable}, // the write is lost, the fence holds
		{2, events.ErrUnknown},     // the fence is lost as well
	} {
		lose.Store(c.lost)
		if _, err := l.Append(t.Context(), unit(1, "two")); !errors.Is(err, c.kind) {
			t.Fatalf("%d writes lost: %v, want: %v", c.lost, err, c.kind)
		}
		lose.Store(0)
	}
	clear(l.writer.ends.of) // as if another node had written what stands in the case
	lose.Store(1)
	if _, err := l.Append(t.Context(), unit(0, "stale")); !errors.Is(err, events.ErrConflict) {
		t.Fatalf("a lost write to a case that has moved: %v", err)
	}
	if first, err := l.Append(t.Context(), unit(1, "two")); err != nil || first != 2 {
		t.Fatalf("the next attempt: sequence %d, %v", first, err)
	}
}

// The broker answers "duplicate" to a known id even when the body differs. That answer is not
// taken for success.
func TestDuplicateIDIsNoSuccess(t *testing.T) {
	l := openLog(t, t.TempDir(), 0)
	first := events.Append{Case: "a", DedupID: "key", Bodies: [][]byte{[]byte(`{"n":1}`)}}
	if _, err := l.Append(t.Context(), first); err != nil {
		t.Fatal(err)
	}
	second := events.Append{Case: "a", After: 1, DedupID: "key", Bodies: [][]byte{[]byte(`{"n":2}`)}}
	batch := second
	batch.Bodies = append(batch.Bodies, []byte(`{"n":3}`))
	for _, a := range []events.Append{second, batch} {
		if seq, err := l.Append(t.Context(), a); !errors.Is(err, events.ErrConflict) {
			t.Fatalf("%d bodies: sequence %d, %v", len(a.Bodies), seq, err)
		}
	}
	other := events.Append{Case: "b", DedupID: "key", Bodies: second.Bodies}
	if seq, err := l.Append(t.Context(), other); !errors.Is(err, events.ErrConflict) {
		t.Fatalf("the same id in another case: sequence %d, %v", seq, err)
	}
}

func TestClosedLog(t *testing.T) {
	l := openLog(t, t.TempDir(), 0)
	write(t, l, 3, 100, 1)
	following := make(chan error, 4)
	go func() {
		for _, err := range l.Follow(t.Context(), 1) {
			following <- err
		}
		close(following)
	}()
	for range 3 {
		if err := <-following; err != nil {
			t.Fatal(err)
		}
	}
	l.Close()
	l.Close()
	if err := <-following; !errors.Is(err, events.ErrUnavailable) {
		t.Errorf("follow: %v", err)
	}
	if _, err := l.Append(t.Context(), events.Append{Case: "a", Bodies: [][]byte{[]byte("{}")}}); !errors.Is(err, events.ErrUnavailable) {
		t.Errorf("append: %v", err)
	}
	if _, err := collect(l.Read(t.Context(), 1, 3)); !errors.Is(err, events.ErrUnavailable) {
		t.Errorf("read: %v", err)
	}
}
