package main

import (
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"testing"
	"time"

	"starledger/events"
	"starledger/events/archive"
	"starledger/events/checks"
	"starledger/events/jetlog"
	"starledger/projections"
	"starledger/projections/rehearsal"
	"starledger/scoring"
)

// ledgerSize is how many events the ledger of the benchmarks has: LEDGER_EVENTS, or 100,000.
func ledgerSize() int {
	if n, err := strconv.Atoi(os.Getenv("LEDGER_EVENTS")); err == nil {
		return n
	}
	return 100_000
}

// rehearsed is a data directory with a realistic ledger in both copies and no read model yet, and
// the sequences of some of its cases, chosen all over the ledger.
func rehearsed(b *testing.B, book *scoring.Book) (cfg Config, cases map[events.CaseID][]uint64) {
	b.Helper()
	cfg = Config{Data: b.TempDir(), Origin: "rehearsal.example/2024", Ops: "127.0.0.1:0", Listen: "127.0.0.1:0"}
	if err := cfg.complete(); err != nil {
		b.Fatal(err)
	}
	copied, err := archive.Open(cfg.ArchiveDir)
	if err != nil {
		b.Fatal(err)
	}
	scheme, _ := book.Find("gbt27922-2011", "1")
	cases = map[events.CaseID][]uint64{}
	err = rehearsal.New(rehearsal.Plan{Seed: 1, Events: ledgerSize(), Open: 3000, Scheme: scheme, Cut: true}).All(func(e *events.Stored) error {
		if _, known := cases[e.Subject]; known || len(cases) < 400 {
			cases[e.Subject] = append(cases[e.Subject], e.Seq)
		}
		return copied.Append(events.Record{Seq: e.Seq, Case: string(e.Subject), Body: e.Body})
	})
	if err != nil {
		b.Fatal(err)
	}
	if err := copied.Sync(); err != nil {
		b.Fatal(err)
	}
	last, _ := copied.Last()
	if err := jetlog.Rebuild(b.Context(), storeDir(cfg), copied.Read(1, last), nil, func(uint64) {}); err != nil {
		b.Fatal(err)
	}
	if err := copied.Close(); err != nil {
		b.Fatal(err)
	}
	return cfg, cases
}

// served opens the ledger as the service does, and tells how long it took.
func served(b *testing.B, cfg Config, book *scoring.Book) (views *projections.Views, took time.Duration, stop func()) {
	b.Helper()
	undo := collectSeldom()
	began := time.Now()
	quiet := slog.New(slog.DiscardHandler)
	guard := newGuard(quiet)
	store, err := openStore(b.Context(), cfg, guard, quiet)
	if err != nil {
		b.Fatal(err)
	}
	parts := newParts(guard)
	if views, err = startFollowers(b.Context(), cfg, store, book, parts, quiet); err != nil {
		b.Fatal(err)
	}
	took = time.Since(began)
	return views, took, func() {
		undo()
		parts.stop()
		if err := views.Close(); err != nil {
			b.Error(err)
		}
		if err := store.close(context.WithoutCancel(b.Context()), false); err != nil {
			b.Error(err)
		}
	}
}

func p99(list []time.Duration) time.Duration {
	slices.Sort(list)
	return list[len(list)*99/100]
}

// BenchmarkLedger is what a large ledger costs: rebuilding the read models from nothing, starting
// with read models up to date, and the explained score of a case of some 300 events, now and as of
// any sequence: the first time since the start (cold, each case for one of the two), and then again
// and again (warm), as somebody does who works on a case.
func BenchmarkLedger(b *testing.B) {
	book, err := shippedSchemes()
	if err != nil {
		b.Fatal(err)
	}
	cfg, cases := rehearsed(b, book)
	_, _, stop := served(b, cfg, book) // seals what no ledger before it had sealed
	stop()
	if err := os.Remove(viewsPath(cfg)); err != nil {
		b.Fatal(err)
	}
	_, rebuilt, stop := served(b, cfg, book)
	stop()
	views, started, stop := served(b, cfg, book)
	defer stop()
	random := rand.New(rand.NewPCG(1, 1))
	var cold, coldNow, warm, now []time.Duration
	for id, seqs := range cases {
		asOf := func() { scoreAsOf(b, views, book, id, seqs[len(seqs)-1]) }
		today := func() { scoreNow(b, views, book, id) }
		if len(cold) <= len(coldNow) {
			cold = append(cold, timed(asOf))
			today()
		} else {
			coldNow = append(coldNow, timed(today))
			asOf()
		}
	}
	for b.Loop() {
		for id, seqs := range cases {
			warm = append(warm, timed(func() { scoreAsOf(b, views, book, id, seqs[random.IntN(len(seqs))]) }))
		}
		for id := range cases {
			now = append(now, timed(func() { scoreNow(b, views, book, id) }))
		}
	}
	b.ReportMetric(float64(ledgerSize())/rebuilt.Seconds(), "rebuilt-events/s")
	b.ReportMetric(started.Seconds()*1e3, "ms-start")
	b.ReportMetric(float64(p99(cold).Microseconds())/1e3, "ms-cold-p99")
	b.ReportMetric(float64(p99(warm).Microseconds())/1e3, "ms-warm-p99")
	b.ReportMetric(float64(p99(coldNow).Microseconds())/1e3, "ms-now-cold-p99")
	b.ReportMetric(float64(p99(now).Microseconds())/1e3, "ms-now-p99")
}

func scoreAsOf(b *testing.B, views *projections.Views, book *scoring.Book, id events.CaseID, seq uint64) {
	c, _, err := views.At(b.Context(), id, projections.Point{Seq: seq})
	if err != nil {
		b.Fatal(err)
	}
	explained(b, c, book)
}

func scoreNow(b *testing.B, views *projections.Views, book *scoring.Book, id events.CaseID) {
	h, err := views.History(b.Context(), id)
	if err != nil {
		b.Fatal(err)
	}
	explained(b, h.Case, book)
}

// explained scores every audit of a case with its whole explanation.
func explained(b *testing.B, c *events.Case, book *scoring.Book) {
	for i := range c.Audits {
		result, err := checks.Score(&c.Audits[i], book)
		if err != nil {
			b.Fatal(fmt.Errorf("case %s: %w", c.ID, err))
		}
		result.Clauses()
		result.Steps()
	}
}
