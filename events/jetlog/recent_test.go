package jetlog

import (
	"errors"
	"iter"
	"os"
	"path/filepath"
	"testing"

	"starledger/events"
)

// What memory does not hold is read from its block: a large body, and one that another has displaced.
func TestRecentForgets(t *testing.T) {
	r := newRecent()
	small, large := []byte("{}"), make([]byte, recentBody+1)
	r.keep(events.Append{Case: "a", Bodies: [][]byte{small, large, small}}, 7)
	for seq, want := range map[uint64]bool{6: false, 7: true, 8: false, 9: true, 7 + recentRecords: false} {
		if record, kept := r.find(seq); kept != want || kept && (record.Seq != seq || record.Case != "a") {
			t.Errorf("sequence %d: kept %v, %v", seq, kept, record.Seq)
		}
	}
	r.keep(events.Append{Case: "b", Bodies: [][]byte{large, small}}, 7+recentRecords)
	for seq, want := range map[uint64]bool{7: false, 8: false, 9: true, 7 + recentRecords: false, 8 + recentRecords: true} {
		if _, kept := r.find(seq); kept != want {
			t.Errorf("after another round, sequence %d: kept %v", seq, kept)
		}
	}
}

// The callers' buffers are the callers': what memory holds does not change with them.
func TestRecentHoldsCopies(t *testing.T) {
	l := openLog(t, t.TempDir(), 0)
	body := []byte(`{"subject":"a"}`)
	if _, err := l.Append(t.Context(), events.Append{Case: "a", Bodies: [][]byte{body}}); err != nil {
		t.Fatal(err)
	}
	clear(body)
	if record, kept := l.recent.find(1); !kept || string(record.Body) != `{"subject":"a"}` {
		t.Fatalf("kept %v: %q", kept, record.Body)
	}
}

// Memory serves those who follow, and nobody else: whoever reads learns what became of the bytes on
// the disk.
func TestOnlyFollowersAreServedFromMemory(t *testing.T) {
	dir := t.TempDir()
	l := openLog(t, dir, 0)
	write(t, l, 3, 100, 1)
	blocks, err := filepath.Glob(filepath.Join(streamDir(dir, streamName), "msgs", "*.blk"))
	if err != nil || len(blocks) != 1 {
		t.Fatal(blocks, err)
	}
	data, err := os.ReadFile(blocks[0])
	if err != nil {
		t.Fatal(err)
	}
	data[len(data)-20] ^= 1 // in the body of the last record
	if err := os.WriteFile(blocks[0], data, 0o600); err != nil {
		t.Fatal(err)
	}
	followed := 0
	for record, err := range l.Follow(t.Context(), 1) {
		if err != nil {
			t.Fatal(err)
		}
		if followed++; record.Seq == 3 {
			break
		}
	}
	if followed != 3 {
		t.Fatalf("followed %d records", followed)
	}
	for name, read := range map[string]iter.Seq2[events.Record, error]{"Read": l.Read(t.Context(), 3, 3), "ReadAt": l.ReadAt(t.Context(), []uint64{3})} {
		for _, err := range read {
			if !errors.Is(err, events.ErrIntegrity) {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
}
