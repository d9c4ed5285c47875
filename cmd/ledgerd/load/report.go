package load

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
)

// Report is what came of a run.
type Report struct {
	Seconds      float64   `json:"seconds"`
	Acknowledged int       `json:"acknowledged"` // events, those of the preparation included
	PerSecond    float64   `json:"commands_per_second"`
	TurnedAway   int64     `json:"turned_away"` // answered 503 with Retry-After, and sent again
	Errors       int64     `json:"errors"`
	FirstErrors  []string  `json:"first_errors,omitempty"`
	Latencies    []Latency `json:"latencies"`
	Memory       *Memory   `json:"memory,omitempty"`
	Events       uint64    `json:"events"` // in the ledger at the end
	Lost         int       `json:"lost"`   // acknowledged, and not in the ledger
}

func (r *run) report(took time.Duration, m *memory) *Report {
	report := &Report{
		Seconds: took.Seconds(), Acknowledged: r.book.size(), TurnedAway: r.told.turnedAway.Load(),
		Errors: r.told.errors.Load(), FirstErrors: r.told.first, Latencies: r.told.latencies(), Memory: m.summary(),
	}
	for _, l := range report.Latencies {
		if l.Kind == "command" {
			report.PerSecond = float64(l.Count) / took.Seconds()
		}
	}
	return report
}

// Verdict is nil when nothing went wrong, nothing was lost and the memory stayed flat.
func (r *Report) Verdict() error {
	var err error
	if r.Errors > 0 {
		err = errors.Join(err, fmt.Errorf("%d requests failed", r.Errors))
	}
	if r.Lost > 0 {
		err = errors.Join(err, fmt.Errorf("%d acknowledged events are not in the ledger", r.Lost))
	}
	if r.Memory != nil {
		err = errors.Join(err, r.Memory.verdict())
	}
	return err
}

// Tell writes the report for people.
func (r *Report) Tell(out io.Writer) error {
	var text strings.Builder
	fmt.Fprintf(&text, "%.0f s: %.0f commands/s, %d acknowledged in all, %d events in the ledger, %d lost, %d turned away, %d errors\n",
		r.Seconds, r.PerSecond, r.Acknowledged, r.Events, r.Lost, r.TurnedAway, r.Errors)
	fmt.Fprintf(&text, "%-16s %10s %12s %12s %12s\n", "", "requests", "median", "p99", "worst")
	for _, l := range r.Latencies {
		fmt.Fprintf(&text, "%-16s %10d %12v %12v %12v\n", l.Kind, l.Count, short(l.Median), short(l.P99), short(l.Worst))
	}
	if r.Memory != nil {
		r.Memory.tell(&text)
	}
	for _, e := range r.FirstErrors {
		fmt.Fprintf(&text, "error: %s\n", e)
	}
	_, err := io.WriteString(out, text.String())
	return err
}

func short(d time.Duration) time.Duration {
	if d < 10*time.Millisecond {
		return d.Round(10 * time.Microsecond)
	}
	return d.Round(time.Millisecond)
}
