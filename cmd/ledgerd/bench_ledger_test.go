package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"starledger/events"
	"starledger/events/checks"
	"starledger/events/jetlog"
	"starledger/projections"
	"starledger/scoring"
)

// ledgerSize is how many events the ledger of the benchmarks has: LEDGER_EVENTS, or 100,000.
func ledgerSize() int {
	if n, err := strconv.Atoi(os.Getenv("LEDGER_EVENTS")); err == nil {
		return n
	}
	return 100_000
}

// BenchmarkLedger is what a large ledger costs: rebuilding the read models from nothing, starting
// with read models up to date, and the explained score of a case of some 300 events, now and as of
// any sequence: the first time since the start (cold, each case for one of the two), and then again
// and again (warm), as somebody does who works on a case. The ledger is made and sealed before.
func BenchmarkLedger(b *testing.B) {
	book, err := shippedSchemes()
	if err != nil {
		b.Fatal(err)
	}
	cfg, found := rehearsed(b, book, "rehearsed"), measures{}
	measureRebuild(b, cfg, book, found)
	views, stop := started(b, cfg, book, found)
	defer stop()
	measureReads(b, views, book, found)
	for unit, value := range found {
		b.ReportMetric(value, unit)
	}
}

// measures are what was measured, by unit. They are reported at the end, since b.Loop forgets what was
// reported before it.
type measures map[string]float64

// measureRebuild measures making the read models anew, from opening their file until they are up to date, with
// the store open and nothing else of the service running.
func measureRebuild(b *testing.B, cfg Config, book *scoring.Book, found measures) {
	b.Helper()
	defer collectSeldom()()
	quiet := slog.New(slog.DiscardHandler)
	store, err := openStore(b.Context(), cfg, newGuard(quiet), quiet)
	if err != nil {
		b.Fatal(err)
	}
	runtime.GC()
	forgetPeak(b)
	began := time.Now()
	views, err := openViews(b.Context(), cfg, store.log, store.log, book, quiet)
	if err != nil {
		b.Fatal(err)
	}
	ctx, stop := context.WithCancel(b.Context())
	ended := make(chan error, 1)
	go func() { ended <- views.Run(ctx) }()
	if err := views.WaitFor(ctx, uint64(ledgerSize())); err != nil {
		b.Fatal(err)
	}
	took := time.Since(began)
	found["rebuilt-events/s"], found["rebuilt-peak-MB"] = float64(ledgerSize())/took.Seconds(), peakMB(b)
	stop()
	if err := errors.Join(<-ended, views.Close(), store.close(context.WithoutCancel(ctx), false)); err != nil {
		b.Fatal(err)
	}
}

// started opens the ledger as the service does, once the broker's part of that was measured alone.
func started(b *testing.B, cfg Config, book *scoring.Book, found measures) (views *projections.Views, stop func()) {
	b.Helper()
	undo := collectSeldom()
	quiet := slog.New(slog.DiscardHandler)
	recovery := timed(func() {
		log, err := jetlog.Open(b.Context(), jetlog.Config{StoreDir: storeDir(cfg), Logger: quiet})
		if err != nil {
			b.Fatal(err)
		}
		defer log.Close()
	})
	guard := newGuard(quiet)
	parts := newParts(guard)
	began := time.Now()
	store, err := openStore(b.Context(), cfg, guard, quiet)
	if err != nil {
		b.Fatal(err)
	}
	if views, err = startFollowers(b.Context(), cfg, store, book, parts, quiet); err != nil {
		b.Fatal(err)
	}
	found["ms-start"], found["ms-broker"] = time.Since(began).Seconds()*1e3, recovery.Seconds()*1e3
	return views, func() {
		undo()
		parts.stop()
		if err := errors.Join(views.Close(), store.close(context.WithoutCancel(b.Context()), false)); err != nil {
			b.Error(err)
		}
	}
}

// measureReads measures scores of cases from all over the ledger.
func measureReads(b *testing.B, views *projections.Views, book *scoring.Book, found measures) {
	b.Helper()
	random := rand.New(rand.NewPCG(1, 1))
	cases := casesAllOver(b, views)
	last, _ := views.Position() // a ledger that was kept may have been posted to
	var cold, coldNow, warm, now []time.Duration
	for i, c := range cases {
		asOf := func() { scoreAsOf(b, views, book, c.ID, c.Opened+random.Uint64N(last-c.Opened+1)) }
		today := func() { scoreNow(b, views, book, c.ID) }
		if i%2 == 0 {
			cold = append(cold, timed(asOf))
			today()
		} else {
			coldNow = append(coldNow, timed(today))
			asOf()
		}
	}
	for _, c := range cases[:workedOn] {
		scoreAsOf(b, views, book, c.ID, c.Opened)
	}
	round := func() {
		for _, c := range cases[:workedOn] {
			warm = append(warm, timed(func() { scoreAsOf(b, views, book, c.ID, c.Opened+random.Uint64N(last-c.Opened+1)) }))
			now = append(now, timed(func() { scoreNow(b, views, book, c.ID) }))
		}
	}
	for b.Loop() {
		round()
	}
	for len(warm) < enoughReads {
		round()
	}
	for name, took := range map[string][]time.Duration{"ms-cold-p99": cold, "ms-warm-p99": warm, "ms-now-cold-p99": coldNow, "ms-now-p99": now} {
		found[name] = float64(p99(took).Microseconds()) / 1e3
	}
	// What half of the reads take tells whether they cost more in a larger ledger; the 99th percentile, as well,
	// what the service does beside them: it follows, seals, watches and scrubs as it always does.
	found["ms-warm-p50"], found["ms-now-p50"] = middle(warm), middle(now)
}

// workedOn is how many cases are looked at again and again: as many as a body has under way in a week. What
// is kept in memory holds the events of some 80 cases of this size.
const workedOn = 40

// enoughReads is how many reads there are at least, whatever -benchtime says: of a hundred, the 99th
// percentile is one collection of garbage.
const enoughReads = 2000

// casesAllOver are 400 cases from all over the ledger, in no order.
func casesAllOver(b *testing.B, views *projections.Views) (list []projections.CaseRow) {
	b.Helper()
	var all []projections.CaseRow
	query := projections.CaseQuery{Limit: 1000}
	for {
		page, err := views.Cases(b.Context(), query)
		if err != nil {
			b.Fatal(err)
		}
		if all = append(all, page.Items...); page.Next == 0 {
			break
		}
		query.After = page.Next
	}
	for i := range 400 {
		list = append(list, all[i*len(all)/400])
	}
	rand.New(rand.NewPCG(2, 1)).Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	return list
}

func p99(list []time.Duration) time.Duration {
	slices.Sort(list)
	return list[len(list)*99/100]
}

// middle is the median of a sorted list in milliseconds.
func middle(list []time.Duration) float64 { return float64(list[len(list)/2].Microseconds()) / 1e3 }

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

// forgetPeak makes the kernel forget how much memory this process held at most, and peakMB says how
// much it has held since, as the process list shows it.
func forgetPeak(b *testing.B) {
	b.Helper()
	if err := os.WriteFile("/proc/self/clear_refs", []byte("5"), 0); err != nil {
		b.Fatal(err)
	}
}

func peakMB(b *testing.B) float64 {
	b.Helper()
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		b.Fatal(err)
	}
	for line := range strings.Lines(string(status)) {
		var kib float64
		if n, _ := fmt.Sscanf(line, "VmHWM: %f kB", &kib); n == 1 {
			return kib * 1024 / 1e6
		}
	}
	b.Fatal("the kernel does not tell")
	return 0
}
