// Package jetlog keeps the ledger's log in a JetStream stream, of an embedded broker, which is
// started here and only here, or of a NATS cluster, and the checkpoints of whoever seals it in a second
// stream beside it.
// It guarantees the contract of events.Log on disk: an append returns after fsync, a sequence that is
// missing or unreadable stops every reader by name, and a stream that is smaller than what is known
// outside of it, or configured differently, is not opened. What the bodies say, and whether a body is
// the one it was, is for others: see events/archive and events/seal.
package jetlog

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"github.com/nats-io/nats.go"

	"starledger/events"
)

// Config is what the log needs to know.
type Config struct {
	// StoreDir is the directory of the broker's store. Nothing else may be kept in it.
	StoreDir string
	// KnownLast is the highest sequence anyone outside the stream knows of: archive, checkpoint
	// files, read model. 0 means that nobody knows of a ledger; only then is one founded.
	KnownLast uint64
	// KnownCheckpoint says that somebody outside knows a signed checkpoint, be it of the empty tree. Only
	// when nobody does is LEDGER_CP founded: also for a ledger that has events from before it existed.
	KnownCheckpoint bool
	// Logger receives the broker's warnings. nil: slog.Default.
	Logger *slog.Logger
}

// Log is the events.Log on JetStream.
type Log struct {
	storeDir string
	places   *places
	broker   *broker  // nil when the log is in a cluster
	remote   *cluster // nil when the broker is embedded
	stage    *stage   // nil when the broker stages batches where it likes
	conn     *nats.Conn
	source   source
	writer   *writer
	durable  *horizon
	cp       *Checkpoints
	recent   *recent

	closing sync.Once
	closed  chan struct{} // closed when readers have to end
}

var _ events.Log = (*Log)(nil)

// defaultAckWait is how long the writer waits for the broker to acknowledge one append before it
// goes and looks whether the append has landed.
const defaultAckWait = 5 * time.Second

// faults are what tests put between the log and its broker.
type faults struct {
	wrap    func(net.Conn) net.Conn
	ackWait time.Duration
}

// Open starts the embedded broker on the store and opens the log. It fails with an ErrIntegrity
// when the stream ends before KnownLast or within a batch, is missing although a ledger is known,
// or is not configured as it has to be. It never creates a stream where one has been.
//
// After an unclean stop the broker's recovery may cut off what it cannot read: whoever wants to
// know what was there calls Scan first. What Open itself takes away is a batch at the end that was cut off.
//
// The log stages its batches in memory for as long as it is open (see stage).
func Open(ctx context.Context, cfg Config) (*Log, error) {
	if cfg.Logger == nil {
		cfg.Logger = slog.Default()
	}
	l, err := open(ctx, cfg, faults{ackWait: defaultAckWait})
	if err != nil {
		return nil, err
	}
	if l.stage, err = newStage(cfg.StoreDir, cfg.Logger); err != nil {
		l.Close()
		return nil, fmt.Errorf("open the log in %s: %w", cfg.StoreDir, err)
	}
	return l, nil
}

func open(ctx context.Context, cfg Config, f faults) (*Log, error) {
	blank, err := blankStreams(cfg)
	if err != nil {
		return nil, fmt.Errorf("open the log in %s: %w", cfg.StoreDir, err)
	}
	if err := cfg.clear(); err != nil {
		return nil, fmt.Errorf("open the log in %s: %w", cfg.StoreDir, err)
	}
	broker, err := startBroker(cfg.StoreDir, blank, cfg.Logger)
	if err != nil {
		return nil, err
	}
	l, err := openStreams(ctx, cfg, broker, f)
	if err != nil {
		broker.stop()
		return nil, fmt.Errorf("open the log in %s: %w", cfg.StoreDir, err)
	}
	return l, nil
}

// clear puts the store in order after a process that was killed, or a power cut.
func (cfg Config) clear() error {
	if err := clearStage(cfg.StoreDir); err != nil {
		cfg.Logger.Warn("the memory in which a killed process staged batches could not be given back", "error", err)
	}
	cut, err := cutOpenBatch(cfg.StoreDir)
	if err != nil {
		return err
	}
	if cut.first > 0 {
		cfg.Logger.Warn("the store ended within a batch that nobody was told of; it was taken away", "from", cut.first, "to", cut.last)
	}
	return syncLastBlocks(cfg.StoreDir)
}

// blankStreams are the streams that may be founded, since they hold nothing and nobody knows that
// they ever did.
func blankStreams(cfg Config) (blank []string, err error) {
	for _, s := range streams {
		is, err := isBlank(cfg.StoreDir, s.name)
		switch {
		case err != nil:
			return nil, err
		case is && s.name == streamName && cfg.KnownLast > 0:
			return nil, fmt.Errorf("it holds no stream, but the ledger is known up to sequence %d: %w", cfg.KnownLast, events.ErrIntegrity)
		case is && s.name == cpName && cfg.KnownCheckpoint:
			return nil, fmt.Errorf("the stream %s holds no checkpoint, but one is known: %w", cpName, events.ErrIntegrity)
		case is:
			blank = append(blank, s.name)
		}
	}
	return blank, nil
}

// isBlank says whether nothing was ever stored in a stream. A founding that was cut short leaves at
// most empty blocks behind.
func isBlank(storeDir, name string) (bool, error) {
	blank := true
	err := filepath.WalkDir(streamDir(storeDir, name), func(path string, entry fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != blockSuffix {
			return err
		}
		info, err := entry.Info()
		if err == nil && info.Size() > 0 {
			blank = false
		}
		return err
	})
	if errors.Is(err, fs.ErrNotExist) {
		return true, nil
	}
	return blank, err
}

func openStreams(ctx context.Context, cfg Config, broker *broker, f faults) (*Log, error) {
	conn, err := broker.connect(broker.service, f.wrap, cfg.Logger)
	if err != nil {
		return nil, err
	}
	l := &Log{storeDir: cfg.StoreDir, places: &places{storeDir: cfg.StoreDir}, broker: broker, conn: conn, recent: newRecent(), closed: make(chan struct{})}
	l.source, l.cp = blockSource{l}, &Checkpoints{log: l, wait: f.ackWait}
	last, err := l.prepare(ctx, cfg)
	if err != nil {
		conn.Close()
		return nil, err
	}
	if l.writer, err = newWriter(l, last, f.ackWait); err != nil {
		conn.Close()
		return nil, err
	}
	return l, nil
}

// prepare brings the streams about, or refuses those that are there. It returns the last sequence.
func (l *Log) prepare(ctx context.Context, cfg Config) (last uint64, err error) {
	for _, s := range streams {
		_, err := readStreamInfo(ctx, l.conn, s.name)
		if isMissing(err) {
			err = l.found(ctx, cfg, s.name, s.subjects)
		}
		if err != nil {
			return 0, err
		}
	}
	info, err := readStreamInfo(ctx, l.conn, streamName)
	if err != nil {
		return 0, err
	}
	if info.State.LastSeq < cfg.KnownLast {
		return 0, fmt.Errorf("the stream %s ends at sequence %d, but the ledger is known up to sequence %d: %w",
			streamName, info.State.LastSeq, cfg.KnownLast, events.ErrIntegrity)
	}
	if err := l.checkEnd(ctx, info.State.LastSeq); err != nil {
		return 0, err
	}
	l.durable = newHorizon(info.State.LastSeq)
	return info.State.LastSeq, l.CheckConfig(ctx)
}

// found creates a stream, as the admin that exists for this one purpose. The log's stream comes
// first, so where it is missing and LEDGER_CP holds something, it is lost.
func (l *Log) found(ctx context.Context, cfg Config, name, subjects string) error {
	blank, err := blankStreams(cfg)
	if err != nil {
		return err
	}
	if !slices.Contains(blank, name) { // there are blocks, but the broker does not take them for a stream
		return fmt.Errorf("the broker cannot read the stream %s: %w", name, events.ErrIntegrity)
	}
	if !slices.Contains(blank, cpName) {
		return fmt.Errorf("the stream %s is missing, but %s holds checkpoints: %w", name, cpName, events.ErrIntegrity)
	}
	admin, err := l.broker.connect(l.broker.admin, nil, cfg.Logger)
	if err != nil {
		return err
	}
	defer admin.Close()
	if err := createStream(ctx, admin, name, subjects, 1); err != nil {
		return fmt.Errorf("found the stream %s: %w", name, err)
	}
	// The broker syncs what it writes, but not the directories it makes: with one of them, all that
	// is synced in it could be lost.
	if err := errors.Join(syncTree(l.storeDir), syncPath(filepath.Dir(l.storeDir))); err != nil {
		return fmt.Errorf("found the stream %s: sync the new store: %w", name, err)
	}
	return nil
}

// Close answers the appends in work, refuses those that wait, ends every reader and stops the
// broker cleanly. Closing twice is no mistake.
func (l *Log) Close() {
	l.closing.Do(func() {
		l.writer.stop()
		close(l.closed)
		l.conn.Close()
		if l.broker != nil {
			l.broker.stop()
			l.stage.close()
		}
		if l.remote != nil {
			l.remote.pulse.Wait()
		}
	})
}

// Last is the sequence of the last durable record.
func (l *Log) Last(ctx context.Context) (uint64, error) { return l.source.last(ctx) }

// LastOf is the sequence of the last durable record of a case.
func (l *Log) LastOf(ctx context.Context, caseID string) (uint64, error) {
	if err := checkCase(caseID); err != nil {
		return 0, err
	}
	seq, err := l.source.lastOf(ctx, caseID)
	if err != nil {
		return 0, fmt.Errorf("read the end of case %s: %w", caseID, err)
	}
	l.durable.reach(seq)
	l.durable.tell()
	return seq, nil
}
