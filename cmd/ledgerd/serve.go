package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"path/filepath"
	"runtime/debug"
	"sync"
	"time"

	"starledger/api"
	"starledger/events"
	"starledger/events/archive"
	"starledger/events/decide"
	"starledger/projections"
	"starledger/schemas"
	"starledger/scoring"
)

// run serves until ctx ends or a part fails. The wiring:
//
//	store (JetStream + archive) ──► views (SQLite, follow the log)
//	        ▲    │                     │
//	        │    └► archive follower   ▼
//	        └────────────────────── api ──► listeners: API, operations
//
// Parts start from left to right and stop in reverse: first no more requests, then the followers,
// then the store.
func run(ctx context.Context, cfg Config, logger *slog.Logger, out io.Writer) (err error) {
	var people []demoPerson
	var demoBegan time.Time
	if cfg.Demo {
		if demoBegan, err = demoStart(cfg.Data, time.Now()); err != nil {
			return err
		}
		people = demoPeople()
		if cfg.Tokens, err = writeDemoTokens(cfg.Data, people); err != nil {
			return err
		}
	}
	schemes, err := shippedSchemes()
	if err != nil {
		return err
	}
	tokens, err := loadTokens(cfg, logger)
	if err != nil {
		return err
	}
	attachments, err := api.OpenAttachments(filepath.Join(cfg.Data, "attachments"))
	if err != nil {
		return err
	}

	store, err := openStore(ctx, cfg, logger)
	if err != nil {
		return err
	}
	parts := newParts()
	defer func() {
		parts.stop()
		err = errors.Join(err, store.close(context.WithoutCancel(ctx)))
	}()
	views, err := startFollowers(ctx, cfg, store, schemes, parts, logger)
	if err != nil {
		return err
	}
	defer func() {
		parts.stop()
		err = errors.Join(err, views.Close())
	}()

	stopping := make(chan struct{})
	server, err := api.New(api.Config{
		Log: store.log, Views: views, Schemes: schemes, Tokens: tokens,
		Attachments: attachments, Source: events.Source(cfg.Origin), Logger: logger,
		Ready: parts.failure, Stopping: stopping,
		Body: decide.Parameters{ReviewerMayDecide: !cfg.SeparateReviewer},
	})
	if err != nil {
		return err
	}
	listeners, err := listen(cfg, server)
	if err != nil {
		return err
	}
	defer func() {
		close(stopping)
		err = errors.Join(err, listeners.stop())
	}()
	listeners.serve(parts)
	logger.Info("serving", "api", listeners.apiURL(), "ops", listeners.opsURL())
	if cfg.Demo {
		if err := showDemo(ctx, listeners.apiURL(), demoBegan, people, out); err != nil {
			return err
		}
	}
	return parts.wait(ctx)
}

// loadTokens reads who may sign in. Without a file nobody can, which is said once, loudly.
func loadTokens(cfg Config, logger *slog.Logger) (*api.Tokens, error) {
	if cfg.Tokens == "" {
		logger.Warn("nobody can sign in: give --tokens FILE, or --demo to try it out")
		return nil, nil
	}
	return api.LoadTokens(cfg.Tokens)
}

// shippedSchemes are the schemes the product comes with.
func shippedSchemes() (*scoring.Book, error) {
	documents, err := schemas.Schemes()
	if err != nil {
		return nil, fmt.Errorf("read the shipped schemes: %w", err)
	}
	var list []*scoring.Scheme
	for _, document := range documents {
		scheme, err := scoring.ParseScheme(document)
		if err != nil {
			return nil, fmt.Errorf("read a shipped scheme: %w", err)
		}
		list = append(list, scheme)
	}
	return scoring.NewBook(list...)
}

// startFollowers starts what follows the log, and returns when the read models have applied
// everything that was in the log: only then is the ledger known to be readable to its end.
func startFollowers(ctx context.Context, cfg Config, store *store, schemes *scoring.Book, parts *parts, logger *slog.Logger) (*projections.Views, error) {
	lines, err := archive.NewLines(store.archive, filepath.Join(cfg.Data, "archive-lines"))
	if err != nil {
		return nil, err
	}
	views, err := projections.Open(ctx, projections.Config{
		Path: viewsPath(cfg), Log: store.log, Bodies: bodies{store.archive, lines, store.log}, Schemes: schemes, Logger: logger,
		Now: func() events.Instant { return events.InstantOf(time.Now()) },
	})
	if err != nil {
		return nil, err
	}
	parts.start("the read models", views.Run)
	parts.start("the archive", func(ctx context.Context) error { return store.archive.Run(ctx, store.log) })
	parts.start("the offsets of the archive's lines", lines.Prepare)
	parts.start("the watch over the stream's settings", func(ctx context.Context) error { return watchSettings(ctx, store) })
	if err := catchUp(ctx, store, views); err != nil {
		parts.stop()
		return nil, errors.Join(parts.failure(), err, views.Close())
	}
	return views, nil
}

// catchUp waits until the read models have applied everything in the log. Rebuilding them makes
// garbage fast and is bounded in what it keeps, so meanwhile the collector may run less often,
// within a limit that holds the whole process below 600 MB.
func catchUp(ctx context.Context, store *store, views *projections.Views) error {
	const rarely, limit = 400, 480 << 20
	defer debug.SetGCPercent(debug.SetGCPercent(rarely))
	defer debug.SetMemoryLimit(debug.SetMemoryLimit(limit))
	last, err := store.log.Last(ctx)
	if err != nil {
		return err
	}
	return views.WaitFor(ctx, last)
}

// watchSettings looks every minute whether the stream still has the settings that protect it.
func watchSettings(ctx context.Context, store *store) error {
	ticker := time.NewTicker(time.Minute)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-ticker.C:
			if err := store.log.CheckConfig(ctx); err != nil && ctx.Err() == nil {
				return err
			}
		}
	}
}

// parts are the components that run beside the requests. When one fails, the others are stopped
// and the program ends with its error: a ledger that cannot be followed is not served.
type parts struct {
	ctx    context.Context
	cancel context.CancelCauseFunc
	wg     sync.WaitGroup
}

func newParts() *parts {
	ctx, cancel := context.WithCancelCause(context.Background())
	return &parts{ctx: ctx, cancel: cancel}
}

func (p *parts) start(name string, part func(context.Context) error) {
	p.wg.Go(func() {
		if err := part(p.ctx); err != nil && p.ctx.Err() == nil {
			p.cancel(fmt.Errorf("%s: %w", name, err))
		}
	})
}

// errStopped is the cause when nothing failed.
var errStopped = errors.New("stopped in order")

// stop ends all parts and waits for them. It may be called again.
func (p *parts) stop() {
	p.cancel(errStopped)
	p.wg.Wait()
}

// failure is what made a part stop; nil while all is well.
func (p *parts) failure() error {
	if cause := context.Cause(p.ctx); cause != nil && !errors.Is(cause, errStopped) {
		return cause
	}
	return nil
}

// wait returns when ctx ends, or with what failed.
func (p *parts) wait(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return nil
	case <-p.ctx.Done():
		return p.failure()
	}
}
