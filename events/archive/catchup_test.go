package archive

import (
	"errors"
	"iter"
	"testing"

	"starledger/events"
)

// yielding yields records and then an error, if there is one.
func yielding(records []events.Record, end error) iter.Seq2[events.Record, error] {
	return func(yield func(events.Record, error) bool) {
		for _, rec := range records {
			if !yield(rec, nil) {
				return
			}
		}
		if end != nil {
			yield(events.Record{}, end)
		}
	}
}

func TestCatchUp(t *testing.T) {
	torn := errors.New("the last record is torn")
	damage := &events.DamageError{Seq: 8, Reason: "checksum"}
	changed := recordsUpTo(8)
	changed[2].Body = []byte(`{"subject":"case0","n":4}`)
	for name, c := range map[string]struct {
		store             []events.Record
		end               error
		compared, holding uint64
		named             uint64 // the sequence an integrity error names, 0: none
	}{
		"the same":                           {store: recordsUpTo(5), compared: 5, holding: 5},
		"the store is ahead":                 {store: recordsUpTo(9), compared: 5, holding: 9},
		"the store is ahead and torn":        {store: recordsUpTo(7), end: torn, compared: 5, holding: 7},
		"the store is ahead and then broken": {store: recordsUpTo(7), end: damage, compared: 5, holding: 7, named: 8},
		"the store is behind":                {store: recordsUpTo(3), compared: 3, holding: 5, named: 4},
		"the store is gone":                  {compared: 0, holding: 5, named: 1},
		"the store is torn before the end":   {store: recordsUpTo(4), end: torn, compared: 4, holding: 5, named: 5},
		"a byte differs":                     {store: changed, compared: 2, holding: 5, named: 3},
		"the store begins late":              {store: recordsUpTo(9)[1:], compared: 0, holding: 5, named: 1},
	} {
		t.Run(name, func(t *testing.T) {
			a := mustOpen(t, filled(t, 5))
			defer a.Close()
			report, err := a.CatchUp(t.Context(), yielding(c.store, c.end))
			if c.end != nil && !errors.Is(err, c.end) {
				t.Errorf("got %v, want %v in it", err, c.end)
			}
			if c.named != 0 {
				wantDamaged(t, err, c.named)
			} else if errors.Is(err, events.ErrIntegrity) || c.end == nil && err != nil {
				t.Errorf("got %v", err)
			}
			if report.Compared != c.compared || report.Appended != c.holding-5 {
				t.Errorf("report %+v", report)
			}
			wantHolds(t, a, c.holding)
		})
	}
}
