package projections

import "starledger/events"

// Axis is the order in which history is told.
type Axis string

// The axes of time travel. The zero value is Recorded.
const (
	Recorded  Axis = "recorded"  // what the ledger knew
	Effective Axis = "effective" // what had happened, as far as the ledger knows now
)

// Point is where to look from. The zero value is now.
type Point struct {
	Seq  uint64         // a sequence of the whole log; only on the recorded axis
	Time events.Instant // or an instant
	Axis Axis
}

// Resolved is what a Point came to.
type Resolved struct {
	Axis Axis
	// Seq is the last sequence of the whole log that counts: everything up to it, nothing after it.
	// Now, for one case: the sequence of its last event.
	Seq uint64
	// RecordedAt is when the event at Seq was recorded; 0 before the first event.
	RecordedAt events.Instant
	// At is the instant of the view, which decides what has expired: the time asked for, the time
	// of the event at the sequence asked for, or now.
	At events.Instant
}
