package jetlog

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/nats-io/nats-server/v2/server"

	"starledger/events"
)

// A DriftError names everything about the streams and the broker that is not what it has to be. It
// is an ErrIntegrity: a ledger that was changed behind its back stops.
type DriftError struct{ Drift []string }

func (e *DriftError) Error() string {
	return "the store is not what it has to be: " + strings.Join(e.Drift, "; ")
}

func (e *DriftError) Is(target error) bool { return target == events.ErrIntegrity }

// CheckConfig compares both streams as they are now with what they have to be: each setting, the
// first sequence, nothing deleted, nothing lost, nothing shorter than it was. And the broker: it
// syncs every write, listens nowhere, and lets this process do no more than it must. What differs
// is a DriftError; any other error means that it could not be looked at.
func (l *Log) CheckConfig(ctx context.Context) error {
	drift, err := l.brokerDrift(ctx)
	if err != nil {
		return err
	}
	for _, s := range streams {
		found, err := l.streamDrift(ctx, s.name, s.subjects)
		if err != nil {
			return fmt.Errorf("check the stream %s: %w", s.name, err)
		}
		drift = append(drift, found...)
	}
	if len(drift) > 0 {
		return &DriftError{drift}
	}
	return nil
}

// brokerDrift names what has changed about the broker, and about what the service may do.
func (l *Log) brokerDrift(ctx context.Context) ([]string, error) {
	if l.broker == nil {
		return l.clusterDrift(ctx)
	}
	permissions, err := l.permissionDrift(ctx)
	if err != nil {
		return nil, fmt.Errorf("check the permissions of the service: %w", err)
	}
	return append(l.broker.drift(), permissions...), nil
}

func (l *Log) streamDrift(ctx context.Context, name, subjects string) ([]string, error) {
	least := l.reached(name) // before the stream is asked: it only grows
	replicas := 1
	var info streamInfo
	var err error
	if l.remote == nil {
		info, err = readStreamInfo(ctx, l.conn, name)
	} else {
		var remote remoteInfo
		remote, err = l.streamInfo(ctx, name)
		info, replicas = remote.streamInfo, l.remote.cfg.Replicas
	}
	if err != nil && !isMissing(err) {
		return nil, err
	}
	if isMissing(err) {
		return []string{"the stream " + name + " is gone"}, nil
	}
	drift, err := configDrift(info.Config, wantedConfig(name, subjects, replicas))
	if err != nil {
		return nil, err
	}
	drift = append(drift, stateDrift(info.State)...)
	if info.State.LastSeq < least {
		drift = append(drift, fmt.Sprintf("it ends at sequence %d, but reached %d", info.State.LastSeq, least))
	}
	for i := range drift {
		drift[i] = name + ": " + drift[i]
	}
	return drift, nil
}

// drift names what has changed about the broker itself.
func (b *broker) drift() (drift []string) {
	if !b.server.JetStreamConfig().SyncAlways {
		drift = append(drift, "the broker no longer syncs every write")
	}
	if addr := b.server.Addr(); addr != nil {
		drift = append(drift, fmt.Sprintf("the broker listens on %s", addr))
	}
	return drift
}

// permissionDrift names the difference between what this process may do and what it must.
func (l *Log) permissionDrift(ctx context.Context) ([]string, error) {
	asked, err := l.permissions(ctx)
	if err != nil {
		return nil, err
	}
	has, err := permissionText(asked)
	if err != nil {
		return nil, err
	}
	must, err := permissionText(servicePermissions())
	if err != nil || has == must {
		return nil, err
	}
	return []string{fmt.Sprintf("the service has the permissions %s, must have %s", has, must)}, nil
}

// permissions asks the broker what this process may do, nil for everything.
func (l *Log) permissions(ctx context.Context) (*server.Permissions, error) {
	ctx, cancel := context.WithTimeout(ctx, defaultAckWait)
	defer cancel()
	msg, err := l.conn.RequestWithContext(ctx, aboutMe, nil)
	if err != nil {
		return nil, connectionError(err)
	}
	var answer struct {
		Data server.UserInfo `json:"data"`
	}
	if err := decodeAnswer(msg, &answer); err != nil {
		return nil, err
	}
	return answer.Data.Permissions, nil
}

// permissionText is what permissions say, in one order: the broker's has none.
func permissionText(p *server.Permissions) (string, error) {
	if p != nil {
		for _, s := range []*server.SubjectPermission{p.Publish, p.Subscribe} {
			if s != nil {
				slices.Sort(s.Allow)
				slices.Sort(s.Deny)
			}
		}
	}
	text, err := json.Marshal(p)
	return readable(text), err
}

// configDrift names each setting that differs from what is wanted. Settings that are absent and
// settings that are off are the same; metadata is the broker's own book-keeping.
func configDrift(live map[string]json.RawMessage, want server.StreamConfig) ([]string, error) {
	encoded, err := json.Marshal(want)
	if err != nil {
		return nil, fmt.Errorf("encode the wanted configuration: %w", err)
	}
	var wanted map[string]json.RawMessage
	if err := json.Unmarshal(encoded, &wanted); err != nil {
		return nil, fmt.Errorf("decode the wanted configuration: %w", err)
	}
	var drift []string
	for setting, want := range wanted {
		if got := live[setting]; !sameSetting(got, want) {
			drift = append(drift, fmt.Sprintf("%s is %s, must be %s", setting, readable(got), readable(want)))
		}
	}
	for setting, got := range live {
		if _, known := wanted[setting]; !known && setting != "metadata" && !off(got) {
			drift = append(drift, fmt.Sprintf("%s is %s, must be absent", setting, readable(got)))
		}
	}
	slices.Sort(drift)
	return drift, nil
}

func sameSetting(got, want json.RawMessage) bool {
	if off(got) && off(want) {
		return true
	}
	var a, b bytes.Buffer
	if json.Compact(&a, got) != nil || json.Compact(&b, want) != nil {
		return false
	}
	return bytes.Equal(a.Bytes(), b.Bytes())
}

func off(value json.RawMessage) bool {
	switch string(value) {
	case "", "null", "false", "0", `""`, "{}", "[]":
		return true
	}
	return false
}

// readable is a setting for a person: the encoder writes the > of subjects as an escape.
func readable(value json.RawMessage) string {
	if value == nil {
		return "absent"
	}
	return strings.ReplaceAll(string(value), `\u003e`, ">")
}

// stateDrift names what a log without gaps cannot look like. It is not a proof: after some faults
// the broker reports a whole stream and skips a message. Readers count, for that reason.
func stateDrift(state server.StreamState) []string {
	var drift []string
	if state.Msgs > 0 && state.FirstSeq != 1 {
		drift = append(drift, fmt.Sprintf("it begins at sequence %d, must begin at 1", state.FirstSeq))
	}
	if state.NumDeleted != 0 {
		drift = append(drift, fmt.Sprintf("%d messages are deleted, must be 0", state.NumDeleted))
	}
	if state.Msgs != state.LastSeq {
		drift = append(drift, fmt.Sprintf("it holds %d messages and ends at sequence %d, must be equal", state.Msgs, state.LastSeq))
	}
	if state.Lost != nil && (len(state.Lost.Msgs) > 0 || state.Lost.Bytes > 0) {
		drift = append(drift, fmt.Sprintf("%d messages are lost %v, must be none", len(state.Lost.Msgs), firstOf(state.Lost.Msgs)))
	}
	return drift
}

func firstOf(seqs []uint64) []uint64 { return seqs[:min(len(seqs), 5)] }

// isMissing says whether the broker knows no stream of ours.
func isMissing(err error) bool {
	var apiErr *server.ApiError
	return errors.As(err, &apiErr) && apiErr.ErrCode == uint16(server.JSStreamNotFoundErr)
}
