// Package tessera holds our public files against Tessera, the tiled log of transparency-dev: its fsck
// and its client read what our sealer writes, its log asks our witness, and its POSIX driver is
// timed beside us. A module of its own, so that the product does not depend on it.
package tessera

import (
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"
	"k8s.io/klog/v2"

	"starledger/events"
	"starledger/events/archive"
	"starledger/events/proof"
	"starledger/events/seal"
)

const (
	origin   = "ledger.example.org/2026"
	recorded = events.Instant(1_793_498_520_000_000)
	salt     = events.Random32("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8")
)

var quiet = slog.New(slog.DiscardHandler)

// TestMain silences Tessera, which tells of every file it looks for.
func TestMain(m *testing.M) {
	klog.LogToStderr(false)
	klog.SetOutput(io.Discard)
	os.Exit(m.Run())
}

// keys are those of a log, with the policy that names its public one and no witness.
type keys struct {
	signer note.Signer
	public string // the verifier key
	policy *proof.Policy
}

func newKeys(t testing.TB) keys {
	t.Helper()
	secret, public, err := note.GenerateKey(rand.Reader, origin)
	if err != nil {
		t.Fatal(err)
	}
	k := keys{public: public}
	if k.signer, err = note.NewSigner(secret); err != nil {
		t.Fatal(err)
	}
	if k.policy, err = proof.ParsePolicy(fmt.Appendf(nil, "log %s\nquorum none\n", public)); err != nil {
		t.Fatal(err)
	}
	return k
}

func (k keys) verifier(t testing.TB) note.Verifier {
	t.Helper()
	v, err := note.NewVerifier(k.public)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// aCase grows by one event after the other. A caller of the benchmark has one to itself.
type aCase struct {
	id      string
	caseSeq uint64
	seq     uint64 // in the log, of its last event
	digest  events.Digest
}

func caseNumber(n int) *aCase { return &aCase{id: fmt.Sprintf("01JD3Z%020d", n)} }

// next is the next event of the case as it is stored. It is small, as an event goes: tiles hold
// leaves, and those are equally long whatever the event.
func (c *aCase) next(t testing.TB) []byte {
	at := recorded + events.Instant(c.caseSeq)
	e := events.Event{
		Attributes: events.Attributes{
			ID: "01JD3Z0000000000000000000A", Source: origin, Subject: events.CaseID(c.id), Time: at, EffectiveTime: at,
			DataSchema: events.DigestOf(nil), CaseSeq: c.caseSeq + 1, PrevDigest: events.PrevDigest(c.digest),
			ActorID: "li", ActorRole: "lead_auditor", Nonce: "AAECAwQFBgcICQoLDA0ODw",
		},
		Data: events.ApplicationReviewed{Outcome: events.ApplicationRefused},
	}
	if e.CaseSeq == 1 {
		e.PrevDigest, e.CaseSalt = events.NoDigest, salt
	}
	stored, err := events.Encode(e)
	if err != nil {
		t.Error(err)
		return nil
	}
	c.caseSeq, c.digest = e.CaseSeq, stored.Digest
	return stored.Body
}

// append lets the case grow by one event.
func (c *aCase) append(t testing.TB, log events.Log) {
	body := c.next(t)
	seq, err := log.Append(context.Background(), events.Append{Case: c.id, After: c.seq, Bodies: [][]byte{body}})
	if err != nil {
		t.Error(err)
	}
	c.seq = seq
}

// node is what a process that seals has on disk.
type node struct {
	t    testing.TB
	dir  string
	log  events.Log
	keys keys
}

func (n *node) public() string { return filepath.Join(n.dir, "public") }

// A sealing is a Sealer that runs.
type sealing struct {
	*seal.Sealer
	files *seal.CheckpointDir
	stop  func()
}

// start opens the sealer and lets it run, as a process does at its start. LEDGER_CP is a second
// directory of checkpoints here, which is the same contract.
func (n *node) start() sealing {
	n.t.Helper()
	must := func(err error) {
		n.t.Helper()
		if err != nil {
			n.t.Fatal(err)
		}
	}
	stored, err := archive.Open(filepath.Join(n.dir, "archive"))
	must(err)
	tiles, err := seal.OpenTileDir(n.public())
	must(err)
	files, err := seal.OpenCheckpointDir(filepath.Join(n.dir, "checkpoints"))
	must(err)
	stream, err := seal.OpenCheckpointDir(filepath.Join(n.dir, "stream"))
	must(err)
	sealer, err := seal.Open(context.Background(), seal.Config{
		Log: n.log, Archive: stored, Tiles: tiles, Stream: stream, Files: files,
		CasesFile: filepath.Join(n.dir, "cases"), Key: n.keys.signer, Policy: n.keys.policy, Now: time.Now, Logger: quiet,
	})
	must(err)
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- sealer.Run(ctx) }()
	return sealing{sealer, files, func() {
		cancel()
		if err := <-ended; err != nil {
			n.t.Error(err)
		}
		if err := stored.Close(); err != nil {
			n.t.Error(err)
		}
	}}
}

// sealed waits until the tree of this size is signed and published.
func (s sealing) sealed(t testing.TB, size uint64) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	s.Urgent()
	if err := s.Wait(ctx, size, true); err != nil {
		t.Fatal(err)
	}
}
