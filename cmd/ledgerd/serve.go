package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"path/filepath"
	"runtime/debug"
	"strings"
	"time"

	"starledger/api"
	"starledger/events"
	"starledger/events/archive"
	"starledger/events/decide"
	"starledger/projections"
	"starledger/schemas"
	"starledger/scoring"
	"starledger/web"
)

// run serves until ctx ends or a part fails. The wiring:
//
//	store (JetStream) ──► views (SQLite, follow the log)
//	  ▲  │                     │
//	  │  └► sealer ─► archive, tiles, checkpoints ─► witnesses
//	  │      watch and scrub ─► guard: stops writing and sealing
//	  │                        ▼
//	  └───────────────────── api ──► listeners: API, operations
//
// Parts start from left to right and stop in reverse: first no more requests, then the sealer and
// the other followers, then the store. A part that fails ends the program, except where the ledger
// contradicts itself: then it is stopped, and what can be read is served on.
func run(ctx context.Context, cfg Config, logger *slog.Logger, out io.Writer) (err error) {
	defer collectSeldom()()
	demo, err := prepareDemo(&cfg)
	if err != nil {
		return err
	}
	given, err := openGiven(cfg, logger)
	if err != nil {
		return err
	}
	guard := newGuard(logger)
	parts := newParts(guard)
	if cfg.Demo {
		if err := startDemoWitness(&cfg, parts, logger); err != nil {
			return err
		}
	}
	store, err := openStore(ctx, cfg, guard, logger)
	if err != nil {
		parts.stop()
		return err
	}
	defer func() {
		parts.stop()
		incident := guard.incident()
		if err == nil {
			err = incident
		}
		err = errors.Join(err, store.close(context.WithoutCancel(ctx), incident != nil))
	}()
	views, err := startFollowers(ctx, cfg, store, given.schemes, parts, logger)
	if err != nil {
		return err
	}
	defer func() {
		parts.stop()
		err = errors.Join(err, views.Close())
	}()
	stopping := make(chan struct{})
	server, err := newServer(cfg, given, store, views, parts, stopping, logger)
	if err != nil {
		return err
	}
	parts.start("the conformance checks", server.KeepReviews)
	listeners, err := listen(cfg, server)
	if err != nil {
		return err
	}
	defer func() {
		close(stopping)
		err = errors.Join(err, listeners.stop(), sealRest(ctx, store, guard))
	}()
	listeners.serve(parts)
	warnAboutPlaces(cfg, logger)
	if err := notifyReady(); err != nil {
		return err
	}
	logger.Info("serving", "api", listeners.apiURL(), "ops", listeners.opsURL())
	if err := demo.show(ctx, listeners.apiURL(), out); err != nil {
		return err
	}
	return parts.wait(ctx)
}

// given is what a start reads besides the ledger.
type given struct {
	schemes     *scoring.Book
	tokens      *api.Tokens
	attachments *api.Attachments
}

func openGiven(cfg Config, logger *slog.Logger) (g given, err error) {
	if g.schemes, err = shippedSchemes(); err != nil {
		return g, err
	}
	if g.tokens, err = loadTokens(cfg, logger); err != nil {
		return g, err
	}
	node, err := nodeName(cfg)
	if err != nil {
		return g, err
	}
	g.attachments, err = api.OpenSharedAttachments(cfg.AttachmentDir, node)
	return g, err
}

// newServer is the API over the ledger; stopping is closed when it is to answer no more.
func newServer(cfg Config, given given, store *store, views *projections.Views, parts *parts, stopping <-chan struct{}, logger *slog.Logger) (server *api.Server, err error) {
	server, err = api.New(api.Config{
		Log: guardedLog{store.log, parts.guard}, Views: views, Schemes: given.schemes, Tokens: given.tokens,
		Attachments: given.attachments, Source: events.Source(cfg.Origin), Logger: logger,
		Ready: parts.failure, Stopping: stopping, Workbench: web.Files(),
		Body:            decide.Parameters{ReviewerMayDecide: !cfg.SeparateReviewer},
		Seal:            proofs(store, views, func() *scoring.Book { return server.Schemes() }, given.attachments, parts.guard),
		FirstCheckpoint: firstCheckpoint(store.sealed.files),
	})
	return server, err
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

// startFollowers starts what follows the log, and returns when everything that was in the log is
// sealed and applied to the read models: only then is the ledger known to be sound to its end.
func startFollowers(ctx context.Context, cfg Config, store *store, schemes *scoring.Book, parts *parts, logger *slog.Logger) (*projections.Views, error) {
	lines, err := archive.NewLines(store.archive, filepath.Join(cfg.Data, "archive-lines"))
	if err != nil {
		return nil, err
	}
	views, err := openViews(ctx, cfg, store.log, bodies{store.archive, lines, store.log}, schemes, logger)
	if err != nil {
		return nil, err
	}
	parts.start("the read models", views.Run)
	parts.start("analytics", views.PrepareAnalytics)
	parts.start("the sealer", func(ctx context.Context) error {
		ctx, cancel := parts.guard.until(ctx)
		defer cancel()
		return store.sealer.Run(ctx)
	})
	parts.start("the offsets of the archive's lines", lines.Prepare)
	parts.start("the watch", func(ctx context.Context) error { return newWatch(store, parts.guard, logger).run(ctx) })
	if err := catchUp(ctx, store, views, parts.guard); err != nil {
		parts.stop()
		if failure := parts.failure(); failure != nil {
			err = failure // what ended the waiting
		}
		return nil, errors.Join(err, views.Close())
	}
	parts.start("the scrub", store.scrub.run)
	return views, nil
}

func openViews(ctx context.Context, cfg Config, log events.Log, bodies projections.BodyReader, schemes *scoring.Book, logger *slog.Logger) (*projections.Views, error) {
	return projections.Open(ctx, projections.Config{
		Path: viewsPath(cfg), Log: log, Bodies: bodies, Schemes: schemes, Logger: logger,
		Now: func() events.Instant { return events.InstantOf(time.Now()) },
	})
}

// collectSeldom has the collector run less often than usual, and says how to undo it. Commands, and
// rebuilding the read models still more, make garbage fast, and what is kept is bounded. The limit holds
// the whole process below 600 MB: near it the collector runs as often as it has to. A busy service reaches it
// within minutes and stays there. Beside it come the program itself (30 MB) and what SQLite keeps (45 MB).
//
// What is kept, when all of it is full, about, in MB: folded cases for the read models (followedBytes) 28, while
// they are built (foldedBytes) up to 110, for commands and reads (historyBytes) 24, events for looking back
// (storedBytes) 48, reviews (reviewsBytes) 32, the records written last (recentBody) 16, where cases end
// (endsKept, maxHot) 14, the broker's block that is written and what it remembers of two minutes 20.
// And for each case of the ledger, be it closed: its name and end for the sealer and the broker, and the end of
// its strand for the read models, 0.001 together.
func collectSeldom() (undo func()) {
	percent, limit := debug.SetGCPercent(400), debug.SetMemoryLimit(480<<20)
	return func() {
		debug.SetGCPercent(percent)
		debug.SetMemoryLimit(limit)
	}
}

// catchUp waits until the read models have applied everything in the log, and it is sealed.
func catchUp(ctx context.Context, store *store, views *projections.Views, guard *guard) error {
	last, err := store.log.Last(ctx)
	if err != nil {
		return err
	}
	ctx, cancel := guard.until(ctx)
	defer cancel()
	if err := views.WaitFor(ctx, last); err != nil {
		return err
	}
	return store.sealer.Wait(ctx, last, false)
}

// sealRest lets the sealer seal what was written last, so that a ledger that was stopped in order is
// sealed to its end, and published if its witnesses are at hand. Where it cannot be now, the next start
// does it.
func sealRest(ctx context.Context, store *store, guard *guard) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopWithin)
	defer cancel()
	ctx, released := guard.until(ctx)
	defer released()
	last, err := store.log.Last(ctx)
	if err != nil {
		return nil // stopped by an incident
	}
	store.sealer.Urgent()
	if err := store.sealer.Wait(ctx, last, false); err != nil && ctx.Err() == nil {
		return fmt.Errorf("seal the last events: %w", err)
	}
	ctx, cancel = context.WithTimeout(ctx, publishWithin)
	defer cancel()
	if err := store.sealer.Wait(ctx, last, true); err != nil && ctx.Err() == nil {
		return fmt.Errorf("publish the last events: %w", err)
	}
	return nil
}

// publishWithin is how long a stop waits for witnesses, which may be out of reach.
const publishWithin = 2 * time.Second

// warnAboutPlaces says once, loudly, which second copies are no second copies.
func warnAboutPlaces(cfg Config, logger *slog.Logger) {
	if flags := cfg.onDataDisk(); len(flags) > 0 && !cfg.Demo {
		logger.Warn("in earnest, give these directories other disks than --data: what befalls one must not befall all",
			"flags", strings.Join(flags, " "))
	}
}
