package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"time"
)

const (
	// heartbeats come every 15 s, so this much silence means that the connection is dead
	followPatience = 45 * time.Second
	firstPause     = 200 * time.Millisecond
	longestPause   = 15 * time.Second
)

// follow prints events as they are stored until the user ends it. After a lost connection it goes
// on behind the last event printed, for as long as it takes. A refusal or a contradiction ends it,
// and so does a first connection that fails: then the address is more likely wrong than the server
// away.
func (p *program) follow(ctx context.Context, q question, after uint64) error {
	q.accept = mediaSSE
	f := follower{program: p, question: q, last: after, show: p.eventPrinter(), pause: firstPause}
	for {
		err := f.listen(ctx)
		if ctx.Err() != nil {
			return nil // Ctrl-C is how following ends
		}
		if !f.connected || !isLost(err) {
			return err
		}
		if err := f.wait(ctx, err); err != nil {
			return err
		}
	}
}

// A follower is one feed over many connections.
type follower struct {
	*program
	question  question
	last      uint64 // sequence of the last event printed
	show      func(*eventItem, []byte) error
	connected bool          // at least once
	pause     time.Duration // before the next connection
}

// listen prints what one connection brings. It never returns nil.
func (f *follower) listen(ctx context.Context) error {
	if f.last > 0 {
		f.question.after = strconv.FormatUint(f.last, 10)
	}
	answer, err := f.client.open(ctx, f.question, max(f.client.patience, followPatience))
	if err != nil {
		return err
	}
	defer answer.Close()
	f.connected = true
	messages := readMessages(answer)
	for {
		m, err := messages.next()
		if errors.Is(err, bufio.ErrTooLong) {
			return fmt.Errorf("%w: a line has more than %d bytes", errForeign, maxLine)
		}
		if err != nil {
			return err
		}
		if err := f.take(m); err != nil {
			return err
		}
	}
}

// take prints one event. One that does not come after the last would be shown twice, or show that
// the ledger was written anew.
func (f *follower) take(m message) error {
	if m.id <= f.last {
		return broken("sequence %d comes after %d", m.id, f.last)
	}
	if err := f.show(lineOf(m.id, m.data)); err != nil {
		return err
	}
	f.last, f.pause = m.id, firstPause
	return nil
}

// isLost tells whether another connection may help.
func isLost(err error) bool {
	var refused *problem
	if errors.As(err, &refused) {
		return refused.passing()
	}
	return errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) ||
		errors.Is(err, errUnreachable) || errors.Is(err, errSilent)
}

// wait says that the connection was lost and pauses, longer each time in vain.
func (f *follower) wait(ctx context.Context, lost error) error {
	if _, err := fmt.Fprintf(f.err, "ledgerctl: "+f.say(lostConnection)+"\n", f.last, plain(lost.Error())); err != nil {
		return err
	}
	select {
	case <-ctx.Done():
	case <-time.After(f.pause):
	}
	f.pause = min(2*f.pause, longestPause)
	return nil
}

var lostConnection = phrase{"连接中断，将从 #%d 之后继续（%s）", "connection lost, going on after #%d (%s)"}
