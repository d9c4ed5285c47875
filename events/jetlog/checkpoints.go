package jetlog

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"sync"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"

	"starledger/events"
)

const (
	cpDirectGet  = api + "DIRECT.GET." + cpName
	cpCheckpoint = cpSubjects + "checkpoint" // as it was signed
	cpCosigned   = cpSubjects + "cosigned"   // the same with more signatures
)

// Checkpoints is the stream LEDGER_CP: every signed checkpoint, in order, and every cosignature. The
// broker compares and swaps, so that of several sealers only one at a time succeeds. It guarantees
// the durability of the log itself: what it says is kept is synced. The notes say for themselves
// whether they are whole, since they are signed; whoever reads one verifies it.
//
// It may be used by several goroutines.
type Checkpoints struct {
	log  *Log
	wait time.Duration

	mu     sync.Mutex
	last   uint64 // the highest sequence of LEDGER_CP that was seen
	newest uint64 // of those, the highest of a checkpoint
}

// Checkpoints are the checkpoints kept in the same store.
func (l *Log) Checkpoints() *Checkpoints { return l.cp }

// Last is the newest checkpoint as it was signed, and the revision that the next Swap has to expect;
// nil and 0 when there is none.
func (c *Checkpoints) Last(ctx context.Context) (note []byte, revision uint64, err error) {
	msg, found, err := c.log.source.checkpoint(ctx, server.JSApiMsgGetRequest{LastFor: cpCheckpoint})
	switch {
	case err != nil:
		return nil, 0, fmt.Errorf("read the end of %s: %w", cpName, err)
	case !found && c.least() == 0:
		return nil, 0, nil
	case !found:
		return nil, 0, fmt.Errorf("%s held a checkpoint and holds none now: %w", cpName, events.ErrIntegrity)
	case msg.subject != cpCheckpoint:
		return nil, 0, fmt.Errorf("read the end of %s: the broker sent something else", cpName)
	}
	c.mu.Lock()
	behind := msg.seq < c.newest
	c.newest = max(c.newest, msg.seq)
	c.mu.Unlock()
	if behind { // of a leader that was replaced, or of a store that was
		return nil, 0, fmt.Errorf("read the end of %s: it is behind what it was: %w", cpName, events.ErrUnavailable)
	}
	c.saw(msg.seq)
	return msg.data, msg.seq, nil
}

// Swap makes note the newest checkpoint when the revision is still after, and returns the new one.
// Errors: ErrConflict when another came before, ErrUnknown when the answer did not come,
// ErrUnavailable when the broker could not keep it, ErrIntegrity when it gives out a sequence again.
func (c *Checkpoints) Swap(ctx context.Context, after uint64, note []byte) (revision uint64, err error) {
	msg := &nats.Msg{Subject: cpCheckpoint, Data: note, Header: nats.Header{}}
	msg.Header.Set(server.JSExpectedLastSubjSeq, strconv.FormatUint(after, 10))
	revision, err = c.publish(ctx, msg)
	if err != nil {
		return 0, fmt.Errorf("put a checkpoint into %s after revision %d: %w", cpName, after, err)
	}
	return revision, nil
}

// Cosigned keeps the note of a checkpoint that now has more signatures. It is for whoever reads the
// stream: Last does not return it.
func (c *Checkpoints) Cosigned(ctx context.Context, note []byte) error {
	if _, err := c.publish(ctx, &nats.Msg{Subject: cpCosigned, Data: note}); err != nil {
		return fmt.Errorf("put a cosignature into %s: %w", cpName, err)
	}
	return nil
}

// End is the revision of the last note that is kept, cosigned or not.
func (c *Checkpoints) End(ctx context.Context) (revision uint64, err error) {
	if revision, err = c.log.source.checkpointsEnd(ctx); err != nil {
		return 0, fmt.Errorf("find the end of %s: %w", cpName, err)
	}
	return revision, nil
}

// Note is what is kept at a revision, and whether it is there for its cosignatures.
func (c *Checkpoints) Note(ctx context.Context, revision uint64) (note []byte, cosigned bool, err error) {
	msg, found, err := c.log.source.checkpoint(ctx, server.JSApiMsgGetRequest{Seq: revision})
	switch {
	case err != nil:
		return nil, false, fmt.Errorf("read revision %d of %s: %w", revision, cpName, err)
	case !found:
		return nil, false, fmt.Errorf("read revision %d of %s: %w", revision, cpName, &events.GapError{Want: revision})
	}
	cosigned, err = isOurs(msg, revision)
	return msg.data, cosigned, err
}

// Notes shows what Note returns of every revision of a range, in order. A cluster is asked for many of them at once.
func (c *Checkpoints) Notes(ctx context.Context, from, to uint64, show func(revision uint64, note []byte, cosigned bool) error) error {
	for next := from; next <= to; {
		page, err := c.log.source.checkpoints(ctx, next, to)
		if err != nil {
			return fmt.Errorf("read %s from revision %d on: %w", cpName, next, err)
		}
		for _, msg := range page {
			cosigned, err := isOurs(msg, next)
			if err == nil {
				err = show(next, msg.data, cosigned)
			}
			if err != nil {
				return err
			}
			next++
		}
	}
	return nil
}

// isOurs tells what a message of LEDGER_CP is there for, if it is what has to be at a revision.
func isOurs(msg message, revision uint64) (cosigned bool, err error) {
	if msg.seq != revision || msg.subject != cpCheckpoint && msg.subject != cpCosigned {
		return false, fmt.Errorf("revision %d of %s is none of ours: %w", revision, cpName, events.ErrIntegrity)
	}
	return msg.subject == cpCosigned, nil
}

// oneCheckpoint asks for a single message of LEDGER_CP, which has to be there.
func oneCheckpoint(ctx context.Context, from source, revision uint64) ([]message, error) {
	msg, found, err := from.checkpoint(ctx, server.JSApiMsgGetRequest{Seq: revision})
	switch {
	case err != nil:
		return nil, err
	case !found:
		return nil, &events.GapError{Want: revision}
	}
	return []message{msg}, nil
}

// publish sends one message and believes only a plain acknowledgement of a sequence that is new.
func (c *Checkpoints) publish(ctx context.Context, msg *nats.Msg) (uint64, error) {
	ctx, cancel := context.WithTimeout(ctx, c.wait)
	defer cancel()
	before := c.least()
	answer, err := c.log.conn.RequestMsgWithContext(ctx, msg)
	switch {
	case errors.Is(err, nats.ErrNoResponders), errors.Is(err, nats.ErrConnectionClosed):
		return 0, fmt.Errorf("%w: %w", events.ErrUnavailable, err)
	case err != nil:
		return 0, fmt.Errorf("%w: %w", events.ErrUnknown, err)
	}
	got := ack{raw: answer.Data}
	if err := json.Unmarshal(answer.Data, &got.JSPubAckResponse); err != nil {
		return 0, fmt.Errorf("%w: decode the acknowledgement: %w", events.ErrUnknown, err)
	}
	switch {
	case got.refusedAsStale():
		return 0, events.ErrConflict
	case got.Error != nil:
		return 0, fmt.Errorf("%w: %w", events.ErrUnavailable, got.Error)
	case got.PubAck == nil || got.Stream != cpName:
		return 0, fmt.Errorf("%w: the broker's acknowledgement makes no sense (%s)", events.ErrUnknown, got.raw)
	case got.Sequence <= before:
		return 0, fmt.Errorf("the broker gave out sequence %d of %s, but %d was there before: %w", got.Sequence, cpName, before, events.ErrIntegrity)
	}
	c.saw(got.Sequence)
	return got.Sequence, nil
}

func (c *Checkpoints) saw(seq uint64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.last = max(c.last, seq)
}

// least is a sequence that LEDGER_CP has reached.
func (c *Checkpoints) least() uint64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.last
}
