package natstest

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"syscall"
	"testing"
)

var (
	buildOnce sync.Once
	built     string
	buildErr  error
)

// binary builds nats-server as the module names it, once a test process.
func binary(t testing.TB) string {
	t.Helper()
	buildOnce.Do(func() {
		dir, err := os.MkdirTemp("", "nats-server")
		if err != nil {
			buildErr = err
			return
		}
		built = filepath.Join(dir, "nats-server")
		text, err := exec.Command("go", "build", "-o", built, "github.com/nats-io/nats-server/v2").CombinedOutput()
		if err != nil {
			buildErr = fmt.Errorf("build nats-server: %w\n%s", err, text)
		}
	})
	if buildErr != nil {
		t.Fatal(buildErr)
	}
	return built
}

// CleanUp removes what the package has built. Call it at the end of TestMain.
func CleanUp() {
	if built != "" {
		_ = os.RemoveAll(filepath.Dir(built)) // a temporary directory
	}
}

// Begin starts a server that does not run.
func (c *Cluster) Begin(i int) {
	c.t.Helper()
	n := c.servers[i]
	if n.program == "" {
		n.program = binary(c.t)
	}
	cmd := exec.Command(n.program, "-c", n.config, "-l", n.log)
	cmd.Env = append(os.Environ(), "NATS_NAME="+n.name, "NATS_STORE="+c.Store(i),
		fmt.Sprintf("NATS_LISTEN=127.0.0.1:%d", n.client), fmt.Sprintf("NATS_CLUSTER=127.0.0.1:%d", n.cluster))
	cmd.Env = append(cmd.Env, c.cfg.Env...)
	var err error
	if n.cmd, err = StartMortal(cmd); err != nil {
		c.t.Fatal(err)
	}
}

// Replace has a server that does not run begin with another program from now on: another version of
// nats-server, on the store that the one before it has written.
func (c *Cluster) Replace(i int, program string) { c.servers[i].program = program }

// Pid is the process of a running server, 0 while it does not run.
func (c *Cluster) Pid(i int) int {
	if n := c.servers[i]; n.cmd != nil {
		return n.cmd.Process.Pid
	}
	return 0
}

// Kill ends a server at once, as a power cut would end it but for what the kernel still writes.
func (c *Cluster) Kill(i int) { c.end(i, syscall.SIGKILL) }

// Stop ends a server in order.
func (c *Cluster) Stop(i int) { c.end(i, syscall.SIGTERM) }

func (c *Cluster) end(i int, how syscall.Signal) {
	n := c.servers[i]
	if n.cmd == nil {
		return
	}
	_ = n.cmd.Process.Signal(how) // it may have ended
	_ = n.cmd.Process.Signal(syscall.SIGCONT)
	_ = n.cmd.Wait() // how it ended is for its log to tell
	n.cmd = nil
}

// Pause holds a server still, Resume lets it go on.
func (c *Cluster) Pause(i int) { c.signal(i, syscall.SIGSTOP) }

// Resume lets a server go on that was paused.
func (c *Cluster) Resume(i int) { c.signal(i, syscall.SIGCONT) }

func (c *Cluster) signal(i int, what syscall.Signal) {
	c.t.Helper()
	if n := c.servers[i]; n.cmd != nil {
		if err := n.cmd.Process.Signal(what); err != nil {
			c.t.Errorf("signal %s: %v", n.name, err)
		}
	}
}

// Cut takes a server away from the others: nothing comes through, in neither direction, and nobody is told.
func (c *Cluster) Cut(i int) {
	for _, r := range c.routes {
		if r.from == i || r.to == i {
			r.cut()
		}
	}
}

// Heal undoes Cut.
func (c *Cluster) Heal(i int) {
	for _, r := range c.routes {
		if r.from == i || r.to == i {
			r.heal()
		}
	}
}
