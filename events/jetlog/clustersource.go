package jetlog

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"

	"starledger/events"
)

// clusterSource reads from the servers of a cluster. Where something ends only the leader is asked:
// any other server may be behind. What stands at a sequence that is known to be there any server may
// tell, and where one is behind or damaged the leader has the last word, so that a gap is called one
// only when the leader has it.
type clusterSource struct{ log *Log }

const (
	rangePage   = 1000    // records asked for at once
	rangeBytes  = 8 << 20 // of bodies in one answer
	atOnce      = 128     // single records that are asked for side by side
	answerPause = 2 * time.Second
)

func (s clusterSource) last(ctx context.Context) (uint64, error) {
	known, _ := s.log.durable.now()
	info, err := s.log.streamInfo(ctx, streamName)
	if err != nil {
		return 0, fmt.Errorf("find the end of the log: %w", err)
	}
	if info.State.LastSeq < known {
		return 0, fmt.Errorf("the log ends at sequence %d, but reached %d: %w", info.State.LastSeq, known, events.ErrIntegrity)
	}
	s.log.durable.reach(info.State.LastSeq)
	s.log.durable.tell()
	return info.State.LastSeq, nil
}

func (s clusterSource) lastOf(ctx context.Context, caseID string) (uint64, error) {
	if !s.log.remote.believed() {
		if _, err := s.last(ctx); err != nil {
			return 0, err
		}
	}
	msg, _, err := s.log.fromLeader(ctx, streamName, lastOfCase(caseID))
	return msg.seq, err
}

func (s clusterSource) checkpoint(ctx context.Context, request server.JSApiMsgGetRequest) (message, bool, error) {
	return s.log.fromLeader(ctx, cpName, request)
}

func (s clusterSource) checkpointsEnd(ctx context.Context) (uint64, error) {
	info, err := s.log.streamInfo(ctx, cpName)
	return info.State.LastSeq, err
}

// casePage asks the leader for one record after another: it is for settling what became of a write,
// and for readers without an index, and must not miss what was written last.
func (s clusterSource) casePage(ctx context.Context, caseID string, from uint64, n int) (page []events.Record, err error) {
	if err := checkCase(caseID); err != nil {
		return nil, err
	}
	for len(page) < n {
		msg, found, err := s.log.fromLeader(ctx, streamName, server.JSApiMsgGetRequest{Seq: from, NextFor: subjectOf(caseID)})
		if err != nil || !found {
			return page, err
		}
		page = append(page, events.Record{Seq: msg.seq, Case: caseID, Body: msg.data})
		from = msg.seq + 1
	}
	return page, nil
}

func (s clusterSource) readRange(ctx context.Context, from, to uint64) iter.Seq2[events.Record, error] {
	return func(yield func(events.Record, error) bool) {
		for next := from; next <= to; {
			page, err := s.page(ctx, next, to)
			if err != nil {
				yield(events.Record{}, err)
				return
			}
			for _, rec := range page {
				if !yield(rec, nil) {
					return
				}
			}
			next += uint64(len(page))
		}
	}
}

// page reads at least one record from a sequence on, all of them contiguous.
func (s clusterSource) page(ctx context.Context, next, to uint64) ([]events.Record, error) {
	page, err := askForPage(ctx, s, directGet, next, to, readRemote, func(rec events.Record) uint64 { return rec.Seq })
	if err != nil || len(page) > 0 {
		return page, err
	}
	rec, err := s.one(ctx, next) // that server is behind, or damaged, or away
	if err != nil {
		return nil, err
	}
	return []events.Record{rec}, nil
}

func (s clusterSource) inbox(answers chan *nats.Msg) (inbox string, done func(), err error) {
	inbox = s.log.conn.NewInbox()
	sub, err := s.log.conn.ChanSubscribe(inbox, answers)
	if err != nil {
		return "", nil, fmt.Errorf("open an inbox: %w", connectionError(err))
	}
	return inbox, func() { _ = sub.Unsubscribe() }, nil // fails only on a closed connection
}

func (s clusterSource) send(to, inbox string, request server.JSApiMsgGetRequest) error {
	payload, err := encode(request)
	if err != nil {
		return err
	}
	if err := s.log.conn.PublishRequest(to, inbox, payload); err != nil {
		return fmt.Errorf("ask for messages: %w", connectionError(err))
	}
	return nil
}

// readRemote is readAnswer for a cluster, in which nobody may be there to answer.
func readRemote(msg *nats.Msg) (events.Record, bool, error) {
	if msg.Header.Get("Status") == statusAway {
		return events.Record{}, false, nats.ErrNoResponders
	}
	return readAnswer(msg)
}

// one reads a record at the leader. It is there unless the log has a gap.
func (s clusterSource) one(ctx context.Context, seq uint64) (events.Record, error) {
	if last, _ := s.log.durable.now(); seq == 0 || seq > last {
		if last, err := s.last(ctx); err != nil || seq == 0 || seq > last {
			return events.Record{}, errors.Join(err, gapUnless(err, seq))
		}
	}
	msg, found, err := s.known(ctx, seq)
	switch {
	case err != nil:
		return events.Record{}, fmt.Errorf("read sequence %d: %w", seq, err)
	case !found:
		return events.Record{}, &events.GapError{Want: seq}
	case msg.seq != seq:
		return events.Record{}, &events.GapError{Want: seq, Got: msg.seq}
	}
	caseID, err := caseOf(seq, msg.subject)
	return events.Record{Seq: seq, Case: caseID, Body: msg.data}, err
}

// known asks the leader for a record that is known to be there. One that was cut off and replaced, or has just
// been chosen and is still writing what was acknowledged before, does not have it: only a leader that goes as
// far as the log is known to go has the last word.
func (s clusterSource) known(ctx context.Context, seq uint64) (msg message, found bool, err error) {
	request := server.JSApiMsgGetRequest{Seq: seq}
	if msg, found, err = s.log.fromLeader(ctx, streamName, request); found || err != nil {
		return msg, found, err
	}
	if _, err := s.last(ctx); err != nil {
		return message{}, false, err
	}
	return s.log.fromLeader(ctx, streamName, request)
}

func gapUnless(err error, seq uint64) error {
	if err != nil {
		return nil
	}
	return &events.GapError{Want: seq}
}
