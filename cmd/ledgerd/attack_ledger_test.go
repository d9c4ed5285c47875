package main

import (
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"starledger/events"
	"starledger/events/jetlog"
)

// The attack suite does to the real program what an administrator, a thief of backups or a dying
// disk can do, and holds what it says against the table "Who can cheat, and what catches it" of the
// ledger's format. Every row names the guard that catches the attack: the row turns red when that
// guard is taken away, which is how the rows were tried out.

// attack is one row.
type attack struct {
	move string
	do   func(t *testing.T, l *target)
	// caught is the guard, by the name of its function.
	caught string
	// says is what the refusal tells, the sequence above all. "{…}" stands for a sequence of the
	// target: see words.
	says []string
	// repair is what `ledgerd repair` has to say when it cannot restore; empty when it restores all.
	repair string
}

// prepared is a ledger of three blocks that many rows have in common, each on a copy of its own.
type prepared struct {
	stopped, killed string // data directories: after a stop in order, and after kill -9
	tokens          string
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
// into three, as if the broker's blocks were small, and the broker has taken them for its own.
func prepare(t *testing.T) *prepared {
	t.Helper()
	all := &prepared{stopped: filepath.Join(t.TempDir(), "stopped"), killed: filepath.Join(t.TempDir(), "killed"), tokens: tokensFile(t)}
	p := startProcess(t, attackArgs(all.stopped, all.tokens)...)
	path := p.openedCase("open")
	for n := range written - 1 {
		got, err := p.request(t.Context(), http.MethodPost, path+"/application-review", fmt.Sprint("review-", n), returnApplication)
		if err != nil || got.status != http.StatusCreated {
			t.Fatalf("event %d: %v %d %.300s", n, err, got.status, got.body)
		}
	}
	p.settled(written)
	p.stop()
	all.records = recordsOf(t, all.stopped)
	divide(t, all.stopped, 3)
	p = startProcess(t, attackArgs(all.stopped, all.tokens)...)
	p.settled(written)
	p.stop()
	all.isThere(t, all.stopped)

	copyTree(t, all.stopped, all.killed)
	p = startProcess(t, attackArgs(all.killed, all.tokens)...)
	p.settled(written)
	p.kill()
	return all
}

// attackArgs are the flags of every start in the suite.
func attackArgs(dir, tokens string) []string { return []string{"--data", dir, "--tokens", tokens} }

// settled waits until everybody knows of all events.
func (p *process) settled(last int) {
	p.t.Helper()
	got, err := p.request(p.t.Context(), http.MethodGet, fmt.Sprint("/v1/cases?min_seq=", last), "", "")
	if err != nil || got.status != http.StatusOK {
		p.t.Fatalf("wait for sequence %d: %v %d %s", last, err, got.status, got.body)
	}
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
		code, output := startOrEnd(t, attackArgs(l.dir, all.tokens)...)
		if code != exitIntegrity {
			t.Fatalf("%s did not catch it: exit %d:\n%s", a.caught, code, output)
		}
		for _, words := range a.says {
			if words = l.words.Replace(words); !strings.Contains(output, words) {
				t.Errorf("%s does not say %q:\n%s", a.caught, words, output)
			}
		}
	}
	code, output := runToEnd(t, "repair", "--data", l.dir)
	if a.repair != "" {
		if words := l.words.Replace(a.repair); code != exitIntegrity || !strings.Contains(output, words) {
			t.Errorf("repair: exit %d, want %d with %q:\n%s", code, exitIntegrity, words, output)
		}
		return
	}
	if code != exitSound {
		t.Fatalf("repair: exit %d:\n%s", code, output)
	}
	all.isWhole(t, l.dir)
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
	p := startProcess(t, attackArgs(dir, all.tokens)...)
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

func copyTree(t *testing.T, from, to string) {
	t.Helper()
	if err := os.CopyFS(to, os.DirFS(from)); err != nil {
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

func writeFile(t *testing.T, path string, data []byte) {
	t.Helper()
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
}
