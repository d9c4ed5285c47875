package seal

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"

	"starledger/events"
	"starledger/events/archive"
	"starledger/events/memlog"
	"starledger/events/proof"
)

const (
	origin             = "ledger.example.org/2026"
	start              = events.Instant(1_793_498_520_000_000)
	salt               = events.Random32("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8")
	caseNames          = "ABC"
	caseID             = "01JD3Z0000000000000000000%c"
	quorum, unobserved = "quorum w\n", "quorum none\n"
)

var quiet = slog.New(slog.DiscardHandler)

// ledger is a log that grows by the next event of one of three cases in turn.
type ledger struct {
	t     testing.TB
	log   events.Log
	cases map[string]*caseEnd
	size  uint64
	known truth
}

type caseEnd struct {
	seq, caseSeq uint64
	digest       events.Digest
}

func newLedger(t testing.TB, log events.Log) *ledger {
	return &ledger{t: t, log: log, cases: map[string]*caseEnd{}}
}

// nextBody is an event that continues a case.
func nextBody(t testing.TB, name string, end caseEnd, at events.Instant) *events.Stored {
	e := events.Event{
		Attributes: events.Attributes{
			ID: "01JD3Z0000000000000000000A", Source: origin, Subject: events.CaseID(name), Time: at, EffectiveTime: at,
			DataSchema: events.DigestOf(nil), CaseSeq: end.caseSeq + 1, PrevDigest: events.PrevDigest(end.digest),
			ActorID: "li", ActorRole: "lead_auditor", Nonce: "AAECAwQFBgcICQoLDA0ODw",
		},
		Data: events.ApplicationReviewed{Outcome: events.ApplicationRefused},
	}
	if e.CaseSeq == 1 {
		e.PrevDigest, e.CaseSalt = events.NoDigest, salt
	}
	stored, err := events.Encode(e)
	if err != nil {
		t.Fatal(err)
	}
	return stored
}

func (l *ledger) grow(n int) {
	l.t.Helper()
	for range n {
		name := fmt.Sprintf(caseID, caseNames[l.size%uint64(len(caseNames))])
		end := l.at(name)
		l.size++
		body := nextBody(l.t, name, *end, start+events.Instant(l.size))
		if _, err := l.log.Append(context.Background(), events.Append{Case: name, After: end.seq, Bodies: [][]byte{body.Body}}); err != nil {
			l.t.Fatal(err)
		}
		*end = caseEnd{l.size, end.caseSeq + 1, body.Digest}
	}
}

func (l *ledger) at(name string) *caseEnd {
	if l.cases[name] == nil {
		l.cases[name] = &caseEnd{}
	}
	return l.cases[name]
}

// memoryStream is LEDGER_CP in memory.
type memoryStream struct {
	mu    sync.Mutex
	notes [][]byte
	more  [][]byte // with cosignatures
}

func (m *memoryStream) Last(context.Context) ([]byte, uint64, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.notes) == 0 {
		return nil, 0, nil
	}
	return m.notes[len(m.notes)-1], uint64(len(m.notes)), nil
}

func (m *memoryStream) Swap(_ context.Context, after uint64, next Signed) (uint64, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if after != uint64(len(m.notes)) {
		return 0, events.ErrConflict
	}
	m.notes = append(m.notes, next.Note)
	return after + 1, nil
}

func (m *memoryStream) Cosigned(_ context.Context, with Signed) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.more = append(m.more, with.Note)
	return nil
}

// handled answers requests without a network.
type handled struct{ http.Handler }

func (h handled) RoundTrip(r *http.Request) (*http.Response, error) {
	recorder := httptest.NewRecorder()
	h.ServeHTTP(recorder, r)
	return recorder.Result(), nil
}

// keys are the keys of a log and of a witness, and the policy that names them.
type keys struct {
	logKey     note.Signer
	witnessKey *proof.Cosigner
	text       string // of the policy, without its quorum
}

func newKeys(t testing.TB) keys {
	t.Helper()
	secret, public, err := note.GenerateKey(rand.Reader, origin)
	if err != nil {
		t.Fatal(err)
	}
	var k keys
	if k.logKey, err = note.NewSigner(secret); err != nil {
		t.Fatal(err)
	}
	signing, verifier, err := proof.WitnessKey("witness.example/w", [32]byte{1})
	if err != nil {
		t.Fatal(err)
	}
	if k.witnessKey, err = proof.NewCosigner(signing); err != nil {
		t.Fatal(err)
	}
	k.text = fmt.Sprintf("log %s\nwitness w %s https://witness.example\n", public, verifier)
	return k
}

func (k keys) policy(t testing.TB, quorum string) *proof.Policy {
	t.Helper()
	p, err := proof.ParsePolicy([]byte(k.text + quorum))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// world is a ledger, what all nodes share, and the directory of one node.
type world struct {
	*ledger
	keys
	dir     string
	stream  *memoryStream
	witness string // directory of the witness
	policy  *proof.Policy
	faults  *faults
	signed  *signatures

	archive *archive.Archive
	sealer  *Sealer
}

func newWorld(t testing.TB) *world {
	w := &world{ledger: newLedger(t, memlog.New()), keys: newKeys(t), dir: t.TempDir(), stream: &memoryStream{}, faults: &faults{}}
	w.witness, w.policy = filepath.Join(w.dir, "witness"), w.keys.policy(t, quorum)
	w.signed = &signatures{Signer: w.logKey, world: w}
	t.Cleanup(func() { w.stop() })
	return w
}

func clock() time.Time { return time.Unix(1_800_000_000, 0) }

// config opens what a node works with, as a new process does.
func (w *world) config() Config {
	w.t.Helper()
	w.stop()
	must := func(err error) {
		w.t.Helper()
		if err != nil {
			w.t.Fatal(err)
		}
	}
	var err error
	w.archive, err = archive.Open(filepath.Join(w.dir, "archive"))
	must(err)
	tiles, err := openTileDir(w.tileDir(), faultyDisk{w.faults, "tiles"})
	must(err)
	files, err := openCheckpointDir(filepath.Join(w.dir, "checkpoints"), faultyDisk{w.faults, "checkpoint file"})
	must(err)
	return Config{
		Log: w.log, Archive: faultyArchive{w.archive, w.faults}, Tiles: tiles, Files: files,
		Stream: faultyStream{w.stream, w.faults}, CasesFile: filepath.Join(w.dir, "cases"), Key: w.signed, Policy: w.policy,
		Witnesses: faultyWitnesses{HTTPWitnesses{&http.Client{Transport: handled{w.newWitness()}}}, w.faults},
		Now:       clock, Logger: quiet,
	}
}

func (w *world) newWitness() *Witness {
	w.t.Helper()
	witness, err := NewWitness(w.witness, w.witnessKey, w.policy.Logs, clock, quiet)
	if err != nil {
		w.t.Fatal(err)
	}
	return witness
}

func (w *world) tileDir() string { return filepath.Join(w.dir, "tiles") }

func (w *world) stop() {
	if w.archive != nil {
		_ = w.archive.Close() // a broken one says so again
	}
}

// restart opens the node as a new process does.
func (w *world) restart() error {
	var err error
	w.sealer, err = Open(context.Background(), w.config())
	return err
}

func (w *world) mustRestart() {
	w.t.Helper()
	if err := w.restart(); err != nil {
		w.t.Fatal(err)
	}
}

// sealAll goes through the seven steps once.
func (w *world) sealAll() error {
	if err := w.sealer.seal(context.Background()); err != nil {
		return err
	}
	return w.sealer.askAll(context.Background())
}

func (w *world) mustSeal() {
	w.t.Helper()
	if err := w.sealAll(); err != nil {
		w.t.Fatal(err)
	}
}

// anotherNode is a node that shares the log, LEDGER_CP and the witness, and has nothing local yet.
func (w *world) anotherNode() *world {
	other := *w
	other.dir, other.faults, other.archive = w.t.TempDir(), &faults{}, nil
	other.signed = &signatures{Signer: w.logKey, world: &other}
	w.t.Cleanup(func() { other.stop() })
	return &other
}

// signatures signs and remembers every note, after checking that its tree is safe by then.
type signatures struct {
	note.Signer
	world *world
	notes []string // the texts that were signed
}

func (s *signatures) Sign(message []byte) ([]byte, error) {
	var signature []byte
	err := s.world.faults.do("sign", func() (err error) {
		s.world.wantSafe(string(message))
		s.notes = append(s.notes, string(message))
		signature, err = s.Signer.Sign(message)
		return err
	})
	return signature, err
}

func copyDir(t testing.TB, from string) string {
	t.Helper()
	to := filepath.Join(t.TempDir(), "copy")
	if err := os.CopyFS(to, os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
	return to
}

func wantIntegrity(t *testing.T, err error, place string) {
	t.Helper()
	if !errors.Is(err, events.ErrIntegrity) || !contains(err, place) {
		t.Fatalf("got %v, want an integrity error that names %q", err, place)
	}
}

func decodeSalt(t testing.TB) (raw [32]byte) {
	t.Helper()
	if _, err := base64.RawURLEncoding.Decode(raw[:], []byte(salt)); err != nil {
		t.Fatal(err)
	}
	return raw
}
