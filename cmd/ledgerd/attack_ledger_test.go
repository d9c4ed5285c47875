package main

import (
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// The attack suite does to the real program what an administrator, a thief of backups or a dying
// disk can do, and holds what it says against the table "Who can cheat, and what catches it" of the
// ledger's format. Every row names the guard that catches the attack: the row turns red when that
// guard is taken away, which is how the rows were tried out.

func TestAttacks(t *testing.T) {
	built(t)
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
