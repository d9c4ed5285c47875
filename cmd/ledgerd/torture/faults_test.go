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
}

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
