package torture

import (
	"math/rand/v2"
	"syscall"
	"time"
)

// A fault is made, lasts, and is undone. The world is whole again when make returns, but for what it takes
// the processes to recover.
type fault struct {
	name string
	make func(w *world, draw *rand.Rand)
}

var faults = []fault{
	{"kill -9 of a server", killServer},
	{"kill -9 of two servers", killTwoServers},
	{"kill -9 of a node", killNode},
	{"kill -9 of all nodes", killNodes},
	{"a server stands still", pauseServer},
	{"a node stands still", pauseNode},
	{"a server is cut off", cutServer},
	{"all servers are cut off from each other", cutAll},
	{"rolling restart of the servers", rollServers},
	{"rolling restart of the nodes", rollNodes},
	{"the disk of a server is full", fillDisk},
	{"the disk of a server is slow", slowDown},
	{"a node's clock jumps", jumpClock},
	{"the network is bad", spoilNetwork},
}

// upgrade is made once, since nobody goes back.
var upgrade = fault{"the servers are upgraded one after the other", upgradeServers}

// lasts is how long a fault lasts: longer than it takes the servers to choose a new leader, mostly.
func lasts(draw *rand.Rand) { time.Sleep(between(draw, 2*time.Second, 15*time.Second)) }

func killServer(w *world, draw *rand.Rand) {
	i := draw.IntN(w.Len())
	w.Kill(i)
	lasts(draw)
	w.Begin(i)
}

// killTwoServers leaves no majority: nothing is acknowledged until one is back.
func killTwoServers(w *world, draw *rand.Rand) {
	i := draw.IntN(w.Len())
	w.Kill(i)
	w.Kill((i + 1) % w.Len())
	lasts(draw)
	w.Begin(i)
	w.Begin((i + 1) % w.Len())
}

func killNode(w *world, draw *rand.Rand) {
	n := w.nodes[draw.IntN(len(w.nodes))]
	n.kill()
	lasts(draw)
	n.begin()
	n.ready()
}

func killNodes(w *world, draw *rand.Rand) {
	for _, n := range w.nodes {
		n.kill()
	}
	for _, n := range w.nodes {
		n.begin()
	}
	w.heal()
}

func pauseServer(w *world, draw *rand.Rand) {
	i := draw.IntN(w.Len())
	w.Pause(i)
	time.Sleep(w.long(draw))
	w.Resume(i)
}

// pauseNode may stop the node that seals: when it goes on it must find that it seals no more.
func pauseNode(w *world, draw *rand.Rand) {
	n := w.nodes[draw.IntN(len(w.nodes))]
	n.signal(syscall.SIGSTOP)
	time.Sleep(w.long(draw))
	n.signal(syscall.SIGCONT)
}

// long is 30 seconds in a long run, and less where there is less time.
func (w *world) long(draw *rand.Rand) time.Duration {
	if *minutes < 3 {
		return between(draw, 2*time.Second, 8*time.Second)
	}
	return between(draw, 10*time.Second, 30*time.Second)
}

func cutServer(w *world, draw *rand.Rand) {
	i := draw.IntN(w.Len())
	w.Cut(i)
	time.Sleep(w.long(draw))
	w.Heal(i)
}

func cutAll(w *world, draw *rand.Rand) {
	for i := range w.Len() {
		w.Cut(i)
	}
	lasts(draw)
	for i := range w.Len() {
		w.Heal(i)
	}
}

func rollServers(w *world, draw *rand.Rand) {
	for i := range w.Len() {
		w.Stop(i)
		time.Sleep(between(draw, 500*time.Millisecond, 2*time.Second))
		w.Begin(i)
		time.Sleep(between(draw, 3*time.Second, 8*time.Second))
	}
}

func rollNodes(w *world, _ *rand.Rand) {
	for _, n := range w.nodes {
		n.restart()
		n.ready()
	}
}

// fillDisk fills the disk of the last server. The server gives up its streams then and has to be started
// again when there is room.
func fillDisk(w *world, draw *rand.Rand) {
	if w.full == nil {
		w.say("left out: nothing may be mounted here")
		return
	}
	w.full.fill()
	lasts(draw)
	w.Kill(w.Len() - 1)
	w.full.free()
	w.Begin(w.Len() - 1)
}

// slowDown takes one of the servers whose disk is one: the last one's may be memory.
func slowDown(w *world, draw *rand.Rand) {
	i := draw.IntN(w.Len() - 1)
	lasting := w.long(draw)
	if w.slow == nil {
		w.stutter(i, lasting)
		return
	}
	w.slow.under(w.Pid(i), func() { time.Sleep(lasting) })
}

// jumpClock sets the clock of a node wrong, and right again: it jumps forth and back, or back and forth, by
// as little as clocks are allowed to differ by, and by as much as a battery that is empty.
func jumpClock(w *world, draw *rand.Rand) {
	n := w.nodes[draw.IntN(len(w.nodes))]
	by := []time.Duration{4 * time.Second, time.Minute, time.Hour, 400 * 24 * time.Hour}[draw.IntN(4)]
	if draw.IntN(2) == 0 {
		by = -by
	}
	w.say("%s is wrong by %v", n.name, by)
	n.clock.jump(by)
	lasts(draw)
	n.clock.jump(0)
}

func spoilNetwork(w *world, draw *rand.Rand) {
	if w.lossy == nil {
		w.say("left out: the network is not ours")
		return
	}
	must(w.t, w.lossy.spoil())
	time.Sleep(w.long(draw))
	w.lossy.mend(w.t)
}

// upgradeServers has each server go on with the store that the version before has written, while the others
// still are, or already are, of another version.
func upgradeServers(w *world, draw *rand.Rand) {
	for i := range w.Len() {
		w.Stop(i)
		w.Replace(i, w.built.server())
		w.Begin(i)
		time.Sleep(between(draw, 3*time.Second, 8*time.Second))
	}
}
