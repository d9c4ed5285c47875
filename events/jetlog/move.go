package jetlog

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"iter"
	"strconv"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"

	"starledger/events"
)

const (
	moveTogether = 500     // messages in one batch
	moveBytes    = 4 << 20 // and bytes in it
	moveAttempts = 20      // at one batch, while servers choose a leader
)

// TakeOver appends the records of another log byte for byte at the same sequences. They begin where this
// log ends. Nobody else may write: each batch goes only where the one before has ended, so that a second
// attempt, of this process or the next, never stores anything twice. progress is told each sequence that
// is durable.
func (l *Log) TakeOver(ctx context.Context, records iter.Seq2[events.Record, error], progress func(seq uint64)) error {
	messages := func(yield func(message, error) bool) {
		for rec, err := range records {
			if err == nil {
				err = checkCase(rec.Case)
			}
			if !yield(message{rec.Seq, subjectOf(rec.Case), rec.Body}, err) || err != nil {
				return
			}
		}
	}
	m, err := l.newMover(streamName, progress)
	if err != nil {
		return err
	}
	return m.all(ctx, messages)
}

// TakeOver appends what another store of checkpoints holds beyond this one, at the same revisions, after
// comparing what both hold: what differs is an ErrIntegrity, and nothing is appended.
func (c *Checkpoints) TakeOver(ctx context.Context, from *Checkpoints, progress func(revision uint64)) error {
	end, err := from.End(ctx)
	if err != nil {
		return err
	}
	have, err := c.End(ctx)
	if err != nil {
		return err
	}
	if have > end {
		return fmt.Errorf("%s holds %d notes, more than the %d that are to be moved: %w", cpName, have, end, events.ErrIntegrity)
	}
	for revision := uint64(1); revision <= have; revision++ {
		if err := c.sameNote(ctx, from, revision); err != nil {
			return err
		}
		progress(revision)
	}
	m, err := c.log.newMover(cpName, progress)
	if err != nil {
		return err
	}
	return m.all(ctx, from.messages(ctx, have+1, end))
}

func (c *Checkpoints) sameNote(ctx context.Context, other *Checkpoints, revision uint64) error {
	one, oneCosigned, err := c.Note(ctx, revision)
	if err != nil {
		return err
	}
	another, anotherCosigned, err := other.Note(ctx, revision)
	if err != nil {
		return err
	}
	if oneCosigned != anotherCosigned || !bytes.Equal(one, another) {
		return fmt.Errorf("revision %d of %s is not the same in both places: %w", revision, cpName, events.ErrIntegrity)
	}
	return nil
}

func (c *Checkpoints) messages(ctx context.Context, from, to uint64) iter.Seq2[message, error] {
	return func(yield func(message, error) bool) {
		for revision := from; revision <= to; revision++ {
			note, cosigned, err := c.Note(ctx, revision)
			subject := cpCheckpoint
			if cosigned {
				subject = cpCosigned
			}
			if !yield(message{revision, subject, note}, err) || err != nil {
				return
			}
		}
	}
}

// A mover appends messages to one stream.
type mover struct {
	*publisher
	log      *Log
	stream   string
	progress func(uint64)
}

func (l *Log) newMover(stream string, progress func(uint64)) (*mover, error) {
	p, err := newPublisher(l.conn, rebuildWait)
	if err != nil {
		return nil, err
	}
	p.replicated = true
	return &mover{p, l, stream, progress}, nil
}

func (m *mover) all(ctx context.Context, messages iter.Seq2[message, error]) error {
	var chunk []message
	size := 0
	flush := func() error {
		if len(chunk) == 0 {
			return nil
		}
		if err := m.surely(ctx, chunk); err != nil {
			return fmt.Errorf("move %s, sequences %d to %d: %w", m.stream, chunk[0].seq, chunk[len(chunk)-1].seq, err)
		}
		m.progress(chunk[len(chunk)-1].seq)
		chunk, size = chunk[:0], 0
		return nil
	}
	for msg, err := range messages {
		if err = errors.Join(err, ctx.Err()); err != nil {
			return fmt.Errorf("read what is to be moved: %w", err)
		}
		if len(chunk) == moveTogether || size+len(msg.data) > moveBytes {
			if err := flush(); err != nil {
				return err
			}
		}
		chunk, size = append(chunk, msg), size+len(msg.data)
	}
	return flush()
}

// surely appends a chunk. After a failure the end of the stream tells whether it landed; what is not there
// goes again, and its expectation keeps a late first attempt and the second apart.
func (m *mover) surely(ctx context.Context, chunk []message) (err error) {
	first, last := chunk[0].seq, chunk[len(chunk)-1].seq
	for range moveAttempts {
		if err = m.batch(chunk); err == nil || ctx.Err() != nil {
			return errors.Join(err, ctx.Err())
		}
		info, failed := m.log.streamInfo(ctx, m.stream)
		switch {
		case failed != nil:
			err = failed
		case info.State.LastSeq == last:
			return nil
		case info.State.LastSeq != first-1:
			return fmt.Errorf("somebody else writes: it ends at sequence %d: %w", info.State.LastSeq, events.ErrConflict)
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(askAgain):
		}
	}
	return err
}

// batch publishes a chunk as one atomic batch, right behind the sequence before its first.
func (m *mover) batch(chunk []message) error {
	b := m.newBatch()
	for i, msg := range chunk {
		last := i == len(chunk)-1
		out := &nats.Msg{Subject: msg.subject, Data: msg.data}
		if i == 0 {
			out.Header = nats.Header{server.JSExpectedLastSeq: {strconv.FormatUint(msg.seq-1, 10)}}
		}
		answer, err := b.add(out, last)
		if err == nil && answer.Error != nil {
			err = answer.Error
		}
		if err == nil && last && (answer.PubAck == nil || answer.Sequence != msg.seq) {
			err = fmt.Errorf("the broker answered %s: %w", answer.raw, events.ErrIntegrity)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
