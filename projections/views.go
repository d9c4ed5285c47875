package projections

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"log/slog"

	"starledger/events"
	"starledger/scoring"
)

// Config is what Views need.
type Config struct {
	// Path of the SQLite file. It may be deleted at any time while nothing runs; it is then rebuilt. So may
	// the one beside it, named like it with -reviews, which keeps reviews.
	Path string
	// Log that is followed.
	Log events.Log
	// Bodies reads events at known sequences, where there is a faster way than the log; nil: the log.
	Bodies BodyReader
	// Schemes are the shipped ones. Those that the registry registers are learned from the log.
	Schemes *scoring.Book
	// Now is the clock that decides what is in the future and what has expired.
	Now func() events.Instant
	// Logger is told when the file is thrown away and when it is rebuilt; nil: nobody is.
	Logger *slog.Logger
}

// BodyReader reads stored bodies at ascending sequences, in order. Every events.Log is one.
type BodyReader interface {
	ReadAt(ctx context.Context, seqs []uint64) iter.Seq2[events.Record, error]
}

// The kinds of failure that callers tell apart.
var (
	// ErrNoCase: the case has no event, now or at the point asked for.
	ErrNoCase = errors.New("there is no such case")
	// ErrNoAudit: the case has no such audit at the point asked for.
	ErrNoAudit = errors.New("there is no such audit")
	// ErrFuture: the point lies after now.
	ErrFuture = errors.New("the point lies in the future")
	// ErrUnknownPoint: the ledger has no such point.
	ErrUnknownPoint = errors.New("the ledger has no such point")
	// ErrSeqOnEffectiveAxis: sequences order what was recorded, not what happened.
	ErrSeqOnEffectiveAxis = errors.New("a sequence is no point on the effective axis")
	// ErrListAxis: lists over cases are told as recorded only.
	ErrListAxis = errors.New("lists are told on the recorded axis")
	// ErrStopped: Run has ended, so the position waited for will not come.
	ErrStopped = errors.New("the read models no longer follow the log")
)

// Views are the read models and the histories of one node. All methods may be called concurrently.
type Views struct {
	cfg   Config
	store *store
	moves *moves
	hot   *hot
	shelf *shelf

	audited *auditedRows

	folded int // budget with which the follower begins, followedBytes but in tests
}

// Open opens the read models. A file of another version, or one that cannot be read, is thrown away
// and made anew, which is logged; Run then rebuilds it.
func Open(ctx context.Context, cfg Config) (*Views, error) {
	if cfg.Bodies == nil {
		cfg.Bodies = cfg.Log
	}
	if cfg.Logger == nil {
		cfg.Logger = slog.New(slog.DiscardHandler)
	}
	store, reason, err := openStore(ctx, cfg.Path)
	if err != nil {
		return nil, err
	}
	if reason != "" {
		cfg.Logger.Warn("read models thrown away, they will be rebuilt", "path", cfg.Path, "reason", reason)
	}
	at, err := store.position(ctx)
	if err != nil {
		return nil, errors.Join(err, store.close())
	}
	return &Views{cfg: cfg, store: store, moves: newMoves(at), hot: newHot(), shelf: newShelf(&cfg), audited: newAuditedRows(), folded: followedBytes}, nil
}

// Close releases the file. Run must have returned.
func (v *Views) Close() error {
	err := v.store.close()
	if err != nil {
		err = fmt.Errorf("close the read models: %w", err)
	}
	return errors.Join(err, v.shelf.close())
}

// Position is the last event applied and the digest of its body; 0 before the first.
func (v *Views) Position() (seq uint64, digest events.Digest) {
	at := v.moves.position()
	return at.seq, at.digest
}

// WaitFor returns when everything up to seq is applied. It fails when ctx ends, or with ErrStopped.
func (v *Views) WaitFor(ctx context.Context, seq uint64) error { return v.moves.wait(ctx, seq) }

// catchUp waits until the views cover everything that is in the log now.
func (v *Views) catchUp(ctx context.Context) error {
	last, err := v.cfg.Log.Last(ctx)
	if err != nil {
		return fmt.Errorf("find the end of the log: %w", err)
	}
	return v.WaitFor(ctx, last)
}

// OpenedWith is the sequence of the case.opened that the actor posted under the key, if there is one
// in the log now.
func (v *Views) OpenedWith(ctx context.Context, actor events.ID, key events.Key) (seq uint64, ok bool, err error) {
	if err := v.catchUp(ctx); err != nil {
		return 0, false, err
	}
	const query = `SELECT coalesce(min(seq), 0) FROM openings
		WHERE key = ? AND actor_no = (SELECT no FROM names WHERE name = ?)`
	if err := v.store.read.QueryRowContext(ctx, query, string(key), string(actor)).Scan(&seq); err != nil {
		return 0, false, fmt.Errorf("look up an idempotency key: %w", err)
	}
	return seq, seq > 0, nil
}
