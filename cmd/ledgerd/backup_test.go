package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// runs a command that has to end with a code and say some words.
func runs(t *testing.T, code int, words string, args ...string) (output string) {
	t.Helper()
	got, output := runToEnd(t, args...)
	if got != code || !strings.Contains(output, words) {
		t.Fatalf("ledgerd %s: exit %d, want %d with %q:\n%s", strings.Join(args, " "), got, code, words, output)
	}
	return output
}

// backedUp is a served ledger of 21 events, of which there is a backup, and the events.
func backedUp(t *testing.T) (p *process, dir, tokens, to string, before []item) {
	t.Helper()
	dir, tokens, _ = aLedger(t, (*process).stop)
	p = startProcess(t, "--data", dir, "--tokens", tokens)
	to = filepath.Join(t.TempDir(), "backup")
	runs(t, exitSound, "proven up to the checkpoint of 21 events", "backup", "--data", dir, "--to", to)
	return p, dir, tokens, to, p.ledger(21)
}

// withKey is an empty data directory with the log's key in it, as after a disk was replaced.
func withKey(t *testing.T, from string) (dir string) {
	t.Helper()
	dir = t.TempDir()
	copyTree(t, filepath.Join(from, "keys"), filepath.Join(dir, "keys"))
	return dir
}

// A backup is taken beside the service, and a second one only brings what is new. The ledger that is made
// out of it has the same events, sequences and attachments, and goes on.
func TestBackupAndRestore(t *testing.T) {
	p, dir, tokens, to, _ := backedUp(t)
	got, err := p.request(t.Context(), http.MethodPost, "/v1/attachments", "", "the evidence")
	if err != nil || got.status != http.StatusCreated {
		t.Fatalf("attach: %v %d %s", err, got.status, got.body)
	}
	p.openedCase("another")
	before := p.ledger(22)
	p.sealed(dir, 22)
	runs(t, exitSound, "events: 21 are in the backup, 1 are new", "backup", "--data", dir, "--to", to)
	p.stop()
	runs(t, exitSound, "sound: 22 events", "restore", "--check", "--from", to, "--key-dir", filepath.Join(dir, "keys"))

	other := withKey(t, dir)
	runs(t, exitSound, "of the 22 events that were signed", "restore", "--from", to, "--data", other)
	p = startProcess(t, "--data", other, "--tokens", tokens)
	sameLedger(t, p.ledger(22), before)
	digest := sha256.Sum256([]byte("the evidence"))
	kept, err := os.ReadFile(filepath.Join(other, "attachments", hex.EncodeToString(digest[:1]), hex.EncodeToString(digest[:])))
	if err != nil || string(kept) != "the evidence" {
		t.Errorf("the attachment: %q %v", kept, err)
	}
	p.openedCase("after-the-restore")
	p.sealed(other, 23)
	p.stop()
	runs(t, exitSound, "sound", "verify", "--data", other)
}

// A backup that was interrupted has copied more than it says, and may have torn its last line. It still is
// the backup that it was, and the next one goes on from it.
func TestInterruptedBackup(t *testing.T) {
	p, dir, tokens, to, before := backedUp(t)
	manifest, err := os.ReadFile(filepath.Join(to, backupManifest))
	if err != nil {
		t.Fatal(err)
	}
	p.openedCase("another")
	p.sealed(dir, 22)
	runs(t, exitSound, "checkpoint of 22 events", "backup", "--data", dir, "--to", to)
	if err := os.WriteFile(filepath.Join(to, backupManifest), manifest, 0o600); err != nil {
		t.Fatal(err)
	}
	lines := filepath.Join(to, backupArchive, "000000000001.ndjson")
	text, err := os.ReadFile(lines)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(lines, text[:len(text)-100], 0o600); err != nil { // within event 22
		t.Fatal(err)
	}
	other := withKey(t, dir)
	runs(t, exitSound, "of the 21 events that were signed", "restore", "--from", to, "--data", other)
	restored := startProcess(t, "--data", other, "--tokens", tokens)
	sameLedger(t, restored.ledger(21), before)
	restored.stop()

	runs(t, exitSound, "events: 21 are in the backup, 1 are new", "backup", "--data", dir, "--to", to)
	runs(t, exitSound, "sound: 22 events", "restore", "--check", "--from", to, "--data", dir)
	p.stop()
}

// Whoever knows more of the ledger than the backup does is told of, and what is left to do.
func TestOlderBackupIsRefused(t *testing.T) {
	p, dir, _, to, _ := backedUp(t)
	p.openedCase("another")
	p.sealed(dir, 22)
	p.stop()
	for what, row := range map[string]struct {
		keep []string // what has outlived the store, on other disks
		says string
	}{
		"the checkpoints": {[]string{"checkpoints"}, "the checkpoint directory knows the ledger up to 22\nWhat the backup lacks may be in another copy of the archive"},
		"the archive":     {[]string{"archive"}, "knows the ledger up to 22\nThe archive has all of it: `ledgerd repair`"},
	} {
		other := withKey(t, dir)
		for _, kept := range row.keep {
			copyTree(t, filepath.Join(dir, kept), filepath.Join(other, kept))
		}
		got, output := runToEnd(t, "restore", "--from", to, "--data", other)
		if got != exitIntegrity || !strings.Contains(output, row.says) {
			t.Errorf("%s: exit %d, want %q:\n%s", what, got, row.says, output)
		}
		if _, err := os.Stat(filepath.Join(other, "store")); !os.IsNotExist(err) {
			t.Errorf("%s: a store was made: %v", what, err)
		}
	}
	other := withKey(t, dir)
	newest := filepath.Join(dir, "checkpoints", "000000000000000", "0000000000000000022")
	runs(t, exitIntegrity, newest+" knows the ledger up to 22", "restore", "--from", to, "--data", other, "--checkpoint", newest)
	runs(t, exitConflict, "there is a ledger already", "restore", "--from", to, "--data", dir)
}

// A witness remembers, whatever disks are lost here.
func TestOlderBackupIsRefusedByTheWitness(t *testing.T) {
	dir, tokens, witnessDir := t.TempDir(), tokensFile(t), t.TempDir()
	w := startWitness(t, "--dir", witnessDir, "--log", vkey(t, "log", "--data", dir), "--listen", "127.0.0.1:0")
	p := startProcess(t, "--data", dir, "--tokens", tokens, "--witness", w.line)
	p.openedCase("one")
	p.cosignedBy(t, witnessDir, 1)
	to := filepath.Join(t.TempDir(), "backup")
	runs(t, exitSound, "proven up to the checkpoint of 1 events", "backup", "--data", dir, "--to", to)
	p.openedCase("two")
	p.cosignedBy(t, witnessDir, 2)
	p.stop()
	runs(t, exitIntegrity, "witness w1 knows the ledger up to 2", "restore", "--from", to, "--data", withKey(t, dir), "--witness", w.line)
	w.stop(t)
}

// The archive has lost its beginning, and the backup its end: together they are the ledger.
func TestRepairJoinsABackupWithTheRestOfTheArchive(t *testing.T) {
	p, dir, tokens, to, _ := backedUp(t)
	p.openedCase("another")
	p.sealed(dir, 22)
	before := p.ledger(22)
	p.stop()
	remove(t, filepath.Join(dir, "store"))
	lines := filepath.Join(dir, "archive", "000000000001.ndjson")
	flip(t, lines)
	runs(t, exitIntegrity, "cannot satisfy the checkpoint", "repair", "--data", dir)
	output := runs(t, exitSound, "of the 22 events that were signed", "repair", "--data", dir, "--backup", to)
	if !strings.Contains(output, "21 events from the backup and 1 from what was left of the archive") {
		t.Errorf("it says:\n%s", output)
	}
	p = startProcess(t, "--data", dir, "--tokens", tokens)
	sameLedger(t, p.ledger(22), before)
	p.stop()
}

// What was altered in a backup is found before anything is made of it.
func TestDamagedBackupIsRefused(t *testing.T) {
	p, dir, _, to, _ := backedUp(t)
	p.stop()
	flip(t, filepath.Join(to, backupArchive, "000000000001.ndjson"))
	runs(t, exitIntegrity, "is not what was signed", "restore", "--check", "--from", to, "--data", dir)
	other := withKey(t, dir)
	runs(t, exitIntegrity, "cannot satisfy the checkpoint", "restore", "--from", to, "--data", other)
	if _, err := os.Stat(filepath.Join(other, "store")); !os.IsNotExist(err) {
		t.Errorf("a store was made: %v", err)
	}
}

// A ledger that is not the one that was backed up before does not get into its backup.
func TestBackupOfAnotherLedgerIsRefused(t *testing.T) {
	p, _, _, to, _ := backedUp(t)
	p.stop()
	manifest, err := os.ReadFile(filepath.Join(to, backupManifest))
	if err != nil {
		t.Fatal(err)
	}
	other, _, _ := aLedger(t, (*process).stop)
	runs(t, exitIntegrity, "its checkpoint is not one of starledger.local", "backup", "--data", other, "--to", to)
	if after, err := os.ReadFile(filepath.Join(to, backupManifest)); err != nil || !bytes.Equal(after, manifest) {
		t.Errorf("the backup was changed: %v", err)
	}
	runs(t, exitUsage, "a directory of the ledger itself", "backup", "--data", other, "--to", filepath.Join(other, "backup"))
	runs(t, exitUsage, "--to DIR is missing", "backup", "--data", other)
	runs(t, exitFailure, "read what the backup holds", "restore", "--check", "--from", t.TempDir(), "--data", other)
}
