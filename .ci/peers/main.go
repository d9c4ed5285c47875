// Command peers puts our log beside two stores that anybody could have taken instead: a table of events in
// PostgreSQL 15 with synchronous_commit=on, and one in SQLite with synchronous=FULL. All of them store the
// same bytes, each event durable before its caller is told, on the same disk and in turns within one run;
// the ratios count, since disks are noisy. It starts its own PostgreSQL and stops it again.
package main

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"slices"
	"syscall"
	"time"
)

func main() {
	dir := flag.String("dir", os.TempDir(), "where all of them store, so that they meet the same disk")
	binaries := flag.String("postgres", "/usr/lib/postgresql/15/bin", "directory of PostgreSQL's programs")
	rounds := flag.Int("rounds", 3, "how often everything is measured; the median counts")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := compare(ctx, *dir, *binaries, *rounds); err != nil {
		fmt.Fprintln(os.Stderr, "peers:", err)
		os.Exit(1)
	}
}

// A peer stores events durably.
type peer interface {
	name() string
	// append stores the next event of a case; it is the n-th of it, from 1. One caller writes to a case.
	append(ctx context.Context, caller, n int, body []byte) error
	// replay reads everything in order and counts it.
	replay(ctx context.Context) (int, error)
	// one reads all events of a case in order and counts them.
	one(ctx context.Context, caller int) (int, error)
	close() error
}

// load is so many callers who store so many events each, one after the other.
type load struct{ callers, each int }

var loads = []load{{1, 1000}, {64, 100}, {256, 50}}

func compare(ctx context.Context, dir, binaries string, rounds int) (err error) {
	dir, err = os.MkdirTemp(dir, "peers-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	server, err := startPostgres(ctx, dir, binaries)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, server.stop()) }()
	for _, l := range loads {
		var results [3][]result
		for range rounds {
			for i, open := range []func() (peer, error){
				func() (peer, error) { return openOurs(ctx, dir) },
				func() (peer, error) { return openPostgres(ctx, server) },
				func() (peer, error) { return openSQLite(ctx, dir) },
			} {
				r, err := measure(ctx, open, l)
				if err != nil {
					return err
				}
				results[i] = append(results[i], r)
			}
		}
		tell(l, results[:])
	}
	return nil
}

// result is what one peer came to under one load.
type result struct {
	name              string
	appends, replayed float64       // events a second
	wait              time.Duration // of one caller for one event, in the median
	oneCase           time.Duration // to read all events of a case, in the median
}

func measure(ctx context.Context, open func() (peer, error), l load) (r result, err error) {
	p, err := open()
	if err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, p.close()) }()
	r.name = p.name()
	if r.appends, r.wait, err = appendAll(ctx, p, l); err != nil {
		return r, fmt.Errorf("%s: %w", p.name(), err)
	}
	began := time.Now()
	n, err := p.replay(ctx)
	if err != nil || n != l.callers*l.each {
		return r, fmt.Errorf("%s: replayed %d of %d: %w", p.name(), n, l.callers*l.each, errors.Join(err, errCount))
	}
	r.replayed = float64(n) / time.Since(began).Seconds()
	var took []time.Duration
	for i := range 200 {
		began := time.Now()
		n, err := p.one(ctx, i%l.callers)
		if err != nil || n != l.each {
			return r, fmt.Errorf("%s: read %d of %d events of a case: %w", p.name(), n, l.each, errors.Join(err, errCount))
		}
		took = append(took, time.Since(began))
	}
	r.oneCase = middle(took)
	return r, nil
}

var errCount = errors.New("not all of them are there")

func tell(l load, results [][]result) {
	fmt.Printf("%d callers, %d events each\n%-24s %14s %12s %14s %12s\n", l.callers, l.each, "", "append/s", "wait", "replay/s", "one case")
	var ours result
	for i, rounds := range results {
		m := result{
			name: rounds[0].name, appends: middle(each(rounds, func(r result) float64 { return r.appends })), wait: middle(each(rounds, func(r result) time.Duration { return r.wait })),
			replayed: middle(each(rounds, func(r result) float64 { return r.replayed })), oneCase: middle(each(rounds, func(r result) time.Duration { return r.oneCase })),
		}
		fmt.Printf("%-24s %14.0f %12v %14.0f %12v", m.name, m.appends, m.wait.Round(10*time.Microsecond), m.replayed, m.oneCase.Round(10*time.Microsecond))
		if i == 0 {
			ours = m
			fmt.Println()
			continue
		}
		fmt.Printf("   we: %.2f x append, %.2f x replay, %.2f x one case\n", ours.appends/m.appends, ours.replayed/m.replayed, m.oneCase.Seconds()/ours.oneCase.Seconds())
	}
	fmt.Println()
}

func each[T any](rounds []result, of func(result) T) (list []T) {
	for _, r := range rounds {
		list = append(list, of(r))
	}
	return list
}

func middle[T cmp.Ordered](list []T) T {
	slices.Sort(list)
	return list[len(list)/2]
}
