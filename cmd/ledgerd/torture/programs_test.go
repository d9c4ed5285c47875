package torture

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// previousServer is the version of nats-server that a run begins with, the last of the series before the one
// that the module names. Its store is then taken over by that one, a server at a time.
const previousServer = "v2.14.9"

// programs is a directory with what a run starts, built from the module and its proxy.
type programs string

func (p programs) ledgerd() string  { return filepath.Join(string(p), "ledgerd") }
func (p programs) server() string   { return filepath.Join(string(p), "nats-server") }
func (p programs) previous() string { return filepath.Join(string(p), "previous", "nats-server") }

// first is what the servers begin with.
func (p programs) first() string {
	if *minutes > 0 {
		return p.previous()
	}
	return p.server()
}

func build(t testing.TB) programs {
	t.Helper()
	p := programs(t.TempDir())
	run(t, "go", "build", "-overlay", jumpingClock(t, filepath.Join(string(p), "clock")), "-o", p.ledgerd(), "..")
	run(t, "go", "build", "-o", p.server(), "github.com/nats-io/nats-server/v2")
	if *minutes > 0 {
		install := exec.Command("go", "install", "github.com/nats-io/nats-server/v2@"+previousServer)
		install.Env = append(os.Environ(), "GOBIN="+filepath.Dir(p.previous()))
		if text, err := install.CombinedOutput(); err != nil {
			t.Fatalf("build nats-server %s: %v\n%s", previousServer, err, text)
		}
	}
	return p
}
