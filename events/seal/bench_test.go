package seal

import (
	"fmt"
	"slices"
	"testing"
	"time"
)

// onDisk is a world that syncs for real.
func onDisk(b *testing.B) *world {
	w := newWorld(b)
	w.policy = w.keys.policy(b, unobserved)
	cfg := w.config()
	var err error
	if cfg.Tiles, err = OpenTileDir(w.tileDir()); err != nil {
		b.Fatal(err)
	}
	if cfg.Files, err = OpenCheckpointDir(w.dir + "/checkpoints"); err != nil {
		b.Fatal(err)
	}
	cfg.Archive, cfg.Key = w.archive, w.logKey
	if w.sealer, err = Open(b.Context(), cfg); err != nil {
		b.Fatal(err)
	}
	return w
}

// BenchmarkSealing is one pass over what half a second brings at 5,000 events a second, and over
// less and more, with every sync. Target: 5,000 events/s and more at 2,500 a pass.
func BenchmarkSealing(b *testing.B) {
	for _, n := range []int{1, 100, 2500, maxBatch} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			w := onDisk(b)
			var took time.Duration
			rounds := 0
			for ; b.Loop(); rounds++ {
				b.StopTimer()
				w.grow(n)
				b.StartTimer()
				began := time.Now()
				if err := w.sealer.seal(b.Context()); err != nil {
					b.Fatal(err)
				}
				took += time.Since(began)
			}
			b.ReportMetric(float64(rounds*n)/took.Seconds(), "events/s")
			b.ReportMetric(float64(took.Milliseconds())/float64(rounds), "ms/pass")
		})
	}
}

// BenchmarkProof serves inclusion proofs at 1,000,000 leaves. Target: under 1 ms at p99.
func BenchmarkProof(b *testing.B) {
	const leaves = 1_000_000
	w := newWorld(b)
	w.policy = w.keys.policy(b, unobserved)
	w.mustRestart()
	w.grow(leaves)
	began := time.Now()
	if err := w.sealAll(); err != nil {
		b.Fatal(err)
	}
	sealed := time.Since(began)
	var slowest []time.Duration
	seq := uint64(1)
	for b.Loop() {
		began := time.Now()
		if _, err := w.sealer.Proof(seq); err != nil {
			b.Fatal(err)
		}
		slowest = append(slowest, time.Since(began))
		seq = (seq+7919*31)%leaves + 1
	}
	b.ReportMetric(leaves/sealed.Seconds(), "sealed/s")
	b.ReportMetric(float64(percentile99(slowest).Microseconds()), "µs-p99")
	began = time.Now()
	w.mustRestart()
	b.ReportMetric(float64(time.Since(began).Milliseconds()), "ms-start")
}

func percentile99(list []time.Duration) time.Duration {
	slices.Sort(list)
	return list[len(list)*99/100]
}

// BenchmarkJoining is a node that joins with an empty directory and meets 2,000 checkpoints, with every sync.
func BenchmarkJoining(b *testing.B) {
	const checkpoints, each = 2000, 4
	first, stream := newWorld(b), &sharedStream{}
	cfg := first.config()
	cfg.Stream, cfg.Nodes = stream, stream
	var err error
	if first.sealer, err = Open(b.Context(), cfg); err != nil {
		b.Fatal(err)
	}
	for range checkpoints {
		first.grow(each)
		if err := first.sealer.seal(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
	for b.Loop() {
		late := first.anotherNode()
		cfg := late.config()
		if cfg.Tiles, err = OpenTileDir(late.tileDir()); err != nil {
			b.Fatal(err)
		}
		if cfg.Files, err = OpenCheckpointDir(late.dir + "/checkpoints"); err != nil {
			b.Fatal(err)
		}
		cfg.Stream, cfg.Nodes, cfg.Archive = stream, stream, late.archive
		if late.sealer, err = Open(b.Context(), cfg); err != nil {
			b.Fatal(err)
		}
	}
}
