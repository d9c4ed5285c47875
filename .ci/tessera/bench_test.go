package tessera

import (
	"context"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/transparency-dev/tessera"
	"github.com/transparency-dev/tessera/client"
	"github.com/transparency-dev/tessera/storage/posix"

	"starledger/events"
	"starledger/events/jetlog"
	"starledger/events/memlog"
)

const (
	callers = 256
	leaves  = 16_384
)

// BenchmarkAppendUntilSealed is 256 callers who append 16,384 events, from the first append until
// the last is sealed, beside Tessera's POSIX driver, from the first of the very same leaves until
// the last is integrated; one after the other in every round, on the same disk.
//
// At the end we have more: the bodies on disk twice, a leaf for each that is checked against the
// one before it in its case, and a signed checkpoint that is kept in two places. Tessera has the
// leaves and their tree. "sealing" is our part of what Tessera does: the events are in the log, in
// memory, and are archived, hashed and signed.
//
// Metrics are medians. A ratio above 1 says that we are faster.
func BenchmarkAppendUntilSealed(b *testing.B) {
	var appended, sealed, integrated []time.Duration
	for b.Loop() {
		all, own, public := ours(b)
		appended, sealed = append(appended, all), append(sealed, own)
		integrated = append(integrated, theirs(b, entriesOf(b, public)))
	}
	whole, own, them := median(appended), median(sealed), median(integrated)
	b.ReportMetric(leaves/whole.Seconds(), "events/s")
	b.ReportMetric(leaves/own.Seconds(), "sealing/s")
	b.ReportMetric(leaves/them.Seconds(), "tessera/s")
	b.ReportMetric(them.Seconds()/whole.Seconds(), "ratio")
	b.ReportMetric(them.Seconds()/own.Seconds(), "sealing-ratio")
	b.ReportMetric(0, "ns/op")
}

// ours is how long the whole way takes, and how long sealing alone.
func ours(b *testing.B) (all, sealing time.Duration, public string) {
	store, err := jetlog.Open(b.Context(), jetlog.Config{StoreDir: b.TempDir(), Logger: quiet})
	if err != nil {
		b.Fatal(err)
	}
	defer store.Close()
	n := &node{t: b, dir: b.TempDir(), log: store, keys: newKeys(b)}
	s := n.start()
	began := time.Now()
	appendAll(b, store)
	s.sealed(b, leaves)
	all = time.Since(began)
	s.stop()

	memory := memlog.New()
	appendAll(b, memory)
	m := &node{t: b, dir: b.TempDir(), log: memory, keys: n.keys}
	began = time.Now()
	s = m.start()
	s.sealed(b, leaves)
	sealing = time.Since(began)
	s.stop()
	return all, sealing, n.public()
}

func appendAll(b *testing.B, log events.Log) {
	var all sync.WaitGroup
	for caller := range callers {
		all.Go(func() {
			one := caseNumber(caller)
			for range leaves / callers {
				one.append(b, log)
			}
		})
	}
	all.Wait()
}

// entriesOf are our leaves, read from our files by Tessera.
func entriesOf(b *testing.B, public string) (entries [][]byte) {
	from := client.FileFetcher{Root: public}
	for bundle := range uint64(leaves / 256) {
		read, err := client.GetEntryBundle(b.Context(), from.ReadEntryBundle, bundle, leaves)
		if err != nil {
			b.Fatal(err)
		}
		entries = append(entries, read.Entries...)
	}
	return entries
}

// theirs is how long Tessera takes. The callers do not wait between two leaves, so that Tessera can
// fill its batches; these are sixteen times as large as its default, which made it fastest here.
func theirs(b *testing.B, entries [][]byte) time.Duration {
	ctx, cancel := context.WithCancel(b.Context())
	defer cancel()
	driver, err := posix.New(ctx, posix.Config{Path: b.TempDir()})
	if err != nil {
		b.Fatal(err)
	}
	options := tessera.NewAppendOptions().WithCheckpointSigner(newKeys(b).signer).
		WithBatching(4096, 50*time.Millisecond).WithPushback(leaves).WithCheckpointInterval(100 * time.Millisecond)
	appender, shutdown, _, err := tessera.NewAppender(ctx, driver, options)
	if err != nil {
		b.Fatal(err)
	}
	began := time.Now()
	var all sync.WaitGroup
	for part := range slices.Chunk(entries, leaves/callers) {
		all.Go(func() {
			var integrated []tessera.IndexFuture
			for _, entry := range part {
				integrated = append(integrated, appender.Add(ctx, tessera.NewEntry(entry)))
			}
			for _, wait := range integrated {
				if _, err := wait(); err != nil {
					b.Error(err)
				}
			}
		})
	}
	all.Wait()
	took := time.Since(began)
	if err := shutdown(ctx); err != nil {
		b.Fatal(err)
	}
	return took
}

func median(all []time.Duration) time.Duration {
	slices.Sort(all)
	return all[len(all)/2]
}
