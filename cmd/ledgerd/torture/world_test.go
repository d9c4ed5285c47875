package torture

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"starledger/events/jetlog/natstest"
)

const token = "officer-token-for-tests"

// world is the servers, the nodes on them, and the time that has passed.
type world struct {
	*natstest.Cluster
	t     testing.TB
	began time.Time
	nodes []*node
	built programs
	full  *smallDisk  // under the last server; nil where nothing may be mounted
	slow  *slowDisk   // under the other servers; nil where none can be made
	lossy *badNetwork // nil where the network is not ours to spoil

	suffered map[string]int // faults, by name
	ahead    string         // the latest time that an event has: far ahead where a clock has jumped
}

// newWorld starts three servers with the accounts as they are deployed, and three nodes.
func newWorld(t testing.TB, built programs) *world {
	t.Helper()
	w := &world{t: t, began: time.Now(), built: built, lossy: ownNetwork(t), suffered: map[string]int{}}
	dir := t.TempDir()
	must(t, os.MkdirAll(filepath.Join(dir, "nats"), 0o700))
	w.slow = newSlowDisk(t, dir)
	w.full = mountSmallDisk(t, filepath.Join(dir, "nats", "n3"))
	accounts, err := os.ReadFile(filepath.Join("..", "deploy", "accounts.conf"))
	must(t, err)
	service, servicePublic := natstest.Seed(t)
	admin, adminPublic := natstest.Seed(t)
	w.Cluster = natstest.Start(t, natstest.Config{
		Dir: filepath.Join(dir, "nats"), Accounts: string(accounts),
		Program: built.first(), Env: []string{"LEDGER_SERVICE=" + servicePublic, "LEDGER_ADMIN=" + adminPublic},
	})
	w.Ready(admin)

	ledgerd := built.ledgerd()
	keys, tokens := filepath.Join(dir, "keys"), filepath.Join(dir, "tokens.json")
	run(t, ledgerd, "keys", "log", "--key-dir", keys)
	must(t, os.WriteFile(tokens, fmt.Appendf(nil, `[{"token":%q,"actor":"wang","name":"王","organization":"示例","roles":["case_officer"]}]`, token), 0o600))
	for i := range 3 {
		data := filepath.Join(dir, fmt.Sprintf("node%d", i+1))
		n := &node{t: t, name: fmt.Sprintf("node%d", i+1), data: data, program: ledgerd, clock: newClock(t, data+".clock"), args: []string{
			"serve", "--listen", "127.0.0.1:0", "--ops", "127.0.0.1:0", "--data", data, "--tokens", tokens,
			"--key-dir", keys, "--attachment-dir", filepath.Join(dir, "attachments"), "--scrub-rate", "500",
			"--nats", w.URLs(), "--nats-creds", service, "--nats-admin-creds", admin,
		}}
		w.nodes = append(w.nodes, n)
		n.begin()
	}
	t.Cleanup(func() {
		for _, n := range w.nodes {
			n.kill()
		}
		if t.Failed() {
			w.tell()
		}
	})
	w.introduce()
	return w
}

// introduce says which faults are made in which way here.
func (w *world) introduce() {
	w.t.Helper()
	network, disk, full := "left as it is", "a server that gets a tenth of the time (no control group here)", "left out: nothing may be mounted here"
	if w.lossy != nil {
		network = w.lossy.name
	}
	if w.slow != nil {
		disk = fmt.Sprintf("%d bytes a second by control group %s", slowRate, w.slow.limit)
	}
	if w.full != nil {
		full = "in memory"
	}
	w.t.Logf("partition: doors of the test; bad network: %s; slow disk: %s; full disk: %s; clocks: of the nodes", network, disk, full)
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func run(t testing.TB, program string, args ...string) {
	t.Helper()
	if text, err := exec.Command(program, args...).CombinedOutput(); err != nil {
		t.Fatalf("%s %v: %v\n%s", program, args, err, text)
	}
}

func (w *world) say(format string, args ...any) {
	w.t.Logf("%6.1f s  %s", time.Since(w.began).Seconds(), fmt.Sprintf(format, args...))
}

// breathe lets the cluster work in peace for a moment.
func (w *world) breathe(draw *rand.Rand) { time.Sleep(between(draw, time.Second, 5*time.Second)) }

func between(draw *rand.Rand, low, high time.Duration) time.Duration {
	return low + time.Duration(draw.Int64N(int64(high-low)))
}

// heal brings everything back that a fault may have left.
func (w *world) heal() {
	for i := range w.Len() {
		w.Heal(i)
	}
	var all sync.WaitGroup
	for _, n := range w.nodes {
		all.Go(n.ready)
	}
	all.Wait()
}

// tell shows what the processes said last, after a failure.
func (w *world) tell() {
	for _, n := range w.nodes {
		w.t.Logf("%s said:\n%s", n.name, n.said())
	}
	for i := range w.Len() {
		w.t.Logf("server %d said:\n%s", i+1, tail(w.Log(i)))
	}
}

func tail(text string) string { return text[max(0, len(text)-6000):] }
