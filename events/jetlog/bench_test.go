package jetlog

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
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

// BenchmarkAppendCrowd is many callers, each with a case of its own, in turns with as many bare
// appends and syncs one after another (target: above 1, since what waits is synced together).
func BenchmarkAppendCrowd(b *testing.B) {
	for _, callers := range []int{64, 256} {
		b.Run(fmt.Sprint(callers), func(b *testing.B) { benchmarkCrowd(b, callers) })
	}
}

func benchmarkCrowd(b *testing.B, callers int) {
	const each = 10
	l := openLog(b, b.TempDir(), 0)
	f, err := os.Create(filepath.Join(b.TempDir(), "bare"))
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	body := testBody("bare", 0, benchBody)
	after := make([]uint64, callers)
	var bare, log time.Duration
	rounds := 0
	for ; b.Loop(); rounds++ {
		start := time.Now()
		for range callers * each {
			bareSync(b, f, body)
		}
		between := time.Now()
		var crowd sync.WaitGroup
		for c := range callers {
			crowd.Go(func() { after[c] = appendSome(b, l, fmt.Sprint("case", c), after[c], each) })
		}
		crowd.Wait()
		bare, log = bare+between.Sub(start), log+time.Since(between)
	}
	n := float64(rounds * callers * each)
	b.ReportMetric(n/bare.Seconds(), "bare/s")
	b.ReportMetric(n/log.Seconds(), "appends/s")
	b.ReportMetric(float64(bare)/float64(log), "appends/bare")
}

// appendSome appends n bodies one after another and returns the sequence of the last.
func appendSome(b *testing.B, l *Log, caseID string, after uint64, n int) uint64 {
	for range n {
		body := testBody(caseID, int(after), benchBody)
		seq, err := l.Append(b.Context(), events.Append{Case: caseID, After: after, Bodies: [][]byte{body}})
		if err != nil {
			b.Error(err)
			return after
		}
		after = seq
	}
	return after
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

// BenchmarkSound is the look through the blocks at a start, beside Scan of the same blocks, and beside the
// checksums alone of one of them, below which no look can come.
func BenchmarkSound(b *testing.B) {
	const n = 40_000
	l := openLog(b, b.TempDir(), 0)
	write(b, l, n, 900, 200)
	files := blocks(b, l.storeDir)
	l.Close()
	b.Run("sound", func(b *testing.B) {
		for b.Loop() {
			if ends, ok := Sound(b.Context(), l.storeDir); !ok || ends != n {
				b.Fatal(ends, ok)
			}
		}
		b.ReportMetric(float64(n*b.N)/b.Elapsed().Seconds(), "events/s")
	})
	b.Run("scan", func(b *testing.B) {
		for b.Loop() {
			for _, err := range Scan(l.storeDir) {
				if err != nil {
					b.Fatal(err)
				}
			}
		}
		b.ReportMetric(float64(n*b.N)/b.Elapsed().Seconds(), "events/s")
	})
	b.Run("checksums", func(b *testing.B) {
		first := blockFile{files[0], 1}
		data, err := first.load(nil, 0)
		if err != nil {
			b.Fatal(err)
		}
		sum, err := first.checksummer()
		if err != nil {
			b.Fatal(err)
		}
		starts := offsets(b, files[0])
		for b.Loop() {
			for i, start := range starts[1:] {
				sum.Reset()
				sum.Write(data[starts[i]:start])
				sum.Sum64()
			}
		}
		b.ReportMetric(float64(len(starts)*b.N)/b.Elapsed().Seconds(), "events/s")
	})
}
