package memlog

import (
	"testing"

	"starledger/events"
	"starledger/events/logtest"
)

func TestKeepsTheContract(t *testing.T) {
	logtest.Run(t, func(t *testing.T) logtest.Fixture {
		l := New()
		return logtest.Fixture{Log: l, Damage: func(t *testing.T, seq uint64) events.Log {
			l.mu.Lock()
			defer l.mu.Unlock()
			l.records[seq-1] = events.Record{}
			return l
		}}
	})
}
