package natstest

import (
	"net"
	"sync"
	"testing"
)

// route is how one server reaches another, through a door that can be shut. While it is shut what is
// sent is neither delivered nor refused, as when a cable is pulled.
type route struct {
	from, to int
	target   string
	door     net.Listener
	running  sync.WaitGroup

	mu     sync.Mutex
	healed chan struct{} // nil while the route is open
	conns  map[net.Conn]bool
	closed bool
}

func newRoute(t testing.TB, from, to int, target string) *route {
	t.Helper()
	door, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	r := &route{from: from, to: to, target: target, door: door, conns: map[net.Conn]bool{}}
	r.running.Go(r.accept)
	return r
}

func (r *route) accept() {
	for {
		near, err := r.door.Accept()
		if err != nil {
			return
		}
		r.running.Go(func() { r.carry(near) })
	}
}

// carry copies both ways until either side ends. A connection that met a shut door ends when it opens:
// the servers then begin anew.
func (r *route) carry(near net.Conn) {
	defer near.Close()
	if !r.join(near) || !r.pass() {
		return
	}
	far, err := net.Dial("tcp", r.target)
	if err != nil || !r.join(far) {
		return
	}
	defer far.Close()
	var back sync.WaitGroup
	back.Go(func() {
		r.copy(near, far)
		near.Close()
	})
	r.copy(far, near)
	far.Close()
	back.Wait()
	r.leave(near, far)
}

func (r *route) copy(to, from net.Conn) {
	buffer := make([]byte, 64<<10)
	for {
		n, err := from.Read(buffer)
		if !r.pass() {
			return
		}
		if _, failed := to.Write(buffer[:n]); err != nil || failed != nil {
			return
		}
	}
}

// pass waits while the door is shut, and says whether it was open all the time.
func (r *route) pass() bool {
	r.mu.Lock()
	healed := r.healed
	r.mu.Unlock()
	if healed == nil {
		return true
	}
	<-healed
	return false
}

func (r *route) cut() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.healed == nil {
		r.healed = make(chan struct{})
	}
}

func (r *route) heal() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.healed != nil {
		close(r.healed)
		r.healed = nil
	}
}

func (r *route) join(conn net.Conn) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.conns[conn] = true
	return !r.closed
}

func (r *route) leave(conns ...net.Conn) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, conn := range conns {
		delete(r.conns, conn)
	}
}

func (r *route) close() {
	_ = r.door.Close() // nobody listens any more
	r.heal()
	r.mu.Lock()
	r.closed = true
	for conn := range r.conns {
		_ = conn.Close() // it may have ended
	}
	r.mu.Unlock()
	r.running.Wait()
}
