package jetlog

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/nats-io/nats.go"
)

// Remote is what the log needs to know of a NATS cluster.
type Remote struct {
	// URLs of its servers, separated by commas.
	URLs string
	// Credentials is the file the service signs in with: a NATS credentials file (JWT and seed), or a
	// file that holds the seed of an NKey. Empty: without.
	Credentials string
	// Admin is such a file of a user who may create the two streams. It is used only when they are
	// missing and nobody knows of a ledger; empty: the streams must be there.
	Admin string
	// CA is the PEM file of who signed the servers' certificates, Cert and Key those of the client. Empty:
	// what the system trusts, no client certificate.
	CA, Cert, Key string
	// Replicas is how many servers keep each message: 3 or 5. 1 is for tests and small installations: what
	// that one server loses is lost.
	Replicas int
	// KnownLast and KnownCheckpoint are as in Config.
	KnownLast       uint64
	KnownCheckpoint bool
	// AcceptLazySync serves although a server may acknowledge what it has not synced, or does not tell.
	AcceptLazySync bool
	// AcceptWideRights serves although the service could change, purge or delete its own streams.
	AcceptWideRights bool
	// Logger receives what befalls the connection. nil: slog.Default.
	Logger *slog.Logger
}

// cluster is what only a log in a cluster has.
type cluster struct {
	cfg   Remote
	wait  time.Duration // for one answer
	pulse sync.WaitGroup

	mu      sync.Mutex
	healthy time.Time // when a leader last answered that was in touch with a majority
	told    bool      // a server has told how it syncs
	lazy    string    // what is not known to be synced, as accepted

	patience time.Duration       // catchUpPatience but in tests
	late     map[string]lateness // the streams that are behind what was seen before
}

const (
	connectWithin = 10 * time.Second
	reconnectWait = 250 * time.Millisecond
)

// Connect opens the log that a NATS cluster keeps, and founds it where there is none and nobody knows
// of one. Any number of processes may have it open: appends that expect the same end of a case cannot
// both succeed, wherever they come from. It fails with an ErrIntegrity for the same reasons as Open.
//
// What is read as the end of the log or of a case comes from the stream's leader; a leader that was cut
// off from the others is believed for contactWithin at most. What is appended needs a majority always.
func Connect(ctx context.Context, cfg Remote) (*Log, error) {
	return connect(ctx, cfg, faults{ackWait: defaultAckWait})
}

func connect(ctx context.Context, cfg Remote, f faults) (*Log, error) {
	if cfg.Logger == nil {
		cfg.Logger = slog.Default()
	}
	conn, err := dial(cfg, cfg.Credentials, f.wrap)
	if err != nil {
		return nil, err
	}
	l := &Log{
		conn: conn, recent: newRecent(), durable: newHorizon(cfg.KnownLast), closed: make(chan struct{}),
		remote: &cluster{cfg: cfg, wait: f.ackWait, patience: catchUpPatience, late: map[string]lateness{}},
	}
	l.source, l.cp = clusterSource{l}, &Checkpoints{log: l, wait: f.ackWait}
	last, err := l.prepareRemote(ctx)
	if err != nil {
		conn.Close()
		return nil, fmt.Errorf("open the log in %s: %w", cfg.URLs, err)
	}
	if l.writer, err = newWriter(l, last, f.ackWait); err != nil {
		conn.Close()
		return nil, err
	}
	l.writer.replicated = cfg.Replicas > 1
	l.remote.pulse.Go(l.followEnd)
	return l, nil
}

// dial connects. Nothing is kept to be sent later while there is no connection: a write that comes out
// of a buffer minutes after its caller was told that it failed helps nobody.
func dial(cfg Remote, credentials string, wrap func(net.Conn) net.Conn) (*nats.Conn, error) {
	options := []nats.Option{
		nats.Name(serverName), nats.Timeout(connectWithin),
		nats.MaxReconnects(-1), nats.ReconnectWait(reconnectWait), nats.ReconnectBufSize(-1),
		nats.PingInterval(2 * time.Second), nats.MaxPingsOutstanding(2),
		nats.DisconnectErrHandler(func(_ *nats.Conn, err error) {
			if err != nil {
				cfg.Logger.Warn("the connection to the cluster was lost", "error", err)
			}
		}),
		nats.ReconnectHandler(func(c *nats.Conn) {
			cfg.Logger.Info("connected to the cluster again", "server", c.ConnectedServerName())
		}),
		nats.ErrorHandler(func(_ *nats.Conn, _ *nats.Subscription, err error) {
			cfg.Logger.Error("connection to the cluster", "error", err)
		}),
	}
	if wrap != nil {
		options = append(options, nats.SetCustomDialer(wrappedDialer{wrap}))
	}
	if cfg.CA != "" {
		options = append(options, nats.RootCAs(cfg.CA))
	}
	if cfg.Cert != "" {
		options = append(options, nats.ClientCert(cfg.Cert, cfg.Key))
	}
	if credentials != "" {
		signIn, err := signIn(credentials)
		if err != nil {
			return nil, err
		}
		options = append(options, signIn)
	}
	conn, err := nats.Connect(cfg.URLs, options...)
	if err != nil {
		return nil, fmt.Errorf("connect to %s: %w", cfg.URLs, err)
	}
	return conn, nil
}

// signIn reads who we are at the broker. A file that others may read is refused.
func signIn(path string) (nats.Option, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("read the credentials: %w", err)
	}
	if open := info.Mode().Perm() & 0o077; open != 0 {
		return nil, fmt.Errorf("%s is open to others (mode %04o): chmod go= %s", path, info.Mode().Perm(), path)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read the credentials: %w", err)
	}
	if strings.Contains(string(text), "BEGIN NATS USER JWT") {
		return nats.UserCredentials(path), nil
	}
	option, err := nats.NkeyOptionFromSeed(path)
	if err != nil {
		return nil, fmt.Errorf("%s holds neither NATS credentials nor the seed of an NKey", path) // never quote it
	}
	return option, nil
}

// wrappedDialer stands between the client and the cluster: tests lose answers with it.
type wrappedDialer struct{ wrap func(net.Conn) net.Conn }

func (d wrappedDialer) Dial(network, address string) (net.Conn, error) {
	conn, err := net.DialTimeout(network, address, connectWithin)
	if err != nil {
		return nil, err
	}
	return d.wrap(conn), nil
}

// away tells whether there is no connection to the cluster now.
func (l *Log) away() bool { return l.remote != nil && !l.conn.IsConnected() }

// Accepted is what the log was told to accept although it is not safe; empty when all is as it has to be.
func (l *Log) Accepted() string {
	if l.remote == nil {
		return ""
	}
	l.remote.mu.Lock()
	defer l.remote.mu.Unlock()
	return l.remote.lazy
}
