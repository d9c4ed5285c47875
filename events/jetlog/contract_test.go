package jetlog

import (
	"net"
	"sync/atomic"
	"testing"

	"starledger/events"
	"starledger/events/logtest"
)

func TestKeepsTheContract(t *testing.T) {
	logtest.Run(t, func(t *testing.T) logtest.Fixture {
		var armed atomic.Bool
		dir := t.TempDir()
		var current *Log
		restart := func(t *testing.T) events.Log {
			if current != nil {
				current.Close()
			}
			var err error
			current, err = open(t.Context(), Config{StoreDir: dir, Logger: quiet}, faults{
				wrap:    func(conn net.Conn) net.Conn { return newLossyConn(conn, &armed) },
				ackWait: testAckWait,
			})
			if err != nil {
				t.Fatal(err)
			}
			return current
		}
		restart(t)
		t.Cleanup(func() { current.Close() })
		return logtest.Fixture{
			Log:     current,
			Restart: restart,
			Damage: func(t *testing.T, seq uint64) events.Log {
				var body []byte
				for rec, err := range current.ReadAt(t.Context(), []uint64{seq}) {
					if err != nil {
						t.Fatal(err)
					}
					body = rec.Body
				}
				current.Close()
				flipIn(t, dir, body) // after a clean stop the broker does not notice
				return restart(t)
			},
			LoseAnswer: func(*testing.T) { armed.Store(true) },
		}
	})
}
