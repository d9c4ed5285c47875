package main

import (
	"bytes"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"starledger/events"
	"starledger/events/jetlog"
)

// runToEnd runs ledgerd until it ends by itself.
func runToEnd(t *testing.T, args ...string) (code int, output string) {
	t.Helper()
	text, err := program(args...).CombinedOutput()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	if exit != nil {
		code = exit.ExitCode()
	}
	return code, string(text)
}

// refuses starts the service on a data directory that it has to refuse.
func refuses(t *testing.T, code int, words string, args ...string) {
	t.Helper()
	got, output := runToEnd(t, append([]string{"serve", "--listen", "127.0.0.1:0", "--ops", "127.0.0.1:0"}, args...)...)
	if got != code || !strings.Contains(output, words) {
		t.Errorf("ledgerd serve %s: exit %d, want %d with %q:\n%s", strings.Join(args, " "), got, code, words, output)
	}
}

// aLedger is a data directory with 21 events in it, left by a process that was stopped or killed.
func aLedger(t testing.TB, end func(*process)) (dir, tokens string, before []item) {
	t.Helper()
	dir, tokens = t.TempDir(), tokensFile(t)
	p := startProcess(t, "--data", dir, "--tokens", tokens)
	path := p.openedCase("open")
	for n := range 20 {
		got, err := p.request(t.Context(), "POST", path+"/application-review", "review-"+string(rune('a'+n)), returnApplication)
		if err != nil || got.status != 201 {
			t.Fatalf("%v %d %s", err, got.status, got.body)
		}
	}
	before = p.ledger(21)
	p.sealed(dir, 21)
	end(p)
	return dir, tokens, before
}

func block(t *testing.T, dir string) string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(dir, "store", "jetstream", "*", "streams", "LEDGER", "msgs", "*.blk"))
	if err != nil || len(found) != 1 {
		t.Fatalf("block files: %v %v", found, err)
	}
	return found[0]
}

// flip changes one bit in the body of the tenth event as it lies in a file.
func flip(t *testing.T, path string) {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	at := bytes.Index(text, []byte(`"caseseq":10,`))
	if at < 0 {
		t.Fatalf("the tenth event is not in %s", path)
	}
	file, err := os.OpenFile(path, os.O_WRONLY, 0) // not written anew: a service that runs would see it empty
	if err != nil {
		t.Fatal(err)
	}
	_, err = file.WriteAt([]byte{text[at+2] ^ 1}, int64(at+2))
	if err := errors.Join(err, file.Close()); err != nil {
		t.Fatal(err)
	}
}

func sameLedger(t *testing.T, got, want []item) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%d events, want %d", len(got), len(want))
	}
	for i := range got {
		if got[i] != want[i] {
			t.Errorf("event %d is %+v, want %+v", i+1, got[i], want[i])
		}
	}
}

// A bad bit after kill -9 would make the broker cut its own history off. It is found before the
// broker is started, nothing is changed, and the archive restores it.
func TestBadBitAfterKillIsRefusedAndRepaired(t *testing.T) {
	dir, tokens, before := aLedger(t, (*process).kill)
	flip(t, block(t, dir))
	damaged, err := os.ReadFile(block(t, dir))
	if err != nil {
		t.Fatal(err)
	}
	for range 2 { // refusing changes nothing, so it refuses again
		refuses(t, exitIntegrity, "sequence 10", "--data", dir, "--tokens", tokens)
	}
	if after, err := os.ReadFile(block(t, dir)); err != nil || !bytes.Equal(after, damaged) {
		t.Errorf("the damaged block was touched: %v", err)
	}
	if code, output := runToEnd(t, "repair", "--data", dir); code != exitSound {
		t.Fatalf("repair: exit %d:\n%s", code, output)
	}
	if kept, err := filepath.Glob(filepath.Join(dir, "store.damaged-*")); err != nil || len(kept) != 1 {
		t.Errorf("the damaged store was not kept: %v %v", kept, err)
	}
	p := startProcess(t, "--data", dir, "--tokens", tokens)
	sameLedger(t, p.ledger(21), before)
	p.stop()
}

func TestLostStoreIsRefusedAndRepaired(t *testing.T) {
	dir, tokens, before := aLedger(t, (*process).stop)
	if err := os.RemoveAll(filepath.Join(dir, "store")); err != nil {
		t.Fatal(err)
	}
	refuses(t, exitIntegrity, "ends before sequence 1,", "--data", dir, "--tokens", tokens)
	if code, output := runToEnd(t, "repair", "--data", dir); code != exitSound {
		t.Fatalf("repair: exit %d:\n%s", code, output)
	}
	p := startProcess(t, "--data", dir, "--tokens", tokens)
	sameLedger(t, p.ledger(21), before)
	p.stop()
}

func TestForeignMessageIsRefused(t *testing.T) {
	for name, foreign := range map[string]string{
		"undecodable":   `hello`,
		"no event":      `{"hello":"world"}`,
		"another chain": `{"specversion":"1.0","id":"01JD3Z0000000000000000000A","source":"x","type":"starledger.case.closed.v1","subject":"01JD3Z0000000000000000000C"}`,
	} {
		t.Run(name, func(t *testing.T) {
			dir, tokens, _ := aLedger(t, (*process).stop)
			log, err := jetlog.Open(t.Context(), jetlog.Config{StoreDir: filepath.Join(dir, "store"), KnownLast: 21, Logger: slog.New(slog.DiscardHandler)})
			if err != nil {
				t.Fatal(err)
			}
			_, err = log.Append(t.Context(), events.Append{Case: "01JD3Z0000000000000000000C", Bodies: [][]byte{[]byte(foreign)}})
			log.Close()
			if err != nil {
				t.Fatal(err)
			}
			refuses(t, exitIntegrity, "sequence 22", "--data", dir, "--tokens", tokens)
		})
	}
}

// neverSealed makes a ledger one of the time before anything was sealed.
func neverSealed(t *testing.T, dir string) {
	t.Helper()
	for _, lost := range []string{"checkpoints", "tiles", "cases", "scrub.json", "keys", "store/jetstream/LEDGER/streams/LEDGER_CP"} {
		if err := os.RemoveAll(filepath.Join(dir, filepath.FromSlash(lost))); err != nil {
			t.Fatal(err)
		}
	}
}

// What was signed and can be had nowhere any more is never left out: nobody could continue the log.
func TestRepairCannotReplaceWhatWasSigned(t *testing.T) {
	dir, tokens, _ := aLedger(t, (*process).stop)
	flip(t, block(t, dir))
	if err := os.RemoveAll(filepath.Join(dir, "archive")); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{}, {"--accept-loss"}} {
		code, output := runToEnd(t, append([]string{"repair", "--data", dir}, args...)...)
		if code != exitIntegrity || !strings.Contains(output, "sequence 10") || !strings.Contains(output, "the checkpoint of size 21 is signed") ||
			!strings.Contains(output, "\nstarledger.local\n21\n") {
			t.Fatalf("repair %v with a loss: exit %d:\n%s", args, code, output)
		}
	}
	refuses(t, exitIntegrity, "the checkpoint directory up to sequence 21", "--data", dir, "--tokens", tokens)
}

// What was stored and can be had nowhere any more is not left out silently.
func TestRepairNamesWhatIsLost(t *testing.T) {
	dir, tokens, before := aLedger(t, (*process).stop)
	flip(t, block(t, dir))
	if err := os.RemoveAll(filepath.Join(dir, "archive")); err != nil {
		t.Fatal(err)
	}
	neverSealed(t, dir)
	code, output := runToEnd(t, "repair", "--data", dir)
	if code != exitIntegrity || !strings.Contains(output, "sequence 10") || !strings.Contains(output, "--accept-loss") {
		t.Fatalf("repair with a loss: exit %d:\n%s", code, output)
	}
	if code, output = runToEnd(t, "repair", "--data", dir, "--accept-loss"); code != exitSound || !strings.Contains(output, "lost:") {
		t.Fatalf("repair that accepts the loss: exit %d:\n%s", code, output)
	}
	refuses(t, exitIntegrity, "the read model up to sequence 21", "--data", dir, "--tokens", tokens) // the read model has seen more
	for _, suffix := range []string{"", "-wal", "-shm"} {
		if err := os.Remove(filepath.Join(dir, "readmodel.sqlite"+suffix)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			t.Fatal(err)
		}
	}
	p := startProcess(t, "--data", dir, "--tokens", tokens)
	sameLedger(t, p.ledger(9), before[:9])
	p.stop()
}

// A repair with another ledger's archive writes nothing into it.
func TestRepairRefusesAnotherArchive(t *testing.T) {
	ours, _, _ := aLedger(t, (*process).stop)
	theirs, _, _ := aLedger(t, (*process).stop)
	file := filepath.Join(theirs, "archive", "000000000001.ndjson")
	was, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	code, output := runToEnd(t, "repair", "--data", ours, "--archive-dir", filepath.Dir(file))
	if code != exitIntegrity || !strings.Contains(output, "the archive of this ledger?") {
		t.Errorf("exit %d:\n%s", code, output)
	}
	if is, err := os.ReadFile(file); err != nil || !bytes.Equal(is, was) {
		t.Errorf("the other archive was written to: %v", err)
	}
}

// The read model may be deleted at any time.
func TestReadModelIsRebuiltFromNothing(t *testing.T) {
	dir, tokens, before := aLedger(t, (*process).stop)
	for _, suffix := range []string{"", "-wal", "-shm"} {
		if err := os.Remove(filepath.Join(dir, "readmodel.sqlite"+suffix)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			t.Fatal(err)
		}
	}
	p := startProcess(t, "--data", dir, "--tokens", tokens)
	sameLedger(t, p.ledger(21), before)
	p.stop()
}

func TestWhatIsNotSafeIsNotStarted(t *testing.T) {
	dir, tokens := t.TempDir(), tokensFile(t)
	refuses(t, exitUsage, "tls-cert", "--data", dir, "--listen", "0.0.0.0:0")
	refuses(t, exitUsage, "stays on loopback", "--data", dir, "--ops", "0.0.0.0:0")
	refuses(t, exitUsage, "unknown flag", "--no-such-flag")
	refuses(t, exitUsage, "not expected", "whatever")
	refuses(t, exitUsage, "loopback only", "--demo", "--listen", "0.0.0.0:0")
	if err := os.Chmod(tokens, 0o644); err != nil {
		t.Fatal(err)
	}
	refuses(t, exitFailure, "tokens file", "--data", dir, "--tokens", tokens)
}

func TestOneProcessHoldsTheDirectory(t *testing.T) {
	dir, tokens := t.TempDir(), tokensFile(t)
	p := startProcess(t, "--data", dir, "--tokens", tokens)
	refuses(t, exitConflict, "in use", "--data", dir, "--tokens", tokens)
	if code, output := runToEnd(t, "repair", "--data", dir); code != exitConflict {
		t.Errorf("repair of a served ledger: exit %d:\n%s", code, output)
	}
	p.stop()
}

// The demo must not be posted into a real ledger, and a restart adds nothing to it.
func TestDemo(t *testing.T) {
	dir, _, _ := aLedger(t, (*process).stop)
	refuses(t, exitFailure, "not a demo", "--demo", "--data", dir)

	demo := filepath.Join(t.TempDir(), "demo")
	for _, words := range []string{"requests were posted", "nothing was added"} {
		cmd := program("serve", "--demo", "--data", demo, "--listen", "127.0.0.1:0", "--ops", "127.0.0.1:0")
		screen := &stopAt{word: []byte("a restart adds nothing"), stop: func() { _ = cmd.Process.Signal(os.Interrupt) }}
		cmd.Stdout, cmd.Stderr = screen, screen
		if err := cmd.Run(); err != nil || !strings.Contains(screen.text.String(), words) {
			t.Fatalf("%v, want %q:\n%s", err, words, &screen.text)
		}
	}
}

// stopAt collects output and calls stop once when the word has appeared.
type stopAt struct {
	text bytes.Buffer
	word []byte
	stop func()
}

func (s *stopAt) Write(p []byte) (int, error) {
	before := bytes.Contains(s.text.Bytes(), s.word)
	n, err := s.text.Write(p)
	if !before && bytes.Contains(s.text.Bytes(), s.word) {
		s.stop()
	}
	return n, err
}
