package jetlog

import (
	"context"
	"iter"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"

	"starledger/events"
)

// readAt asks for many records side by side.
func (s clusterSource) readAt(ctx context.Context, seqs []uint64) iter.Seq2[events.Record, error] {
	return func(yield func(events.Record, error) bool) {
		for len(seqs) > 0 {
			some := seqs[:min(len(seqs), atOnce)]
			found, err := s.some(ctx, some)
			for _, seq := range some {
				rec, known := found[seq]
				if err == nil && !known {
					rec, err = s.one(ctx, seq) // whoever was asked is behind, or damaged, or away
				}
				if !yield(rec, err) || err != nil {
					return
				}
			}
			seqs = seqs[len(some):]
		}
	}
}

// some asks any servers for single records and returns those that came in time.
func (s clusterSource) some(ctx context.Context, seqs []uint64) (map[uint64]events.Record, error) {
	answers := make(chan *nats.Msg, len(seqs))
	inbox, done, err := s.inbox(answers)
	if err != nil {
		return nil, err
	}
	defer done()
	found := make(map[uint64]events.Record, len(seqs))
	asked := 0
	for _, seq := range seqs {
		if seq == 0 {
			break
		}
		if err := s.send(directGet, inbox, server.JSApiMsgGetRequest{Seq: seq}); err != nil {
			break // the leader is asked for the rest, with patience
		}
		asked++
	}
	timer := time.NewTimer(answerPause)
	defer timer.Stop()
	for ; asked > 0; asked-- {
		select {
		case msg := <-answers:
			rec, ok, err := readRemote(msg)
			if err == nil && ok {
				found[rec.Seq] = rec
			}
		case <-timer.C:
			return found, ctx.Err()
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-s.log.closed:
			return nil, errClosed
		}
	}
	return found, ctx.Err()
}
