package torture

import (
	"context"
	"flag"
	"math/rand/v2"
	"os"
	"testing"
	"time"

	"starledger/events/jetlog/natstest"
)

var (
	minutes = flag.Float64("minutes", 0, "how long faults are made; 0: one")
	seed    = flag.Uint64("seed", 0, "of the faults; 0 draws one")
	clients = flag.Int("clients", 8, "clients that post and read all the time")
)

func TestMain(m *testing.M) {
	flag.Parse()
	code := m.Run()
	natstest.CleanUp()
	os.Exit(code)
}

// TestTorture makes faults for as long as it is told, then heals everything and proves the ledger.
func TestTorture(t *testing.T) {
	if *seed == 0 {
		*seed = rand.Uint64()
	}
	t.Logf("seed %d, %.2f minutes", *seed, *minutes)
	w := newWorld(t)
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	crowd := newCrowd(w)
	crowd.begin(ctx, *clients)
	feeds := startFeeds(ctx, w)

	draw := rand.New(rand.NewPCG(*seed, 0))
	until := time.Now().Add(time.Duration(*minutes * float64(time.Minute)))
	for n := 0; n == 0 || time.Now().Before(until) && !t.Failed(); n++ {
		f := faults[draw.IntN(len(faults))]
		w.say("%s", f.name)
		f.make(w, draw)
		w.say("%s: healed", f.name)
		w.breathe(draw)
	}
	w.heal()
	crowd.end(stop)
	last := w.sameLedger(crowd.acknowledged())
	feeds.wait(last)
	w.sameRoots(last)
	crowd.linearizable()
	t.Logf("%d events, %d operations", last, crowd.count())
}
