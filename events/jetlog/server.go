package jetlog

import (
	"errors"
	"fmt"
	"log/slog"
	"net"
	"path/filepath"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
)

const (
	streamName   = "LEDGER"
	caseSubjects = "ledger." // followed by the case
	cpName       = "LEDGER_CP"
	cpSubjects   = "ledgercp."
	messageDir   = "msgs"
	accountName  = "LEDGER" // the account that owns the stream
	serverName   = "starledger"
	startWait    = 30 * time.Second // for the broker to recover its store; it logs what it does
	maxPayload   = 1 << 20
)

// streamDir is where the broker keeps a stream below its store directory.
func streamDir(storeDir, name string) string {
	return filepath.Join(storeDir, server.JetStreamStoreDir, accountName, "streams", name)
}

// blockDir holds the message blocks of the log's stream.
func blockDir(storeDir string) string {
	return filepath.Join(streamDir(storeDir, streamName), messageDir)
}

// A broker is the embedded server: no listener, no signals, no files but those below its store
// directory. It syncs each message (and each atomic batch once) before it acknowledges it.
type broker struct {
	server  *server.Server
	service user
	admin   user // only when the broker was started to create streams
}

// startBroker starts the embedded server. Recovery may change the files below storeDir (after an
// unclean stop the broker cuts off what it cannot read), so whoever has to know what was there
// looks first: see Scan. The streams of found, and no others, may be created while it runs.
func startBroker(storeDir string, found []string, logger *slog.Logger) (*broker, error) {
	b := &broker{}
	account := server.NewAccount(accountName)
	var err error
	if b.service, err = newUser(account, servicePermissions()); err != nil {
		return nil, err
	}
	users := []*server.NkeyUser{b.service.nkey}
	if len(found) > 0 {
		if b.admin, err = newUser(account, adminPermissions(found)); err != nil {
			return nil, err
		}
		users = append(users, b.admin.nkey)
	}
	b.server, err = server.NewServer(&server.Options{
		ServerName: serverName,
		DontListen: true,
		NoSigs:     true,
		NoLog:      true,
		JetStream:  true,
		StoreDir:   storeDir,
		SyncAlways: true,
		MaxPayload: maxPayload,
		Accounts:   []*server.Account{account, server.NewAccount(systemAccount)},
		Nkeys:      users,

		SystemAccount:          systemAccount,
		DisableJetStreamBanner: true,
	})
	if err != nil {
		return nil, fmt.Errorf("configure the embedded broker: %w", err)
	}
	log := &brokerLog{logger: logger}
	b.server.SetLoggerV2(log, false, false, false)
	b.server.Start()
	if err := b.ready(); err != nil {
		if reason := log.reason(); reason != "" {
			err = errors.New(reason)
		}
		b.stop()
		return nil, fmt.Errorf("start the embedded broker on %s: %w", storeDir, err)
	}
	return b, nil
}

// ready waits until the stream's account has been recovered, and refuses a broker that does not
// sync every write: what it would acknowledge could be gone after a power cut.
func (b *broker) ready() error {
	if !b.server.ReadyForConnections(startWait) {
		return errors.New("it is not ready for connections")
	}
	cfg := b.server.JetStreamConfig()
	if cfg == nil || !b.server.JetStreamEnabled() {
		return errors.New("JetStream is not enabled")
	}
	if !cfg.SyncAlways {
		return errors.New("it does not sync every write (SyncAlways is off)")
	}
	account, err := b.server.LookupAccount(accountName)
	if err != nil {
		return fmt.Errorf("look up account %s: %w", accountName, err)
	}
	if err := account.EnableJetStream(nil, nil); err != nil {
		return fmt.Errorf("recover the streams of account %s: %w", accountName, err)
	}
	return nil
}

func (b *broker) stop() {
	b.server.Shutdown()
	b.server.WaitForShutdown()
}

// dialer adapts the broker for nats.InProcessServer; wrap, when there is one, stands between the
// client and the broker (tests lose answers with it).
type dialer struct {
	broker *broker
	wrap   func(net.Conn) net.Conn
}

func (d dialer) InProcessConn() (net.Conn, error) {
	conn, err := d.broker.server.InProcessConn()
	if err != nil || d.wrap == nil {
		return conn, err
	}
	return d.wrap(conn), nil
}

// connect opens an in-process connection that acts as one user.
func (b *broker) connect(as user, wrap func(net.Conn) net.Conn, logger *slog.Logger) (*nats.Conn, error) {
	conn, err := nats.Connect("",
		nats.InProcessServer(dialer{b, wrap}),
		nats.Nkey(as.nkey.Nkey, as.sign),
		nats.Name(serverName),
		nats.ErrorHandler(func(_ *nats.Conn, _ *nats.Subscription, err error) {
			logger.Error("connection to the embedded broker", "error", err)
		}))
	if err != nil {
		return nil, fmt.Errorf("connect to the embedded broker: %w", err)
	}
	return conn, nil
}
