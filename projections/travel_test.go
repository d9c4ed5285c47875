package projections_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"starledger/events"
	"starledger/events/checks"
	"starledger/projections"
	"starledger/projections/rehearsal"
	"starledger/scoring"
)

// exact compares numbers by value, and reaches into the fold.
var exact = cmp.Options{
	cmp.Comparer(func(a, b scoring.Number) bool { return a.Cmp(b) == 0 }),
	cmp.AllowUnexported(events.Certificate{}),
}

func fold(t failer, list []*events.Stored) *events.Case {
	t.Helper()
	c := events.NewCase(list[0].Subject)
	for _, e := range list {
		if err := c.Follow(e); err != nil {
			t.Fatal(err)
		}
	}
	return c
}

// The list of cases as of any sequence shows what folding every case up to it shows.
func TestListAsOf(t *testing.T) {
	for _, name := range []string{"gbt27922-2011", "cts-2025"} {
		t.Run(name, func(t *testing.T) {
			ledger := tell(t, rehearsal.Plan{Seed: 11, Events: 900, Open: 3, Scheme: scheme(t, name)})
			v := upToDate(t, ledger)
			for seq := uint64(1); seq <= ledger.end(); seq += 7 {
				page, err := v.Cases(t.Context(), projections.CaseQuery{AsOf: projections.Point{Seq: seq}, Limit: 100})
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(listed(t, ledger, seq), page.Items, exact); diff != "" {
					t.Fatalf("as of %d (-folded +listed):\n%s", seq, diff)
				}
			}
		})
	}
}

// listed is the list of cases by folding.
func listed(t failer, ledger *told, seq uint64) []projections.CaseRow {
	var rows []projections.CaseRow
	for id := range ledger.last {
		if list := ledger.of(id, seq); len(list) > 0 {
			rows = append(rows, row(t, list, ledger.list[seq-1].Time))
		}
	}
	slices.SortFunc(rows, func(a, b projections.CaseRow) int { return int(b.Opened) - int(a.Opened) })
	return rows
}

func row(t failer, list []*events.Stored, at events.Instant) projections.CaseRow {
	c, last := fold(t, list), list[len(list)-1]
	row := projections.CaseRow{
		ID: c.ID, Kind: c.Kind, Scheme: c.Scheme.ID, Version: c.Scheme.Version, Organization: c.Organization.Name,
		Scope: c.Scope, Field: c.Field, Opened: c.Opened.Seq, State: projections.StateOf(c, at),
		Changed: projections.EntryRow{
			Seq: last.Seq, Case: c.ID, CaseSeq: last.CaseSeq, Type: last.Type, Actor: last.ActorID,
			Recorded: last.Time, Effective: last.EffectiveTime,
		},
	}
	if certificate := c.Certificate(); certificate != nil {
		row.Certificate = certificate.Number
	}
	for i := range c.Audits {
		for _, f := range c.Audits[i].Findings {
			if f.Withdrawn == nil && !c.Audits[i].Corrected(f.Finding) {
				row.OpenFindings++
			}
		}
	}
	if a := c.LastAudit(); a != nil {
		result, err := checks.Score(a, shipped(t))
		if err != nil {
			t.Fatal(err)
		}
		row.Audit = &projections.AuditRow{
			Number: a.Number, Kind: a.Kind, Stage: projections.StageOf(c, a), Final: result.Final,
			Provisional: result.Provisional, Passed: result.Passed, Assessed: result.Assessed,
			Involved: result.InvolvedClauses, Specials: result.Specials.Count, Limit: result.Specials.Limit,
		}
		if result.Grade != nil && !result.Provisional {
			row.Audit.Grade = events.ID(result.Grade.ID)
		}
	}
	return row
}

// A case as of a sequence is the fold of its events up to it; on the effective axis, when nothing is
// back-dated, a case at a time is what was recorded up to it.
func TestCaseAt(t *testing.T) {
	ledger := tell(t, rehearsal.Plan{Seed: 5, Events: 700, Open: 3, Scheme: scheme(t, "gbt27922-2011")})
	v := upToDate(t, ledger)
	rapid.Check(t, func(r *rapid.T) {
		seq := rapid.Uint64Range(1, ledger.end()).Draw(r, "seq")
		e := ledger.list[seq-1]
		want := fold(t, ledger.of(e.Subject, seq))
		for _, point := range []projections.Point{{Seq: seq}, {Time: e.Time}, {Time: e.Time, Axis: projections.Effective}} {
			got, at, err := v.At(t.Context(), e.Subject, point)
			if err != nil {
				r.Fatal(err)
			}
			if point.Axis == projections.Effective {
				got = got.Clone()
				got.Head = want.Head
			} else if at.Seq != seq || at.RecordedAt != e.Time {
				r.Fatalf("%v resolves to %v, want sequence %d at %s", point, at, seq, e.Time)
			}
			if diff := cmp.Diff(want, got, exact); diff != "" {
				r.Fatalf("at %v (-folded +answered):\n%s", point, diff)
			}
		}
	})
}

// What is back-dated counts from when it happened on the effective axis, and from when it was recorded on
// the other.
func TestBackDated(t *testing.T) {
	ledger := tell(t, rehearsal.Plan{Seed: 5, Events: 300, Open: 1, Scheme: scheme(t, "gbt27922-2011"), BackDated: true})
	v := upToDate(t, ledger)
	at := slices.IndexFunc(ledger.list, func(e *events.Stored) bool { return e.EffectiveTime < e.Time && e.CaseSeq > 10 })
	e := ledger.list[at]
	happened, _, err := v.At(t.Context(), e.Subject, projections.Point{Time: e.EffectiveTime, Axis: projections.Effective})
	if err != nil {
		t.Fatal(err)
	}
	want := events.NewCase(e.Subject)
	for _, h := range projections.Happened(ledger.of(e.Subject, ledger.end()), e.EffectiveTime) {
		if err := want.Apply(h); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(want, happened, exact); diff != "" {
		t.Error(diff)
	}
	recorded, _, err := v.At(t.Context(), e.Subject, projections.Point{Time: e.EffectiveTime})
	if err != nil {
		t.Fatal(err)
	}
	if recorded.Head.Seq >= e.Seq {
		t.Errorf("event %d counts on the recorded axis before it was recorded", e.Seq)
	}
}

func TestPointsThatAreNone(t *testing.T) {
	ledger := tell(t, rehearsal.Plan{Seed: 5, Events: 50, Open: 2, Scheme: scheme(t, "gbt27922-2011"), Cut: true})
	v := upToDate(t, ledger)
	second := ledger.list[slices.IndexFunc(ledger.list, func(e *events.Stored) bool { return e.CaseSeq == 1 && e.Seq > 1 })]
	rows := []struct {
		name  string
		point projections.Point
		want  error
	}{
		{"after now", projections.Point{Time: later + 1}, projections.ErrFuture},
		{"after now, effective", projections.Point{Time: later + 1, Axis: projections.Effective}, projections.ErrFuture},
		{"after the end of the log", projections.Point{Seq: 51}, projections.ErrUnknownPoint},
		{"a sequence on the effective axis", projections.Point{Seq: 1, Axis: projections.Effective}, projections.ErrSeqOnEffectiveAxis},
		{"before the case, by sequence", projections.Point{Seq: second.Seq - 1}, projections.ErrNoCase},
		{"before the case, by time", projections.Point{Time: second.Time - 1}, projections.ErrNoCase},
		{"before the case, effective", projections.Point{Time: second.EffectiveTime - 1, Axis: projections.Effective}, projections.ErrNoCase},
		{"before the ledger", projections.Point{Time: 1}, projections.ErrNoCase},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			if _, _, err := v.At(t.Context(), second.Subject, row.point); !errors.Is(err, row.want) {
				t.Errorf("At = %v, want %v", err, row.want)
			}
		})
	}
	if _, _, err := v.At(t.Context(), "01J00000000000000000000000", projections.Point{}); !errors.Is(err, projections.ErrNoCase) {
		t.Errorf("At of no case = %v", err)
	}
}
