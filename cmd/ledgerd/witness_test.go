package main

import (
	"bufio"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"starledger/events/proof"
)

// witnessProcess is a running `ledgerd witness`.
type witnessProcess struct {
	cmd       *exec.Cmd
	line, url string // "VKEY URL", and the URL
}

// startWitness starts a witness that says on standard output how it is reached.
func startWitness(t *testing.T, args ...string) *witnessProcess {
	t.Helper()
	cmd := program(append([]string{"witness"}, args...)...)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	w := &witnessProcess{cmd: cmd}
	t.Cleanup(func() {
		if cmd.ProcessState == nil && cmd.Process.Kill() == nil {
			_ = cmd.Wait() // "signal: killed" is what was asked for
		}
	})
	line, err := bufio.NewReader(out).ReadString('\n')
	words := strings.Fields(line)
	if err != nil || len(words) != 3 {
		t.Fatalf("the witness says %q, %v", line, err)
	}
	w.line, w.url = words[1]+" "+words[2], words[2]
	return w
}

func (w *witnessProcess) stop(t *testing.T) {
	t.Helper()
	if err := w.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := w.cmd.Wait(); err != nil {
		t.Fatalf("the witness did not stop in order: %v", err)
	}
}

// published returns the published checkpoint once it covers a sequence.
func (p *process) published(dir string, seq uint64, policy *proof.Policy) (note []byte) {
	p.t.Helper()
	for p.t.Context().Err() == nil {
		text, err := os.ReadFile(filepath.Join(dir, "tiles", "checkpoint"))
		if err == nil {
			judged, err := policy.Judge(text)
			if err != nil || !judged.Satisfied {
				p.t.Fatalf("published without its quorum: %+v, %v\n%s", judged, err, text)
			}
			if judged.Checkpoint.Size >= seq {
				return text
			}
		}
		if _, err := p.request(p.t.Context(), http.MethodGet, "/v1/nothing", "", ""); err != nil { // takes its time
			p.t.Fatal(err)
		}
	}
	p.t.Fatalf("no published checkpoint covers %d", seq)
	return nil
}

func vkey(t *testing.T, args ...string) string {
	t.Helper()
	code, output := runToEnd(t, append([]string{"keys"}, append(args, "--vkey")...)...)
	if code != exitSound {
		t.Fatalf("ledgerd keys %v: exit %d: %s", args, code, output)
	}
	return strings.TrimSpace(output)
}

// A log and its witness, each in a process and a directory of its own. Nothing is published without
// the witness; without the witness the log still seals; a restart of both adds nothing.
func TestWitnessCosigns(t *testing.T) {
	dir, keys, tokens, witnessDir := t.TempDir(), filepath.Join(t.TempDir(), "keys"), tokensFile(t), filepath.Join(t.TempDir(), "w")
	const origin = "ledger.example.org/2026"
	logKey := vkey(t, "log", "--key-dir", keys, "--origin", origin)
	registered := writeFile(t, "logs.txt", "# registered\nlog "+logKey+"\n")
	w := startWitness(t, "--dir", witnessDir, "--name", "witness.example.org/w1", "--logs", registered, "--listen", "127.0.0.1:0")
	witnessLine := strings.Fields(w.line)
	if key := vkey(t, "witness", "--key-dir", filepath.Join(witnessDir, "keys"), "--name", "witness.example.org/w1"); key != witnessLine[0] {
		t.Errorf("the witness signs with %s, shows %s", witnessLine[0], key)
	}
	text := "log " + logKey + "\nwitness w1 " + w.line + "\nquorum w1\n"
	policy, err := proof.ParsePolicy([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	args := []string{"--data", dir, "--tokens", tokens, "--key-dir", keys, "--origin", origin, "--policy", writeFile(t, "policy.txt", text)}
	p := startProcess(t, args...)
	p.openedCase("one")
	p.published(dir, 1, policy)

	w.stop(t)
	p.openedCase("two")
	p.sealed(dir, 2)
	p.stop()
	w = startWitness(t, "--dir", witnessDir, "--name", "witness.example.org/w1", "--log", logKey, "--listen", strings.TrimPrefix(witnessLine[1], "http://"))
	p = startProcess(t, args...)
	before := p.published(dir, 2, policy)
	p.stop()
	sizes := checkpointFiles(t, filepath.Join(dir, "checkpoints"))
	p = startProcess(t, args...)
	if after := p.published(dir, 2, policy); string(after) != string(before) {
		t.Errorf("a restart published\n%s\nafter\n%s", after, before)
	}
	p.stop()
	if after := checkpointFiles(t, filepath.Join(dir, "checkpoints")); after != sizes {
		t.Errorf("a restart signed something: %s, before: %s", after, sizes)
	}
	w.stop(t)
}

func checkpointFiles(t *testing.T, dir string) string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*", "*"))
	if err != nil || len(files) == 0 {
		t.Fatalf("%v %v", files, err)
	}
	return strings.Join(files, " ")
}

func TestWitnessIsCalledRightly(t *testing.T) {
	dir := t.TempDir()
	key := testKey(t, "log.example", logKeys).verifier
	for _, c := range []struct {
		words string
		args  []string
	}{
		{"needs a --log VKEY", nil},
		{"give --tls-cert", []string{"--log", key, "--listen", "0.0.0.0:0"}},
		{"come together", []string{"--log", key, "--tls-cert", "x"}},
		{"the log key", []string{"--log", "log.example+00000000+AAAA"}},
	} {
		code, output := runToEnd(t, append([]string{"witness", "--dir", dir}, c.args...)...)
		if code != exitUsage || !strings.Contains(output, c.words) {
			t.Errorf("ledgerd witness %v: exit %d, want %q:\n%s", c.args, code, c.words, output)
		}
	}
	w := startWitness(t, "--dir", dir, "--log", key, "--listen", "127.0.0.1:0")
	if code, output := runToEnd(t, "witness", "--dir", dir, "--log", key, "--listen", "127.0.0.1:0"); code != exitConflict {
		t.Errorf("a second witness in the directory: exit %d:\n%s", code, output)
	}
	w.stop(t)
}

// What comes while a witness has its hands full is turned away, and asked again later.
func TestWitnessTurnsAwayWhatIsTooMuch(t *testing.T) {
	entered, leave := make(chan struct{}), make(chan struct{})
	handler := atMost(1, http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		entered <- struct{}{}
		<-leave
	}))
	first := make(chan int, 1)
	ask := func() int {
		answer := httptest.NewRecorder()
		handler.ServeHTTP(answer, httptest.NewRequest(http.MethodPost, "/add-checkpoint", nil))
		return answer.Code
	}
	go func() { first <- ask() }()
	<-entered
	if code := ask(); code != http.StatusServiceUnavailable {
		t.Errorf("the second request: %d", code)
	}
	close(leave)
	if code := <-first; code != http.StatusOK {
		t.Errorf("the first request: %d", code)
	}
}
