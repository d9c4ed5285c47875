package natstest

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"os/exec"
	"testing"
)

// beStarter tells the test binary to start a process that outlives nobody, and to wait for being killed.
const beStarter = "STARLEDGER_TEST_BE_STARTER"

func TestMain(m *testing.M) {
	if os.Getenv(beStarter) != "" {
		child := exec.Command("sh", "-c", "exec sleep 600")
		child.Stdout = os.Stdout
		if _, err := StartMortal(child); err != nil {
			panic(err)
		}
		fmt.Println("started") // the keeper watches: only now may the starter die
		select {}
	}
	os.Exit(m.Run())
}

// A test that is killed hard takes with it what it started: the child holds the pipe, so reading it ends only
// when both are gone.
func TestMortalDiesWithItsStarter(t *testing.T) {
	starter := exec.Command(os.Args[0])
	starter.Env = append(os.Environ(), beStarter+"=1")
	pipe, err := starter.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := starter.Start(); err != nil {
		t.Fatal(err)
	}
	out := bufio.NewReader(pipe)
	if line, err := out.ReadString('\n'); err != nil || line != "started\n" {
		t.Fatalf("%q %v", line, err)
	}
	if err := starter.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	if rest, err := io.ReadAll(out); err != nil || len(rest) > 0 {
		t.Errorf("%q %v", rest, err)
	}
	_ = starter.Wait() // "signal: killed" is what was asked for
}

// A process that ended by itself tells how, and leaves no keeper.
func TestMortalTellsHowItEnded(t *testing.T) {
	m, err := StartMortal(exec.Command("sh", "-c", "exit 7"))
	if err != nil {
		t.Fatal(err)
	}
	if err := m.Wait(); err == nil || m.ProcessState.ExitCode() != 7 {
		t.Errorf("ended with %v", err)
	}
	if m.keeper.ProcessState == nil {
		t.Error("the keeper runs on")
	}
}
