package projections_test

import (
	"maps"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"starledger/events"
	"starledger/projections"
	"starledger/projections/rehearsal"
)

// What is followed live, one event at a time, is what is rebuilt from nothing, and what is built in
// pieces by processes that come and go.
func TestRebuiltIsLive(t *testing.T) {
	for _, name := range []string{"gbt27922-2011", "cts-2025"} {
		t.Run(name, func(t *testing.T) {
			whole := tell(t, rehearsal.Plan{Seed: 7, Events: 700, Open: 3, Scheme: scheme(t, name), BackDated: true})
			dir := t.TempDir()
			live, rebuilt, pieces := filepath.Join(dir, "live"), filepath.Join(dir, "rebuilt"), filepath.Join(dir, "pieces")

			growing := emptyLedger()
			build(t, growing.log, live, 0)
			for at, e := range whole.list {
				growing.append(t, e)
				if at%150 == 149 {
					build(t, growing.log, pieces, growing.end())
					build(t, growing.log, live, growing.end())
				}
			}
			build(t, growing.log, pieces, growing.end())
			build(t, growing.log, live, growing.end())
			build(t, whole.log, rebuilt, whole.end())

			want := dump(t, rebuilt)
			if diff := cmp.Diff(want, dump(t, live)); diff != "" {
				t.Errorf("live is not what is rebuilt (-rebuilt +live):\n%s", diff)
			}
			if diff := cmp.Diff(want, dump(t, pieces)); diff != "" {
				t.Errorf("built in pieces is not what is rebuilt (-rebuilt +pieces):\n%s", diff)
			}
		})
	}
}

// A case that the follower forgot, or trimmed, is read again when it goes on: memory does not show.
func TestForgottenCasesComeBack(t *testing.T) {
	ledger := tell(t, rehearsal.Plan{Seed: 41, Events: 700, Open: 3, Scheme: scheme(t, "gbt27922-2011")})
	openOldAudits(t, ledger)
	dir := t.TempDir()
	kept, forgotten := filepath.Join(dir, "kept"), filepath.Join(dir, "forgotten")
	build(t, ledger.log, kept, ledger.end())
	build(t, ledger.log, forgotten, ledger.end(), (*projections.Views).ForgetCases)
	if diff := cmp.Diff(dump(t, kept), dump(t, forgotten)); diff != "" {
		t.Errorf("what is forgotten shows (-kept +forgotten):\n%s", diff)
	}
	v := views(t, ledger.log, kept)
	page, err := v.Cases(t.Context(), projections.CaseQuery{Limit: 100, AsOf: projections.Point{Seq: ledger.end()}})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(listed(t, ledger, ledger.end()), page.Items, exact); diff != "" {
		t.Errorf("(-folded +listed):\n%s", diff)
	}
	testTimelines(t, ledger, v)
}

// openOldAudits deducts once more in the first audit of every case, after it was decided.
func openOldAudits(t *testing.T, ledger *told) {
	t.Helper()
	for _, id := range slices.Sorted(maps.Keys(ledger.last)) {
		openOldAudit(t, ledger, id)
	}
}

// openOldAudit deducts twice in the first audit of a case.
func openOldAudit(t *testing.T, ledger *told, id events.CaseID) {
	t.Helper()
	for i := range 2 {
		ledger.goOn(t, id, events.DeductionApplied{
			Audit: 1, Deduction: events.Numbered('D', 900+i), Clause: "5.3.1.4", Basis: events.Qualitative,
		})
	}
}

// goOn appends an event to a case, and gives its sequence.
func (l *told) goOn(t *testing.T, id events.CaseID, data events.Payload) uint64 {
	t.Helper()
	list := l.of(id, l.end())
	last := list[len(list)-1]
	next := last.Attributes
	next.CaseSeq, next.PrevDigest, next.CaseSalt = last.CaseSeq+1, events.PrevDigest(last.Digest), ""
	e, err := events.Encode(events.Event{Attributes: next, Data: data})
	if err != nil {
		t.Fatal(err)
	}
	e.Seq = l.end() + 1
	l.append(t, e)
	return e.Seq
}
