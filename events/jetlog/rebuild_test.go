package jetlog

import (
	"context"
	"errors"
	"iter"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"starledger/events"
)

func yielding(records []events.Record) iter.Seq2[events.Record, error] {
	return func(yield func(events.Record, error) bool) {
		for _, rec := range records {
			if !yield(rec, nil) {
				return
			}
		}
	}
}

// changing yields other records when it is read again.
func changing(first, second []events.Record) iter.Seq2[events.Record, error] {
	reads := 0
	return func(yield func(events.Record, error) bool) {
		if reads++; reads > 1 {
			first = second
		}
		yielding(first)(yield)
	}
}

func storedLog(t *testing.T, n int) (storeDir string, all []events.Record) {
	t.Helper()
	storeDir = filepath.Join(t.TempDir(), "store")
	l := openLog(t, storeDir, 0)
	all = write(t, l, n, 5000, 30)
	l.Close()
	return storeDir, all
}

func movedAside(t *testing.T, storeDir string) []string {
	t.Helper()
	dirs, err := filepath.Glob(storeDir + damagedSuffix + "*")
	if err != nil {
		t.Fatal(err)
	}
	return dirs
}

func wantRebuilt(t *testing.T, storeDir string, all []events.Record) {
	t.Helper()
	wantScan(t, "the rebuilt store", storeDir, all)
	last := uint64(len(all))
	l := openLog(t, storeDir, last)
	defer l.Close()
	got, err := collect(l.Read(t.Context(), 1, last))
	if err != nil {
		t.Fatal(err)
	}
	wantSame(t, "the rebuilt log", got, all)
	got, err = collect(l.ReadAt(t.Context(), sequences(1, last)))
	if err != nil {
		t.Fatal(err)
	}
	wantSame(t, "the rebuilt log, record by record", got, all)
	write(t, l, 3, 100, 1)
}

func TestRebuild(t *testing.T) {
	for name, damage := range map[string]func(t *testing.T, storeDir string, all []events.Record){
		"one bit":            func(t *testing.T, storeDir string, all []events.Record) { flipIn(t, storeDir, all[700].Body) },
		"a block is missing": func(t *testing.T, storeDir string, _ []events.Record) { remove(t, blocks(t, storeDir)[0]) },
		"the stream is gone": func(t *testing.T, storeDir string, _ []events.Record) { remove(t, streamDir(storeDir, streamName)) },
		"the store is gone":  func(t *testing.T, storeDir string, _ []events.Record) { remove(t, storeDir) },
	} {
		t.Run(name, func(t *testing.T) {
			storeDir, all := storedLog(t, 2345)
			damage(t, storeDir, all)
			var before map[string]string
			if name != "the store is gone" {
				before = digests(t, storeDir)
			}
			var told []uint64
			if err := Rebuild(t.Context(), storeDir, yielding(all), nil, func(seq uint64) { told = append(told, seq) }); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff([]uint64{1000, 2000, 2345}, told); diff != "" {
				t.Fatal("progress:", diff)
			}
			wantKept(t, storeDir, before)
			wantRebuilt(t, storeDir, all)
		})
	}
}

// wantKept expects the damaged store next to the new one, as it was.
func wantKept(t *testing.T, storeDir string, before map[string]string) {
	t.Helper()
	aside := movedAside(t, storeDir)
	if before == nil {
		if len(aside) != 0 {
			t.Fatalf("moved aside: %v", aside)
		}
		return
	}
	if len(aside) != 1 {
		t.Fatalf("moved aside: %v", aside)
	}
	if err := os.Rename(storeDir, storeDir+".new"); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(aside[0], storeDir); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(before, digests(t, storeDir)); diff != "" {
		t.Fatal("the damaged store was changed:", diff)
	}
	remove(t, storeDir)
	if err := os.Rename(storeDir+".new", storeDir); err != nil {
		t.Fatal(err)
	}
}

func remove(t *testing.T, path string) {
	t.Helper()
	if err := os.RemoveAll(path); err != nil {
		t.Fatal(err)
	}
}

// A rebuild that was broken off, by a crash or by what it read, leaves the old store where it was
// and can be repeated.
func TestRebuildRepeats(t *testing.T) {
	storeDir, all := storedLog(t, 1500)
	before := digests(t, storeDir)
	ctx, cancel := context.WithCancel(t.Context())
	err := Rebuild(ctx, storeDir, yielding(all), nil, func(uint64) { cancel() })
	if !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	for name, bad := range map[string][]events.Record{
		"a gap":           append(append([]events.Record{}, all[:50]...), all[51:]...),
		"no case":         {{Seq: 1, Case: "a.b", Body: []byte("{}")}},
		"begins too late": all[1:],
	} {
		if err := Rebuild(t.Context(), storeDir, yielding(bad), nil, func(uint64) {}); !errors.Is(err, events.ErrIntegrity) {
			t.Fatalf("%s: %v", name, err)
		}
	}
	for name, second := range map[string][]events.Record{
		"another body": append(append([]events.Record{}, all[:1499]...), events.Record{Seq: 1500, Case: all[1499].Case, Body: []byte("{}")}),
		"one less":     all[:1499],
		"one more":     append(append([]events.Record{}, all...), events.Record{Seq: 1501, Case: "case0", Body: []byte("{}")}),
	} {
		if err := Rebuild(t.Context(), storeDir, changing(all, second), nil, func(uint64) {}); !errors.Is(err, events.ErrIntegrity) {
			t.Fatalf("compared with %s: %v", name, err)
		}
	}
	if diff := cmp.Diff(before, digests(t, storeDir)); diff != "" {
		t.Fatal("the old store was changed:", diff)
	}
	if err := os.Rename(storeDir, storeDir+damagedSuffix+"earlier"); err != nil { // a crash between the renames
		t.Fatal(err)
	}
	wantNotOpened(t, storeDir, 1500, "it holds no stream")
	if err := Rebuild(t.Context(), storeDir, yielding(all), nil, func(uint64) {}); err != nil {
		t.Fatal(err)
	}
	wantRebuilt(t, storeDir, all)
}
