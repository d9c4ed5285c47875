package natstest

import (
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"syscall"
)

// Mortal is a process that dies with the one that started it, however that ends: a test that was killed
// leaves no server behind that goes on writing.
//
// A keeper, which is a shell in a process group of its own, reads from a pipe whose other end is held by the
// starter alone. When the starter is gone the kernel closes that end, the read returns, and the keeper kills.
// The signal that Linux can send at a parent's death is not used: it is sent at the death of the starting
// thread, and which threads live on is for the Go runtime to choose.
type Mortal struct {
	*exec.Cmd
	keeper *exec.Cmd
	held   *os.File // our end of the pipe
}

// StartMortal starts cmd. Only when the test is killed within the moment between the two starts does it live on.
func StartMortal(cmd *exec.Cmd) (*Mortal, error) {
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	m := &Mortal{Cmd: cmd}
	if err := m.keep(); err != nil {
		_ = cmd.Process.Kill() // nothing may run that nobody ends
		_ = cmd.Wait()
		return nil, fmt.Errorf("start the keeper of %s: %w", cmd.Path, err)
	}
	return m, nil
}

func (m *Mortal) keep() error {
	end, held, err := os.Pipe() // both closed in every program started beside it
	if err != nil {
		return err
	}
	defer end.Close() // the keeper has its own
	m.keeper = exec.Command("sh", "-c", `read -r never; kill -KILL "$1"`, "keeper", strconv.Itoa(m.Process.Pid))
	m.keeper.Stdin = end
	m.keeper.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // an interrupt from the terminal is not for it
	if err := m.keeper.Start(); err != nil {
		_ = held.Close() // nobody reads it
		return err
	}
	m.held = held
	return nil
}

// Wait returns when the process has ended, and tells how. The keeper ends before its pipe is closed, so it
// never kills a stranger who was given the number of the process.
func (m *Mortal) Wait() error {
	err := m.Cmd.Wait()
	_ = m.keeper.Process.Kill() // it waits for nothing but this
	_ = m.keeper.Wait()
	_ = m.held.Close()
	return err
}
