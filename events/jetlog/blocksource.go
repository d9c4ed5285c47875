package jetlog

import (
	"context"
	"fmt"
	"iter"
	"strconv"

	"github.com/nats-io/nats-server/v2/server"

	"starledger/events"
)

// blockSource reads the block files of the embedded broker, ten times faster than any of its
// consumers, and verifies every sequence and every checksum. What only the broker knows, which
// subject stands where, it is asked for. Nobody else writes, so the horizon is the end of the log.
type blockSource struct{ log *Log }

// smallRead is the size up to which a range is read record by record; a larger one is read block
// by block.
const smallRead = 256

func (s blockSource) last(ctx context.Context) (uint64, error) {
	last, _ := s.log.durable.now()
	return last, ctx.Err()
}

// lastOf asks the broker, which answers a get only between its writes: what it returns is durable,
// even if nobody was told so yet.
func (s blockSource) lastOf(ctx context.Context, caseID string) (uint64, error) {
	rec, found, err := s.log.get(ctx, lastOfCase(caseID))
	if err != nil || !found {
		return 0, err
	}
	return rec.Seq, nil
}

func (s blockSource) readRange(ctx context.Context, from, to uint64) iter.Seq2[events.Record, error] {
	if to-from < smallRead {
		return s.readAt(ctx, sequences(from, to))
	}
	return readBlocks(s.log.storeDir, from, to)
}

func (s blockSource) checkpoint(ctx context.Context, request server.JSApiMsgGetRequest) (message, bool, error) {
	msg, err := s.log.getFrom(ctx, cpDirectGet, request)
	if err != nil {
		return message{}, false, err
	}
	switch status := msg.Header.Get("Status"); status {
	case statusFound:
	case statusNone:
		return message{}, false, nil
	default:
		return message{}, false, fmt.Errorf("the broker answered %s %s", status, msg.Header.Get("Description"))
	}
	seq, err := strconv.ParseUint(msg.Header.Get(server.JSSequence), 10, 64)
	if err != nil {
		return message{}, false, fmt.Errorf("the broker sent something else: %w", err)
	}
	return message{seq, msg.Header.Get(server.JSSubject), msg.Data}, true, nil
}

func (s blockSource) checkpointsEnd(ctx context.Context) (uint64, error) {
	info, err := readStreamInfo(ctx, s.log.conn, cpName)
	return info.State.LastSeq, err
}

func sequences(from, to uint64) []uint64 {
	seqs := make([]uint64, 0, to-from+1)
	for seq := from; seq <= to; seq++ {
		seqs = append(seqs, seq)
	}
	return seqs
}
