package jetlog

import (
	"context"
	"iter"

	"github.com/nats-io/nats-server/v2/server"

	"starledger/events"
)

// A source is where what is stored is read from. There are two: the block files of the embedded
// broker, and the servers of a cluster.
type source interface {
	// last is the sequence of the last durable record.
	last(ctx context.Context) (uint64, error)
	// lastOf is the sequence of the last durable record of a case, 0 when it has none.
	lastOf(ctx context.Context, caseID string) (uint64, error)
	// readRange yields the records from ≤ Seq ≤ to, which are all within the horizon. Its end without an
	// error may come too early: the caller counts.
	readRange(ctx context.Context, from, to uint64) iter.Seq2[events.Record, error]
	// readAt yields the records at ascending sequences.
	readAt(ctx context.Context, seqs []uint64) iter.Seq2[events.Record, error]
	// casePage reads up to n records of a case from a sequence on; none when there are no more.
	casePage(ctx context.Context, caseID string, from uint64, n int) ([]events.Record, error)
	// checkpoint is one message of LEDGER_CP; found is false when there is none.
	checkpoint(ctx context.Context, request server.JSApiMsgGetRequest) (msg message, found bool, err error)
	// checkpoints are messages of LEDGER_CP, one after another from a sequence on and up to another; at least one.
	checkpoints(ctx context.Context, from, to uint64) ([]message, error)
	// checkpointsEnd is the last sequence of LEDGER_CP.
	checkpointsEnd(ctx context.Context) (uint64, error)
}

// A message is what a broker keeps at a sequence.
type message struct {
	seq     uint64
	subject string
	data    []byte
}
