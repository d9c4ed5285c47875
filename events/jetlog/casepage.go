package jetlog

import (
	"context"
	"fmt"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"

	"starledger/events"
)

const pageSize = 256 // records of a case asked for at once

// casePage reads up to n records of a case from a sequence on; none when there are no more. The
// broker answers with the records and then says that this is the end.
func (s blockSource) casePage(ctx context.Context, caseID string, from uint64, n int) ([]events.Record, error) {
	if err := checkCase(caseID); err != nil {
		return nil, err
	}
	request, err := encode(server.JSApiMsgGetRequest{Seq: from, NextFor: subjectOf(caseID), Batch: n})
	if err != nil {
		return nil, err
	}
	inbox, answers := s.log.conn.NewInbox(), make(chan *nats.Msg, n+1) // an answer without room would be dropped
	sub, err := s.log.conn.ChanSubscribe(inbox, answers)
	if err != nil {
		return nil, fmt.Errorf("open an inbox: %w", connectionError(err))
	}
	defer func() { _ = sub.Unsubscribe() }() // fails only on a closed connection
	if err := s.log.conn.PublishRequest(directGet, inbox, request); err != nil {
		return nil, fmt.Errorf("ask for records: %w", connectionError(err))
	}
	var page []events.Record
	for {
		select {
		case msg := <-answers:
			if msg.Header.Get("Status") == statusEnd {
				return page, nil
			}
			rec, found, err := readAnswer(msg)
			if err != nil || !found {
				return page, err
			}
			page = append(page, rec)
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-s.log.closed:
			return nil, errClosed
		}
	}
}
