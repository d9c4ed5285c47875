package torture

import (
	"context"
	"flag"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"starledger/events/jetlog/natstest"
)

var (
	minutes = flag.Float64("minutes", 0, "how long faults are made; 0: one")
	seed    = flag.Uint64("seed", 0, "of the faults; 0 draws one")
	only    = flag.String("only", "", "makes no faults but those with this in their name")
	clients = flag.Int("clients", 8, "clients that post and read all the time")
)

func TestMain(m *testing.M) {
	flag.Parse()
	code := m.Run()
	natstest.CleanUp()
	os.Exit(code)
}

// TestTorture runs the torture, in a network of its own where that is allowed.
func TestTorture(t *testing.T) {
	if *seed == 0 {
		*seed = rand.Uint64()
	}
	built := programs(os.Getenv(builtIn))
	if built == "" {
		built = build(t)
		if inOwnNetwork(t, built) {
			return
		}
	}
	torture(t, built)
}

// torture makes faults for as long as it is told, then heals everything and proves the ledger. A run of some
// minutes begins on the previous version of the servers, which is replaced when a third of the time has passed.
func torture(t *testing.T, built programs) {
	t.Logf("seed %d, %.2f minutes", *seed, *minutes)
	w := newWorld(t, built)
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	crowd := newCrowd(w)
	crowd.begin(ctx, *clients)
	feeds := startFeeds(ctx, w)

	draw := rand.New(rand.NewPCG(*seed, 0))
	whole := time.Duration(*minutes * float64(time.Minute))
	w.suffer(draw, whole/3)
	if *minutes > 0 {
		w.suffers(upgrade, draw)
	}
	w.suffer(draw, whole*2/3)
	w.heal()
	crowd.end(stop)
	last := w.sameLedger(crowd.acknowledged())
	feeds.wait(last)
	w.sameRoots(last)
	crowd.linearizable()
	t.Logf("%d events, %d operations, the latest time is %s, faults: %v", last, crowd.count(), w.ahead, w.suffered)
}

// suffer makes faults at random for so long, at least one.
func (w *world) suffer(draw *rand.Rand, lasting time.Duration) {
	drawn := slices.DeleteFunc(slices.Clone(faults), func(f fault) bool { return !strings.Contains(f.name, *only) })
	until := time.Now().Add(lasting)
	for n := 0; n == 0 || time.Now().Before(until) && !w.t.Failed(); n++ {
		w.suffers(drawn[draw.IntN(len(drawn))], draw)
	}
}

func (w *world) suffers(f fault, draw *rand.Rand) {
	w.say("%s", f.name)
	f.make(w, draw)
	w.say("%s: healed", f.name)
	w.suffered[f.name]++
	w.breathe(draw)
}
