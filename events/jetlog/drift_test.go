package jetlog

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"

	"starledger/events"
)

// Every change of the configuration that would let history go is named.
func TestConfigDriftIsNamed(t *testing.T) {
	for _, c := range []struct {
		change func(*server.StreamConfig)
		named  string
	}{
		{func(c *server.StreamConfig) { c.MaxAge = time.Hour }, "max_age is 3600000000000, must be 0"},
		{func(c *server.StreamConfig) { c.MaxMsgs = 10 }, "max_msgs is 10, must be -1"},
		{func(c *server.StreamConfig) { c.MaxBytes = 10 }, "max_bytes is 10, must be -1"},
		{func(c *server.StreamConfig) { c.MaxMsgsPer = 1 }, "max_msgs_per_subject is 1, must be -1"},
		{func(c *server.StreamConfig) { c.Discard = server.DiscardOld }, `discard is "old", must be "new"`},
		{func(c *server.StreamConfig) { c.Retention = server.InterestPolicy }, `retention is "interest", must be "limits"`},
		{func(c *server.StreamConfig) { c.DenyDelete = false }, "deny_delete is false, must be true"},
		{func(c *server.StreamConfig) { c.DenyPurge = false }, "deny_purge is false, must be true"},
		{func(c *server.StreamConfig) { c.AllowMsgTTL = true }, "allow_msg_ttl is true, must be false"},
		{func(c *server.StreamConfig) { c.AllowRollup = true }, "allow_rollup_hdrs is true, must be false"},
		{func(c *server.StreamConfig) { c.Compression = server.S2Compression }, `compression is "s2", must be "none"`},
		{func(c *server.StreamConfig) { c.Subjects = append(c.Subjects, "more.>") }, `subjects is ["ledger.>","more.>"], must be ["ledger.>"]`},
		{func(c *server.StreamConfig) { c.Sealed = true }, "sealed is true, must be false"},
		{func(c *server.StreamConfig) { c.AllowAtomicPublish = false }, "allow_atomic is absent, must be true"},
		{func(c *server.StreamConfig) { c.AllowBatchPublish = true }, "allow_batched is true, must be absent"},
		{func(c *server.StreamConfig) { c.MaxMsgSize = 1 << 10 }, "max_msg_size is 1024, must be 524288"},
		{func(c *server.StreamConfig) { c.Duplicates = time.Second }, "duplicate_window is 1000000000, must be 120000000000"},
	} {
		changed := wantedConfig(streamName, caseSubjects, 1)
		c.change(&changed)
		encoded, err := json.Marshal(changed)
		if err != nil {
			t.Fatal(err)
		}
		var live map[string]json.RawMessage
		if err := json.Unmarshal(encoded, &live); err != nil {
			t.Fatal(err)
		}
		drift, err := configDrift(live, wantedConfig(streamName, caseSubjects, 1))
		if err != nil || len(drift) != 1 || drift[0] != c.named {
			t.Errorf("got %q, %v; want %q", drift, err, c.named)
		}
	}
}

func TestStateDriftIsNamed(t *testing.T) {
	for want, state := range map[string]server.StreamState{
		"": {Msgs: 9, FirstSeq: 1, LastSeq: 9},
		"it begins at sequence 3, must begin at 1; it holds 7 messages and ends at sequence 9, must be equal": {Msgs: 7, FirstSeq: 3, LastSeq: 9},
		"2 messages are deleted, must be 0; it holds 7 messages and ends at sequence 9, must be equal":        {Msgs: 7, FirstSeq: 1, LastSeq: 9, NumDeleted: 2},
		"1 messages are lost [4], must be none":                                                               {Msgs: 9, FirstSeq: 1, LastSeq: 9, Lost: &server.LostStreamData{Msgs: []uint64{4}}},
	} {
		if got := strings.Join(stateDrift(state), "; "); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

// Someone else who gets at the store changes the stream with a broker of his own.
func TestOpenRefusesChangedStream(t *testing.T) {
	dir := t.TempDir()
	l := openLog(t, dir, 0)
	write(t, l, 3, 100, 1)
	l.Close()
	changed := wantedConfig(streamName, caseSubjects, 1)
	changed.MaxAge = time.Hour
	changed.Duplicates = time.Minute
	updateStream(t, dir, changed)
	wantNotOpened(t, dir, 3, "LEDGER: duplicate_window is 60000000000, must be 120000000000; LEDGER: max_age is 3600000000000, must be 0")
}

func updateStream(t *testing.T, dir string, to server.StreamConfig) {
	t.Helper()
	l := anyBroker(t, dir)
	defer l.close()
	var answer server.JSApiStreamUpdateResponse
	if err := call(t.Context(), l.conn, "STREAM.UPDATE."+to.Name, to, &answer, &answer.ApiResponse); err != nil {
		t.Fatal(err)
	}
}

// lawless is a log whose broker lets anybody do anything.
type lawless struct {
	*Log
	close func()
}

func anyBroker(t *testing.T, dir string) lawless {
	t.Helper()
	account := server.NewAccount(accountName)
	anyone, err := newUser(account, nil)
	if err != nil {
		t.Fatal(err)
	}
	srv, err := server.NewServer(&server.Options{
		DontListen: true, NoSigs: true, NoLog: true, JetStream: true, StoreDir: dir, SystemAccount: systemAccount,
		Accounts: []*server.Account{account, server.NewAccount(systemAccount)}, Nkeys: []*server.NkeyUser{anyone.nkey},
	})
	if err != nil {
		t.Fatal(err)
	}
	b := &broker{server: srv}
	srv.Start()
	if account, err = srv.LookupAccount(accountName); err == nil {
		err = account.EnableJetStream(nil, nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	conn, err := b.connect(anyone, nil, quiet)
	if err != nil {
		t.Fatal(err)
	}
	l := &Log{broker: b, conn: conn, durable: newHorizon(0)}
	l.cp = &Checkpoints{log: l}
	return lawless{l, func() {
		conn.Close()
		b.stop()
	}}
}

// A broker that would let the service do more, or that does not sync, is named.
func TestPermissionDriftIsNamed(t *testing.T) {
	dir := t.TempDir()
	l := openLog(t, dir, 0)
	write(t, l, 3, 100, 1)
	l.Close()
	any := anyBroker(t, dir)
	defer any.close()
	var drift *DriftError
	if err := any.CheckConfig(t.Context()); !errors.As(err, &drift) || len(drift.Drift) != 2 ||
		!strings.Contains(drift.Drift[0], "no longer syncs") || !strings.Contains(drift.Drift[1], "the service has the permissions null") {
		t.Fatalf("got %v", err)
	}
}

// What the service may not ask the broker for, nobody in the process may: there is no admin after
// the founding, and nobody listens.
func TestServiceMayNotChangeTheStream(t *testing.T) {
	dir := t.TempDir()
	l := openLog(t, dir, 0)
	write(t, l, 3, 100, 1)
	mustSwap(t, l.Checkpoints(), 0, "one")
	l.Close()
	refused := make(chan error, 1)
	l = openLog(t, dir, 3)
	l.conn.SetErrorHandler(func(_ *nats.Conn, _ *nats.Subscription, err error) { refused <- err })
	if l.broker.admin.nkey != nil {
		t.Fatal("there is an admin")
	}
	if addr := l.broker.server.Addr(); addr != nil {
		t.Fatalf("the broker listens on %v", addr)
	}
	for _, subject := range []string{
		api + "STREAM.CREATE.LEDGER", api + "STREAM.UPDATE.LEDGER", api + "STREAM.DELETE.LEDGER", api + "STREAM.PURGE.LEDGER",
		api + "STREAM.MSG.DELETE.LEDGER", api + "STREAM.RESTORE.LEDGER", api + "STREAM.CREATE.OTHER", api + "CONSUMER.CREATE.LEDGER.x",
		api + "STREAM.UPDATE.LEDGER_CP", api + "STREAM.DELETE.LEDGER_CP", api + "STREAM.PURGE.LEDGER_CP", api + "ACCOUNT.PURGE.LEDGER", "$SYS.REQ.SERVER.PING", "elsewhere",
	} {
		if err := l.conn.PublishRequest(subject, l.conn.NewInbox(), []byte("{}")); err != nil {
			t.Fatal(err)
		}
		select {
		case err := <-refused:
			if !errors.Is(err, nats.ErrPermissionViolation) || !strings.Contains(err.Error(), subject) {
				t.Errorf("%s: %v", subject, err)
			}
		case <-time.After(10 * time.Second):
			t.Errorf("%s is allowed", subject)
		}
	}
	if err := l.CheckConfig(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// An append that the broker acknowledges with a sequence from before is not believed.
func TestReusedSequenceIsDamage(t *testing.T) {
	w := &writer{newest: 9}
	old := ack{JSPubAckResponse: server.JSPubAckResponse{PubAck: &server.PubAck{Stream: streamName, Sequence: 9}}}
	if _, err := w.accept(old, 1, 0); !errors.Is(err, events.ErrIntegrity) {
		t.Fatalf("got %v", err)
	}
}
