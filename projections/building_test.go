package projections_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"starledger/events"
	"starledger/events/memlog"
	"starledger/projections"
	"starledger/projections/rehearsal"
)

// watched is a log that tells before it gives a record to a follower.
type watched struct {
	*memlog.Log
	before func(seq uint64)
}

func (l watched) Follow(ctx context.Context, from uint64) iter.Seq2[events.Record, error] {
	return func(yield func(events.Record, error) bool) {
		for record, err := range l.Log.Follow(ctx, from) {
			if err == nil {
				l.before(record.Seq)
			}
			if !yield(record, err) {
				return
			}
		}
	}
}

// A process that is killed while the read models are built leaves nothing that could be taken for them, however
// much of them the file has already: the next builds them from nothing, and they come out the same.
func TestKilledWhileBuilding(t *testing.T) {
	ledger := tell(t, rehearsal.Plan{Seed: 47, Events: 2000, Open: 3, Scheme: scheme(t, "gbt27922-2011"), Cut: true})
	dir := t.TempDir()
	whole := filepath.Join(dir, "whole")
	var killed []string
	log := watched{ledger.log, func(seq uint64) {
		if seq%600 != 0 {
			return
		}
		if seq == 1800 {
			awaitGrowth(t, whole, size(t, killed[0]))
		}
		left := filepath.Join(dir, fmt.Sprint("killed at ", seq))
		killed = append(killed, left)
		leave(t, whole, left)
	}}
	build(t, log, whole, ledger.end(), (*projections.Views).Spill)
	want := dump(t, whole)
	last := killed[len(killed)-1]
	deleted := last + ", and the file deleted"
	if err := os.Link(last+"-journal", deleted+"-journal"); err != nil {
		t.Fatal(err)
	}
	for _, left := range append(killed, deleted) {
		if seq, _, err := projections.Peek(t.Context(), left); seq != 0 || err != nil {
			t.Errorf("%s, what was left is taken for read models at %d (%v)", filepath.Base(left), seq, err)
		}
		build(t, ledger.log, left, ledger.end())
		if dump(t, left) != want {
			t.Errorf("%s, the read models are built otherwise afterwards", filepath.Base(left))
		}
	}
}

// leave copies what a kill at this moment would leave of a file that is written. The journal comes last: it
// never lacks a page that the file has another way.
func leave(t *testing.T, path, to string) {
	t.Helper()
	for _, suffix := range []string{"", "-journal"} {
		content, err := os.ReadFile(path + suffix)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err := errors.Join(err, os.WriteFile(to+suffix, content, 0o600)); err != nil {
			t.Error(err)
		}
	}
}

// awaitGrowth returns when a file is larger than empty tables are.
func awaitGrowth(t *testing.T, path string, empty int64) {
	t.Helper()
	for late := time.Now().Add(time.Minute); size(t, path) <= empty; runtime.Gosched() {
		if time.Now().After(late) {
			t.Error("nothing is written before all is built, so that nothing can be broken off")
			return
		}
	}
}

func size(t *testing.T, path string) int64 {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	return info.Size()
}

// A process that is told to end while the read models are built leaves what it has, and the next goes on.
func TestEndedWhileBuilding(t *testing.T) {
	ledger := tell(t, rehearsal.Plan{Seed: 47, Events: 2000, Open: 3, Scheme: scheme(t, "gbt27922-2011"), Cut: true})
	dir := t.TempDir()
	whole, parts := filepath.Join(dir, "whole"), filepath.Join(dir, "parts")
	build(t, ledger.log, whole, ledger.end())

	ctx, end := context.WithCancel(t.Context())
	v := open(t, watched{ledger.log, func(seq uint64) {
		if seq == 1500 {
			end()
		}
	}}, parts)
	if err := errors.Join(v.Run(ctx), v.Close()); err != nil {
		t.Fatal(err)
	}
	if at, _, err := projections.Peek(t.Context(), parts); at == 0 || at >= ledger.end() || err != nil {
		t.Fatalf("the read models ended at %d (%v), which is no part", at, err)
	}
	build(t, ledger.log, parts, ledger.end())
	if dump(t, whole) != dump(t, parts) {
		t.Error("what was built in two parts is not what is built in one")
	}
}
