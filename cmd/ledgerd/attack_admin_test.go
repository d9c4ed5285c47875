package main

import (
	"context"
	"encoding/json"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
)

// administrator: who may do anything with the stopped store starts a broker of their own on it
// and gives JetStream orders, all of which it follows, though DenyDelete and DenyPurge are set.
func (all *prepared) administrator(t *testing.T) {
	const (
		watch  = "jetlog.CheckConfig, called by jetlog.Open and every minute"
		known  = "what is known outside the stream: archive, checkpoints, read model"
		blocks = "jetlog.Scan over the blocks, before the broker is started"
	)
	for _, a := range []attack{
		{move: "a limit on the number of messages", do: orders(update("discard", "old"), update("max_msgs", 40)), caught: blocks,
			says: []string{"sequence 1 is missing from the log"}},
		{move: "a limit on the number of messages, and back", do: orders(update("discard", "old"), update("max_msgs", 40), update("max_msgs", -1), update("discard", "new")), caught: blocks,
			says: []string{"sequence 1 is missing from the log"}},
		{move: "a limit on the size", do: orders(update("discard", "old"), update("max_bytes", 10_000)), caught: blocks,
			says: []string{"sequence 1 is missing from the log"}},
		{move: "a limit on each case", do: orders(update("discard", "old"), update("max_msgs_per_subject", 3)), caught: blocks,
			says: []string{"sequence 1 is missing from the log"}},
		{move: "keep only what somebody wants", do: orders(update("retention", "interest")), caught: blocks,
			says: []string{"sequence 1: ", "was erased"}},
		{move: "a limit that is not reached yet", do: orders(update("max_msgs", 62)), caught: watch,
			says: []string{"max_msgs is 62, must be -1"}},
		{move: "an age", do: orders(update("max_age", time.Hour)), caught: watch,
			says: []string{"max_age is 3600000000000, must be 0"}},
		{move: "a time to live", do: orders(update("allow_msg_ttl", true)), caught: watch,
			says: []string{"allow_msg_ttl is true, must be false"}},
		{move: "delete the stream", do: orders(deleteStream), caught: known, says: []string{"ends before sequence 1,"}},
		{move: "delete the stream and make it anew", do: anew, caught: known, says: []string{"sequence "}},
	} {
		for end, from := range map[string]string{"stopped": all.stopped, "killed": all.killed} {
			t.Run(a.move+", "+end, func(t *testing.T) {
				t.Parallel()
				all.catches(t, from, a)
			})
		}
	}
}

// order is one request to the broker.
type order func(*testing.T, *nats.Conn)

// orders starts a broker on the store as whoever owns the machine can, without the ledger's keys,
// which exist in the memory of a running ledger only, and gives it orders.
func orders(list ...order) func(*testing.T, *target) {
	return func(t *testing.T, l *target) {
		account := server.NewAccount("LEDGER")
		broker, err := server.NewServer(&server.Options{
			ServerName: "starledger", DontListen: true, NoSigs: true, NoLog: true, JetStream: true, StoreDir: l.storeDir(),
			Accounts: []*server.Account{account}, Users: []*server.User{{Username: "administrator", Password: "any", Account: account}},
		})
		if err != nil {
			t.Fatal(err)
		}
		broker.Start()
		defer func() {
			broker.Shutdown()
			broker.WaitForShutdown()
		}()
		if !broker.ReadyForConnections(10 * time.Second) {
			t.Fatal("the administrator's broker does not start")
		}
		if account, err = broker.LookupAccount("LEDGER"); err != nil {
			t.Fatal(err)
		}
		if err := account.EnableJetStream(nil, nil); err != nil {
			t.Fatal(err)
		}
		conn, err := nats.Connect("", nats.InProcessServer(broker), nats.UserInfo("administrator", "any"))
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		for _, give := range list {
			give(t, conn)
		}
	}
}

// ask gives one order, which the broker must follow.
func ask(t *testing.T, conn *nats.Conn, subject string, request any) map[string]any {
	t.Helper()
	var payload []byte
	if request != nil {
		var err error
		if payload, err = json.Marshal(request); err != nil {
			t.Fatal(err)
		}
	}
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	answer, err := conn.RequestWithContext(ctx, "$JS.API."+subject, payload)
	if err != nil {
		t.Fatal(err)
	}
	var read map[string]any
	if err := json.Unmarshal(answer.Data, &read); err != nil {
		t.Fatal(err)
	}
	if refused, is := read["error"]; is {
		t.Fatalf("the broker does not follow %s %s: %v", subject, payload, refused)
	}
	return read
}

func settings(t *testing.T, conn *nats.Conn) map[string]any {
	t.Helper()
	return ask(t, conn, "STREAM.INFO.LEDGER", nil)["config"].(map[string]any)
}

// update changes one setting and leaves the others as they are by then.
func update(setting string, to any) order {
	return func(t *testing.T, conn *nats.Conn) {
		config := settings(t, conn)
		config[setting] = to
		ask(t, conn, "STREAM.UPDATE.LEDGER", config)
	}
}

func deleteStream(t *testing.T, conn *nats.Conn) { ask(t, conn, "STREAM.DELETE.LEDGER", nil) }

// anew founds the stream a second time, with the same settings, and begins another history.
func anew(t *testing.T, l *target) {
	var was map[string]any
	orders(func(t *testing.T, conn *nats.Conn) { was = settings(t, conn) }, deleteStream)(t, l)
	orders(func(t *testing.T, conn *nats.Conn) {
		ask(t, conn, "STREAM.CREATE.LEDGER", was)
		if _, err := conn.Request("ledger.forged", []byte(`{"specversion":"1.0"}`), 5*time.Second); err != nil {
			t.Fatal(err)
		}
	})(t, l)
}
