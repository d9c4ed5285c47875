package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// loseAll takes from the servers everything they have stored.
func (c *ledgerCluster) loseAll() {
	c.t.Helper()
	for i := range c.Len() {
		c.Kill(i)
		if err := os.RemoveAll(c.Store(i)); err != nil {
			c.t.Fatal(err)
		}
	}
	for i := range c.Len() {
		c.Begin(i)
	}
	c.Ready(c.admin)
}

// migrate moves a data directory into the cluster.
func (c *ledgerCluster) migrate(t *testing.T, from string) {
	t.Helper()
	runs(t, exitSound, "sound: both copies have one root", "migrate", "--from", from, "--key-dir", c.keys,
		"--to", c.URLs(), "--nats-creds", c.service, "--nats-admin-creds", c.admin)
}

// A node is backed up while it serves. The cluster then loses everything; the ledger is restored into a data
// directory and moved back into the cluster, where the old node goes on in its own directory, a node that
// was never there joins with an empty one, and a client that comes again is told its first answer.
func TestClusterIsRestoredFromABackup(t *testing.T) {
	c := startLedgerCluster(t, true)
	dir := t.TempDir()
	p := c.node(dir)
	got, err := p.request(t.Context(), http.MethodPost, "/v1/attachments", "", "the evidence")
	if err != nil || got.status != http.StatusCreated {
		t.Fatalf("attach: %v %d %s", err, got.status, got.body)
	}
	path := p.openedCase("open")
	p.mustPost(path+"/application-review", "review", returnApplication)
	p.sealed(dir, 2)
	before := p.ledger(2)
	to := filepath.Join(t.TempDir(), "backup")
	places := []string{"--key-dir", c.keys, "--attachment-dir", c.files}
	runs(t, exitSound, "proven up to the checkpoint of 2 events", append([]string{"backup", "--data", dir, "--to", to}, places...)...)
	p.stop()
	c.loseAll()
	refuses(t, exitIntegrity, "`ledgerd migrate`", c.serve(dir)...)

	restored := t.TempDir()
	c.files = filepath.Join(t.TempDir(), "attachments")
	runs(t, exitSound, "of the 2 events that were signed", "restore", "--from", to, "--data", restored, "--key-dir", c.keys, "--attachment-dir", c.files)
	c.migrate(t, restored)
	digest := sha256.Sum256([]byte("the evidence"))
	if text, err := os.ReadFile(filepath.Join(c.files, hex.EncodeToString(digest[:1]), hex.EncodeToString(digest[:]))); err != nil || string(text) != "the evidence" {
		t.Errorf("the attachment: %q %v", text, err)
	}
	newDir := t.TempDir()
	first, second := c.node(dir), c.node(newDir)
	sameLedger(t, first.ledger(2), before)
	sameLedger(t, second.ledger(2), before)
	again, err := second.request(t.Context(), http.MethodPost, "/v1/cases", "open", openCase)
	if err != nil || again.header.Get("Idempotency-Replayed") != "true" || again.header.Get("Location") != path {
		t.Errorf("a retry: %v %d %s", err, again.status, again.body)
	}
	second.mustPost(path+"/application-review", "after", returnApplication)
	first.sealed(dir, 3)
	second.sealed(newDir, 3)
	first.stop()
	second.stop()
}

// Where everything is lost but a checkpoint, a new log begins in a data directory and moves into the cluster.
// The doctor finds the cluster empty before, and fit afterwards, and a service that may do too much.
func TestNewLogBeginsInACluster(t *testing.T) {
	c := startLedgerCluster(t, true)
	old, _, _ := aLedger(t, (*process).stop)
	dir := t.TempDir()
	c.keys = filepath.Join(dir, "keys")
	runs(t, exitSound, "its first event quotes starledger.local", "begin", "--data", dir, "--origin", "ledger.example.org/2",
		"--continues", filepath.Join(old, "checkpoints", "000000000000000", "0000000000000000021"), "--old-key", vkey(t, "log", "--data", old),
		"--actor", "root", "--reason", "both disks burnt")
	examined := func(want int, creds string) finding {
		t.Helper()
		return findingsOf(t, want, "--data", dir, "--tokens", c.tokens, "--nats", c.URLs(), "--nats-creds", creds)["CLUSTER"]
	}
	if f := examined(exitSound, c.service); f.Outcome != doubt || !strings.Contains(f.Todo.EN, "ledgerd migrate") {
		t.Errorf("before: %+v", f)
	}
	runs(t, exitSound, "sound: both copies have one root", "migrate", "--from", dir, "--origin", "ledger.example.org/2",
		"--to", c.URLs(), "--nats-creds", c.service, "--nats-admin-creds", c.admin)
	if f := examined(exitSound, c.service); f.Outcome != fine {
		t.Errorf("after: %+v", f)
	}
	if f := examined(exitFailure, c.admin); f.Outcome != broken {
		t.Errorf("as the admin: %+v", f)
	}
	p := startProcess(t, append(c.serve(dir), "--origin", "ledger.example.org/2")...)
	p.openedCase("first-case")
	p.sealed(dir, 2)
	var began struct{ Type string }
	got, err := p.request(t.Context(), http.MethodGet, "/v1/events/1", "", "")
	if err != nil || json.Unmarshal(got.body, &began) != nil || began.Type != "starledger.log.continued.v1" {
		t.Errorf("the first event: %v %d %s", err, got.status, got.body)
	}
	p.stop()
}
