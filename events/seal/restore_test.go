package seal

import (
	"bytes"
	"errors"
	"iter"
	"path/filepath"
	"testing"

	"starledger/events"
	"starledger/events/proof"
)

// restoring is a ledger of 1,000 sealed events of which only the archive and a checkpoint are left.
func restoring(t *testing.T) (*world, Restoring, *TileDir) {
	t.Helper()
	w, _ := sealedLedger(t)
	tiles, err := OpenTileDir(filepath.Join(t.TempDir(), "tiles"))
	if err != nil {
		t.Fatal(err)
	}
	note, _, err := w.sealer.cfg.Files.Last(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return w, Restoring{Archive: w.archive, Tiles: tiles, Checkpoint: note, Key: w.policy.Logs[0].Key, Progress: func(uint64) {}}, tiles
}

// The tiles that are made anew prove what the old ones proved.
func TestRestoreMakesTheTilesAnew(t *testing.T) {
	w, r, tiles := restoring(t)
	if err := Restore(t.Context(), r); err != nil {
		t.Fatal(err)
	}
	head := w.sealer.Status().Sealed
	scrub := Scrub{Head: head, Tiles: tiles, Log: Copy(w.archive)}
	if err := scrub.Complete(t.Context(), 1, head.Size, func(uint64) {}); err != nil {
		t.Error(err)
	}
	if _, err := proof.Consistency(head, 700, tiles.ReadTile); err != nil {
		t.Error(err)
	}
}

// alteredArchive is a sound archive of another history: the last event has another actor.
type alteredArchive struct{ Archive }

func (a alteredArchive) Read(from, to uint64) iter.Seq2[events.Record, error] {
	return func(yield func(events.Record, error) bool) {
		for rec, err := range a.Archive.Read(from, to) {
			if rec.Seq == 1000 {
				rec.Body = bytes.Replace(rec.Body, []byte(`"actorid":"li"`), []byte(`"actorid":"lu"`), 1)
			}
			if !yield(rec, err) {
				return
			}
		}
	}
}

// An archive that is not what was signed satisfies no checkpoint.
func TestRestoreRefusesAnotherArchive(t *testing.T) {
	_, r, _ := restoring(t)
	other := newWorld(t)
	other.policy = other.keys.policy(t, unobserved)
	other.mustRestart()
	other.grow(301)
	other.mustSeal()
	r.Archive = other.archive
	if err := Restore(t.Context(), r); !errors.Is(err, events.ErrIntegrity) || LowestBad(err) != 302 {
		t.Errorf("an archive that is too short: %v", err)
	}
	w, r, _ := restoring(t)
	r.Archive = alteredArchive{w.archive}
	if err := Restore(t.Context(), r); !errors.Is(err, events.ErrIntegrity) || !contains(err, "has root") {
		t.Errorf("an archive in which the last event has another actor: %v", err)
	}
	_, r, _ = restoring(t)
	r.Key = other.policy.Logs[0].Key
	if err := Restore(t.Context(), r); !errors.Is(err, events.ErrIntegrity) {
		t.Errorf("a checkpoint of somebody else: %v", err)
	}
}
