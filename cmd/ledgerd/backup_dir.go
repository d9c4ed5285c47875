package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"golang.org/x/mod/sumdb/note"

	"starledger/events"
	"starledger/events/proof"
)

// A backup is a directory of plain files:
//
//	backup.json    how far the rest is proven; replaced last
//	archive/       the events, as package archive keeps them
//	checkpoints/   the signed checkpoints, as package seal keeps them
//	attachments/   the attachments under their digests
//	tiles/, cases  the tree over the copy, for the next proof; may be deleted together with backup.json
//
// Whatever backup.json does not cover is what an interrupted backup has left, and the next one uses.
const (
	backupManifest    = "backup.json"
	backupArchive     = "archive"
	backupCheckpoints = "checkpoints"
	backupAttachments = "attachments"
	backupTiles       = "tiles"
	backupCases       = "cases"
)

const manifestFormat = "starledger-backup/v1"

// manifest is backup.json. The checkpoint in it is signed, and says by itself how much is proven.
type manifest struct {
	Format      string    `json:"format"`
	MadeAt      time.Time `json:"made_at"`
	Origin      string    `json:"origin"`
	Checkpoint  string    `json:"checkpoint"`
	Attachments int       `json:"attachments"`
}

// backupDir is a backup that this process alone writes or reads.
type backupDir struct {
	dir  string
	lock *dataLock
}

// openBackup makes the directory if need be, and locks it.
func openBackup(dir string) (*backupDir, error) {
	b := &backupDir{dir: dir, lock: &dataLock{dir: dir}}
	if err := b.lock.take(dir); err != nil {
		return nil, errors.Join(err, b.close())
	}
	return b, nil
}

func (b *backupDir) close() error { return b.lock.release() }

func (b *backupDir) path(name string) string { return filepath.Join(b.dir, name) }

// provenUpTo is the checkpoint by which the backup is proven so far; an empty tree before the first.
func (b *backupDir) provenUpTo(key note.Verifier) (proof.Checkpoint, error) {
	m, err := b.manifest()
	if errors.Is(err, fs.ErrNotExist) {
		return proof.Checkpoint{}, nil
	}
	if err != nil {
		return proof.Checkpoint{}, err
	}
	c, err := m.open(key)
	if err != nil {
		return proof.Checkpoint{}, fmt.Errorf("the backup in %s: %w", b.dir, err)
	}
	return c, nil
}

// open reads the checkpoint, which must be signed by the log's key.
func (m manifest) open(key note.Verifier) (proof.Checkpoint, error) {
	c, err := proof.Open([]byte(m.Checkpoint), key)
	if err != nil {
		return c, fmt.Errorf("%w: its checkpoint is not one of %s: %w", events.ErrIntegrity, key.Name(), err)
	}
	return c, nil
}

func (b *backupDir) manifest() (m manifest, err error) {
	text, err := os.ReadFile(b.path(backupManifest))
	if err != nil {
		return m, fmt.Errorf("read what the backup holds: %w", err)
	}
	if err := json.Unmarshal(text, &m); err != nil || m.Format != manifestFormat {
		return m, fmt.Errorf("%s is not the manifest of a backup (%q): %w", b.path(backupManifest), m.Format, errors.Join(events.ErrIntegrity, err))
	}
	return m, nil
}

// keep replaces backup.json: from here on the backup counts as far as the manifest says.
func (b *backupDir) keep(m manifest) error {
	text, err := json.MarshalIndent(m, "", "  ")
	if err == nil {
		err = replaceFile(b.path(backupManifest), append(text, '\n'))
	}
	if err != nil {
		return fmt.Errorf("say what the backup holds: %w", err)
	}
	return nil
}

// replaceFile makes or replaces a file, whole and synced or not at all.
func replaceFile(path string, text []byte) error {
	file, err := os.OpenFile(path+".new", os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = file.Write(text)
	if err = errors.Join(err, file.Sync(), file.Close()); err != nil {
		return err
	}
	if err := os.Rename(path+".new", path); err != nil {
		return err
	}
	return syncDir(filepath.Dir(path))
}
