package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// forget takes every checkpoint away that the ledger has, as a disk that is lost does.
func forget(t *testing.T, dir string) {
	t.Helper()
	for _, lost := range []string{"checkpoints", "tiles", "cases", "scrub.json", "store/jetstream/LEDGER/streams/LEDGER_CP"} {
		remove(t, filepath.Join(dir, filepath.FromSlash(lost)))
	}
}

// Every checkpoint is lost here, but the witness has kept what it signed. The refusal tells the way,
// and the archive is proven by the witness's copy.
func TestLostCheckpointsComeBackFromTheWitness(t *testing.T) {
	dir, tokens, witnessDir := t.TempDir(), tokensFile(t), t.TempDir()
	logKey := vkey(t, "log", "--data", dir)
	w := startWitness(t, "--dir", witnessDir, "--log", logKey, "--listen", "127.0.0.1:0")
	args := []string{"--data", dir, "--tokens", tokens, "--witness", w.line}
	p := startProcess(t, args...)
	p.openedCase("one")
	p.openedCase("two")
	p.cosignedBy(t, witnessDir, 2)
	before := p.ledger(2)
	p.stop()

	forget(t, dir)
	refuses(t, exitIntegrity, "the checkpoint of size 2: the witness below its --dir", args...)
	refuses(t, exitIntegrity, "`ledgerd repair --checkpoint FILE`", args...)
	kept := witnessFile(t, witnessDir, 2)
	repairs(t, "of the 2 events that were signed", "--data", dir, "--checkpoint", kept)
	p = startProcess(t, args...)
	sameLedger(t, p.ledger(2), before)
	p.sealed(dir, 2)
	p.stop()
	w.stop(t)
}

// cosignedBy waits until the witness has kept the checkpoint of a size.
func (p *process) cosignedBy(t *testing.T, witnessDir string, size int) {
	t.Helper()
	for t.Context().Err() == nil {
		if found, err := filepath.Glob(witnessPattern(witnessDir, size)); err == nil && len(found) == 1 {
			return
		}
		if _, err := p.request(t.Context(), "GET", "/v1/nothing", "", ""); err != nil { // takes its time
			t.Fatal(err)
		}
	}
	t.Fatalf("the witness has no checkpoint of size %d", size)
}

func witnessFile(t *testing.T, witnessDir string, size int) string {
	t.Helper()
	found, err := filepath.Glob(witnessPattern(witnessDir, size))
	if err != nil || len(found) != 1 {
		t.Fatalf("checkpoints of size %d: %v %v", size, found, err)
	}
	return found[0]
}

func witnessPattern(dir string, size int) string {
	return filepath.Join(dir, "*", "*", strings.Repeat("0", 18)+string(rune('0'+size)))
}

// A checkpoint that is given has to be one of this log's.
func TestGivenCheckpointIsJudged(t *testing.T) {
	dir, _, _ := aLedger(t, (*process).stop)
	other, _, _ := aLedger(t, (*process).stop)
	for words, file := range map[string]string{
		"--checkpoint: open":          filepath.Join(dir, "none"),
		"longer than any checkpoint":  writeFile(t, "long", strings.Repeat("x", maxGiven+1)),
		"is not a checkpoint of star": filepath.Join(other, "tiles", "checkpoint"),
	} {
		if code, output := runToEnd(t, "repair", "--data", dir, "--checkpoint", file); code != exitUsage || !strings.Contains(output, words) {
			t.Errorf("exit %d, want %q:\n%s", code, words, output)
		}
	}
	if kept, err := filepath.Glob(filepath.Join(dir, "store.damaged-*")); err != nil || len(kept) != 0 {
		t.Errorf("a store was replaced: %v %v", kept, err)
	}
}

// The key and the checkpoints are gone; whatever else sealing leaves behind keeps another key from being
// made. A ledger without any trace is taken for one from before there was sealing, and that is told.
func TestKeyIsNotMadeForALedgerThatWasSealed(t *testing.T) {
	dir, tokens, _ := aLedger(t, (*process).stop)
	traces := filepath.Join(t.TempDir(), "traces")
	copyTree(t, dir, traces)
	for _, left := range []string{"cases", "scrub.json", "tiles/tile", "store/jetstream/LEDGER/streams/LEDGER_CP"} {
		forget(t, dir)
		remove(t, filepath.Join(dir, "keys"))
		path := filepath.Join(dir, filepath.FromSlash(left))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.Rename(filepath.Join(traces, filepath.FromSlash(left)), path); err != nil {
			t.Fatal(err)
		}
		refuses(t, exitFailure, "the log has been sealed ("+path, "--data", dir, "--tokens", tokens)
		if code, output := runToEnd(t, "keys", "log", "--data", dir); code != exitFailure || !strings.Contains(output, "put the key back") {
			t.Errorf("ledgerd keys log: exit %d:\n%s", code, output)
		}
		if _, err := os.Stat(filepath.Join(dir, "keys", logKeyFile)); !os.IsNotExist(err) {
			t.Errorf("%s is left, and a key was made: %v", left, err)
		}
	}
	forget(t, dir)
	p := startProcess(t, "--data", dir, "--tokens", tokens)
	p.stop()
	if output := p.stderr.String(); !strings.Contains(output, "no checkpoint of it is known here") || !strings.Contains(output, "events=21") {
		t.Errorf("nothing was said of the lost checkpoints:\n%s", output)
	}
}
