package main

import (
	"bufio"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A ledger moves into a cluster, is interrupted and goes on, and is served there with every event and
// checkpoint; the data directory alone does not serve it any more, and no other ledger follows it there.
func TestMigrate(t *testing.T) {
	c := startLedgerCluster(t, true)
	dir, tokens, before := aLedger(t, (*process).stop)
	to := func(dir string) []string {
		return []string{"--from", dir, "--to", c.URLs(), "--nats-creds", c.service, "--nats-admin-creds", c.admin}
	}
	interrupted := program(append([]string{"migrate"}, to(dir)...)...)
	pipe, err := interrupted.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := interrupted.Start(); err != nil {
		t.Fatal(err)
	}
	for lines := bufio.NewScanner(pipe); lines.Scan(); {
		if strings.Contains(lines.Text(), "moving the") { // all events are there, and maybe some checkpoints
			break
		}
	}
	if err := interrupted.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = interrupted.Wait() // "signal: killed" is what was asked for

	code, output := runToEnd(t, append([]string{"migrate"}, to(dir)...)...)
	if code != exitSound || !strings.Contains(output, "sound: both copies have one root") || !strings.Contains(output, "holds 21 events already") {
		t.Fatalf("migrate again: exit %d\n%s", code, output)
	}
	refuses(t, exitUsage, "was moved at sequence 21", "--data", dir, "--tokens", tokens)

	c.keys, c.tokens = filepath.Join(dir, "keys"), tokens
	first := c.node(dir)
	second := c.node(t.TempDir())
	sameLedger(t, first.ledger(21), before)
	sameLedger(t, second.ledger(21), before)
	again, err := second.request(t.Context(), http.MethodPost, "/v1/cases", "open", openCase)
	if err != nil || again.header.Get("Idempotency-Replayed") != "true" {
		t.Errorf("a retry after the move: %v %d %s", err, again.status, again.body)
	}
	second.openedCase("after-the-move")
	first.sealed(dir, 22)
	first.stop()
	second.stop()

	foreign, _, _ := aLedger(t, (*process).stop)
	code, output = runToEnd(t, append([]string{"migrate"}, to(foreign)...)...)
	if code != exitIntegrity || !strings.Contains(output, "the cluster holds") {
		t.Errorf("another ledger: exit %d\n%s", code, output)
	}
	if _, err := os.Stat(filepath.Join(foreign, "moved")); err == nil {
		t.Error("it was marked as moved")
	}
}
