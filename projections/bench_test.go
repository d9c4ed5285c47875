package projections_test

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"iter"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strconv"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"starledger/events"
	"starledger/projections"
	"starledger/projections/rehearsal"
)

// fileLog is a log in one file, so that a benchmark does not measure a log in memory.
type fileLog struct {
	file  *os.File
	at    []int64 // where each record begins; at[0] is sequence 1
	cases []string
	last  map[string]uint64
}

// writeLog makes a log of a plan: of each record the length of its body, then the body.
func writeLog(b *testing.B, plan rehearsal.Plan) *fileLog {
	b.Helper()
	file, err := os.Create(filepath.Join(b.TempDir(), "log"))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { file.Close() })
	l := &fileLog{file: file, last: map[string]uint64{}}
	w, end := bufio.NewWriterSize(file, 1<<20), int64(0)
	err = rehearsal.New(plan).All(func(e *events.Stored) error {
		l.at, l.cases = append(l.at, end), append(l.cases, string(e.Subject))
		l.last[string(e.Subject)] = e.Seq
		end += int64(4 + len(e.Body))
		_, err := w.Write(append(binary.LittleEndian.AppendUint32(nil, uint32(len(e.Body))), e.Body...))
		return err
	})
	if err := errors.Join(err, w.Flush()); err != nil {
		b.Fatal(err)
	}
	return l
}

func (l *fileLog) Read(_ context.Context, from, to uint64) iter.Seq2[events.Record, error] {
	return func(yield func(events.Record, error) bool) {
		r := bufio.NewReaderSize(io.NewSectionReader(l.file, l.at[from-1], 1<<62), 1<<20)
		for seq := from; seq <= to; seq++ {
			record, err := l.next(r, seq)
			if !yield(record, err) || err != nil {
				return
			}
		}
	}
}

func (l *fileLog) next(r io.Reader, seq uint64) (events.Record, error) {
	var size [4]byte
	if _, err := io.ReadFull(r, size[:]); err != nil {
		return events.Record{}, err
	}
	body := make([]byte, binary.LittleEndian.Uint32(size[:]))
	_, err := io.ReadFull(r, body)
	return events.Record{Seq: seq, Case: l.cases[seq-1], Body: body}, err
}

func (l *fileLog) ReadAt(_ context.Context, seqs []uint64) iter.Seq2[events.Record, error] {
	return func(yield func(events.Record, error) bool) {
		for _, seq := range seqs {
			record, err := l.next(io.NewSectionReader(l.file, l.at[seq-1], 1<<62), seq)
			if !yield(record, err) || err != nil {
				return
			}
		}
	}
}

func (l *fileLog) Follow(ctx context.Context, from uint64) iter.Seq2[events.Record, error] {
	return func(yield func(events.Record, error) bool) {
		if from <= uint64(len(l.at)) {
			for record, err := range l.Read(ctx, from, uint64(len(l.at))) {
				if !yield(record, err) {
					return
				}
			}
		}
		<-ctx.Done()
		yield(events.Record{}, ctx.Err())
	}
}

func (l *fileLog) Last(context.Context) (uint64, error) { return uint64(len(l.at)), nil }

func (l *fileLog) LastOf(_ context.Context, id string) (uint64, error) { return l.last[id], nil }

func (l *fileLog) Append(context.Context, events.Append) (uint64, error) {
	return 0, events.ErrUnavailable
}

func (l *fileLog) ReadCase(context.Context, string, uint64) iter.Seq2[events.Record, error] {
	return func(yield func(events.Record, error) bool) { yield(events.Record{}, events.ErrUnavailable) }
}

// number is a setting of the benchmarks from the environment.
func number(name string, otherwise int) int {
	if n, err := strconv.Atoi(os.Getenv(name)); err == nil {
		return n
	}
	return otherwise
}

// peak watches the memory that the Go runtime holds, from now on until done is called.
func peak() (done func() uint64) {
	var most atomic.Uint64
	stop, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		tick := time.NewTicker(20 * time.Millisecond)
		defer tick.Stop()
		for {
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			most.Store(max(most.Load(), m.HeapInuse))
			select {
			case <-tick.C:
			case <-stop:
				return
			}
		}
	}()
	return func() uint64 { close(stop); <-stopped; return most.Load() }
}

// cpu is the time that this process has computed so far, which other work on the machine does not blur.
func cpu(b *testing.B) time.Duration {
	b.Helper()
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		b.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

// BenchmarkRebuild rebuilds every read model from nothing. LEDGER_EVENTS sets how many events there
// are (100,000), LEDGER_OPEN how many cases interleave (200).
func BenchmarkRebuild(b *testing.B) {
	log := writeLog(b, rehearsal.Plan{
		Seed: 1, Events: number("LEDGER_EVENTS", 100_000), Open: number("LEDGER_OPEN", 200),
		Scheme: scheme(b, "gbt27922-2011"), Cut: true,
	})
	// As the service sets the collector while it catches up.
	defer debug.SetGCPercent(debug.SetGCPercent(400))
	defer debug.SetMemoryLimit(debug.SetMemoryLimit(480 << 20))
	for b.Loop() {
		path := filepath.Join(b.TempDir(), "views")
		runtime.GC()
		heap, began, busy := peak(), time.Now(), cpu(b)
		build(b, log, path, uint64(len(log.at)))
		b.ReportMetric(float64(len(log.at))/time.Since(began).Seconds(), "events/s")
		b.ReportMetric(float64((cpu(b)-busy).Nanoseconds())/1e3/float64(len(log.at)), "cpu-µs/event")
		b.ReportMetric(float64(heap())/1e6, "peak-heap-MB")
		info, err := os.Stat(path)
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(info.Size())/1e6, "file-MB")
	}
}

// benchmarkCases measures do over the cases of a ledger and reports the 99th percentile.
func benchmarkCases(b *testing.B, do func(v *projections.Views, id events.CaseID, last uint64, i int)) {
	log := writeLog(b, rehearsal.Plan{Seed: 1, Events: number("LEDGER_EVENTS", 100_000), Open: 200, Scheme: scheme(b, "gbt27922-2011")})
	v := views(b, log, "")
	await(b, v, uint64(len(log.at)))
	ids := slices.Sorted(func(yield func(string) bool) {
		for id := range log.last {
			if !yield(id) {
				return
			}
		}
	})[:20]
	var took []time.Duration
	i := 0
	for b.Loop() {
		id := ids[i%len(ids)]
		began := time.Now()
		do(v, events.CaseID(id), log.last[id], i)
		if i++; i > len(ids) { // the first round warms
			took = append(took, time.Since(began))
		}
	}
	if len(took) > 0 {
		slices.Sort(took)
		b.ReportMetric(float64(took[len(took)*99/100].Microseconds()), "p99-µs")
	}
}
