package jetlog

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nuid"

	"starledger/events"
)

// batchPace is how many bytes of a batch are sent before the broker is asked whether it has them:
// its inbound queue is limited and drops what does not fit.
const batchPace = 4 << 20

// errNoAck: the broker did not answer in time.
var errNoAck = errors.New("the broker did not acknowledge in time")

// ack is the broker's answer to a publish or to the end of a batch.
type ack struct {
	server.JSPubAckResponse
	question uint64 // what it answers
	raw      []byte
}

// plainAck is what the acknowledgement of one message begins with.
var plainAck = []byte(`{"stream":"` + streamName + `","seq":`)

// read takes what the broker said. Where that is no more than a sequence, it is not read as JSON, which would
// take longer than all that a caller who is alone does to have a message sent.
func (a *ack) read() error {
	if rest, is := bytes.CutPrefix(a.raw, plainAck); is {
		digits, whole := bytes.CutSuffix(rest, []byte("}"))
		if seq, err := strconv.ParseUint(string(digits), 10, 64); err == nil && whole {
			a.PubAck = &server.PubAck{Stream: streamName, Sequence: seq}
			return nil
		}
	}
	return json.Unmarshal(a.raw, &a.JSPubAckResponse)
}

func (a ack) refusedAsStale() bool {
	return a.Error != nil && a.Error.ErrCode == uint16(server.JSStreamWrongLastSequenceErrF)
}

func (a ack) isDuplicate() bool {
	if a.Error != nil {
		return a.Error.ErrCode == uint16(server.JSAtomicPublishContainsDuplicateMessageErr)
	}
	return a.PubAck != nil && a.Duplicate
}

// isUnstaged tells of a batch that the broker has given up before it wrote any of it to the stream.
func (a ack) isUnstaged() bool {
	return a.Error != nil && a.Error.ErrCode == uint16(server.JSAtomicPublishIncompleteBatchErr)
}

// mayBeStored tells of an error that the leader of a cluster answers with after the others were told to
// store, as when its own disk is full. That nobody was there at all is another one.
func (a ack) mayBeStored() bool { return a.Error != nil && a.Error.ErrCode != 0 }

// A publisher sends messages to the stream and takes the answers. It belongs to one goroutine.
type publisher struct {
	conn  *nats.Conn
	wait  time.Duration  // for one answer, see patience
	inbox string         // answers arrive below it, numbered
	acks  chan *nats.Msg // straight from the connection's reader, to save a hand-over; has room for all that is asked at a time
	asked uint64         // the number of the newest question

	replicated bool // the stream is kept by several servers
}

func newPublisher(conn *nats.Conn, wait time.Duration) (*publisher, error) {
	p := &publisher{conn: conn, wait: wait, inbox: conn.NewInbox(), acks: make(chan *nats.Msg, 64)}
	if _, err := conn.ChanSubscribe(p.inbox+".*", p.acks); err != nil {
		return nil, fmt.Errorf("open the publisher's inbox: %w", err)
	}
	return p, nil
}

// patience is how long an answer that concerns so many bytes may take: a second more for every
// 10 MB, so that a large batch on a slow disk is not taken for a lost one.
func (p *publisher) patience(size int) time.Duration {
	return p.wait + time.Duration(size)*(time.Second/10_000_000)
}

func (p *publisher) deadline(size int) *time.Timer { return time.NewTimer(p.patience(size)) }

// single is the message of a unit of one body, where the log ends at a sequence (see expects).
func single(u *unit, end uint64) *nats.Msg {
	return &nats.Msg{Subject: subjectOf(u.Case), Header: expects(u, u.follows, end), Data: u.Bodies[0]}
}

// publish sends a group, as one message if it is one, else as one atomic batch, and waits for the
// acknowledgement of all of it. end is where the log ends. An error means that there was none.
func (p *publisher) publish(group []unit, end uint64) (ack, error) {
	last := &group[len(group)-1]
	if len(group) == 1 && len(last.Bodies) == 1 {
		return p.ask(single(last, end), len(last.Bodies[0]))
	}
	b := p.newBatch()
	for i := range group {
		header := expects(&group[i], i == 0 && anyFollows(group), end)
		for k, body := range group[i].Bodies {
			commits := &group[i] == last && k == len(last.Bodies)-1
			answer, err := b.add(&nats.Msg{Subject: subjectOf(group[i].Case), Header: header, Data: body}, commits)
			if err != nil || answer.Error != nil || commits {
				return answer, err
			}
			header = nil
		}
	}
	return ack{}, errNoAck
}

// dedupID is the caller's, who may want one write in the whole ledger, or one that is derived from the body
// and unique to the case and the place in it, so that two cases never drop each other's events.
func dedupID(a events.Append) string {
	if a.DedupID != "" {
		return a.DedupID
	}
	digest := sha256.Sum256(a.Bodies[0])
	return a.Case + "." + strconv.FormatUint(a.After, 10) + "." + hex.EncodeToString(digest[:])
}

// A batch is one atomic batch on its way to the broker.
type batch struct {
	publisher *publisher
	id        string
	count     int
	size      int // bytes sent
	unsure    int // bytes sent since the broker last said that it has what was sent
}

func (p *publisher) newBatch() *batch { return &batch{publisher: p, id: nuid.Next()} }

// add sends one message of the batch. The broker answers the last one, which commits; an answer
// with an error before that means that the batch is given up and nothing is stored.
func (b *batch) add(msg *nats.Msg, last bool) (ack, error) {
	b.count++
	b.size += len(msg.Data)
	b.unsure += len(msg.Data)
	if msg.Header == nil {
		msg.Header = nats.Header{}
	}
	msg.Header.Set(server.JSBatchId, b.id)
	msg.Header.Set(server.JSBatchSeq, strconv.Itoa(b.count))
	switch {
	case last:
		msg.Header.Set(server.JSBatchCommit, "1")
		return b.publisher.ask(msg, b.size)
	case b.unsure >= batchPace:
		b.unsure = 0
		return b.publisher.ask(msg, b.size)
	}
	if err := b.publisher.conn.PublishMsg(msg); err != nil {
		return ack{}, fmt.Errorf("publish: %w", err)
	}
	return ack{}, nil
}

// ask publishes one message and waits for the answer to it, which concerns so many bytes.
func (p *publisher) ask(msg *nats.Msg, size int) (ack, error) {
	if err := p.send(msg); err != nil {
		return ack{}, err
	}
	deadline := p.deadline(size)
	defer deadline.Stop()
	return p.next(p.asked, deadline.C)
}

// send publishes one message whose answer will have the number asked.
func (p *publisher) send(msg *nats.Msg) error {
	p.asked++
	msg.Reply = p.inbox + "." + strconv.FormatUint(p.asked, 10)
	if err := p.conn.PublishMsg(msg); err != nil {
		return fmt.Errorf("publish: %w", err)
	}
	return nil
}

// next waits for the next answer to a question from a number on; answers to earlier ones, which
// come too late, are passed over.
func (p *publisher) next(from uint64, deadline <-chan time.Time) (ack, error) {
	for {
		select {
		case msg := <-p.acks:
			question, err := strconv.ParseUint(strings.TrimPrefix(msg.Subject, p.inbox+"."), 10, 64)
			if err != nil || question < from {
				continue
			}
			got := ack{question: question, raw: msg.Data}
			switch status := msg.Header.Get("Status"); {
			case len(msg.Data) == 0 && status == "":
				return got, nil // within a batch: the broker has what was sent so far
			case status == statusAway:
				got.Error = &server.ApiError{Code: 503, Description: "no server leads the stream"}
				return got, nil // so nobody has stored it
			}
			if err := got.read(); err != nil {
				return ack{}, fmt.Errorf("decode the acknowledgement: %w", err)
			}
			if p.replicated && got.Error != nil && got.Error.ErrCode == uint16(server.JSStreamWrongLastSequenceConstantErr) {
				got.Error.ErrCode = uint16(server.JSStreamWrongLastSequenceErrF) // somebody's write to the case is under way
			}
			return got, nil
		case <-deadline:
			return ack{}, errNoAck
		}
	}
}
