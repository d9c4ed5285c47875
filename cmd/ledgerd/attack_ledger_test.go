package main

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"

	"starledger/events"
	"starledger/events/jetlog"
	"starledger/events/proof"
	"starledger/events/seal"
)

// The attack suite does to the real program what an administrator, a thief of backups or a dying
// disk can do, and holds what it says against the table "Who can cheat, and what catches it" of the
// ledger's format. Every row names the guard that catches the attack: the row turns red when that
// guard is taken away, which is how the rows were tried out.

func TestAttacks(t *testing.T) {
	all := prepare(t)
	t.Run("damaged store", all.damagedStore)
	t.Run("administrator", all.administrator)
	t.Run("forged byte", all.forgedByte)
	t.Run("forged byte, served", all.forgedAndServed)
	t.Run("restored backup", all.restoredBackup)
	t.Run("rewritten history", all.rewrittenHistory)
}

// attack is one row.
type attack struct {
	move string
	do   func(t *testing.T, l *target)
	// caught is the guard, by the name of its function.
	caught string
	// says is what the refusal tells, the sequence above all. "{…}" stands for a sequence of the
	// target: see words.
	says []string
	// repair is what `ledgerd repair` says when it cannot restore everything; empty when it can.
	repair string
}

// prepared is a ledger of three blocks that many rows have in common, each on a copy of its own.
type prepared struct {
	stopped, killed string // data directories: after a stop in order, and after kill -9
	older           string // the same before its last event
	args            []string
	records         []record
}

// record is what has to be there again after a repair.
type record struct {
	Case   string
	Digest events.Digest
}

// written is how many events the ledger has.
const written = 61

// prepare makes the ledger once, through the API, as users make it. Its one block is then divided
// into three, as if the broker's blocks were small, and the broker has taken them for its own. A
// witness cosigns; the rows ask the same one.
func prepare(t *testing.T) *prepared {
	t.Helper()
	dir := t.TempDir()
	all := &prepared{stopped: filepath.Join(dir, "stopped"), killed: filepath.Join(dir, "killed"), older: filepath.Join(dir, "older")}
	key := attackedKey(t, all.stopped)
	all.args = []string{"--tokens", tokensFile(t), "--witness", witnessFor(t, key)}
	p := all.start(t, all.stopped)
	path := p.openedCase("open")
	for n := range written - 2 {
		p.review(path, n)
	}
	p.settled(written - 1)
	p.stop()
	divide(t, all.stopped, 3)
	p = all.start(t, all.stopped)
	p.settled(written - 1)
	p.witnessed(all.stopped, written-1)
	p.stop()
	copyTree(t, all.stopped, all.older)

	p = all.start(t, all.stopped)
	p.review(path, written)
	p.settled(written)
	p.witnessed(all.stopped, written)
	p.stop()
	all.records = recordsOf(t, all.stopped)

	copyTree(t, all.stopped, all.killed)
	p = all.start(t, all.killed)
	p.settled(written)
	p.kill()
	return all
}

func (all *prepared) start(t *testing.T, dir string) *process {
	t.Helper()
	return startProcess(t, append([]string{"--data", dir}, all.args...)...)
}

// review adds one event to a case.
func (p *process) review(path string, n int) {
	p.t.Helper()
	got, err := p.request(p.t.Context(), http.MethodPost, path+"/application-review", fmt.Sprint("review-", n), returnApplication)
	if err != nil || got.status != http.StatusCreated {
		p.t.Fatalf("event %d: %v %d %.300s", n, err, got.status, got.body)
	}
}

// attackedKey makes the key of the log before the first start, so that a witness can know it.
func attackedKey(t *testing.T, dir string) signingKey {
	t.Helper()
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	key, err := makeKey(filepath.Join(dir, "keys"), defaultOrigin, logKeys, sha256.Sum256([]byte("a test's key")))
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// witnessFor is the flag that names a witness, which lives as long as the test.
func witnessFor(t *testing.T, key signingKey) string {
	t.Helper()
	verifier, err := note.NewVerifier(key.verifier)
	if err != nil {
		t.Fatal(err)
	}
	signing, public, err := proof.WitnessKey("witness.example.org", sha256.Sum256([]byte("a witness's key")))
	if err != nil {
		t.Fatal(err)
	}
	cosigner, err := proof.NewCosigner(signing)
	if err != nil {
		t.Fatal(err)
	}
	witness, err := seal.NewWitness(t.TempDir(), cosigner, []proof.Log{{Key: verifier}}, time.Now, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(witness)
	t.Cleanup(server.Close)
	return public + " " + server.URL
}

// settled waits until everybody knows of all events.
func (p *process) settled(last int) {
	p.t.Helper()
	got, err := p.request(p.t.Context(), http.MethodGet, fmt.Sprint("/v1/cases?min_seq=", last), "", "")
	if err != nil || got.status != http.StatusOK {
		p.t.Fatalf("wait for sequence %d: %v %d %s", last, err, got.status, got.body)
	}
}

// witnessed waits until the witness has cosigned everything and it is published.
func (p *process) witnessed(dir string, size int) {
	p.t.Helper()
	line := fmt.Sprintf("\n%d\n", size)
	for within := time.Now().Add(20 * time.Second); time.Now().Before(within); p.settled(size) {
		text, err := os.ReadFile(filepath.Join(dir, "tiles", "checkpoint"))
		if err == nil && strings.Contains(string(text), line) {
			return
		}
	}
	p.t.Fatalf("size %d is not published", size)
}

// target is the copy of one row.
type target struct {
	dir     string
	records []record
	words   *strings.Replacer
	blocks  []string // paths, in order
}

func (all *prepared) target(t *testing.T, from string) *target {
	t.Helper()
	l := &target{dir: filepath.Join(t.TempDir(), "data"), records: all.records}
	copyTree(t, from, l.dir)
	l.blocks = blockFiles(t, l.dir)
	if len(l.blocks) != 3 {
		t.Fatalf("%d blocks, want 3", len(l.blocks))
	}
	middle, last := spans(t, l.middle()), spans(t, l.last())
	l.words = strings.NewReplacer(
		"{middle}", fmt.Sprint(middle[0].seq), "{in the middle}", fmt.Sprint(middle[len(middle)/2].seq),
		"{last block}", fmt.Sprint(last[0].seq), "{in the last block}", fmt.Sprint(last[len(last)/2].seq),
		"{end}", fmt.Sprint(len(all.records)),
	)
	return l
}

func (l *target) storeDir() string { return filepath.Join(l.dir, "store") }

func (l *target) middle() string { return l.blocks[1] }

func (l *target) last() string { return l.blocks[2] }

// catches runs one row: the start is refused twice with the same words, since refusing changes
// nothing; repair restores every byte; and the repaired ledger is served.
func (all *prepared) catches(t *testing.T, from string, a attack) {
	t.Helper()
	l := all.target(t, from)
	a.do(t, l)
	for range 2 {
		code, output := startOrEnd(t, append([]string{"--data", l.dir}, all.args...)...)
		if code != exitIntegrity {
			t.Fatalf("%s did not catch it: exit %d:\n%s", a.caught, code, output)
		}
		for _, words := range a.says {
			if words = l.words.Replace(words); !strings.Contains(output, words) {
				t.Errorf("%s does not say %q:\n%s", a.caught, words, output)
			}
		}
	}
	a.repairs(t, all, l)
}

// repairs lets `ledgerd repair` do what it can. Where that is not all, it says so, and the start is
// refused as before.
func (a attack) repairs(t *testing.T, all *prepared, l *target) {
	t.Helper()
	code, output := runToEnd(t, "repair", "--data", l.dir)
	if a.repair == "" && code == exitSound {
		all.isWhole(t, l.dir)
		return
	}
	if words := l.words.Replace(a.repair); a.repair == "" || !strings.Contains(output, words) {
		t.Errorf("repair: exit %d, want %q:\n%s", code, words, output)
	}
	if code, output := startOrEnd(t, append([]string{"--data", l.dir}, all.args...)...); code != exitIntegrity {
		t.Errorf("after a repair that could not restore everything: exit %d:\n%s", code, output)
	}
}

// startOrEnd is how a start ends that should be refused. One that is not refused is ended as soon as
// it serves; its code is that of a process that was killed.
func startOrEnd(t *testing.T, args ...string) (code int, output string) {
	t.Helper()
	cmd := program(append([]string{"serve", "--listen", "127.0.0.1:0", "--ops", "127.0.0.1:0"}, args...)...)
	screen := &stopAt{word: []byte("msg=serving"), stop: func() { _ = cmd.Process.Kill() }}
	cmd.Stdout, cmd.Stderr = screen, screen
	var exit *exec.ExitError
	if err := cmd.Run(); err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return cmd.ProcessState.ExitCode(), screen.text.String()
}

// isWhole holds the store against what was in it, then serves it.
func (all *prepared) isWhole(t *testing.T, dir string) {
	t.Helper()
	all.isThere(t, dir)
	p := all.start(t, dir)
	p.settled(len(all.records))
	p.stop()
}

func (all *prepared) isThere(t *testing.T, dir string) {
	t.Helper()
	if got := recordsOf(t, dir); !slices.Equal(got, all.records) {
		t.Fatalf("%d events are not the %d that were stored", len(got), len(all.records))
	}
}

// recordsOf reads a store from its blocks.
func recordsOf(t *testing.T, dir string) (list []record) {
	t.Helper()
	for rec, err := range jetlog.Scan(filepath.Join(dir, "store")) {
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, record{rec.Case, events.DigestOf(rec.Body)})
	}
	return list
}

// copyTree copies a directory with its modes: one with a key in it must not be open to others.
func copyTree(t *testing.T, from, to string) {
	t.Helper()
	err := filepath.WalkDir(from, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		below, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		if entry.IsDir() {
			return os.Mkdir(filepath.Join(to, below), 0o700)
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(to, below), data, 0o600)
	})
	if err != nil {
		t.Fatal(err)
	}
}

func readFile(t *testing.T, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func overwrite(t *testing.T, path string, data []byte) {
	t.Helper()
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
}
