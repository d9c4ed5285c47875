package main

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"starledger/events"
	"starledger/events/jetlog"
)

// The benchmarks post through HTTP to the real program, in a process of its own, and put the time
// beside what the disk needs for a bare append of 1 KiB with fsync, measured in the same run and
// in turns, because disks are noisy.

// bareAppend is an append of 1 KiB with fsync on the disk of the ledger.
func bareAppend(b *testing.B, dir string) func() {
	file, err := os.Create(filepath.Join(dir, "bare"))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { file.Close() })
	kib := bytes.Repeat([]byte("x"), 1024)
	return func() {
		if _, err := file.Write(kib); err != nil {
			b.Fatal(err)
		}
		if err := file.Sync(); err != nil {
			b.Fatal(err)
		}
	}
}

func (p *process) mustPost(path, key, body string) {
	got, err := p.request(p.t.Context(), http.MethodPost, path, key, body)
	if err != nil || got.status != http.StatusCreated {
		p.t.Errorf("post %s: %v %d %s", path, err, got.status, got.body)
	}
}

func timed(do func()) time.Duration {
	began := time.Now()
	do()
	return time.Since(began)
}

func median(list []time.Duration) time.Duration {
	slices.Sort(list)
	return list[len(list)/2]
}

// BenchmarkCommand: one caller, command to durable to 201, in cases that grow to 300 events. Target:
// at the median at most 2.5 times the bare append. Beside it is measured what no command can do without:
// an append to the log alone, which is nearly all JetStream's, and a request to the same program that is
// answered at once, which is net/http's. What a command takes beyond the two is ours.
func BenchmarkCommand(b *testing.B) {
	const perCase = 300
	dir := b.TempDir()
	p, bare, logged := startProcess(b, "--data", dir, "--tokens", tokensFile(b)), bareAppend(b, dir), appender(b, emptyLog(b), "one")
	nothing := newPoster(b, p.ops, http.MethodGet, "/livez", "")
	var command *poster
	took := map[string][]time.Duration{}
	measure := func(what string, do func()) { took[what] = append(took[what], timed(do)) }
	for n := 0; b.Loop(); n++ {
		if n%perCase == 0 {
			command = newPoster(b, p.url, http.MethodPost, p.openedCase(fmt.Sprint("open", n))+"/application-review", returnApplication)
		}
		measure("bare", bare)
		measure("command", func() { command.must(n, http.StatusCreated) })
		measure("log", logged)
		measure("http", func() { nothing.must(n, http.StatusOK) })
	}
	bares := float64(median(took["bare"]))
	b.ReportMetric(bares/float64(time.Microsecond), "bare-µs")
	for _, what := range []string{"command", "log", "http"} {
		b.ReportMetric(float64(median(took[what]))/bares, what+"/bare")
	}
	b.ReportMetric(float64(median(took["command"])-median(took["log"])-median(took["http"]))/bares, "ours/bare")
}

// emptyLog is a log that nobody else writes to, on the disk of the ledger.
func emptyLog(b *testing.B) *jetlog.Log {
	l, err := jetlog.Open(b.Context(), jetlog.Config{StoreDir: b.TempDir(), Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(l.Close)
	return l
}

// appender appends 1 KiB to a case of a log, again and again.
func appender(b *testing.B, l *jetlog.Log, id string) func() {
	var seq uint64
	return func() {
		body := bytes.Repeat([]byte("x"), 1024)
		binary.BigEndian.PutUint64(body, seq) // no body twice: the broker would take it for a copy
		var err error
		if seq, err = l.Append(b.Context(), events.Append{Case: id, After: seq, Bodies: [][]byte{body}}); err != nil {
			b.Error(err)
		}
	}
}

// BenchmarkCommands64: 64 callers on 64 cases. Target: at least 0.7 of the disk's fsync rate. Beside it
// the same crowd at the log alone, and with requests that are answered at once: all three share the
// processors, so a crowd of commands cannot be faster than the two, one after the other, where those
// are the bottleneck.
func BenchmarkCommands64(b *testing.B) {
	const callers, each = 64, 25
	dir := b.TempDir()
	p, bare, l := startProcess(b, "--data", dir, "--tokens", tokensFile(b)), bareAppend(b, dir), emptyLog(b)
	var commands, nothings [callers]*poster
	var appends [callers]func()
	for i := range callers {
		commands[i] = newPoster(b, p.url, http.MethodPost, p.openedCase(fmt.Sprint("open", i))+"/application-review", returnApplication)
		nothings[i] = newPoster(b, p.ops, http.MethodGet, "/livez", "")
		appends[i] = appender(b, l, fmt.Sprint("case", i))
	}
	took := map[string]time.Duration{}
	crowd := func(what string, do func(caller, n int)) {
		took[what] += timed(func() {
			var group sync.WaitGroup
			for i := range callers {
				group.Go(func() {
					for n := range each {
						do(i, n)
					}
				})
			}
			group.Wait()
		})
	}
	rounds := 0
	for ; b.Loop(); rounds++ {
		took["bare"] += timed(func() {
			for range callers * each {
				bare()
			}
		})
		crowd("commands", func(i, n int) { commands[i].must(rounds*each+n, http.StatusCreated) })
		crowd("log", func(i, _ int) { appends[i]() })
		crowd("http", func(i, n int) { nothings[i].must(n, http.StatusOK) })
	}
	for what, took := range took {
		b.ReportMetric(float64(rounds*callers*each)/took.Seconds(), what+"/s")
	}
	b.ReportMetric(float64(took["bare"])/float64(took["commands"]), "commands/bare")
	b.ReportMetric(float64(took["bare"])/float64(took["log"]+took["http"]), "log+http/bare")
}

// BenchmarkBatch50: a sheet of 50 entries against 50 single posts. Target: at least 3 times faster.
func BenchmarkBatch50(b *testing.B) {
	p := startProcess(b, "--data", b.TempDir(), "--tokens", tokensFile(b))
	path := p.openedCase("open")
	entry := `{"path":"application-review","body":` + returnApplication + `}`
	sheet := `{"commands":[` + strings.TrimSuffix(strings.Repeat(entry+",", 50), ",") + `]}`
	var batches, singles []time.Duration
	for n := 0; b.Loop(); n++ {
		batches = append(batches, timed(func() { p.mustPost(path+"/batch", fmt.Sprint("b", n), sheet) }))
		singles = append(singles, timed(func() {
			for i := range 50 {
				p.mustPost(path+"/application-review", fmt.Sprintf("s-%d-%d", n, i), returnApplication)
			}
		}))
	}
	b.ReportMetric(float64(median(batches).Microseconds()), "µs/batch")
	b.ReportMetric(float64(median(singles).Microseconds()), "µs/50-singles")
	b.ReportMetric(float64(median(singles))/float64(median(batches)), "ratio")
}
