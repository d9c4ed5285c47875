package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var quiet = slog.New(slog.DiscardHandler)

func remove(t *testing.T, paths ...string) {
	t.Helper()
	for _, path := range paths {
		if err := os.RemoveAll(path); err != nil {
			t.Fatal(err)
		}
	}
}

func repairs(t *testing.T, words string, args ...string) {
	t.Helper()
	if code, output := runToEnd(t, append([]string{"repair"}, args...)...); code != exitSound || !strings.Contains(output, words) {
		t.Fatalf("repair: exit %d, want %q:\n%s", code, words, output)
	}
}

// LEDGER_CP and the files watch each other.
func TestLostCheckpoints(t *testing.T) {
	dir, tokens, before := aLedger(t, (*process).stop)
	remove(t, filepath.Join(dir, "store", "jetstream", "LEDGER", "streams", "LEDGER_CP"))
	refuses(t, exitIntegrity, "LEDGER_CP holds no checkpoint, but one is known", "--data", dir, "--tokens", tokens)
	repairs(t, "of the 21 events that were signed", "--data", dir)
	p := startProcess(t, "--data", dir, "--tokens", tokens)
	sameLedger(t, p.ledger(21), before)
	p.stop()
	remove(t, filepath.Join(dir, "checkpoints")) // LEDGER_CP still knows: the files are written again
	p = startProcess(t, "--data", dir, "--tokens", tokens)
	p.sealed(dir, 21)
	p.stop()
	remove(t, filepath.Join(dir, "tiles"), filepath.Join(dir, "cases"), filepath.Join(dir, "scrub.json")) // made anew from the log
	p = startProcess(t, "--data", dir, "--tokens", tokens)
	p.stop()
	if code, output := runToEnd(t, "verify", "--data", dir); code != exitSound || !strings.Contains(output, "sound") {
		t.Errorf("verify: exit %d:\n%s", code, output)
	}
}

// A log that has been sealed gets no other key.
func TestLostKeyIsNotReplaced(t *testing.T) {
	dir, tokens, _ := aLedger(t, (*process).stop)
	refuses(t, exitUsage, "is that of starledger.local", "--data", dir, "--tokens", tokens, "--origin", "else.example")
	if err := os.Rename(filepath.Join(dir, "keys"), filepath.Join(dir, "kept")); err != nil {
		t.Fatal(err)
	}
	refuses(t, exitFailure, "put the key back", "--data", dir, "--tokens", tokens)
	if _, err := os.Stat(filepath.Join(dir, "keys", logKeyFile)); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a key was made: %v", err)
	}
	p := startProcess(t, "--data", dir, "--tokens", tokens, "--key-dir", filepath.Join(dir, "kept"))
	p.stop()
}

// A ledger from before there were checkpoints is sealed to its end before it is served.
func TestLedgerThatWasNeverSealed(t *testing.T) {
	dir, tokens, before := aLedger(t, (*process).stop)
	neverSealed(t, dir)
	p := startProcess(t, "--data", dir, "--tokens", tokens)
	sameLedger(t, p.ledger(21), before)
	p.sealed(dir, 21)
	p.stop()
}

// A byte is altered while the ledger is served. The scrub finds it; nothing is written any more, what
// can be read is still served, and the next start refuses until the store is repaired.
func TestAlteredByteStopsTheLedger(t *testing.T) {
	dir, tokens := t.TempDir(), tokensFile(t)
	p := startProcess(t, "--data", dir, "--tokens", tokens, "--scrub-rate", "1000000")
	path := p.openedCase("open")
	for n := range 20 {
		p.mustPost(path+"/application-review", "review-"+string(rune('a'+n)), returnApplication)
	}
	before := p.ledger(21)
	p.sealed(dir, 21)
	if code, text := p.ready(); code != http.StatusOK {
		t.Fatalf("before: %d %s", code, text)
	}
	flip(t, block(t, dir))
	code, text := p.ready()
	for code == http.StatusOK && t.Context().Err() == nil {
		code, text = p.ready()
	}
	if code != http.StatusServiceUnavailable || !strings.Contains(text, "sequence 10") {
		t.Errorf("/readyz: %d %s", code, text)
	}
	got, err := p.request(t.Context(), http.MethodPost, path+"/application-review", "after", returnApplication)
	if err != nil || got.status != http.StatusServiceUnavailable || !strings.Contains(string(got.body), "ledger-stopped") {
		t.Errorf("a command after the incident: %v %d %s", err, got.status, got.body)
	}
	got, err = p.request(t.Context(), http.MethodGet, path, "", "")
	if err != nil || got.status != http.StatusOK {
		t.Errorf("a read after the incident: %v %d %s", err, got.status, got.body)
	}
	got, err = p.request(t.Context(), http.MethodGet, "/v1/integrity", "", "")
	if err != nil || got.status != http.StatusOK || !strings.Contains(string(got.body), `"lowest_bad":10`) {
		t.Errorf("/v1/integrity: %v %d %s", err, got.status, got.body)
	}
	if code := p.interrupted(); code != exitIntegrity {
		t.Errorf("after an incident it ends with %d:\n%s", code, p.stderr)
	}
	refuses(t, exitIntegrity, "sequence 10", "--data", dir, "--tokens", tokens)
	repairs(t, "of the 21 events that were signed", "--data", dir)
	p = startProcess(t, "--data", dir, "--tokens", tokens)
	sameLedger(t, p.ledger(21), before)
	p.stop()
}

// A bad byte that nobody had come by is found before anything is served, where no pass is remembered.
func TestAlteredByteIsFoundBeforeServing(t *testing.T) {
	dir, tokens, _ := aLedger(t, (*process).stop)
	flip(t, block(t, dir))
	if code, output := runToEnd(t, "verify", "--data", dir); code != exitIntegrity || !strings.Contains(output, "sequence 10") {
		t.Errorf("verify: exit %d:\n%s", code, output)
	}
	remove(t, filepath.Join(dir, "scrub.json"))
	refuses(t, exitIntegrity, "sequence 10", "--data", dir, "--tokens", tokens)
}

func TestVerify(t *testing.T) {
	dir, tokens, _ := aLedger(t, (*process).kill)
	code, output := runToEnd(t, "verify", "--data", dir)
	if code != exitSound || !strings.Contains(output, "checkpoint: 21 events") || !strings.Contains(output, "21 of 21 events (100 %)") {
		t.Errorf("exit %d:\n%s", code, output)
	}
	p := startProcess(t, "--data", dir, "--tokens", tokens)
	if code, output := runToEnd(t, "verify", "--data", dir); code != exitConflict {
		t.Errorf("of a served ledger: exit %d:\n%s", code, output)
	}
	p.stop()
	if code, output := runToEnd(t, "verify", "--data", t.TempDir()); code != exitFailure {
		t.Errorf("of nothing: exit %d:\n%s", code, output)
	}
}

// Every directory can be given in the environment.
func TestPlacesInTheEnvironment(t *testing.T) {
	dir, places := t.TempDir(), t.TempDir()
	for variable, name := range map[string]string{"LEDGERD_ARCHIVE_DIR": "a", "LEDGERD_CHECKPOINT_DIR": "c", "LEDGERD_KEY_DIR": "k"} {
		t.Setenv(variable, filepath.Join(places, name))
	}
	t.Setenv("LEDGERD_SCRUB_RATE", "0")
	p := startProcess(t, "--data", dir, "--tokens", tokensFile(t))
	if strings.Contains(p.stderr.String(), "other disks") {
		t.Error("it warns about places that are outside the data directory")
	}
	p.stop()
	for _, made := range []string{"a", "c", "k/log.key"} {
		if _, err := os.Stat(filepath.Join(places, made)); err != nil {
			t.Error(err)
		}
	}
	for _, inside := range []string{"archive", "checkpoints", "keys"} {
		if _, err := os.Stat(filepath.Join(dir, inside)); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("%s is in the data directory as well: %v", inside, err)
		}
	}
}

func TestSealingIsCalledRightly(t *testing.T) {
	dir := t.TempDir()
	refuses(t, exitUsage, "below 0", "--data", dir, "--scrub-rate", "-1")
	refuses(t, exitUsage, "the same directory", "--data", dir, "--archive-dir", dir+"/x", "--checkpoint-dir", dir+"/x/")
	refuses(t, exitUsage, "witness NAME VKEY URL", "--data", dir, "--witness", "https://w.example")
	refuses(t, exitFailure, "policy", "--data", dir, "--policy", filepath.Join(dir, "none"))
	if code, output := runToEnd(t, "keys"); code != exitUsage || !strings.Contains(output, "ledgerd keys log") {
		t.Errorf("exit %d:\n%s", code, output)
	}
	for _, command := range []string{"serve", "verify", "repair", "keys", "witness"} {
		if code, output := runToEnd(t, command, "--help"); code != exitSound || !strings.Contains(output, "Examples:") {
			t.Errorf("ledgerd %s --help: exit %d:\n%s", command, code, output)
		}
	}
}

// ready asks /readyz.
func (p *process) ready() (int, string) {
	p.t.Helper()
	request, err := http.NewRequestWithContext(p.t.Context(), http.MethodGet, p.ops+"/readyz", nil)
	if err != nil {
		p.t.Fatal(err)
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		p.t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		p.t.Fatal(err)
	}
	return answer.StatusCode, string(text)
}

// interrupted asks the process to stop and tells its exit code.
func (p *process) interrupted() int {
	p.t.Helper()
	if err := p.cmd.Process.Signal(os.Interrupt); err != nil {
		p.t.Fatal(err)
	}
	<-p.drawn
	_ = p.cmd.Wait() // the exit code tells
	return p.cmd.ProcessState.ExitCode()
}

// A checkpoint file is altered, or taken away, while the ledger is served.
func TestWatchOverTheCheckpointFile(t *testing.T) {
	for name, spoil := range map[string]func(path string) error{
		"altered": func(path string) error {
			text, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			return os.WriteFile(path, bytes.Replace(text, []byte("\n0\n"), []byte("\n1\n"), 1), 0o600)
		},
		"gone": os.Remove,
	} {
		t.Run(name, func(t *testing.T) {
			cfg := Config{Data: t.TempDir(), Ops: "127.0.0.1:0", Listen: "127.0.0.1:0", Origin: "log.example"}
			if err := cfg.complete(); err != nil {
				t.Fatal(err)
			}
			guard := newGuard(quiet)
			store, err := openStore(t.Context(), cfg, guard, quiet)
			if err != nil {
				t.Fatal(err)
			}
			defer func() {
				if err := store.close(context.WithoutCancel(t.Context()), true); err != nil {
					t.Error(err)
				}
			}()
			watch := newWatch(store, guard, quiet)
			if err := watch.look(t.Context()); err != nil || guard.status().CheckedAt.IsZero() {
				t.Fatalf("sound: %v, %+v", err, guard.status())
			}
			if err := spoil(filepath.Join(cfg.CheckpointDir, "000000000000000", "0000000000000000000")); err != nil {
				t.Fatal(err)
			}
			parts := newParts(guard)
			parts.start("the watch", watch.run)
			<-guard.stopped
			parts.stop()
			if status := guard.status(); !strings.Contains(status.Incident, "checkpoint of size 0") {
				t.Errorf("got %+v", status)
			}
		})
	}
}
