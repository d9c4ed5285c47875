package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"starledger/events"
	"starledger/events/jetlog"
)

// restoredBackup: an older copy of the store is sound in itself. Whatever was not restored with
// it remembers, down to the witness, which nobody here can restore.
func (all *prepared) restoredBackup(t *testing.T) {
	const behind = "ends before sequence {end},"
	const unrepairable = "the archive cannot satisfy the checkpoint"
	for _, a := range []attack{
		{move: "of the store", do: all.restore("store"), caught: "store.known: the archive",
			says: []string{behind, "the archive up to sequence {end}"}},
		{move: "of the store and the archive", do: all.restore("store", "archive"), caught: "store.known: the read model",
			says: []string{behind, "the read model up to sequence {end}"}, repair: unrepairable},
		{move: "of the store, the archive and the read model", do: all.restore("store", "archive", "readmodel.sqlite"), caught: "store.known: the checkpoint directory",
			says: []string{behind, "the checkpoint directory up to sequence {end}"}, repair: unrepairable},
		{move: "of all but the public files", do: all.restore("store", "archive", "readmodel.sqlite", "checkpoints"), caught: "store.known: the published checkpoint",
			says: []string{behind, "the published checkpoint up to sequence {end}"}, repair: unrepairable},
		{move: "of everything", do: all.restore("store", "archive", "readmodel.sqlite", "checkpoints", "tiles", "cases", "scrub.json"), caught: "seal.Open: the witness",
			says: []string{"the witness knows the tree of size {end}", "LEDGER_CP ends at size 60"}, repair: "up to sequence 60"},
	} {
		t.Run(a.move, func(t *testing.T) {
			t.Parallel()
			all.catches(t, all.stopped, a)
		})
	}
}

// restore puts parts of the older copy in place of those of the target.
func (all *prepared) restore(parts ...string) func(*testing.T, *target) {
	return func(t *testing.T, l *target) {
		for _, part := range parts {
			found, err := filepath.Glob(filepath.Join(l.dir, part+"*"))
			if err != nil {
				t.Fatal(err)
			}
			for _, path := range found {
				err = errors.Join(err, os.RemoveAll(path))
			}
			if err != nil {
				t.Fatal(err)
			}
			older, err := filepath.Glob(filepath.Join(all.older, part+"*"))
			if err != nil {
				t.Fatal(err)
			}
			for _, path := range older {
				copyTree(t, path, filepath.Join(l.dir, filepath.Base(path)))
			}
		}
	}
}

// rewrittenHistory: who has the key rewrites an event, chains everything after it anew, and lets
// the real program seal and sign it. Here nothing contradicts it any more, so a ledger without
// witnesses accepts it; the witness has seen the true history.
func (all *prepared) rewrittenHistory(t *testing.T) {
	for _, row := range []struct {
		move   string
		more   int
		answer string
	}{
		{"of the same length", 0, "another history"},
		{"and longer", 1, "another history"},
	} {
		t.Run(row.move, func(t *testing.T) {
			t.Parallel()
			l := all.target(t, all.stopped)
			rewrite(t, l, row.more)
			p := startProcess(t, "--data", l.dir, all.args[0], all.args[1]) // without the witness
			p.settled(written + row.more)
			p.stop()
			code, output := startOrEnd(t, append([]string{"--data", l.dir}, all.args...)...)
			if code != exitIntegrity || !strings.Contains(output, row.answer) {
				t.Errorf("seal.Open did not catch it by the witness: exit %d, want %d with %q:\n%s", code, exitIntegrity, row.answer, output)
			}
		})
	}
}

// rewrite leaves nothing of the ledger but its key and another history.
func rewrite(t *testing.T, l *target, more int) {
	t.Helper()
	var records []events.Record
	var before *events.Stored
	tell := func(e events.Event) {
		if before != nil {
			e.PrevDigest, e.CaseSeq = events.PrevDigest(before.Digest), before.CaseSeq+1
		}
		var err error
		if before, err = events.Encode(e); err != nil {
			t.Fatal(err)
		}
		records = append(records, events.Record{Seq: uint64(len(records)) + 1, Case: string(e.Subject), Body: before.Body})
	}
	for record, err := range jetlog.Scan(l.storeDir()) {
		if err != nil {
			t.Fatal(err)
		}
		stored, err := events.DecodeRecord(record)
		if err != nil {
			t.Fatal(err)
		}
		e := stored.Event
		if record.Seq == written/2 {
			e.ActorID = "zhao"
		}
		tell(e)
	}
	for range more {
		e := before.Event
		e.ID = "01JD3Z0000000000000000000A"
		tell(e)
	}
	keys := filepath.Join(t.TempDir(), "keys")
	copyTree(t, filepath.Join(l.dir, "keys"), keys)
	if err := errors.Join(os.RemoveAll(l.dir), os.Mkdir(l.dir, 0o700)); err != nil {
		t.Fatal(err)
	}
	copyTree(t, keys, filepath.Join(l.dir, "keys"))
	all := func(yield func(events.Record, error) bool) {
		for _, record := range records {
			if !yield(record, nil) {
				return
			}
		}
	}
	if err := jetlog.Rebuild(t.Context(), l.storeDir(), all, nil, func(uint64) {}); err != nil {
		t.Fatal(err)
	}
}
