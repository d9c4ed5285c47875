package jetlog

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/nats-io/nats-server/v2/server"
)

// An acknowledgement means the same whether it is plain or not, and what is none is not taken for one.
func TestAcknowledgementsAreReadAsTheyAreMeant(t *testing.T) {
	for _, text := range []string{
		`{"stream":"` + streamName + `","seq":1}`, `{"stream":"` + streamName + `","seq":18446744073709551615}`,
		`{"stream":"` + streamName + `","seq":7,"duplicate": true}`, `{"stream":"` + streamName + `","seq":7,"batch":"b","count":20}`,
		`{"stream":"OTHER","seq":7}`, `{"error":{"code":400,"err_code":10071,"description":"wrong last sequence: 4"},"stream":"` + streamName + `","seq":0}`,
		`{"stream":"` + streamName + `","seq":-1}`, `{"stream":"` + streamName + `","seq":18446744073709551616}`,
		`{"stream":"` + streamName + `","seq":}`, `{"stream":"` + streamName + `","seq":7`, ``,
	} {
		var want server.JSPubAckResponse
		refused := json.Unmarshal([]byte(text), &want)
		got := ack{raw: []byte(text)}
		err := got.read()
		if (err != nil) != (refused != nil) {
			t.Errorf("%s: %v", text, err)
		}
		if difference := cmp.Diff(want, got.JSPubAckResponse); err == nil && difference != "" {
			t.Errorf("%s: %s", text, difference)
		}
	}
}
