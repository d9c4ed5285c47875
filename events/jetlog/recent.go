package jetlog

import (
	"bytes"
	"sync"

	"starledger/events"
)

const (
	recentRecords = 4096
	recentBody    = 4 << 10 // a larger body is read from its block; so 16 MiB are kept at most
)

// recent keeps the records that were acknowledged last, so that those who follow the log need not
// read again from the disk what was written a moment ago. Only what the broker has acknowledged is
// in it, and it holds the bytes that were sent: what the disk makes of them later is for the
// readers of old records to find.
type recent struct {
	mu      sync.RWMutex
	records []events.Record // at sequence modulo their number
}

func newRecent() *recent {
	return &recent{records: make([]events.Record, recentRecords)}
}

// keep takes note of the bodies of one unit, stored from first on.
func (r *recent) keep(a events.Append, first uint64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for i, body := range a.Bodies {
		seq := first + uint64(i)
		record := events.Record{}
		if len(body) <= recentBody {
			record = events.Record{Seq: seq, Case: a.Case, Body: bytes.Clone(body)}
		}
		r.records[seq%recentRecords] = record
	}
}

// find returns the record at a sequence if it is kept.
func (r *recent) find(seq uint64) (events.Record, bool) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	record := r.records[seq%recentRecords]
	return record, record.Seq == seq
}
