package jetlog

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"starledger/events"
)

const benchBody = 1 << 10

// BenchmarkBareSync is the disk's own price of one durable KiB: append and fsync.
func BenchmarkBareSync(b *testing.B) {
	f, err := os.Create(filepath.Join(b.TempDir(), "bare"))
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	body := testBody("bare", 0, benchBody)
	for b.Loop() {
		bareSync(b, f, body)
	}
}

func bareSync(b *testing.B, f *os.File, body []byte) {
	if _, err := f.Write(body); err != nil {
		b.Fatal(err)
	}
	if err := f.Sync(); err != nil {
		b.Fatal(err)
	}
}

// BenchmarkAppend alternates one append with one bare append and fsync, so that both meet the same
// disk, and reports the ratio of the medians (target: near 1).
func BenchmarkAppend(b *testing.B) {
	l := openLog(b, b.TempDir(), 0)
	f, err := os.Create(filepath.Join(b.TempDir(), "bare"))
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	var bare, log []time.Duration
	var after uint64
	for i := 0; b.Loop(); i++ {
		body := testBody("one", i, benchBody)
		start := time.Now()
		bareSync(b, f, body)
		between := time.Now()
		if after, err = l.Append(b.Context(), events.Append{Case: "one", After: after, Bodies: [][]byte{body}}); err != nil {
			b.Fatal(err)
		}
		log = append(log, time.Since(between))
		bare = append(bare, between.Sub(start))
	}
	b.ReportMetric(float64(median(log))/float64(median(bare)), "append/bare")
	b.ReportMetric(float64(median(bare).Microseconds()), "bare-µs")
	b.ReportMetric(float64(median(log).Microseconds()), "append-µs")
}

func median(durations []time.Duration) time.Duration {
	slices.Sort(durations)
	return durations[len(durations)/2]
}

// BenchmarkAppend64 is 64 callers, each with a case of its own.
func BenchmarkAppend64(b *testing.B) {
	l := openLog(b, b.TempDir(), 0)
	var left atomic.Int64
	left.Store(int64(b.N))
	var callers sync.WaitGroup
	b.ResetTimer()
	for c := range 64 {
		callers.Go(func() {
			caseID, after := fmt.Sprintf("case%d", c), uint64(0)
			for left.Add(-1) >= 0 {
				var err error
				body := testBody(caseID, int(after), benchBody)
				if after, err = l.Append(b.Context(), events.Append{Case: caseID, After: after, Bodies: [][]byte{body}}); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	callers.Wait()
}

// BenchmarkAppendBatch is one caller with batches of 50.
func BenchmarkAppendBatch(b *testing.B) {
	l := openLog(b, b.TempDir(), 0)
	var after uint64
	for i := 0; b.Loop(); i++ {
		a := events.Append{Case: "one", After: after}
		for k := range 50 {
			a.Bodies = append(a.Bodies, testBody("one", i*50+k, benchBody))
		}
		first, err := l.Append(b.Context(), a)
		if err != nil {
			b.Fatal(err)
		}
		after = first + 49
	}
}

// BenchmarkRead reads 200,000 records of 600 bytes at a time.
func BenchmarkRead(b *testing.B) {
	const n = 200_000
	l := openLog(b, b.TempDir(), 0)
	write(b, l, n, 600, events.MaxBatch)
	b.ResetTimer()
	for b.Loop() {
		for _, err := range l.Read(b.Context(), 1, n) {
			if err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "records/s")
}

// BenchmarkReadAt reads one case of 300 records that are spread over the log, by sequence.
func BenchmarkReadAt(b *testing.B) {
	l := openLog(b, b.TempDir(), 0)
	write(b, l, 6000, 600, 20)
	var seqs []uint64
	for seq := uint64(1); seq <= 6000; seq += 20 {
		seqs = append(seqs, seq)
	}
	b.ResetTimer()
	for b.Loop() {
		for _, err := range l.ReadAt(b.Context(), seqs) {
			if err != nil {
				b.Fatal(err)
			}
		}
	}
}
