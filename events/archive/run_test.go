package archive

import (
	"context"
	"errors"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"starledger/events"
	"starledger/events/memlog"
)

func logOf(t *testing.T, n uint64) events.Log {
	t.Helper()
	l := memlog.New()
	extend(t, l, 1, n)
	return l
}

func extend(t *testing.T, l events.Log, from, to uint64) {
	t.Helper()
	for seq := from; seq <= to; seq++ {
		rec := record(seq)
		after, err := l.LastOf(t.Context(), rec.Case)
		if err == nil {
			_, err = l.Append(t.Context(), events.Append{Case: rec.Case, After: after, Bodies: [][]byte{rec.Body}})
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

func TestRunFollowsTheLog(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := mustOpen(t, filepath.Join(t.TempDir(), "archive"))
		log := logOf(t, 10)
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan error)
		go func() { ended <- a.Run(ctx, log) }()
		time.Sleep(time.Second) // of the bubble's clock: within a second everything is safe
		wantHolds(t, a, 10)
		extend(t, log, 11, 12)
		time.Sleep(time.Second)
		wantHolds(t, a, 12)
		extend(t, log, 13, 13)
		synctest.Wait()
		cancel() // the last one is synced on the way out
		if err := errors.Join(<-ended, a.Close()); err != nil {
			t.Fatal(err)
		}
		wantHolds(t, a, 13)
	})
}

func TestRunGoesOnWhereItEnded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := mustOpen(t, filled(t, 4))
		ctx, cancel := context.WithCancelCause(t.Context())
		ended := make(chan error)
		go func() { ended <- a.Run(ctx, logOf(t, 9)) }()
		synctest.Wait()
		cancel(errors.New("whatever the reason, it was asked for"))
		if err := errors.Join(<-ended, a.Close()); err != nil {
			t.Fatal(err)
		}
		wantHolds(t, a, 9)
	})
}

// otherLog has other bytes at every sequence.
func otherLog(t *testing.T, n uint64) events.Log {
	t.Helper()
	l := memlog.New()
	for seq := uint64(1); seq <= n; seq++ {
		body := []byte(`{"subject":"case1","other":true}`)
		if _, err := l.Append(t.Context(), events.Append{Case: "case1", After: seq - 1, Bodies: [][]byte{body}}); err != nil {
			t.Fatal(err)
		}
	}
	return l
}

// In a bubble, since a Run that does not refuse would follow for ever: that is a deadlock there.
func TestRunRefusesAnotherLog(t *testing.T) {
	for name, c := range map[string]struct {
		log func(*testing.T, uint64) events.Log
		end uint64
	}{
		"other bytes at the end":         {otherLog, 4},
		"a log that ends before it does": {logOf, 3},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				a := mustOpen(t, filled(t, 4))
				defer a.Close()
				wantDamaged(t, a.Run(t.Context(), c.log(t, c.end)), 4)
				wantHolds(t, a, 4)
			})
		})
	}
}
