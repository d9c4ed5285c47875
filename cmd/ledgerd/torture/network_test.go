package torture

import (
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"syscall"
	"testing"
	"time"

	"starledger/events/jetlog/natstest"
)

// builtIn tells the test that it runs in a network of its own, and where the programs are.
const builtIn = "STARLEDGER_TEST_TORTURE_PROGRAMS"

// inOwnNetwork runs the test again in namespaces of its own: there loopback can be made bad without harm to
// anybody else, and a disk that was mounted is gone with the run, also with one that is killed. It tells whether
// that was done; where it is not allowed the test goes on as it is.
func inOwnNetwork(t *testing.T, p programs) bool {
	t.Helper()
	for _, program := range []string{"ip", "tc"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Logf("the network stays as it is: %v", err)
			return false
		}
	}
	deadline := "0"
	if until, set := t.Deadline(); set {
		deadline = fmt.Sprint(time.Until(until) - 10*time.Second)
	}
	inner := exec.Command(os.Args[0], "-test.run=^TestTorture$", "-test.v", "-test.timeout="+deadline,
		"-minutes="+fmt.Sprint(*minutes), "-seed="+strconv.FormatUint(*seed, 10), "-clients="+strconv.Itoa(*clients), "-only="+*only)
	inner.Env = append(os.Environ(), builtIn+"="+string(p))
	inner.Stdout, inner.Stderr = os.Stdout, os.Stderr
	inner.SysProcAttr = &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWNET | syscall.CLONE_NEWNS}
	running, err := natstest.StartMortal(inner)
	if err != nil {
		t.Logf("the network stays as it is: namespaces are not allowed here: %v", err)
		return false
	}
	if err := running.Wait(); err != nil {
		t.Errorf("in a network of its own: %v", err)
	}
	return true
}

// A badNetwork is a way to spoil loopback: what tc is told.
type badNetwork struct {
	name string
	how  []string
}

// The first that the kernel has is taken. A narrow network drops what it cannot hold.
var badNetworks = []badNetwork{
	{"late, and loses packets (tc netem)", []string{"netem", "delay", "20ms", "10ms", "loss", "1%"}},
	{"narrow, and loses packets (tc tbf)", []string{"tbf", "rate", "3mbit", "burst", "16kb", "latency", "60ms"}},
}

// ownNetwork brings the namespace up and finds out how it can be spoilt; nil where there is none.
func ownNetwork(t testing.TB) *badNetwork {
	t.Helper()
	if os.Getenv(builtIn) == "" {
		return nil
	}
	must(t, syscall.Mount("", "/", "", syscall.MS_REC|syscall.MS_PRIVATE, ""))
	run(t, "ip", "link", "set", "lo", "mtu", "1500", "up")
	for _, bad := range badNetworks {
		if bad.spoil() == nil {
			bad.mend(t)
			return &bad
		}
	}
	return nil
}

func (b *badNetwork) spoil() error {
	return exec.Command("tc", append([]string{"qdisc", "replace", "dev", "lo", "root"}, b.how...)...).Run()
}

func (b *badNetwork) mend(t testing.TB) { run(t, "tc", "qdisc", "del", "dev", "lo", "root") }
