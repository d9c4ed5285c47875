package jetlog

import (
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
