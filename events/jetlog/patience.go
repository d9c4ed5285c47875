package jetlog

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"

	"starledger/events"
)

const (
	readPatience = 5 * time.Second       // how long a reader waits for a cluster that chooses a leader
	askAgain     = 50 * time.Millisecond // before the same is asked again
)

// errAway: a cluster cannot answer now. It may in a moment.
var errAway = fmt.Errorf("the cluster cannot answer now: %w", events.ErrUnavailable)

// patiently repeats what a cluster cannot answer for the moment: its servers choose a leader, or the
// connection is being made again. Only reads are repeated.
func patiently(ctx context.Context, do func(context.Context) error) error {
	until := time.Now().Add(readPatience)
	for {
		err := do(ctx)
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case !isPassing(err):
			return err
		case time.Now().After(until) && !errors.Is(err, errBehind): // which has a patience of its own
			return fmt.Errorf("%w: %w", errAway, err)
		}
		select {
		case <-time.After(askAgain):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// isPassing tells whether an error may be gone at the next attempt.
func isPassing(err error) bool {
	for _, passing := range []error{
		nats.ErrNoResponders, nats.ErrTimeout, nats.ErrDisconnected, nats.ErrReconnectBufExceeded,
		nats.ErrConnectionReconnecting, context.DeadlineExceeded, errCutOff, errBehind,
	} {
		if errors.Is(err, passing) {
			return true
		}
	}
	var refused *server.ApiError
	return errors.As(err, &refused) && (refused.Code == 503 || refused.Code == 408 || refused.Code == 500 ||
		refused.ErrCode == uint16(server.JSClusterNoPeersErrF)) // the servers have not all met yet
}

// callRemote asks the API of a cluster once, and waits for one answer at most so long.
func (l *Log) callRemote(ctx context.Context, subject string, request, response any, status *server.ApiResponse) error {
	ctx, cancel := context.WithTimeout(ctx, l.remote.wait)
	defer cancel()
	if l.isClosed() {
		return errClosed
	}
	return call(ctx, l.conn, subject, request, response, status)
}

// fromLeader reads one message of a stream at its leader; found is false when there is none.
func (l *Log) fromLeader(ctx context.Context, stream string, request server.JSApiMsgGetRequest) (msg message, found bool, err error) {
	var answer server.JSApiMsgGetResponse
	err = patiently(ctx, func(ctx context.Context) error {
		answer = server.JSApiMsgGetResponse{}
		return l.callRemote(ctx, "STREAM.MSG.GET."+stream, request, &answer, &answer.ApiResponse)
	})
	var refused *server.ApiError
	switch {
	case errors.As(err, &refused) && refused.ErrCode == uint16(server.JSNoMessageFoundErr):
		return message{}, false, nil
	case err != nil:
		return message{}, false, err
	case answer.Message == nil:
		return message{}, false, errors.New("the broker sent no message")
	}
	return message{answer.Message.Sequence, answer.Message.Subject, answer.Message.Data}, true, nil
}

// remoteInfo is a stream's answer with how its leader stands with the others.
type remoteInfo struct {
	streamInfo
	Cluster *server.ClusterInfo `json:"cluster"`
}

// streamInfo asks for a stream. A leader that has not heard of a majority lately may have been replaced
// without knowing it: its answer is not taken. A stream that is behind what was seen before, or gone, is
// asked for again, since servers that have just started, or a leader that has just been chosen, do not know
// all yet; if it stays so (see catchingUp), it was shortened, or deleted, and the caller has to find that.
func (l *Log) streamInfo(ctx context.Context, name string) (info remoteInfo, err error) {
	err = patiently(ctx, func(ctx context.Context) error {
		info = remoteInfo{}
		asked, least := time.Now(), l.reached(name)
		err := l.callRemote(ctx, "STREAM.INFO."+name, nil, &info, &info.ApiResponse)
		missing := isMissing(err) && least > 0
		switch {
		case err != nil && !missing:
			return err
		case !missing && !info.inTouch():
			return errCutOff
		case l.remote.catchingUp(name, missing || info.State.LastSeq < least):
			return errBehind
		case missing:
			return err
		}
		if name == streamName {
			l.remote.heard(asked)
		}
		return nil
	})
	return info, err
}

// reached is how far a stream is known to go.
func (l *Log) reached(name string) uint64 {
	if name == cpName {
		return l.cp.least()
	}
	last, _ := l.durable.now()
	return last
}

// contactWithin is how long ago a leader must have heard of a majority, itself included, to be believed.
// The servers tell each other once a second that they are there.
const contactWithin = 3 * time.Second

var (
	errCutOff = errors.New("the leader of the stream is not in touch with a majority")
	errBehind = errors.New("the servers have not caught up with what was seen before")
)

// catchUpPatience is how long the servers may be behind what was acknowledged before: a leader that was
// chosen after the one before it fell away may have to write it first, on a slow disk.
const catchUpPatience = 30 * time.Second

// lateness is since when a stream has been seen behind, and when it was last.
type lateness struct{ since, last time.Time }

// catchingUp takes down whether a stream was behind just now, and tells whether it may still catch up. Nobody
// having looked for a while, it counts from the beginning.
func (c *cluster) catchingUp(name string, behind bool) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !behind {
		delete(c.late, name)
		return false
	}
	now := time.Now()
	late, known := c.late[name]
	if !known || now.Sub(late.last) > 2*readPatience {
		late.since = now
	}
	late.last = now
	c.late[name] = late
	return now.Sub(late.since) < c.patience
}

func (i *remoteInfo) inTouch() bool {
	if i.Cluster == nil || len(i.Cluster.Replicas) == 0 {
		return true
	}
	if i.Cluster.Leader == "" {
		return false
	}
	inTouch := 1
	for _, peer := range i.Cluster.Replicas {
		if !peer.Offline && peer.Active < contactWithin {
			inTouch++
		}
	}
	return 2*inTouch > len(i.Cluster.Replicas)+1
}

func (c *cluster) heard(at time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if at.After(c.healthy) {
		c.healthy = at
	}
}

// believed tells whether the leader was in touch with a majority lately.
func (c *cluster) believed() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return time.Since(c.healthy) < contactWithin
}

// decodeAnswer decodes an answer of a server.
func decodeAnswer(msg *nats.Msg, into any) error {
	if err := json.Unmarshal(msg.Data, into); err != nil {
		return fmt.Errorf("decode the answer: %w", err)
	}
	return nil
}
