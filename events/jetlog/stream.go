package jetlog

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
)

// streams are the names of the streams of a ledger and the beginnings of their subjects.
var streams = []struct{ name, subjects string }{{streamName, caseSubjects}, {cpName, cpSubjects}}

// wantedConfig is a stream as it has to be, for ever. No limit, so that nothing is ever dropped;
// no compression, since one bad bit in a compressed block costs the block; atomic publish, which
// also makes the broker refuse the asynchronous persist mode.
func wantedConfig(name, subjects string, replicas int) server.StreamConfig {
	return server.StreamConfig{
		Name:               name,
		Subjects:           []string{subjects + ">"},
		Storage:            server.FileStorage,
		Retention:          server.LimitsPolicy,
		Discard:            server.DiscardNew,
		MaxConsumers:       -1,
		MaxMsgs:            -1,
		MaxBytes:           -1,
		MaxMsgsPer:         -1,
		MaxMsgSize:         512 << 10,
		Replicas:           replicas,
		Duplicates:         2 * time.Minute,
		Compression:        server.NoCompression,
		DenyDelete:         true,
		DenyPurge:          true,
		AllowDirect:        true,
		AllowAtomicPublish: true,
	}
}

// createStream founds a stream of the ledger. Only Open of what nobody knows and Rebuild come
// here: a stream created where one existed would hide the loss.
func createStream(ctx context.Context, admin *nats.Conn, name, subjects string, replicas int) error {
	var answer server.JSApiStreamCreateResponse
	return call(ctx, admin, "STREAM.CREATE."+name, wantedConfig(name, subjects, replicas), &answer, &answer.ApiResponse)
}

// streamInfo is the part of the broker's answer that matters. The configuration is kept as it
// came, so that a setting this code does not know is seen as well.
type streamInfo struct {
	server.ApiResponse
	Config map[string]json.RawMessage `json:"config"`
	State  server.StreamState         `json:"state"`
}

func readStreamInfo(ctx context.Context, conn *nats.Conn, name string) (streamInfo, error) {
	var info streamInfo
	err := call(ctx, conn, "STREAM.INFO."+name, nil, &info, &info.ApiResponse)
	return info, err
}

// call sends one request to the broker's API and decodes the answer into response, whose embedded
// common part is status.
func call(ctx context.Context, conn *nats.Conn, subject string, request, response any, status *server.ApiResponse) error {
	var payload []byte
	if request != nil {
		var err error
		if payload, err = json.Marshal(request); err != nil {
			return fmt.Errorf("%s: encode the request: %w", subject, err)
		}
	}
	msg, err := conn.RequestWithContext(ctx, api+subject, payload)
	if err != nil {
		return fmt.Errorf("%s: %w", subject, err)
	}
	if err := json.Unmarshal(msg.Data, response); err != nil {
		return fmt.Errorf("%s: decode the answer: %w", subject, err)
	}
	if status.Error != nil {
		return fmt.Errorf("%s: %w", subject, status.Error)
	}
	return nil
}
