package bundle

import (
	"bytes"
	"context"
	"encoding/base64"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"

	"starledger/events"
	copies "starledger/events/archive"
	"starledger/events/decide"
	. "starledger/events/decide/decidetest"
	"starledger/events/memlog"
	"starledger/events/proof"
	"starledger/events/seal"
	"starledger/schemas"
	"starledger/scoring"
)

const (
	origin    = "ledger.example.org/2026"
	otherCase = events.CaseID("01JD3Z0000000000000000000D")
)

// start is when the ledger of the tests begins, for events and witnesses alike.
var start = time.Date(2026, 3, 1, 1, 0, 0, 0, time.UTC)

// A world is a ledger with a real sealer and a real witness, whose clock the test sets.
type world struct {
	t      testing.TB
	dir    string
	log    *memlog.Log
	clock  atomic.Int64 // of the witness, microseconds
	logKey note.Signer
	policy []byte
	ends   map[events.CaseID]*caseEnd
	seqs   map[events.CaseID][]uint64
	size   uint64
	photo  []byte                   // the attachment; nil when it was lost
	lists  map[events.Digest][]byte // further attachments

	tiles       *seal.TileDir
	checkpoints *seal.CheckpointDir
	stream      *stream
	published   []byte
	witness     http.Handler
	witnessName string
}

type caseEnd struct {
	seq, caseSeq uint64
	digest       events.Digest
	time         events.Instant
}

// newWorld has fixed keys: the same events at the same times give the same bytes.
func newWorld(t testing.TB) *world { return newWorldWith(t, 1) }

func newWorldWith(t testing.TB, seed byte) *world {
	t.Helper()
	w := &world{t: t, dir: t.TempDir(), log: memlog.New(), ends: map[events.CaseID]*caseEnd{}, seqs: map[events.CaseID][]uint64{},
		photo: []byte("photo"), stream: &stream{}, witnessName: "witness.example/w"}
	secret, public, err := note.GenerateKey(bytes.NewReader(bytes.Repeat([]byte{seed}, 32)), origin)
	w.must(err)
	w.logKey, err = note.NewSigner(secret)
	w.must(err)
	signing, verifier, err := proof.WitnessKey(w.witnessName, [32]byte{7})
	w.must(err)
	w.policy = fmt.Appendf(nil, "log %s\nwitness w %s https://witness.example\nquorum w\n", public, verifier)
	cosigner, err := proof.NewCosigner(signing)
	w.must(err)
	policy, err := proof.ParsePolicy(w.policy)
	w.must(err)
	w.witness, err = seal.NewWitness(filepath.Join(w.dir, "witness"), cosigner, policy.Logs, w.now, slog.New(slog.DiscardHandler))
	w.must(err)
	w.tiles, err = seal.OpenTileDir(filepath.Join(w.dir, "tiles"))
	w.must(err)
	w.checkpoints, err = seal.OpenCheckpointDir(filepath.Join(w.dir, "checkpoints"))
	w.must(err)
	return w
}

func (w *world) must(err error) {
	if err != nil {
		w.t.Helper()
		w.t.Fatal(err)
	}
}

func (w *world) now() time.Time { return time.UnixMicro(w.clock.Load()).UTC() }

// tell appends an event of a story at a time, chained anew, with the digest of its real schema.
func (w *world) tell(e *events.Stored, id events.CaseID, at events.Instant) {
	w.t.Helper()
	end := w.ends[id]
	if end == nil {
		end = &caseEnd{digest: ""}
		w.ends[id] = end
	}
	w.size++
	a := e.Attributes
	_, digest, _ := schemas.Event(string(e.Data.EventType()))
	a.ID, a.Source, a.Subject, a.DataSchema = events.EventID(fmt.Sprintf("01JD3Z%020d", w.size)), origin, id, events.Digest(digest)
	a.Time, a.EffectiveTime, a.CaseSeq = at, at, end.caseSeq+1
	a.Nonce = events.Random16(base64.RawURLEncoding.EncodeToString(fmt.Appendf(nil, "%016d", w.size)))
	a.PrevDigest, a.CaseSalt = events.PrevDigest(end.digest), ""
	if a.CaseSeq == 1 {
		a.PrevDigest = events.NoDigest
		a.CaseSalt = events.Random32(base64.RawURLEncoding.EncodeToString(fmt.Appendf(nil, "%-32s", id)))
	}
	stored, err := events.Encode(events.Event{Attributes: a, Data: e.Data})
	w.must(err)
	_, err = w.log.Append(w.t.Context(), events.Append{Case: string(id), After: end.seq, Bodies: [][]byte{stored.Body}})
	w.must(err)
	*end = caseEnd{w.size, a.CaseSeq, stored.Digest, at}
	w.seqs[id] = append(w.seqs[id], w.size)
}

// seal goes through the seven steps for everything in the log; the witness's clock stands at this time.
func (w *world) seal(at time.Time) {
	w.t.Helper()
	w.clock.Store(at.UnixMicro())
	policy, err := proof.ParsePolicy(w.policy)
	w.must(err)
	kept, err := copies.Open(filepath.Join(w.dir, "archive"))
	w.must(err)
	sealer, err := seal.Open(w.t.Context(), seal.Config{
		Log: w.log, Archive: kept, Tiles: w.tiles, Stream: w.stream, Files: w.checkpoints,
		CasesFile: filepath.Join(w.dir, "cases"), Key: w.logKey, Policy: policy,
		Witnesses: seal.HTTPWitnesses{Client: &http.Client{Transport: inProcess{w.witness}}},
		Now:       w.now, Logger: slog.New(slog.DiscardHandler),
	})
	w.must(err)
	ctx, cancel := context.WithCancel(w.t.Context())
	ended := make(chan error, 1)
	go func() { ended <- sealer.Run(ctx) }()
	w.must(sealer.Wait(w.t.Context(), w.size, true))
	cancel()
	w.must(<-ended)
	w.must(kept.Close())
	w.published = sealer.Published()
}

// inProcess answers requests without a network.
type inProcess struct{ http.Handler }

func (h inProcess) RoundTrip(r *http.Request) (*http.Response, error) {
	recorder := httptest.NewRecorder()
	h.ServeHTTP(recorder, r)
	return recorder.Result(), nil
}

// stream is LEDGER_CP in memory.
type stream struct{ notes [][]byte }

func (s *stream) Last(context.Context) ([]byte, uint64, error) {
	if len(s.notes) == 0 {
		return nil, 0, nil
	}
	return s.notes[len(s.notes)-1], uint64(len(s.notes)), nil
}

func (s *stream) Swap(_ context.Context, after uint64, next seal.Signed) (uint64, error) {
	if after != uint64(len(s.notes)) {
		return 0, events.ErrConflict
	}
	s.notes = append(s.notes, next.Note)
	return after + 1, nil
}

func (s *stream) Cosigned(context.Context, seal.Signed) error { return nil }

// source is what a bundle of this ledger is written from.
func (w *world) source() *Source {
	book := Book(w.t)
	return &Source{
		Bodies: w.log,
		Seqs:   func(_ context.Context, id events.CaseID) ([]uint64, error) { return w.seqs[id], nil },
		Tiles:  w.tiles, Published: func() []byte { return w.published }, Checkpoints: w.checkpoints, Policy: w.policy,
		Schemes: func() *scoring.Book { return book },
		Attachment: func(d events.Digest) (io.ReadCloser, error) {
			if list, kept := w.lists[d]; kept {
				return io.NopCloser(bytes.NewReader(list)), nil
			}
			if d != Photo.SHA256 || w.photo == nil {
				return nil, fs.ErrNotExist
			}
			return io.NopCloser(bytes.NewReader(w.photo)), nil
		},
	}
}

func (w *world) bundle(r Request) []byte {
	w.t.Helper()
	var b bytes.Buffer
	w.must(w.source().Write(w.t.Context(), &b, r))
	return b.Bytes()
}

// verify checks a bundle under the world's own policy.
func (w *world) verify(b []byte) *Verdict {
	w.t.Helper()
	return w.verifyWith(b, Options{Policy: w.policy})
}

func (w *world) verifyWith(b []byte, o Options) *Verdict {
	w.t.Helper()
	verdict, err := Verify(w.t.Context(), saved(w.t, b), o)
	w.must(err)
	return verdict
}

func saved(t testing.TB, b []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "bundle.zip")
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// certified is a case from application to certificate: one finding with evidence and a deduction, one
// special deduction, corrected; 98.5 less 1 makes 97.5.
func certified(t testing.TB) []*events.Stored {
	t.Helper()
	s := Planned(t, "gbt27922-2011")
	s.Do(
		&decide.RaiseFinding{Audit: 1, Clause: "5.2.2.1", Category: events.Nonconformity, Severity: events.Minor, Statement: "现场未见记录", Evidence: []events.Evidence{Photo}},
		&decide.ApplyDeduction{Reasoned: Because, Audit: 1, Clause: "5.2.2.1", Basis: events.Qualitative, Finding: "F1"},
		&decide.ApplySpecialDeduction{Reasoned: Because, Audit: 1, Trigger: "law", Finding: "F1"},
	)
	s.As(Officer, "case_officer").Do(&decide.SubmitCorrection{Audit: 1, Finding: "F1", Statement: "已整改"})
	s.As(Lead, "lead_auditor").Do(&decide.VerifyCorrection{Reasoned: Because, Audit: 1, Finding: "F1", Outcome: events.CorrectionAccepted})
	return s.Decided(1, events.ToGrant).Certified().History
}

// small is a ledger in which the case, another case and a fact of the ledger's own lie between one
// another. Each event is recorded 10 s after the one before, and sealed in five parts.
func small(t testing.TB) *world {
	t.Helper()
	w := newWorld(t)
	w.fill(certified(t), 0)
	return w
}

// fill tells the story from its event from on, with others between, and seals five times.
func (w *world) fill(story []*events.Stored, from int) {
	w.t.Helper()
	grant := &events.Stored{Event: events.Event{
		Attributes: events.Attributes{ActorID: "root", ActorRole: "admin", Reason: "审查"},
		Data:       events.GrantMade{Grant: "G1", Actor: "wu", All: true, From: "2026-03-01", Until: "2026-12-31"},
	}}
	parts := max(1, (len(story)-from)/5)
	for i, e := range story[from:] {
		if i == 3 && from == 0 {
			w.tell(grant, events.Registry, w.tick())
		}
		if i%3 == 2 {
			w.tell(story[i/3], otherCase, w.tick())
		}
		w.tell(e, CaseID, w.tick())
		if i%parts == parts-1 || from+i == len(story)-1 {
			w.seal(w.at(w.size).Add(2 * time.Second))
		}
	}
}

// at is when the event at this sequence is recorded: every ten seconds one.
func (w *world) at(seq uint64) time.Time { return start.Add(time.Duration(seq) * 10 * time.Second) }

func (w *world) tick() events.Instant { return events.InstantOf(w.at(w.size + 1)) }

// wantSound tells that no check failed, and that only these warned.
func wantSound(t testing.TB, v *Verdict, warned ...string) {
	t.Helper()
	want := map[string]bool{}
	for _, code := range warned {
		want[code] = true
	}
	for _, o := range v.Checks {
		if o.Code == "conformance" && o.Result == "warn" && !want[o.Code] && withoutLists(o) {
			continue
		}
		if o.Result == "fail" || (o.Result == "warn") != want[o.Code] {
			t.Errorf("%d %s: %s %v %v", o.Number, o.Code, o.Result, o.Detail, o.Examples)
		}
	}
	if !v.Sound {
		t.Error("it is not sound")
	}
}

// withoutLists tells that nothing was found but that the story accepts an application without the lists of
// its documents.
func withoutLists(o Outcome) bool {
	return !slices.ContainsFunc(o.Examples, func(e Example) bool { return !strings.HasPrefix(e.Text.EN, "DOC-0") })
}

// failedIn are the codes of the checks that failed.
func failedIn(v *Verdict) []string {
	var codes []string
	for _, o := range v.Checks {
		if o.Result == "fail" {
			codes = append(codes, o.Code)
		}
	}
	return codes
}
