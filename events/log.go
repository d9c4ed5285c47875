package events

import (
	"context"
	"errors"
	"fmt"
	"iter"
)

// Record is one entry of the log as it is stored: where it stands, which case it belongs to, and
// the exact bytes. Everything that counts is in Body; Case is the routing subject, and a reader
// compares it with the body's own subject before believing either.
type Record struct {
	Seq  uint64 // position in the whole log, from 1, without gaps
	Case string // case ULID, or "registry", "access"
	Body []byte // the stored bytes; callers must not change them
}

// Append is what is to be stored: the bodies of one case, all of them or none.
type Append struct {
	Case string
	// After is the log sequence of the case's last event as the caller saw it, 0 for a new case.
	After uint64
	// Bodies are stored in this order at consecutive sequences. At least 1, at most MaxBatch.
	Bodies [][]byte
	// DedupID lets a broker drop a copy that arrives within its duplicate window, in whatever case: a
	// case that two nodes open at the same moment under one key is opened once, and the other gets
	// ErrConflict. It is a net under the permanent index, never a substitute: brokers answer
	// "duplicate" even when the second body differs. Empty: the log derives one from the first body.
	DedupID string
}

// Check says what no log stores, whatever it holds: nothing, an empty body, or more than fits.
func (a Append) Check() error {
	switch {
	case a.Case == "":
		return errors.New("the case has no name")
	case len(a.Bodies) == 0:
		return errors.New("there is nothing to append")
	case len(a.Bodies) > MaxBatch:
		return fmt.Errorf("%d bodies, at most %d go together: %w", len(a.Bodies), MaxBatch, ErrTooLarge)
	}
	for i, body := range a.Bodies {
		if len(body) == 0 {
			return fmt.Errorf("body %d is empty", i)
		}
		if len(body) > MaxBody {
			return fmt.Errorf("body %d has %d bytes, at most %d fit: %w", i, len(body), MaxBody, ErrTooLarge)
		}
	}
	return nil
}

// A Log is an append-only sequence of events. Append returns only when the event is durable. Two
// appends that expect the same last sequence for a case cannot both succeed: the loser gets
// ErrConflict. Sequences start at 1 and have no gaps; a reader that sees a gap must stop.
//
// logtest.Run is the definition of keeping this contract.
type Log interface {
	// Append stores a.Bodies and returns the sequence of the first. Errors: ErrConflict when the
	// case has moved, ErrUnknown when it cannot be told whether the bodies were stored (the
	// caller re-reads the case before doing anything else), ErrUnavailable when nothing was
	// stored and a later attempt may succeed, ErrTooLarge for a body over MaxBody. When the
	// write landed but its answer was lost, Append finds out by re-reading and reports success.
	Append(ctx context.Context, a Append) (first uint64, err error)

	// Read yields the records from ≤ Seq ≤ to, in order. It fails with a GapError when a
	// sequence is missing, including at the end. An empty range yields nothing.
	Read(ctx context.Context, from, to uint64) iter.Seq2[Record, error]

	// ReadAt yields the records at the given ascending sequences, in order: the way to read one
	// case when its sequences are known.
	ReadAt(ctx context.Context, seqs []uint64) iter.Seq2[Record, error]

	// ReadCase yields all records of one case with Seq ≤ upTo, in order. It may be slow when the
	// case is spread over a cold log; readers with an index of sequences use ReadAt.
	ReadCase(ctx context.Context, caseID string, upTo uint64) iter.Seq2[Record, error]

	// Follow yields the records from a sequence on, and goes on with new ones until ctx ends
	// (then the last error yielded is ctx's) or a gap appears (GapError).
	Follow(ctx context.Context, from uint64) iter.Seq2[Record, error]

	// Last is the sequence of the last durable record, 0 for an empty log.
	Last(ctx context.Context) (uint64, error)

	// LastOf is the sequence of the last durable record of a case, 0 when it has none.
	LastOf(ctx context.Context, caseID string) (uint64, error)
}

// Limits of the log, from ledger-format: a body is at most 256 KiB, and JetStream takes at most
// 1,000 messages in one atomic batch.
const (
	MaxBody  = 256 << 10
	MaxBatch = 1000
)

// The kinds of failure a Log reports. Callers branch on these with errors.Is.
var (
	ErrConflict    = errors.New("the case has moved since it was read")
	ErrUnknown     = errors.New("it is not known whether the events were stored")
	ErrUnavailable = errors.New("the log cannot store events now")
	ErrTooLarge    = errors.New("the event is larger than the log accepts")
	ErrIntegrity   = errors.New("the ledger is damaged")
)

// GapError says that the log, or what was read from it, is not the unbroken sequence it has to be.
// It is an ErrIntegrity: whoever sees it stops.
type GapError struct {
	Want uint64 // the sequence that should have come
	Got  uint64 // what came instead, 0 for the end of the log
}

func (e *GapError) Error() string {
	if e.Got == 0 {
		return fmt.Sprintf("the log ends before sequence %d, which was to be there", e.Want)
	}
	return fmt.Sprintf("sequence %d is missing from the log: %d follows", e.Want, e.Got)
}

func (e *GapError) Is(target error) bool { return target == ErrIntegrity }

// DamageError names a stored record that is not what it has to be. It is an ErrIntegrity.
type DamageError struct {
	Seq    uint64
	Reason string
	Err    error
}

func (e *DamageError) Error() string {
	if e.Err != nil {
		return fmt.Sprintf("sequence %d: %s: %v", e.Seq, e.Reason, e.Err)
	}
	return fmt.Sprintf("sequence %d: %s", e.Seq, e.Reason)
}

func (e *DamageError) Is(target error) bool { return target == ErrIntegrity }
func (e *DamageError) Unwrap() error        { return e.Err }
