package api

import (
	"bytes"
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"sync/atomic"
	"syscall"
	"testing"

	"golang.org/x/mod/sumdb/note"

	"starledger/events/archive"
	"starledger/events/memlog"
	"starledger/events/proof"
	"starledger/events/seal"
	"starledger/projections/bundle"
)

// A sealedWorld is a world whose ledger is sealed by a real Sealer, with one witness that has to
// cosign. Nothing is sealed before run is called.
type sealedWorld struct {
	*world
	sealing *Sealing
	sealer  *countingSealer
	policy  *proof.Policy
	guard   atomic.Pointer[Guarding]
	// bundle is what the bundles are written by; witness answers for the witness.
	bundle  atomic.Pointer[func(io.Writer) error]
	witness atomic.Pointer[http.Handler]
	honest  http.Handler
	archive *fullArchive
	source  *bundle.Source // what real bundles are written from
	files   *seal.CheckpointDir
}

// A fullArchive is an archive whose disk can be full.
type fullArchive struct {
	*archive.Archive
	full atomic.Bool
}

func (a *fullArchive) Sync() error {
	if a.full.Load() {
		return fmt.Errorf("sync the archive: %w", syscall.ENOSPC)
	}
	return a.Archive.Sync()
}

// A countingSealer counts what was urgent.
type countingSealer struct {
	*seal.Sealer
	urgent atomic.Int64
}

func (s *countingSealer) Urgent() {
	s.urgent.Add(1)
	s.Sealer.Urgent()
}

func newSealedWorld(t testing.TB) *sealedWorld { return (&sealedWorld{}).begin(t) }

func (s *sealedWorld) begin(t testing.TB) *sealedWorld {
	t.Helper()
	s.guard.Store(&Guarding{})
	s.world = worldOn(t, memlog.New(), func(w *world, config *Config) {
		config.Seal, config.FirstCheckpoint = s.open(w), s.covering
		s.source = s.sourceOf(w, config)
	})
	return s
}

// open opens a sealer over the log of w.
func (s *sealedWorld) open(w *world) *Sealing {
	w.Helper()
	dir := w.TB.TempDir()
	secret, public, err := note.GenerateKey(rand.Reader, "ledger.example.org/2026")
	s.no(w, err)
	key, err := note.NewSigner(secret)
	s.no(w, err)
	signing, verifier, err := proof.WitnessKey("witness.example/w", [32]byte{1})
	s.no(w, err)
	cosigner, err := proof.NewCosigner(signing)
	s.no(w, err)
	server := httptest.NewServer(http.HandlerFunc(func(to http.ResponseWriter, r *http.Request) { (*s.witness.Load()).ServeHTTP(to, r) }))
	w.TB.Cleanup(server.Close)
	text := fmt.Sprintf("log %s\nwitness w %s %s\nquorum w\n", public, verifier, server.URL)
	s.policy, err = proof.ParsePolicy([]byte(text))
	s.no(w, err)
	s.honest, err = seal.NewWitness(filepath.Join(dir, "witness"), cosigner, s.policy.Logs, w.now, slog.New(slog.DiscardHandler))
	s.no(w, err)
	s.witness.CompareAndSwap(nil, &s.honest)

	kept, err := archive.Open(filepath.Join(dir, "archive"))
	s.no(w, err)
	w.TB.Cleanup(func() { s.no(w, kept.Close()) })
	s.archive = &fullArchive{Archive: kept}
	tiles, err := seal.OpenTileDir(filepath.Join(dir, "tiles"))
	s.no(w, err)
	stream, err := seal.OpenCheckpointDir(filepath.Join(dir, "stream"))
	s.no(w, err)
	files, err := seal.OpenCheckpointDir(filepath.Join(dir, "checkpoints"))
	s.no(w, err)
	sealer, err := seal.Open(w.TB.Context(), seal.Config{
		Log: w.log, Archive: s.archive, Tiles: tiles, Stream: stream, Files: files, CasesFile: filepath.Join(dir, "cases"),
		Key: key, Policy: s.policy, Witnesses: seal.HTTPWitnesses{Client: server.Client()}, Now: w.now, Logger: slog.New(slog.DiscardHandler),
	})
	s.no(w, err)
	s.sealer, s.files = &countingSealer{Sealer: sealer}, files
	s.sealing = &Sealing{
		Sealer: s.sealer, Tiles: tiles, Checkpoints: files, Policy: []byte(text), Keys: []byte(public + "\n" + verifier + "\n"),
		Guard: func() Guarding { return *s.guard.Load() },
		Bundle: func(_ context.Context, to io.Writer, r bundle.Request) error {
			if write := s.bundle.Load(); write != nil {
				return (*write)(to)
			}
			_, err := fmt.Fprintf(to, "case %s for %s", r.Case, r.Profile)
			if err == nil && r.Since > 0 {
				_, err = fmt.Fprintf(to, " since %d", r.Since)
			}
			return err
		},
	}
	return s.sealing
}

func (*sealedWorld) no(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// run seals until the test ends. The error that ends sealing before is in the status of the sealer.
func (s *sealedWorld) run() {
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_ = s.sealer.Run(ctx) // told by the status
	}()
	s.TB.Cleanup(func() {
		stop()
		<-ended
	})
}

// settled waits until everything in the log is published.
func (s *sealedWorld) settled() uint64 {
	s.Helper()
	last := s.last()
	s.sealer.Sealer.Urgent()
	s.no(s, s.sealer.Wait(s.TB.Context(), last, true))
	return last
}

// answering lets the witness answer every request in the same way from now on.
func (s *sealedWorld) answering(status int) {
	var handler http.Handler = http.HandlerFunc(func(to http.ResponseWriter, _ *http.Request) { to.WriteHeader(status) })
	s.witness.Store(&handler)
}

// stopped waits until an incident has ended sealing.
func (s *sealedWorld) stopped() {
	s.Helper()
	s.answering(http.StatusUnprocessableEntity)
	s.post("wang", "/v1/cases", opening) // refused already when what stood before was being sealed just now
	if err := s.sealer.Wait(s.TB.Context(), s.last(), true); err == nil || s.sealer.Status().Incident == nil {
		s.Fatalf("no incident: %v", err)
	}
}

// file fetches a file of the log as a stranger does.
func (s *sealedWorld) file(path string) []byte {
	s.Helper()
	got := s.send(http.MethodGet, path, "", "")
	if got.status != http.StatusOK {
		s.Fatalf("%s: %d %s", path, got.status, got.body)
	}
	return []byte(got.body)
}

// tile is a proof.ReadTile over HTTP.
func (s *sealedWorld) tile(t proof.Tile) ([]byte, error) { return s.file("/log/" + t.Path()), nil }

// leaves are the leaf records of a bundle.
func (s *sealedWorld) leaves(number uint64, width int) [][]byte {
	s.Helper()
	data, err := s.tile(proof.Tile{L: proof.Entries, N: number, W: width})
	s.no(s, err)
	records, err := proof.ParseEntries(data, width)
	s.no(s, err)
	return records
}

// sameBytes compares two files.
func sameBytes(t testing.TB, name string, got, want []byte) {
	t.Helper()
	if !bytes.Equal(got, want) {
		t.Errorf("%s: %d bytes, want %d", name, len(got), len(want))
	}
}
