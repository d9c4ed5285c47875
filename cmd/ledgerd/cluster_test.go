package main

import (
	"bytes"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats.go"

	"starledger/events/jetlog/natstest"
	"starledger/events/seal"
)

// ledgerCluster is three servers with the accounts as they are deployed, and what the nodes on them share.
type ledgerCluster struct {
	*natstest.Cluster
	t              testing.TB
	service, admin string // seed files
	keys, files    string // of the log's key, and the attachments
	tokens         string
}

func startLedgerCluster(t testing.TB, direct bool) *ledgerCluster {
	t.Helper()
	accounts, err := os.ReadFile(filepath.Join("deploy", "accounts.conf"))
	if err != nil {
		t.Fatal(err)
	}
	c := &ledgerCluster{t: t, files: t.TempDir(), keys: filepath.Join(t.TempDir(), "keys"), tokens: tokensFile(t)}
	var service, admin string
	c.service, service = natstest.Seed(t)
	c.admin, admin = natstest.Seed(t)
	c.Cluster = natstest.Start(t, natstest.Config{
		Accounts: string(accounts), Env: []string{"LEDGER_SERVICE=" + service, "LEDGER_ADMIN=" + admin}, Direct: direct,
	})
	c.Ready(c.admin)
	if text, err := program("keys", "log", "--key-dir", c.keys).CombinedOutput(); err != nil {
		t.Fatalf("make the key: %v\n%s", err, text)
	}
	return c
}

// serve are the flags of a node with a data directory of its own.
func (c *ledgerCluster) serve(dir string) []string {
	return []string{
		"--data", dir, "--tokens", c.tokens, "--key-dir", c.keys, "--attachment-dir", c.files,
		"--nats", c.URLs(), "--nats-creds", c.service, "--nats-admin-creds", c.admin,
	}
}

func (c *ledgerCluster) node(dir string) *process {
	c.t.Helper()
	return startProcess(c.t, c.serve(dir)...)
}

// Two nodes serve one ledger. What one writes the other reads, refuses to write twice, and has in its
// stream; a retry on the other node is the first answer; when the one that seals is killed the other does
// within 10 seconds, and both have the same checkpoints of it all.
func TestTwoNodesOnOneCluster(t *testing.T) {
	c := startLedgerCluster(t, true)
	dirs := []string{t.TempDir(), t.TempDir()}
	first, second := c.node(dirs[0]), c.node(dirs[1])

	opened, err := first.request(t.Context(), http.MethodPost, "/v1/cases", "open", openCase)
	if err != nil || opened.status != http.StatusCreated {
		t.Fatalf("open: %v %d %s", err, opened.status, opened.body)
	}
	again, err := second.request(t.Context(), http.MethodPost, "/v1/cases", "open", openCase)
	if err != nil || again.status != http.StatusCreated || again.header.Get("Location") != opened.header.Get("Location") ||
		again.header.Get("Idempotency-Replayed") != "true" {
		t.Fatalf("open again on the other node: %v %d %v %s", err, again.status, again.header, again.body)
	}
	path := opened.header.Get("Location")
	for n := range 6 {
		[]*process{first, second}[n%2].mustPost(path+"/application-review", fmt.Sprintf("review-%d", n), returnApplication)
	}
	replay, err := first.request(t.Context(), http.MethodPost, path+"/application-review", "review-5", returnApplication)
	if err != nil || replay.status != http.StatusCreated || replay.header.Get("Idempotency-Replayed") != "true" {
		t.Fatalf("a retry on the other node: %v %d %s", err, replay.status, replay.body)
	}
	sameLedger(t, second.ledger(7), first.ledger(7))
	for _, dir := range dirs {
		first.sealed(dir, 7)
	}

	first.kill()
	second.mustPost(path+"/application-review", "after", returnApplication)
	began := time.Now()
	second.sealed(dirs[1], 8)
	if took := time.Since(began); took > 10*time.Second {
		t.Errorf("taken over after %v", took)
	}
	first = c.node(dirs[0])
	first.mustPost(path+"/application-review", "back", returnApplication)
	for _, dir := range dirs {
		second.sealed(dir, 9)
	}

	// Two nodes join: one with nothing, one with what a backup of the first holds.
	to, late := filepath.Join(t.TempDir(), "backup"), []string{t.TempDir(), t.TempDir()}
	runs(t, exitSound, "proven up to the checkpoint of 9 events", "backup", "--data", dirs[0], "--key-dir", c.keys, "--attachment-dir", c.files, "--to", to)
	for _, part := range []string{backupArchive, backupCheckpoints, backupTiles} {
		copyTree(t, filepath.Join(to, part), filepath.Join(late[1], part))
	}
	before := first.ledger(9)
	for _, dir := range late {
		joined := c.node(dir)
		sameLedger(t, joined.ledger(9), before)
		joined.sealed(dir, 9)
		joined.stop()
	}
	first.stop()
	second.stop()
	for _, dir := range []string{dirs[1], late[0], late[1]} {
		sameCheckpoints(t, dirs[0], dir)
	}
}

// sameCheckpoints expects two nodes to have kept the same notes.
func sameCheckpoints(t *testing.T, a, b string) {
	t.Helper()
	for size := range uint64(10) {
		one, oneErr := readNote(t, a, size)
		other, otherErr := readNote(t, b, size)
		if !bytes.Equal(one, other) || (oneErr == nil) != (otherErr == nil) {
			t.Errorf("size %d: %s %v\n%s %v", size, one, oneErr, other, otherErr)
		}
	}
}

func readNote(t *testing.T, dir string, size uint64) ([]byte, error) {
	t.Helper()
	files, err := seal.OpenCheckpointDir(filepath.Join(dir, "checkpoints"))
	if err != nil {
		t.Fatal(err)
	}
	return files.Read(size)
}

// What a node refuses to begin with.
func TestClusterStartIsRefused(t *testing.T) {
	c := startLedgerCluster(t, true)
	dir := t.TempDir()
	without := func(flag string) (args []string) {
		all := c.serve(dir)
		for i := 0; i < len(all); i += 2 {
			if all[i] != flag {
				args = append(args, all[i], all[i+1])
			}
		}
		return args
	}
	refuses(t, exitUsage, "all nodes of a cluster sign with the same key", without("--key-dir")...)
	refuses(t, exitFailure, "sign in once as who may", without("--nats-admin-creds")...)
	p := c.node(dir)
	p.openedCase("open")
	p.sealed(dir, 1)
	p.stop()

	other := startLedgerCluster(t, true) // another cluster, where this ledger is not
	args := append(without("--nats"), "--nats", other.URLs(), "--nats-creds", other.service, "--nats-admin-creds", other.admin)
	refuses(t, exitIntegrity, "the ledger is known up to sequence 1", args...)
}

// The service of the deployed configuration may do what it needs and nothing that could change what is
// stored: each attempt is refused by the permissions, or by the stream where the subject is its own.
func TestDeployedServiceCannotChangeHistory(t *testing.T) {
	c := startLedgerCluster(t, true)
	dir := t.TempDir()
	p := c.node(dir)
	p.openedCase("open")
	p.stop()
	refused := make(chan error, 1)
	option, err := nats.NkeyOptionFromSeed(c.service)
	if err != nil {
		t.Fatal(err)
	}
	conn, err := nats.Connect(c.URLs(), option, nats.ErrorHandler(func(_ *nats.Conn, _ *nats.Subscription, err error) { refused <- err }))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	for _, stream := range []string{"LEDGER", "LEDGER_CP"} {
		for _, what := range []string{"UPDATE", "DELETE", "PURGE", "MSG.DELETE", "CREATE", "RESTORE", "SNAPSHOT", "LEADER.STEPDOWN", "PEER.REMOVE"} {
			mayNot(t, conn, refused, "$JS.API.STREAM."+what+"."+stream)
		}
		mayNot(t, conn, refused, "$JS.API.CONSUMER.CREATE."+stream+".x")
	}
	for _, subject := range []string{"$JS.API.ACCOUNT.PURGE.LEDGER", "$SYS.REQ.SERVER.PING.VARZ", "$SYS.REQ.SERVER.RELOAD", "elsewhere"} {
		mayNot(t, conn, refused, subject)
	}
	for header, value := range map[string]string{"Nats-TTL": "1s", "Nats-Rollup": "sub", "Nats-Schedule": "@every 1s"} {
		msg := nats.NewMsg("ledger.registry")
		msg.Header.Set(header, value)
		answer, err := conn.RequestMsg(msg, 5*time.Second)
		if err != nil || !strings.Contains(string(answer.Data), `"error"`) {
			t.Errorf("a message with %s: %v %s", header, err, answer.Data)
		}
	}
}

func mayNot(t *testing.T, conn *nats.Conn, refused <-chan error, subject string) {
	t.Helper()
	if err := conn.PublishRequest(subject, conn.NewInbox(), []byte("{}")); err != nil {
		t.Fatal(err)
	}
	select {
	case err := <-refused:
		if !errors.Is(err, nats.ErrPermissionViolation) || !strings.Contains(err.Error(), subject) {
			t.Errorf("%s: %v", subject, err)
		}
	case <-time.After(10 * time.Second):
		t.Errorf("%s is allowed", subject)
	}
}
