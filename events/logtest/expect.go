package logtest

import (
	"bytes"
	"errors"
	"fmt"
	"iter"
	"strings"
	"testing"

	"starledger/events"
)

func body(caseID, text string) []byte {
	return fmt.Appendf(nil, `{"subject":%q,"data":%q}`, caseID, text)
}

func bodyOfSize(caseID string, size int) []byte {
	return body(caseID, strings.Repeat("x", size-len(body(caseID, ""))))
}

func entry(caseID string, after uint64, texts ...string) events.Append {
	a := events.Append{Case: caseID, After: after}
	for _, text := range texts {
		a.Bodies = append(a.Bodies, body(caseID, text))
	}
	return a
}

// fill appends n entries to three cases in turn, some of them in pairs, and returns what the log
// has to hold then.
func fill(t *testing.T, log events.Log, n int) []events.Record {
	t.Helper()
	var all []events.Record
	after := map[string]uint64{}
	for len(all) < n {
		caseID := string(rune('p' + len(all)%3))
		var texts []string
		for range 1 + len(all)%2 {
			if len(all) == n {
				break
			}
			text := fmt.Sprintf("entry %d", len(all)+1)
			texts = append(texts, text)
			all = append(all, events.Record{Seq: uint64(len(all)) + 1, Case: caseID, Body: body(caseID, text)})
		}
		wantFirst(t, log, entry(caseID, after[caseID], texts...), uint64(len(all)-len(texts))+1)
		after[caseID] = uint64(len(all))
	}
	return all
}

func collect(records iter.Seq2[events.Record, error]) ([]events.Record, error) {
	var got []events.Record
	for rec, err := range records {
		if err != nil {
			return got, err
		}
		got = append(got, rec)
	}
	return got, nil
}

func lastError(records iter.Seq2[events.Record, error]) error {
	_, err := collect(records)
	return err
}

func same(t *testing.T, got, want []events.Record) {
	t.Helper()
	for i := range min(len(got), len(want)) {
		g, w := got[i], want[i]
		if g.Seq != w.Seq || g.Case != w.Case || !bytes.Equal(g.Body, w.Body) {
			t.Fatalf("record %d is %d of %s: %.200s\nwant %d of %s: %.200s", i, g.Seq, g.Case, g.Body, w.Seq, w.Case, w.Body)
		}
	}
	if len(got) != len(want) {
		t.Fatalf("got %d records, want %d", len(got), len(want))
	}
}

func wantRecords(t *testing.T, records iter.Seq2[events.Record, error], want []events.Record) {
	t.Helper()
	got, err := collect(records)
	if err != nil {
		t.Fatalf("reading: %v", err)
	}
	same(t, got, want)
}

// wantGap expects the records and then, in place of the sequence missing, a GapError that names
// it, or a DamageError where the log still has something in its place.
func wantGap(t *testing.T, records iter.Seq2[events.Record, error], want []events.Record, missing uint64) {
	t.Helper()
	got, err := collect(records)
	var gap *events.GapError
	var damage *events.DamageError
	named := errors.As(err, &gap) && gap.Want == missing || errors.As(err, &damage) && damage.Seq == missing
	if !named || !errors.Is(err, events.ErrIntegrity) {
		t.Fatalf("got %v after %d records, want a gap at %d", err, len(got), missing)
	}
	same(t, got, want)
}

func wantFirst(t *testing.T, log events.Log, a events.Append, want uint64) {
	t.Helper()
	if got, err := log.Append(t.Context(), a); err != nil || got != want {
		t.Fatalf("append to %s after %d: sequence %d, %v; want sequence %d", a.Case, a.After, got, err, want)
	}
}

func wantRefused(t *testing.T, log events.Log, a events.Append, kind error) {
	t.Helper()
	if seq, err := log.Append(t.Context(), a); !errors.Is(err, kind) {
		t.Fatalf("append to %s after %d: sequence %d, %v; want: %v", a.Case, a.After, seq, err, kind)
	}
}

func wantLast(t *testing.T, log events.Log, want uint64) {
	t.Helper()
	if got, err := log.Last(t.Context()); err != nil || got != want {
		t.Fatalf("the log ends at %d, %v; want %d", got, err, want)
	}
}

func wantLastOf(t *testing.T, log events.Log, caseID string, want uint64) {
	t.Helper()
	if got, err := log.LastOf(t.Context(), caseID); err != nil || got != want {
		t.Fatalf("case %s ends at %d, %v; want %d", caseID, got, err, want)
	}
}
