package jetlog

import (
	"context"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
)

func (s clusterSource) checkpoints(ctx context.Context, from, to uint64) ([]message, error) {
	page, err := askForPage(ctx, s, cpDirectGet, from, to, readMessageOf, func(msg message) uint64 { return msg.seq })
	if err != nil || len(page) > 0 {
		return page, err
	}
	return oneCheckpoint(ctx, s, from) // that server is behind, or damaged, or away: the leader has the last word
}

// askForPage asks any server for what a stream holds from a sequence on, and returns what came of it without a
// gap: nothing where that server is behind, or damaged, or away.
func askForPage[T any](ctx context.Context, s clusterSource, stream string, next, to uint64,
	read func(*nats.Msg) (T, bool, error), seqOf func(T) uint64) ([]T, error) {
	page, err := ask(ctx, s, stream, server.JSApiMsgGetRequest{
		Seq: next, Batch: int(min(to-next+1, rangePage)), MaxBytes: rangeBytes, UpToSeq: to,
	}, read)
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if err != nil && !isPassing(err) {
		return nil, err
	}
	for i, one := range page {
		if seqOf(one) != next+uint64(i) {
			return page[:i], nil
		}
	}
	return page, nil
}

// ask sends a request that any server may answer with several messages, and returns those that came. An
// error says that there may have been more.
func ask[T any](ctx context.Context, s clusterSource, stream string, request server.JSApiMsgGetRequest,
	read func(*nats.Msg) (T, bool, error)) (page []T, err error) {
	answers := make(chan *nats.Msg, request.Batch+1) // an answer without room would be dropped
	inbox, done, err := s.inbox(answers)
	if err != nil {
		return nil, err
	}
	defer done()
	if err := s.send(stream, inbox, request); err != nil {
		return nil, err
	}
	timer := time.NewTimer(answerPause)
	defer timer.Stop()
	for {
		select {
		case msg := <-answers:
			if msg.Header.Get("Status") == statusEnd {
				return page, nil
			}
			one, found, err := read(msg)
			if err != nil || !found {
				return page, err
			}
			page = append(page, one)
			timer.Reset(answerPause)
		case <-timer.C:
			return page, nats.ErrTimeout
		case <-ctx.Done():
			return page, ctx.Err()
		case <-s.log.closed:
			return page, errClosed
		}
	}
}

// readMessageOf is readMessage for a cluster, in which nobody may be there to answer.
func readMessageOf(msg *nats.Msg) (message, bool, error) {
	if msg.Header.Get("Status") == statusAway {
		return message{}, false, nats.ErrNoResponders
	}
	return readMessage(msg)
}
