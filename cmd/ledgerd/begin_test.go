package main

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"starledger/projections/bundle"
)

// Everything of a log is lost but a checkpoint that somebody kept. A new log begins, its first event
// quotes that checkpoint, and every bundle of it says so and is sound.
func TestNewLogQuotesTheLostOne(t *testing.T) {
	old, _, _ := aLedger(t, (*process).stop)
	last := filepath.Join(old, "checkpoints", "000000000000000", "0000000000000000021")
	key := vkey(t, "log", "--data", old)
	dir, tokens := filepath.Join(t.TempDir(), "new"), tokensFile(t)
	args := []string{"begin", "--data", dir, "--origin", "ledger.example.org/2", "--continues", last, "--actor", "root", "--reason", "both disks burnt"}
	runs(t, exitUsage, "--old-key", args...)
	runs(t, exitIntegrity, "is not signed by", append(args, "--old-key", vkey(t, "log", "--data", t.TempDir(), "--origin", "other.example"))...)
	runs(t, exitUsage, "the new one needs another", append(args, "--old-key", key, "--origin", "starledger.local")...)
	args = append(args, "--old-key", key)
	runs(t, exitSound, "its first event quotes starledger.local", args...)
	runs(t, exitConflict, "there is a ledger already", args...)

	p := startProcess(t, "--data", dir, "--tokens", tokens, "--origin", "ledger.example.org/2")
	path := p.openedCase("first-case")
	p.sealed(dir, 2)
	got, err := p.request(t.Context(), http.MethodGet, path+"/bundle?profile=assessor", "", "")
	for err == nil && got.status == http.StatusTooEarly { // sealed, and not published yet
		got, err = p.request(t.Context(), http.MethodGet, path+"/bundle?profile=assessor", "", "")
	}
	if err != nil || got.status != http.StatusOK {
		t.Fatalf("bundle: %v %d %s", err, got.status, got.body)
	}
	p.stop()
	verdict := verified(t, got.body, vkey(t, "log", "--data", dir, "--origin", "ledger.example.org/2"))
	text, err := os.ReadFile(last)
	if err != nil {
		t.Fatal(err)
	}
	root := strings.Split(string(text), "\n")[2]
	told := false
	for _, outcome := range verdict.Checks {
		for _, e := range outcome.Examples {
			told = told || strings.Contains(e.Text.EN, "this log continues starledger.local, whose last checkpoint has 21 events with root "+root)
		}
	}
	if !verdict.Sound || !told {
		t.Errorf("sound %v, told %v: %+v", verdict.Sound, told, verdict.Checks)
	}
}

func verified(t *testing.T, text []byte, key string) *bundle.Verdict {
	t.Helper()
	verdict, err := bundle.Verify(t.Context(), writeFile(t, "case.zip", string(text)), bundle.Options{Policy: []byte("log " + key + "\nquorum none\n")})
	if err != nil {
		t.Fatal(err)
	}
	return verdict
}
