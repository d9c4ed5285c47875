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
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"

	"starledger/events"
	"starledger/events/jetlog"
	"starledger/events/proof"
	"starledger/events/seal"
)

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

// copyTree copies a directory for us alone: one with a key in it must not be open to others.
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
		to := filepath.Join(to, below)
		switch {
		case entry.IsDir():
			return os.Mkdir(to, 0o700)
		case entry.Type() == fs.ModeSymlink: // to where a killed process staged batches
			target, err := os.Readlink(path)
			return errors.Join(err, os.Symlink(target, to))
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return os.WriteFile(to, data, 0o600)
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
