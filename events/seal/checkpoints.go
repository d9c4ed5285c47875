package seal

import (
	"context"

	"starledger/events/proof"
)

// Signed is a checkpoint with the note that carries its signatures.
type Signed struct {
	proof.Checkpoint
	Note []byte
}

// Checkpoints keeps the signed checkpoints of one log, each larger than the one before, so that of
// several sealers only one at a time succeeds. There are two: the stream LEDGER_CP, which all nodes
// share, and CheckpointDir, which lies on another disk and remembers when the stream is lost or
// replaced by an older one. Cosigned may be called while another goroutine calls Last or Swap.
type Checkpoints interface {
	// Last is the note of the newest checkpoint and the revision that the next Swap has to expect;
	// nil and 0 when there is none. The note may carry cosignatures.
	Last(ctx context.Context) (note []byte, revision uint64, err error)
	// Swap makes next the newest checkpoint when the revision is still after, and returns the new
	// revision once next is durable. Errors: events.ErrConflict when another came before,
	// events.ErrUnknown when it cannot be told whether next was kept, events.ErrUnavailable when it
	// was not and a later attempt may succeed.
	Swap(ctx context.Context, after uint64, next Signed) (revision uint64, err error)
	// Cosigned keeps the note of a checkpoint that is kept already, now that it has more signatures.
	Cosigned(ctx context.Context, with Signed) error
}
