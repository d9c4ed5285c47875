package projections_test

import (
	"bytes"
	"context"
	"errors"
	"iter"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"starledger/events"
	"starledger/events/memlog"
	"starledger/projections"
	"starledger/projections/rehearsal"
)

// altered is a log whose records come out changed.
type altered struct {
	*memlog.Log
	change func(events.Record) []events.Record
}

func (l altered) Follow(ctx context.Context, from uint64) iter.Seq2[events.Record, error] {
	return l.through(l.Log.Follow(ctx, from))
}

func (l altered) ReadAt(ctx context.Context, seqs []uint64) iter.Seq2[events.Record, error] {
	return l.through(l.Log.ReadAt(ctx, seqs))
}

func (l altered) through(records iter.Seq2[events.Record, error]) iter.Seq2[events.Record, error] {
	return func(yield func(events.Record, error) bool) {
		for record, err := range records {
			if err != nil {
				yield(record, err)
				return
			}
			for _, changed := range l.change(record) {
				if !yield(changed, nil) {
					return
				}
			}
		}
	}
}

// edit changes the body of one record.
func edit(seq uint64, from, to string) func(events.Record) []events.Record {
	return func(r events.Record) []events.Record {
		if r.Seq == seq {
			r.Body = bytes.Replace(r.Body, []byte(from), []byte(to), 1)
		}
		return []events.Record{r}
	}
}

// stopped is what Run ends with. One that does not stop by itself is ended, and returns nil.
func stopped(t *testing.T, v *projections.Views) error {
	t.Helper()
	ctx, end := context.WithTimeout(t.Context(), time.Minute)
	defer end()
	return v.Run(ctx)
}

// Whatever is not the unbroken ledger stops the views at the event before it, with an error that names
// the sequence.
func TestDamageStops(t *testing.T) {
	ledger := tell(t, rehearsal.Plan{Seed: 3, Events: 300, Open: 2, Scheme: scheme(t, "gbt27922-2011"), Cut: true})
	rows := []struct {
		name   string
		change func(events.Record) []events.Record
		stands uint64 // the position afterwards
		named  string
	}{
		{"an event is missing", func(r events.Record) []events.Record {
			if r.Seq == 100 {
				return nil
			}
			return []events.Record{r}
		}, 99, "sequence 100"},
		{"an event comes twice", func(r events.Record) []events.Record {
			if r.Seq == 100 {
				return []events.Record{r, r}
			}
			return []events.Record{r}
		}, 100, "101"},
		{"the type is not known", edit(100, `"starledger.`, `"otherledger.`), 99, "sequence 100"},
		{"the body is cut short", edit(100, `}`, ``), 99, "sequence 100"},
		{"the body is of another case than its record", func(r events.Record) []events.Record {
			if r.Seq == 100 {
				r.Case = string(events.Registry)
			}
			return []events.Record{r}
		}, 99, "sequence 100"},
		// An edit that leaves a well-formed event is found when the case goes on.
		{"the body was edited", edit(100, `"nonce":"AAAA`, `"nonce":"BBBB`), 0, "continues"},
		{"the number within the case is wrong", edit(100, `"caseseq":`, `"caseseq":9`), 99, "sequence 100"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			v := open(t, altered{ledger.log, row.change}, filepath.Join(t.TempDir(), "views"))
			err := stopped(t, v)
			if !errors.Is(err, events.ErrIntegrity) || !strings.Contains(err.Error(), row.named) {
				t.Fatalf("Run = %v, want damage that names %q", err, row.named)
			}
			if at, _ := v.Position(); row.stands > 0 && at != row.stands {
				t.Errorf("the views stand at %d, want %d", at, row.stands)
			}
			if err := v.WaitFor(t.Context(), ledger.end()); !errors.Is(err, projections.ErrStopped) || !errors.Is(err, events.ErrIntegrity) {
				t.Errorf("WaitFor = %v, want ErrStopped because of damage", err)
			}
			if err := v.Close(); err != nil {
				t.Error(err)
			}
		})
	}
}

// The read model is evidence: a log that lost or changed what it has seen is refused.
func TestLogBehindReadModel(t *testing.T) {
	plan := rehearsal.Plan{Seed: 3, Events: 40, Open: 1, Scheme: scheme(t, "gbt27922-2011"), Cut: true}
	ledger := tell(t, plan)
	path := filepath.Join(t.TempDir(), "views")
	build(t, ledger.log, path, 40)

	plan.Events = 39
	changed := altered{ledger.log, edit(40, `"nonce":"AAAA`, `"nonce":"BBBB`)}
	for name, log := range map[string]events.Log{"shorter": tell(t, plan).log, "changed": changed} {
		t.Run(name, func(t *testing.T) {
			v := open(t, log, path)
			if err := stopped(t, v); !errors.Is(err, events.ErrIntegrity) || !strings.Contains(err.Error(), "40") {
				t.Errorf("Run = %v, want damage that names 40", err)
			}
			if at, _ := v.Position(); at != 40 {
				t.Errorf("the read model was moved to %d", at)
			}
			if err := v.Close(); err != nil {
				t.Error(err)
			}
		})
	}
}
