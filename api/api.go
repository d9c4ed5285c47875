// Package api is the HTTP side of the ledger.
//
// It guarantees that answers are what the contract says: who may not read is told that there is
// nothing, who may not write is told which policy says so, a refusal has written nothing, a retry
// under the same key gets the first answer for all time, and no internal detail leaves. Whether a
// command may happen is left to events/decide, what it is worth to scoring, where it is kept to
// the events.Log, and how things are found to projections.
package api

import (
	"context"
	"crypto/rand"
	"errors"
	"io"
	"io/fs"
	"log/slog"
	"net/http"
	"sync/atomic"
	"time"

	"starledger/events"
	"starledger/events/decide"
	"starledger/projections"
	"starledger/scoring"
)

// Limits for the http.Server that serves the handler. It needs no write time-out: every answer has
// answerTimeout from the start of its request, and feeds, which are open for hours, move that on.
const (
	ReadHeaderTimeout = 5 * time.Second
	ReadTimeout       = 60 * time.Second // an attachment over a slow line
	IdleTimeout       = 120 * time.Second
	MaxHeaderBytes    = 64 << 10

	answerTimeout = 120 * time.Second
)

// Config is what a Server needs.
type Config struct {
	// Log is where events are written.
	Log events.Log
	// Views follow Log and find things in it; they must be running.
	Views *projections.Views
	// Schemes are the shipped ones; those that the registry registers are learned from the log.
	Schemes *scoring.Book
	// Tokens say who may sign in; nil: nobody.
	Tokens *Tokens
	// Attachments keep evidence.
	Attachments *Attachments
	// Source is the origin of the log, which stands in every event.
	Source events.Source
	// Seal is what proves the ledger to others; nil: the service does not seal, and the routes of
	// proofs say so.
	Seal *Sealing
	// FirstCheckpoint finds the first checkpoint that covers a sequence, nil while there is none; samples are
	// drawn from it. Nil: nothing is ever sealed, and nothing drawn.
	FirstCheckpoint func(ctx context.Context, seq uint64) (*events.CheckpointName, error)
	// Body is what the certification body has settled for itself.
	Body decide.Parameters
	// Ready says why the service cannot serve, nil when it can; nil: it always can.
	Ready func() error
	// Clock is the time; nil: the system's.
	Clock func() time.Time
	// Random is the source of ids, nonces and salts, safe for concurrent use; nil: crypto/rand.
	Random io.Reader
	// Stopping is closed when the service stops, so that live feeds end; nil: they end with their
	// connections.
	Stopping <-chan struct{}
	// Heartbeat starts the beat at which live feeds show that they are alive, and says how to stop
	// it; nil: every 15 seconds.
	Heartbeat func() (beat <-chan time.Time, stop func())
	// Workbench are the built files of the browser workbench, index.html at their root; nil: none.
	Workbench fs.FS
	// Logger gets one line for each request; nil: slog's default.
	Logger *slog.Logger
}

// A Server answers HTTP requests. It is safe for concurrent use.
type Server struct {
	handler         http.Handler
	log             events.Log
	views           *projections.Views
	shipped         *scoring.Book
	reviews         *projections.Reviews
	known           atomic.Pointer[register]
	consulted       atomic.Bool // the registry was looked at since the start, and since this process wrote to it
	tokens          *Tokens
	attachments     *Attachments
	seal            *sealing // nil when the service does not seal
	source          events.Source
	body            decide.Parameters
	firstCheckpoint func(ctx context.Context, seq uint64) (*events.CheckpointName, error)
	ready           func() error
	clock           func() time.Time
	random          io.Reader
	logger          *slog.Logger
	stopping        <-chan struct{}
	heartbeat       func() (beat <-chan time.Time, stop func())
	patience        time.Duration // how long min_seq lets a read wait

	sealPatience time.Duration // how long wait lets a command wait

	court       *court
	policyItems []policyItem
	ids         *events.IDs
	posters     locks // who may write to a case now
	registering gate  // who rests on the registry now, or writes to it
	failures    failures
	crowds      crowds
	metrics     *metrics
	workbench   *workbench // nil: none
	crossOrigin *http.CrossOriginProtection
}

// New makes a Server. Nothing is started; the caller serves it and stops it.
func New(cfg Config) (*Server, error) {
	if cfg.Log == nil || cfg.Views == nil || cfg.Schemes == nil || cfg.Attachments == nil {
		return nil, errors.New("the API needs a log, views, schemes and attachments")
	}
	var source events.Source
	if err := source.UnmarshalText([]byte(cfg.Source)); err != nil {
		return nil, err
	}
	s := &Server{
		log: cfg.Log, views: cfg.Views, shipped: cfg.Schemes, tokens: cfg.Tokens, attachments: cfg.Attachments,
		source: source, body: cfg.Body, firstCheckpoint: cfg.FirstCheckpoint, ready: cfg.Ready, clock: cfg.Clock, random: cfg.Random, logger: cfg.Logger,
		stopping: cfg.Stopping, heartbeat: cfg.Heartbeat, patience: patience, sealPatience: sealPatience, registering: newGate(), metrics: newMetrics(), crowds: newCrowds(),
		crossOrigin: http.NewCrossOriginProtection(),
	}
	var err error
	if s.seal, err = newSealing(cfg.Seal); err != nil {
		return nil, err
	}
	s.known.Store(&register{book: cfg.Schemes})
	s.reviews = s.views.Reviews(s.groundNow)
	s.complete()
	governing, err := parsePolicies(policyText)
	if err != nil {
		return nil, err
	}
	s.court = newCourt(governing)
	if s.policyItems, err = itemsOf(policyText); err != nil {
		return nil, err
	}
	if cfg.Workbench != nil {
		if s.workbench, err = newWorkbench(cfg.Workbench); err != nil {
			return nil, err
		}
	}
	s.handler = s.router()
	return s, nil
}

// complete fills in what Config may leave out.
func (s *Server) complete() {
	if s.ready == nil {
		s.ready = func() error { return nil }
	}
	if s.firstCheckpoint == nil {
		s.firstCheckpoint = nothingSealed
	}
	if s.clock == nil {
		s.clock = time.Now
	}
	if s.random == nil {
		s.random = rand.Reader
	}
	if s.logger == nil {
		s.logger = slog.Default()
	}
	if s.heartbeat == nil {
		s.heartbeat = everyQuarterMinute
	}
	s.ids = events.NewIDs(s.random)
	s.metrics.watch(func() uint64 {
		seq, _ := s.views.Position()
		return seq
	})
	s.metrics.watchReviews(s.reviews.Waiting)
	s.metrics.watchCrowds(s.crowds)
	if s.seal != nil {
		s.metrics.watchSealing(s.sealGauges())
	}
}

// ServeHTTP answers one request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) }
