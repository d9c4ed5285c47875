package main

import (
	"bytes"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
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
// at the median at most 2.5 times the bare append.
func BenchmarkCommand(b *testing.B) {
	const perCase = 300
	dir := b.TempDir()
	p, bare := startProcess(b, "--data", dir, "--tokens", tokensFile(b)), bareAppend(b, dir)
	var commands, appends []time.Duration
	path := ""
	for n := 0; b.Loop(); n++ {
		if n%perCase == 0 {
			path = p.openedCase(fmt.Sprint("open", n)) + "/application-review"
		}
		appends = append(appends, timed(bare))
		commands = append(commands, timed(func() { p.mustPost(path, fmt.Sprint("k", n), returnApplication) }))
	}
	b.ReportMetric(float64(median(appends).Microseconds()), "µs/bare-append")
	b.ReportMetric(float64(median(commands).Microseconds()), "µs/command")
	b.ReportMetric(float64(median(commands))/float64(median(appends)), "ratio")
}

// BenchmarkCommands64: 64 callers on 64 cases. Target: at least 0.7 of the disk's fsync rate.
func BenchmarkCommands64(b *testing.B) {
	const callers, each = 64, 25
	dir := b.TempDir()
	p, bare := startProcess(b, "--data", dir, "--tokens", tokensFile(b)), bareAppend(b, dir)
	http.DefaultTransport.(*http.Transport).MaxIdleConnsPerHost = callers
	paths := make([]string, callers)
	for i := range paths {
		paths[i] = p.openedCase(fmt.Sprint("open", i)) + "/application-review"
	}
	var commands, appends time.Duration
	rounds := 0
	for ; b.Loop(); rounds++ {
		appends += timed(func() {
			for range callers * each {
				bare()
			}
		})
		commands += timed(func() {
			var group sync.WaitGroup
			for i := range callers {
				group.Go(func() {
					for n := range each {
						p.mustPost(paths[i], fmt.Sprintf("k-%d-%d-%d", rounds, i, n), returnApplication)
					}
				})
			}
			group.Wait()
		})
	}
	total := float64(rounds * callers * each)
	b.ReportMetric(total/appends.Seconds(), "bare-appends/s")
	b.ReportMetric(total/commands.Seconds(), "commands/s")
	b.ReportMetric(float64(appends)/float64(commands), "ratio")
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
