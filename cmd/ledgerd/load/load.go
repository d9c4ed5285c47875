// Package load works a ledger as certification bodies do, over HTTP and as fast as it was asked to, and
// tells what came of it: cases arrive, auditors post in bursts, others follow live, assessors replay all of
// it. It stops by itself, and afterwards holds every acknowledged command against the ledger: a command
// that was answered with 201 and is not there is a loss, whatever else went well.
package load

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"
)

// Config is what a run is asked to do.
type Config struct {
	Server string // base address of the API
	Ops    string // base address of the operations listener, for /metrics; empty: memory is not looked at
	People People // who is signed in

	Cases     int           // open at the beginning
	Arrivals  int           // more cases a minute
	Posters   int           // auditors at work at once
	Pause     time.Duration // between two entries of a poster, in the mean
	Followers int           // live feeds of the whole ledger
	Replays   int           // replays of the whole ledger, at once
	Every     time.Duration // from one round of replays to the next
	For       time.Duration // how long, after the cases are open
}

// Bounds on a run: whoever asks for more has mistyped, or wants a cluster of generators.
const (
	mostCases = 1_000_000
	mostOf    = 10_000 // posters, followers, replays, arrivals
	longest   = 24 * time.Hour
)

// Check refuses what is out of bounds.
func (c *Config) Check() error {
	for name, n := range map[string]int{"posters": c.Posters, "followers": c.Followers, "replays": c.Replays, "arrivals": c.Arrivals} {
		if n < 0 || n > mostOf {
			return fmt.Errorf("%s: %d is not between 0 and %d", name, n, mostOf)
		}
	}
	switch {
	case c.Cases < 1 || c.Cases > mostCases:
		return fmt.Errorf("cases: %d is not between 1 and %d", c.Cases, mostCases)
	case c.For <= 0 || c.For > longest:
		return fmt.Errorf("for: %v is not between 0 and %v", c.For, longest)
	case c.Pause < 0 || c.Every <= 0:
		return errors.New("pauses are not negative, and rounds of replays have time between them")
	}
	return nil
}

// run is one run under way.
type run struct {
	Config
	client  *client
	book    *book
	cases   *cases
	clauses []string
	told    *tally
	out     io.Writer
}

// Run opens the cases, works for as long as asked, and checks. The report is there even when the
// error says that something went wrong on the way.
func Run(ctx context.Context, cfg Config, out io.Writer) (*Report, error) {
	if err := cfg.Check(); err != nil {
		return nil, err
	}
	r := &run{Config: cfg, book: newBook(), cases: &cases{}, told: newTally(), out: out}
	r.client = newClient(cfg.Server, cfg.Posters+cfg.Followers+cfg.Replays+openers, r.told)
	var err error
	if r.clauses, err = r.readClauses(ctx); err != nil {
		return nil, fmt.Errorf("ask which clauses there are: %w", err)
	}
	began := time.Now()
	if err := r.openAll(ctx); err != nil {
		return nil, fmt.Errorf("open the cases: %w", err)
	}
	fmt.Fprintf(out, "%d cases opened in %v; working for %v\n", cfg.Cases, time.Since(began).Round(time.Second), cfg.For)
	r.told.reset() // what is reported is the work, not the preparation

	working, stop := context.WithTimeout(ctx, cfg.For)
	defer stop()
	memory := newMemory(cfg.Ops, r.told, r.book.size)
	var parts sync.WaitGroup
	for i := range cfg.Posters {
		parts.Go(func() { r.poster(working, i) })
	}
	for range cfg.Followers {
		parts.Go(func() { r.follower(working) })
	}
	parts.Go(func() { r.arrivals(working) })
	parts.Go(func() { r.replays(working) })
	parts.Go(func() { memory.watch(working) })
	parts.Go(func() { r.progress(working) })
	began = time.Now()
	parts.Wait()
	report := r.report(time.Since(began), memory)
	if err := ctx.Err(); err != nil {
		return report, err
	}
	if err := r.checkLedger(ctx, report); err != nil {
		return report, fmt.Errorf("compare the ledger with what it acknowledged: %w", err)
	}
	return report, nil
}

const progressEvery = 10 * time.Second

func (r *run) progress(ctx context.Context) {
	tick := time.NewTicker(progressEvery)
	defer tick.Stop()
	began := time.Now()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			fmt.Fprintf(r.out, "%4.0f s: %d events acknowledged, %d turned away, %d errors\n",
				time.Since(began).Seconds(), r.book.size(), r.told.turnedAway.Load(), r.told.errors.Load())
		}
	}
}
