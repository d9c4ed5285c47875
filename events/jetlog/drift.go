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

// CheckConfig compares the stream as it is now with what it has to be: each setting, the first
// sequence, nothing deleted, nothing lost. It names every difference, and is an ErrIntegrity:
// a ledger whose stream was changed behind its back stops.
func (l *Log) CheckConfig(ctx context.Context) error {
	info, err := readStreamInfo(ctx, l.conn)
	if err != nil {
		return fmt.Errorf("check the stream %s: %w", streamName, err)
	}
	if !l.broker.server.JetStreamConfig().SyncAlways {
		return fmt.Errorf("check the stream %s: the broker no longer syncs every write: %w", streamName, events.ErrIntegrity)
	}
	drift, err := configDrift(info.Config)
	if err != nil {
		return fmt.Errorf("check the stream %s: %w", streamName, err)
	}
	if drift = append(drift, stateDrift(info.State)...); len(drift) > 0 {
		return fmt.Errorf("the stream %s is not what it has to be: %s: %w", streamName, strings.Join(drift, "; "), events.ErrIntegrity)
	}
	return nil
}

// configDrift names each setting that differs from wantedConfig. Settings that are absent and
// settings that are off are the same; metadata is the broker's own book-keeping.
func configDrift(live map[string]json.RawMessage) ([]string, error) {
	encoded, err := json.Marshal(wantedConfig())
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
