package projections_test

import (
	"cmp"
	"errors"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"starledger/events"
	"starledger/events/checks"
	"starledger/projections"
	"starledger/projections/rehearsal"
)

// dueEntry is a deadline as the calendar tells it, without what only names it.
type dueEntry struct {
	Case  events.CaseID
	Kind  checks.DeadlineKind
	Due   events.Date
	State projections.DueState
}

func calendar(t *testing.T, v *projections.Views, q projections.CalendarQuery) []dueEntry {
	t.Helper()
	var list []dueEntry
	for {
		page, err := v.Calendar(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range page.Items {
			list = append(list, dueEntry{r.Case, r.Kind, r.Due, r.State})
		}
		if q.After = page.Next; page.Next == 0 {
			return list
		}
	}
}

// As of any sequence the calendar is what folding every case says, in pages of any size.
func TestCalendarIsTheFold(t *testing.T) {
	ledger := tell(t, rehearsal.Plan{Seed: 5, Events: 1500, Open: 4, Scheme: scheme(t, "gbt27922-2011"), Cut: true})
	v := upToDate(t, ledger)
	for seq := uint64(1); seq <= ledger.end(); seq += 37 {
		var want []dueEntry
		today := events.DateOf(ledger.list[seq-1].Time)
		for id := range ledger.last {
			history := ledger.of(id, seq)
			if len(history) == 0 {
				continue
			}
			for _, d := range checks.Deadlines(fold(t, history)) {
				if d.Ends != "" && today > d.Ends {
					continue
				}
				entry := dueEntry{id, d.Kind, d.Due(nil), projections.Due}
				if d.Audit > 0 {
					entry.State = projections.DuePlanned
				}
				if today > entry.Due {
					entry.State = projections.Overdue
				}
				want = append(want, entry)
			}
		}
		for _, limit := range []int{2, 1000} {
			got := calendar(t, v, projections.CalendarQuery{AsOf: projections.Point{Seq: seq}, Limit: limit})
			if !slices.IsSortedFunc(got, func(a, b dueEntry) int { return cmp.Compare(a.Due, b.Due) }) {
				t.Errorf("as of %d the calendar is not in order", seq)
			}
			byCase := func(a, b dueEntry) int { return cmp.Or(cmp.Compare(a.Case, b.Case), cmp.Compare(a.Kind, b.Kind)) }
			slices.SortFunc(got, byCase)
			slices.SortFunc(want, byCase)
			if diff := gocmp.Diff(want, got); diff != "" {
				t.Fatalf("as of %d, pages of %d (-fold +calendar):\n%s", seq, limit, diff)
			}
		}
	}
}

// Filters keep the days, the case and what may be seen.
func TestCalendarFilters(t *testing.T) {
	ledger := tell(t, rehearsal.Plan{Seed: 5, Events: 1500, Open: 4, Scheme: scheme(t, "gbt27922-2011"), Cut: true})
	v := upToDate(t, ledger)
	now := projections.Point{Seq: ledger.end()}
	all := calendar(t, v, projections.CalendarQuery{AsOf: now, Limit: 1000})
	if len(all) < 4 {
		t.Fatalf("only %d deadlines", len(all))
	}
	some := all[1]
	for name, row := range map[string]struct {
		query projections.CalendarQuery
		keeps func(dueEntry) bool
	}{
		"a first day":     {projections.CalendarQuery{From: some.Due}, func(e dueEntry) bool { return e.Due >= some.Due }},
		"a last day":      {projections.CalendarQuery{To: some.Due}, func(e dueEntry) bool { return e.Due <= some.Due }},
		"a case":          {projections.CalendarQuery{Case: some.Case}, func(e dueEntry) bool { return e.Case == some.Case }},
		"nothing granted": {projections.CalendarQuery{Within: &projections.Within{}}, func(dueEntry) bool { return false }},
	} {
		row.query.AsOf, row.query.Limit = now, 1000
		want := slices.DeleteFunc(slices.Clone(all), func(e dueEntry) bool { return !row.keeps(e) })
		if diff := gocmp.Diff(want, calendar(t, v, row.query), gocmp.Transformer("nil", func(l []dueEntry) []dueEntry { return append([]dueEntry{}, l...) })); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	_, err := v.Calendar(t.Context(), projections.CalendarQuery{AsOf: projections.Point{Axis: projections.Effective}, Limit: 1})
	if !errors.Is(err, projections.ErrListAxis) {
		t.Errorf("a calendar on the effective axis: %v", err)
	}
}

// The cases of a period are those opened by its last day and not closed before its first, by when that
// happened in Shanghai.
func TestCasesOpenInAPeriod(t *testing.T) {
	ledger := tell(t, rehearsal.Plan{Seed: 5, Events: 200, Open: 1, Scheme: scheme(t, "gbt27922-2011"), Cut: true})
	first := ledger.list[0]
	next := &events.Stored{Event: events.Event{Data: events.CaseClosed{}, Attributes: ledger.list[len(ledger.list)-1].Attributes}}
	next.CaseSeq, next.PrevDigest, next.CaseSalt = next.CaseSeq+1, events.PrevDigest(ledger.list[len(ledger.list)-1].Digest), ""
	next.Time = events.Date("2024-12-31").End()
	next.EffectiveTime = next.Time
	stored, err := events.Encode(next.Event)
	if err != nil {
		t.Fatal(err)
	}
	stored.Seq = ledger.end() + 1
	ledger.append(t, stored)
	v := upToDate(t, ledger)
	opened := events.DateOf(first.EffectiveTime)
	for _, row := range []struct {
		from, until events.Date
		within      *projections.Within
		want        int
	}{
		{opened, opened, nil, 1},
		{"2023-01-01", opened.AddDays(-1), nil, 0},
		{"2024-12-31", "2025-12-31", nil, 1},
		{"2025-01-01", "2025-12-31", nil, 0},
		{opened, opened, &projections.Within{}, 0},
	} {
		ids, err := v.OpenIn(t.Context(), row.from, row.until, row.within)
		if err != nil || len(ids) != row.want {
			t.Errorf("%s to %s: %v, %v", row.from, row.until, ids, err)
		}
	}
}
