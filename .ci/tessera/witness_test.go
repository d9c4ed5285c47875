package tessera

import (
	"context"
	"crypto/sha256"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/transparency-dev/tessera"
	"github.com/transparency-dev/tessera/client"

	"starledger/events/memlog"
	"starledger/events/proof"
	"starledger/events/seal"
)

// witnessed is our witness behind a plain HTTP server, and the policy that asks for its cosignature.
type witnessed struct {
	url     string
	key     string // verifier key
	answers []int  // status codes since they were asked for last
}

func newWitness(t *testing.T, k keys) *witnessed {
	t.Helper()
	signing, verifier, err := proof.WitnessKey("witness.example/w", sha256.Sum256([]byte("a test's seed")))
	if err != nil {
		t.Fatal(err)
	}
	cosigner, err := proof.NewCosigner(signing)
	if err != nil {
		t.Fatal(err)
	}
	ours, err := seal.NewWitness(t.TempDir(), cosigner, k.policy.Logs, time.Now, quiet)
	if err != nil {
		t.Fatal(err)
	}
	w := &witnessed{key: verifier}
	server := httptest.NewServer(http.HandlerFunc(func(to http.ResponseWriter, from *http.Request) {
		recorder := httptest.NewRecorder()
		ours.ServeHTTP(recorder, from)
		w.answers = append(w.answers, recorder.Code)
		for name, values := range recorder.Header() {
			to.Header()[name] = values
		}
		to.WriteHeader(recorder.Code)
		_, _ = recorder.Body.WriteTo(to)
	}))
	t.Cleanup(server.Close)
	w.url = server.URL
	return w
}

func (w *witnessed) policy(k keys) []byte {
	return fmt.Appendf(nil, "# one witness, and it has to sign\nlog %s\nwitness w %s %s\ngroup all-of-them all w\nquorum all-of-them\n", k.public, w.key, w.url)
}

// ask lets Tessera sign the tree that a node has and ask the witness with a proof from the node's
// tiles. old is the size Tessera believes the witness to know, which it has from a checkpoint.
func (w *witnessed) ask(t *testing.T, n *node, size uint64, old []byte) (cosigned []byte, answers string, err error) {
	t.Helper()
	group, err := tessera.NewWitnessGroupFromPolicy(w.policy(n.keys))
	if err != nil {
		t.Fatalf("Tessera reads the policy: %v", err)
	}
	s := n.start()
	s.sealed(t, size)
	head := s.Status().Sealed
	s.stop()
	reader := &tilesOf{FileFetcher: client.FileFetcher{Root: n.public()}, checkpoint: old}
	publish := tessera.NewAppendOptions().WithCheckpointSigner(n.keys.signer).WithWitnesses(group, nil).CheckpointPublisher(reader, http.DefaultClient)
	w.answers = nil
	cosigned, err = publish(context.Background(), head.Size, head.Root[:])
	return cosigned, fmt.Sprint(w.answers), err
}

// tilesOf reads the tiles of a node. The checkpoint is the one Tessera published last.
type tilesOf struct {
	client.FileFetcher
	checkpoint []byte
}

func (r *tilesOf) ReadCheckpoint(context.Context) ([]byte, error) {
	if r.checkpoint == nil {
		return nil, os.ErrNotExist
	}
	return r.checkpoint, nil
}

// Tessera asks for these only when it follows a log.
func (r *tilesOf) IntegratedSize(context.Context) (uint64, error) { return 0, os.ErrNotExist }
func (r *tilesOf) NextIndex(context.Context) (uint64, error)      { return 0, os.ErrNotExist }

// history is a log of one case.
type history struct {
	*node
	one  *aCase
	size uint64
}

func newHistory(t *testing.T, k keys, number int) *history {
	return &history{node: &node{t: t, dir: t.TempDir(), log: memlog.New(), keys: k}, one: caseNumber(number)}
}

func (h *history) grow(to uint64) {
	for ; h.size < to; h.size++ {
		h.one.append(h.t, h.log)
	}
}

// TestTesseraAsksOurWitness lets Tessera read our policy file, sign our trees and get our witness's
// cosignature by C2SP tlog-witness, then shows the witness every kind of checkpoint that it has to
// refuse. The answers are the status codes of the protocol.
func TestTesseraAsksOurWitness(t *testing.T) {
	k := newKeys(t)
	w := newWitness(t, k)
	honest, rewritten, stranger := newHistory(t, k, 1), newHistory(t, k, 2), newHistory(t, newKeys(t), 1)
	var published []byte
	for _, step := range []struct {
		what    string
		of      *history
		size    uint64
		forget  bool // Tessera does not know what it published
		answers string
		says    string // in Tessera's error
	}{
		{what: "the first checkpoint", of: honest, size: 3, answers: "[200]"},
		{what: "the same again", of: honest, size: 3, answers: "[200]"},
		{what: "it has grown", of: honest, size: 300, answers: "[200]"},
		{what: "Tessera has forgotten", of: honest, size: 300, forget: true, answers: "[409 200]"},
		{what: "an older copy", of: rewritten, size: 299, forget: true, answers: "[409]", says: "larger than log size"},
		{what: "another history, equally long", of: rewritten, size: 300, answers: "[409]", says: "did not match"},
		{what: "another history, longer", of: rewritten, size: 301, answers: "[422]", says: "consistency proof is bad"},
		{what: "another key for the origin", of: stranger, size: 1, answers: "[403]", says: "no signatures verify"},
		{what: "and the true history goes on", of: honest, size: 301, answers: "[200]"},
	} {
		step.of.grow(step.size)
		old := published
		if step.forget || step.of == stranger {
			old = nil
		}
		cosigned, answers, err := w.ask(t, step.of.node, step.size, old)
		if answers != step.answers {
			t.Errorf("%s: the witness answered %s, want %s (%v)", step.what, answers, step.answers, err)
		}
		switch {
		case step.says == "" && err != nil:
			t.Fatalf("%s: %v", step.what, err)
		case step.says == "":
			wantJudged(t, w.policy(k), cosigned, step.size)
			published = cosigned
		case err == nil || !strings.Contains(err.Error(), step.says):
			t.Errorf("%s: Tessera says %v, want %q", step.what, err, step.says)
		}
	}
}

// wantJudged reads the checkpoint that Tessera put together with our policy.
func wantJudged(t *testing.T, text, cosigned []byte, size uint64) {
	t.Helper()
	policy, err := proof.ParsePolicy(text)
	if err != nil {
		t.Fatal(err)
	}
	judged, err := policy.Judge(cosigned)
	if err != nil {
		t.Fatal(err)
	}
	if !judged.Satisfied || judged.Checkpoint.Size != size || time.Since(judged.Time) > time.Hour {
		t.Errorf("our policy says %+v of Tessera's checkpoint of size %d", judged, size)
	}
}
