package projections_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"starledger/events"
	"starledger/events/checks"
	"starledger/projections"
	"starledger/projections/rehearsal"
	"starledger/scoring"
)

// The timeline ends at the score as it stands, its deltas add up to it from the full marks, and what
// moved a score is in the list of changes.
func TestTimeline(t *testing.T) {
	for _, name := range []string{"gbt27922-2011", "cts-2025"} {
		t.Run(name, func(t *testing.T) {
			ledger := tell(t, rehearsal.Plan{Seed: 13, Events: 600, Open: 2, Scheme: scheme(t, name)})
			testTimelines(t, ledger, upToDate(t, ledger))
		})
	}
}

func testTimelines(t *testing.T, ledger *told, v *projections.Views) {
	t.Helper()
	changed := changes(t, v)
	for id := range ledger.last {
		list := ledger.of(id, ledger.end())
		c := fold(t, list)
		for i := range c.Audits {
			testTimeline(t, list, &c.Audits[i], changed)
		}
	}
	if len(changed) > 0 {
		t.Errorf("%d changes are in no timeline", len(changed))
	}
}

func testTimeline(t *testing.T, list []*events.Stored, a *events.Audit, changed map[uint64]projections.ChangeRow) {
	t.Helper()
	items, err := projections.Timeline(list, a.Number, shipped(t))
	if err != nil {
		t.Fatal(err)
	}
	want, err := checks.Score(a, shipped(t))
	if err != nil {
		t.Fatal(err)
	}
	last := items[len(items)-1]
	if last.Final.Cmp(want.Final) != 0 || want.Grade != nil && last.Grade != events.ID(want.Grade.ID) {
		t.Errorf("audit %d ends at %s %s, its score is %s", a.Number, last.Final.Fraction(), last.Grade, want.Final.Fraction())
	}
	sum := items[0].Final
	for i, item := range items {
		sum = sum.Add(item.Delta)
		if i == 0 || items[i-1].Final.Cmp(item.Final) == 0 && items[i-1].Grade == item.Grade {
			continue
		}
		got := changed[item.Seq]
		if got.Audit != a.Number || got.Clause != item.Clause || got.Before.Final.Cmp(items[i-1].Final) != 0 || got.After.Final.Cmp(item.Final) != 0 {
			t.Errorf("event %d moved audit %d from %s to %s, listed as %+v", item.Seq, a.Number, items[i-1].Final.Fraction(), item.Final.Fraction(), got)
		}
		delete(changed, item.Seq)
	}
	if sum.Cmp(last.Final) != 0 {
		t.Errorf("the deltas of audit %d lead to %s, not to %s", a.Number, sum.Fraction(), last.Final.Fraction())
	}
}

// changes is the whole list, read in small pages.
func changes(t *testing.T, v *projections.Views) map[uint64]projections.ChangeRow {
	t.Helper()
	all, filter := map[uint64]projections.ChangeRow{}, projections.ChangeFilter{Limit: 7}
	for {
		page, err := v.Changes(t.Context(), filter)
		if err != nil {
			t.Fatal(err)
		}
		for _, item := range page.Items {
			all[item.Seq] = item
		}
		if filter.After = page.Next; page.Next == 0 {
			return all
		}
	}
}

// The causes between any two sequences, in both directions, add up to the difference of the scores there.
func TestCompareAddsUp(t *testing.T) {
	ledger := tell(t, rehearsal.Plan{Seed: 17, Events: 250, Open: 1, Scheme: scheme(t, "gbt27922-2011")})
	list := ledger.of(ledger.list[0].Subject, ledger.end())
	planned := fold(t, list).Audit(1).Planned.Seq
	final := func(t failer, seq uint64) scoring.Number {
		result, err := checks.Score(fold(t, ledger.of(list[0].Subject, seq)).Audit(1), shipped(t))
		if err != nil {
			t.Fatal(err)
		}
		return result.Final
	}
	rapid.Check(t, func(t *rapid.T) {
		a := rapid.Uint64Range(planned, list[len(list)-1].Seq).Draw(t, "a")
		b := rapid.Uint64Range(planned, list[len(list)-1].Seq).Draw(t, "b")
		way, err := projections.Compare(list, 1, a, b, shipped(t))
		if err != nil {
			t.Fatal(err)
		}
		var sum scoring.Number
		for _, cause := range way.Causes {
			sum = sum.Add(cause.Delta)
		}
		want := final(t, b).Sub(final(t, a))
		if sum.Cmp(want) != 0 || way.Delta.Cmp(want) != 0 {
			t.Fatalf("from %d to %d the causes add up to %s, delta %s, the scores differ by %s",
				a, b, sum.Fraction(), way.Delta.Fraction(), want.Fraction())
		}
	})
}

func TestNoAudit(t *testing.T) {
	ledger := tell(t, rehearsal.Plan{Seed: 17, Events: 30, Open: 1, Cut: true, Scheme: scheme(t, "gbt27922-2011")})
	planned := fold(t, ledger.list).Audit(1).Planned.Seq
	if _, err := projections.Timeline(ledger.list, 2, shipped(t)); !errors.Is(err, projections.ErrNoAudit) {
		t.Errorf("timeline of an audit that is not planned: %v", err)
	}
	for _, seqs := range [][2]uint64{{planned - 1, 30}, {30, planned - 1}} {
		if _, err := projections.Compare(ledger.list, 1, seqs[0], seqs[1], shipped(t)); !errors.Is(err, projections.ErrNoAudit) {
			t.Errorf("compare %v: %v", seqs, err)
		}
	}
	way, err := projections.Compare(ledger.list, 1, 30, 30, shipped(t))
	if err != nil || len(way.Causes) != 0 || way.Delta.Cmp(scoring.Number{}) != 0 {
		t.Errorf("compared with itself: %+v, %v", way, err)
	}
	if diff := cmp.Diff(way.A, way.B, exact); diff != "" {
		t.Error(diff)
	}
}
