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
		{move: "of the store alone", do: all.restoreOnly("store"), caught: "store.known, all of it",
			says: []string{behind, "known to the archive up to sequence {end}, to the read model up to sequence {end}, to the checkpoint directory up to sequence {end}"}},
		{move: "of all but the archive", do: all.restoreAllBut("archive"), caught: "store.known: the archive",
			says: []string{behind, "known to the archive up to sequence {end}, to the read model up to sequence 60"}, repair: "up to sequence {end}"},
		{move: "of all but the read model", do: all.restoreAllBut("readmodel.sqlite"), caught: "store.known: the read model",
			says: []string{behind, "to the read model up to sequence {end}, to the checkpoint directory up to sequence 60"}, repair: "the read model has seen sequence {end}"},
		{move: "of all but the checkpoints", do: all.restoreAllBut("checkpoints"), caught: "store.known: the checkpoint directory",
			says: []string{behind, "to the checkpoint directory up to sequence {end}, to the published checkpoint up to sequence 60"}, repair: unrepairable},
		{move: "of all but the public files", do: all.restoreAllBut("tiles"), caught: "store.known: the published checkpoint",
			says: []string{behind, "to the published checkpoint up to sequence {end}"}, repair: unrepairable},
		{move: "of all but LEDGER_CP", do: all.restoreAllBut(filepath.Join("store", "jetstream", "LEDGER", "streams", "LEDGER_CP")), caught: "seal.recover: LEDGER_CP",
			says: []string{"LEDGER_CP knows the tree of size {end}, but the log ends at sequence 60"}, repair: "up to sequence 60"},
		{move: "of everything", do: all.restoreAllBut(), caught: "seal.larger: the witness",
			says: []string{"the witness knows the tree of size {end}", "LEDGER_CP ends at size 60"}, repair: "up to sequence 60"},
	} {
		t.Run(a.move, func(t *testing.T) {
			t.Parallel()
			all.catches(t, all.stopped, a)
		})
	}
}

// restoreOnly puts one part of the older copy in the place of the target's.
func (all *prepared) restoreOnly(part string) func(*testing.T, *target) {
	return func(t *testing.T, l *target) { replace(t, filepath.Join(all.older, part), filepath.Join(l.dir, part)) }
}

// restoreAllBut puts the older copy in the place of the target, and some of the target back into it.
func (all *prepared) restoreAllBut(parts ...string) func(*testing.T, *target) {
	return func(t *testing.T, l *target) {
		newer := filepath.Join(t.TempDir(), "newer")
		copyTree(t, l.dir, newer)
		replace(t, all.older, l.dir)
		for _, part := range parts {
			replace(t, filepath.Join(newer, part), filepath.Join(l.dir, part))
		}
	}
}

func replace(t *testing.T, from, to string) {
	t.Helper()
	if err := os.RemoveAll(to); err != nil {
		t.Fatal(err)
	}
	copyTree(t, from, to)
}

// rewrittenHistory: who has the key rewrites an event, chains everything after it anew, and lets
// the real program seal and sign it. Here nothing contradicts it any more, so a ledger without
// witnesses accepts it; the witness has seen the true history.
func (all *prepared) rewrittenHistory(t *testing.T) {
	for move, more := range map[string]int{"of the same length": 0, "and longer": 1} {
		t.Run(move, func(t *testing.T) {
			t.Parallel()
			l := all.target(t, all.stopped)
			rewrite(t, l.dir, func(e *events.Event) {
				if e.CaseSeq == written/2 {
					e.ActorID = "zhao"
				}
			}, more)
			p := startProcess(t, "--data", l.dir, all.args[0], all.args[1]) // without the witness
			p.settled(written + more)
			p.stop()
			code, output := startOrEnd(t, append([]string{"--data", l.dir}, all.args...)...)
			if words := "has seen another history"; code != exitIntegrity || !strings.Contains(output, words) {
				t.Errorf("seal.judge did not catch it by the witness: exit %d, want %d with %q:\n%s", code, exitIntegrity, words, output)
			}
		})
	}
}

// rewrite leaves nothing of the ledger but its key and another history: every event changed as told
// and chained anew, and more of them at the end.
func rewrite(t *testing.T, dir string, change func(*events.Event), more int) {
	t.Helper()
	var records []events.Record
	before := map[events.CaseID]*events.Stored{}
	tell := func(e events.Event) {
		if last := before[e.Subject]; last != nil {
			e.PrevDigest, e.CaseSeq = events.PrevDigest(last.Digest), last.CaseSeq+1
		}
		stored, err := events.Encode(e)
		if err != nil {
			t.Fatal(err)
		}
		before[e.Subject] = stored
		records = append(records, events.Record{Seq: uint64(len(records)) + 1, Case: string(e.Subject), Body: stored.Body})
	}
	var last events.Event
	for record, err := range jetlog.Scan(filepath.Join(dir, "store")) {
		if err != nil {
			t.Fatal(err)
		}
		stored, err := events.DecodeRecord(record)
		if err != nil {
			t.Fatal(err)
		}
		last = stored.Event
		change(&last)
		tell(last)
	}
	for range more {
		last.ID, last.IdempotencyKey = "01JD3Z0000000000000000000A", "more"
		tell(last)
	}
	keys := filepath.Join(t.TempDir(), "keys")
	copyTree(t, filepath.Join(dir, "keys"), keys)
	if err := errors.Join(os.RemoveAll(dir), os.Mkdir(dir, 0o700)); err != nil {
		t.Fatal(err)
	}
	copyTree(t, keys, filepath.Join(dir, "keys"))
	all := func(yield func(events.Record, error) bool) {
		for _, record := range records {
			if !yield(record, nil) {
				return
			}
		}
	}
	if err := jetlog.Rebuild(t.Context(), filepath.Join(dir, "store"), all, nil, func(uint64) {}); err != nil {
		t.Fatal(err)
	}
}
