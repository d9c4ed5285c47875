package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"golang.org/x/mod/sumdb/note"

	"starledger/events"
	"starledger/events/jetlog"
	"starledger/events/proof"
	"starledger/events/seal"
)

func tileDir(cfg Config) string { return filepath.Join(cfg.Data, "tiles") }

// sealed is what lies outside the stream and says what was signed: keys, checkpoints, tiles.
type sealed struct {
	key   signingKey
	trust *trust
	tiles *seal.TileDir
	files *seal.CheckpointDir
	known []knownCheckpoint
}

// knownCheckpoint is the newest checkpoint of one place.
type knownCheckpoint struct {
	place string
	proof.Checkpoint
	note  []byte
	given bool // by the caller, not found
}

// openSealed opens the files and reads the newest checkpoint of each place, and those that are given
// besides; the signature must be the log's own. A log that was never sealed gets its key here, when
// makeKeys is set.
func openSealed(cfg Config, given []knownCheckpoint, makeKeys bool) (*sealed, error) {
	s := &sealed{}
	var err error
	if s.files, err = seal.OpenCheckpointDir(cfg.CheckpointDir); err != nil {
		return nil, err
	}
	if s.tiles, err = seal.OpenTileDir(tileDir(cfg)); err != nil {
		return nil, err
	}
	notes, err := newestNotes(cfg, s.files)
	if err != nil {
		return nil, err
	}
	notes = append(notes, given...)
	if s.key, err = logKey(cfg, len(notes) > 0, makeKeys); err != nil {
		return nil, err
	}
	verifier, err := note.NewVerifier(s.key.verifier)
	if err != nil {
		return nil, fmt.Errorf("read the key of %s: %w", s.key.name, err)
	}
	for i := range notes {
		if notes[i].Checkpoint, err = proof.Open(notes[i].note, verifier); err != nil {
			return nil, notes[i].foreign(s.key.name, err)
		}
	}
	s.known = notes
	s.trust, err = readTrust(cfg, s.key)
	return s, err
}

// foreign is the error for a checkpoint that this log has not signed.
func (k knownCheckpoint) foreign(origin string, err error) error {
	if k.given {
		return usageError{fmt.Errorf("%s is not a checkpoint of %s: %w", k.place, origin, err)}
	}
	return fmt.Errorf("%w: %s is not one of %s: %w", events.ErrIntegrity, k.place, origin, err)
}

// newestNotes reads the newest checkpoint of every place outside the store.
func newestNotes(cfg Config, files *seal.CheckpointDir) ([]knownCheckpoint, error) {
	var notes []knownCheckpoint
	text, _, err := files.Last(context.Background())
	if err != nil {
		return nil, err
	}
	if text != nil {
		notes = append(notes, knownCheckpoint{place: "the checkpoint directory", note: text})
	}
	text, err = os.ReadFile(filepath.Join(tileDir(cfg), "checkpoint"))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("read the published checkpoint: %w", err)
	}
	if text != nil {
		notes = append(notes, knownCheckpoint{place: "the published checkpoint", note: text})
	}
	return notes, nil
}

// newest is the largest checkpoint that is known, nil when none is.
func (s *sealed) newest() *knownCheckpoint {
	var newest *knownCheckpoint
	for i := range s.known {
		if newest == nil || s.known[i].Size > newest.Size {
			newest = &s.known[i]
		}
	}
	return newest
}

// askWithin is how long a witness may take to answer; the sealer has limits of its own, below it.
const askWithin = 10 * time.Second

// openSealer opens the sealer on a log that has been compared with everything else. From here on it
// alone writes into the archive.
func (s *sealed) openSealer(ctx context.Context, cfg Config, log *jetlog.Log, archive seal.Archive, logger *slog.Logger) (*seal.Sealer, error) {
	key, err := note.NewSigner(s.key.signing)
	if err != nil {
		return nil, fmt.Errorf("read the key of %s: %w", s.key.name, err)
	}
	var nodes seal.Shared
	if cfg.Cluster.URLs != "" {
		nodes = log.Checkpoints()
	}
	return seal.Open(ctx, seal.Config{
		Nodes: nodes, Log: log, Archive: archive, Tiles: s.tiles, Stream: inStore{log.Checkpoints()}, Files: s.files,
		CasesFile: casesPath(cfg), Key: key, Policy: s.trust.policy,
		Witnesses: seal.HTTPWitnesses{Client: &http.Client{Timeout: askWithin}},
		Now:       time.Now, Logger: logger,
	})
}

// inStore is LEDGER_CP as the sealer sees it.
type inStore struct{ stream *jetlog.Checkpoints }

func (s inStore) Last(ctx context.Context) ([]byte, uint64, error) { return s.stream.Last(ctx) }

func (s inStore) Swap(ctx context.Context, after uint64, next seal.Signed) (uint64, error) {
	return s.stream.Swap(ctx, after, next.Note)
}

func (s inStore) Cosigned(ctx context.Context, with seal.Signed) error {
	return s.stream.Cosigned(ctx, with.Note)
}
