package seal

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"path/filepath"
	"sync"
	"time"

	"starledger/events/proof"
)

// A Witness cosigns the checkpoints of logs it was told of, by C2SP tlog-witness. It guarantees that
// of each log it only ever signs trees of which each continues the one before, and that it keeps every
// checkpoint it signed, in full and synced before it answers: should the log show anybody another
// history, the two signatures prove it.
type Witness struct {
	key    *proof.Cosigner
	logs   map[string]*watched // by origin
	now    func() time.Time
	logger *slog.Logger
	mux    http.ServeMux
}

// watched is one log and what was signed of it. The lock covers looking up the last size, signing and
// keeping: between two requests the log must not go back.
type watched struct {
	log proof.Log

	mu      sync.Mutex
	kept    *CheckpointDir
	refused *folder // the first checkpoint that was refused although the log had signed it
}

// NewWitness keeps what it signs below dir, a directory for each log. There is one key for an origin.
func NewWitness(dir string, key *proof.Cosigner, logs []proof.Log, now func() time.Time, logger *slog.Logger) (*Witness, error) {
	w := &Witness{key: key, logs: map[string]*watched{}, now: now, logger: logger}
	for _, l := range logs {
		if w.logs[l.Key.Name()] != nil {
			return nil, fmt.Errorf("witness for %s: it has two keys", l.Key.Name())
		}
		name := sha256.Sum256([]byte(l.Key.Name())) // an origin may hold slashes
		below := filepath.Join(dir, hex.EncodeToString(name[:]))
		kept, err := OpenCheckpointDir(below)
		if err != nil {
			return nil, fmt.Errorf("witness for %s: %w", l.Key.Name(), err)
		}
		refused, err := openFolder(filepath.Join(below, "refused"), osDisk{})
		if err != nil {
			return nil, fmt.Errorf("witness for %s: %w", l.Key.Name(), err)
		}
		w.logs[l.Key.Name()] = &watched{log: l, kept: kept, refused: refused}
	}
	w.mux.HandleFunc("POST /add-checkpoint", w.addCheckpoint)
	return w, nil
}

func (w *Witness) ServeHTTP(to http.ResponseWriter, from *http.Request) { w.mux.ServeHTTP(to, from) }

// refusal is an answer other than a cosignature.
type refusal struct {
	status int
	why    error
}

func (r *refusal) Error() string { return fmt.Sprintf("%s: %v", http.StatusText(r.status), r.why) }

func refuse(status int, why error) error { return &refusal{status, why} }

func (w *Witness) addCheckpoint(to http.ResponseWriter, from *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(to, from.Body, maxRequest))
	if err != nil {
		http.Error(to, "the request cannot be read, or is too long", http.StatusBadRequest)
		return
	}
	line, err := w.add(from.Context(), body)
	var refused *refusal
	var elsewhere *KnowsError
	switch {
	case err == nil:
		to.Header().Set("Content-Type", "text/plain; charset=utf-8")
		_, _ = io.WriteString(to, line) // an answer that is lost is asked for again
	case errors.As(err, &elsewhere):
		w.logger.Info("refused a checkpoint", "error", err) // a log that has restarted asks so, and then asks again
		to.Header().Set("Content-Type", "text/x.tlog.size")
		to.WriteHeader(http.StatusConflict)
		_, _ = fmt.Fprintf(to, "%d\n", elsewhere.Size)
	case errors.As(err, &refused):
		w.logger.Warn("refused a checkpoint", "error", err)
		http.Error(to, refused.why.Error(), refused.status)
	default:
		w.logger.Error("cannot cosign", "error", err)
		http.Error(to, "the witness cannot cosign now", http.StatusInternalServerError)
	}
}

// add checks a request in the order that the protocol lays down.
func (w *Witness) add(ctx context.Context, body []byte) (line string, err error) {
	r, err := parseRequest(body)
	if err != nil {
		return "", refuse(http.StatusBadRequest, err)
	}
	origin, _, _ := bytes.Cut(r.note, []byte("\n"))
	log, known := w.logs[string(origin)]
	if !known {
		return "", refuse(http.StatusNotFound, errors.New("the witness does not know this log"))
	}
	checkpoint, err := proof.Open(r.note, log.log.Key)
	switch {
	case errors.Is(err, proof.ErrMalformed):
		return "", refuse(http.StatusBadRequest, err)
	case err != nil:
		return "", refuse(http.StatusForbidden, err)
	case r.old > checkpoint.Size:
		return "", refuse(http.StatusBadRequest, errors.New("the old size is larger than the checkpoint's"))
	}
	log.mu.Lock()
	defer log.mu.Unlock()
	return w.cosign(ctx, log, r, Signed{checkpoint, r.note})
}

// cosign compares the checkpoint with the last one signed, keeps it and signs it, in this order: a
// crash after keeping it leaves a log that has to ask again, from the size that was kept.
func (w *Witness) cosign(ctx context.Context, log *watched, r request, next Signed) (string, error) {
	last, revision, err := log.last(ctx)
	if err != nil {
		return "", err
	}
	if r.old != last.Size {
		return "", fmt.Errorf("asked from size %d: %w", r.old, &KnowsError{Size: last.Size})
	}
	if err := proof.VerifyConsistency(last, next.Head, r.path); err != nil {
		if kept := log.keepRefused(r.note); kept != nil {
			err = errors.Join(err, kept)
		}
		if next.Size == last.Size && next.Root != last.Root {
			// Without a size: a log that is told one asks again from there, and would do so for ever.
			return "", refuse(http.StatusConflict, err)
		}
		return "", refuse(http.StatusUnprocessableEntity, err)
	}
	if revision == 0 || next.Size > last.Size {
		if _, err := log.kept.Swap(ctx, revision, next); err != nil {
			return "", err
		}
	}
	return w.key.Cosign(next.Checkpoint, w.now())
}

// last is the tree signed last, the empty one when there is none.
func (l *watched) last(ctx context.Context) (proof.Head, uint64, error) {
	note, revision, err := l.kept.Last(ctx)
	if err != nil || revision == 0 {
		return proof.Head{Root: proof.EmptyRoot()}, 0, err
	}
	checkpoint, err := proof.Open(note, l.log.Key)
	return checkpoint.Head, revision, err
}

// keepRefused keeps the first refused checkpoint, beside those that were signed: together they may
// be the proof that the log forked. Later ones say nothing new and could fill the disk.
func (l *watched) keepRefused(note []byte) error {
	if _, err := l.refused.read("first"); err == nil {
		return nil
	}
	return l.refused.write(file{"first", note})
}
