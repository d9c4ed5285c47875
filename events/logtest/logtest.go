// Package logtest is the definition of keeping the contract of events.Log: an implementation that
// passes Run keeps it. What a log's own storage format or broker may do wrong is tested beside
// the log.
package logtest

import (
	"testing"

	"go.uber.org/goleak"

	"starledger/events"
)

// A Fixture is one fresh, empty log under test, with the faults its kind of storage can have. A
// hook that is nil means that this kind of log cannot have this fault; what it would show is not
// claimed for the log then.
type Fixture struct {
	Log events.Log
	// Restart stops the log and opens it again on the same storage.
	Restart func(t *testing.T) events.Log
	// Damage makes one stored record unreadable behind the log's back, and returns the log to go
	// on with, which may have been restarted for it.
	Damage func(t *testing.T, seq uint64) events.Log
	// LoseAnswer makes the answer to the next append get lost after the write has landed.
	LoseAnswer func(t *testing.T)
}

// Run checks every clause of the contract, each on a log of its own. open registers its clean-up
// with t; goroutines that outlive it are an error.
func Run(t *testing.T, open func(t *testing.T) Fixture) {
	goleak.VerifyNone(t)
	t.Cleanup(func() { goleak.VerifyNone(t) })
	for _, clause := range clauses {
		t.Run(clause.name, func(t *testing.T) { clause.check(t, open(t)) })
	}
}

var clauses = []struct {
	name  string
	check func(t *testing.T, f Fixture)
}{
	{"an empty log has no last sequence and yields nothing", emptyLog},
	{"sequences start at 1 and count every body of every case", countsFromOne},
	{"read yields exactly the range asked for", readsRanges},
	{"read beyond the end is a gap", readBeyondEnd},
	{"read at yields exactly the sequences asked for", readsAt},
	{"read case yields one case up to a sequence", readsCase},
	{"the body is stored byte for byte", storesBytes},

	{"a stale expectation is a conflict and stores nothing", staleExpectation},
	{"a new case must be new", newCaseMustBeNew},
	{"of two writers with one expectation exactly one wins", twoWriters},
	{"many writers on many cases lose nothing", manyWriters},
	{"of a crowd only those that are stale are refused", crowd},
	{"the same append again is stored once", sameAppendAgain},

	{"a batch gets consecutive sequences", batchIsConsecutive},
	{"a batch that conflicts stores nothing", batchConflict},
	{"the largest batch fits, a larger one does not", batchLimit},
	{"the largest body fits, a larger one does not", bodyLimit},
	{"nonsense is refused", nonsense},

	{"follow yields what is there and what comes", followsOn},
	{"follow ends with the error of its context", followEnds},
	{"cancelled contexts end every call", cancelled},
	{"readers may stop early", stopEarly},

	{"a restart keeps everything", restart},
	{"a gap stops every reader", gap},
	{"a write whose answer was lost is found and stored once", lostAnswer},
	{"a batch whose answer was lost is found and stored once", lostBatchAnswer},
	{"in a crowd an answer may be lost and nothing is stored twice", lostInCrowd},
}
