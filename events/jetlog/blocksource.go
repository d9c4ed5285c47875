package jetlog

import (
	"context"
	"fmt"
	"iter"

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

// lastOf asks the broker where this process does not know, which answers a get only between its writes:
// what it returns is durable, even if nobody was told so yet.
func (s blockSource) lastOf(ctx context.Context, caseID string) (uint64, error) {
	if s.log.isClosed() {
		return 0, errClosed
	}
	seq, asked := s.log.writer.ends.find(caseID)
	if seq > 0 {
		return seq, ctx.Err()
	}
	rec, found, err := s.log.get(ctx, lastOfCase(caseID))
	if err != nil || !found {
		return 0, err
	}
	s.log.writer.ends.learn(caseID, rec.Seq, asked)
	return rec.Seq, nil
}

func (s blockSource) readRange(ctx context.Context, from, to uint64) iter.Seq2[events.Record, error] {
	if to-from < smallRead {
		return s.readAt(ctx, sequences(from, to))
	}
	return s.readBlocks(from, to)
}

// readBlocks is readBlocks of the files, but begins where the first record is known to lie: the sealer and
// the scrub read the end of the log again and again, and would go through most of a block for it each time.
func (s blockSource) readBlocks(from, to uint64) iter.Seq2[events.Record, error] {
	return func(yield func(events.Record, error) bool) {
		at, known, err := s.log.places.find(from)
		if err != nil {
			yield(events.Record{}, fmt.Errorf("find sequence %d: %w", from, err))
			return
		}
		r := blockReader{next: from, to: to, seeking: !known && from > 1, yield: yield}
		if known {
			r.begin = at
		}
		r.readAll(s.log.storeDir)
	}
}

func (s blockSource) checkpoint(ctx context.Context, request server.JSApiMsgGetRequest) (message, bool, error) {
	msg, err := s.log.getFrom(ctx, cpDirectGet, request)
	if err != nil {
		return message{}, false, err
	}
	return readMessage(msg)
}

func (s blockSource) checkpoints(ctx context.Context, from, _ uint64) ([]message, error) {
	return oneCheckpoint(ctx, s, from)
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
