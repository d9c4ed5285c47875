package projections_test

import (
	"cmp"
	"errors"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"starledger/events"
	"starledger/projections"
	"starledger/projections/rehearsal"
)

// standingFinding is a finding as the list tells it, without what only names it.
type standingFinding struct {
	Seq      uint64
	Case     events.CaseID
	Clause   events.Clause
	Stage    projections.FindingStage
	Repeated bool
}

func findings(t *testing.T, v *projections.Views, q projections.FindingQuery) []standingFinding {
	t.Helper()
	var list []standingFinding
	for {
		page, err := v.Findings(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range page.Items {
			list = append(list, standingFinding{r.Seq, r.Case, r.Clause, r.Stage, r.Repeated})
		}
		if q.After = page.Next; page.Next == 0 {
			return list
		}
	}
}

// stageIn is the stage of a finding as its folded audit has it.
func stageIn(a *events.Audit, f *events.Finding) projections.FindingStage {
	last := a.Correction(f.Finding)
	switch {
	case f.Withdrawn != nil:
		return projections.FindingWithdrawn
	case last == nil:
		return projections.FindingRaised
	case last.Verified == nil:
		return projections.FindingCorrecting
	case last.Accepted():
		return projections.FindingClosed
	}
	return projections.FindingRejected
}

// repeatedIn tells whether an earlier audit of the case found a nonconformity on the clause that stands.
func repeatedIn(c *events.Case, a *events.Audit, f *events.Finding) bool {
	for i := range c.Audits {
		before := &c.Audits[i]
		if before.Number < a.Number && slices.ContainsFunc(before.Findings, func(x events.Finding) bool {
			return x.Clause == f.Clause && x.Category == events.Nonconformity && x.Withdrawn == nil
		}) {
			return f.Category == events.Nonconformity
		}
	}
	return false
}

// As of any sequence the list is what folding every case says, in pages of any size.
func TestFindingsAreTheFold(t *testing.T) {
	ledger := tell(t, rehearsal.Plan{Seed: 23, Events: 2500, Open: 3, Scheme: scheme(t, "gbt27922-2011"), Cut: true})
	v := upToDate(t, ledger)
	seen := map[projections.FindingStage]bool{}
	repeated := false
	for seq := uint64(40); seq <= ledger.end(); seq += 97 {
		var want []standingFinding
		for id := range ledger.last {
			history := ledger.of(id, seq)
			if len(history) == 0 {
				continue
			}
			c := fold(t, history)
			for i := range c.Audits {
				for j := range c.Audits[i].Findings {
					a, f := &c.Audits[i], &c.Audits[i].Findings[j]
					row := standingFinding{f.Seq, id, f.Clause, stageIn(a, f), repeatedIn(c, a, f)}
					seen[row.Stage], repeated = true, repeated || row.Repeated
					want = append(want, row)
				}
			}
		}
		slices.SortFunc(want, func(a, b standingFinding) int { return cmp.Compare(b.Seq, a.Seq) })
		got := findings(t, v, projections.FindingQuery{AsOf: projections.Point{Seq: seq}, Limit: int(seq%7) + 1})
		if diff := gocmp.Diff(want, got); diff != "" {
			t.Fatalf("as of %d:\n%s", seq, diff)
		}
	}
	if !seen[projections.FindingRaised] || !seen[projections.FindingClosed] || !repeated {
		t.Fatalf("the ledger shows only %v, repeated %v", seen, repeated)
	}
}

// Filters keep what they say; nobody sees the findings of a case that is not granted.
func TestFindingFilters(t *testing.T) {
	ledger := tell(t, rehearsal.Plan{Seed: 29, Events: 1500, Open: 3, Scheme: scheme(t, "gbt27922-2011"), Cut: true})
	v := upToDate(t, ledger)
	all := findings(t, v, projections.FindingQuery{Limit: 1000})
	first := all[0]
	for _, row := range []struct {
		name  string
		query projections.FindingQuery
		keeps func(standingFinding) bool
	}{
		{"a stage", projections.FindingQuery{Stage: projections.FindingClosed}, func(f standingFinding) bool { return f.Stage == projections.FindingClosed }},
		{"a clause", projections.FindingQuery{Clause: first.Clause}, func(f standingFinding) bool { return f.Clause == first.Clause }},
		{"a case", projections.FindingQuery{Case: first.Case}, func(f standingFinding) bool { return f.Case == first.Case }},
		{"a granted case", projections.FindingQuery{Within: &projections.Within{Cases: []events.CaseID{first.Case}}}, func(f standingFinding) bool { return f.Case == first.Case }},
		{"nothing granted", projections.FindingQuery{Within: &projections.Within{}}, func(standingFinding) bool { return false }},
		{"nonconformities", projections.FindingQuery{Category: events.Nonconformity}, func(standingFinding) bool { return true }},
		{"strengths", projections.FindingQuery{Category: events.Strength}, func(standingFinding) bool { return false }},
	} {
		row.query.Limit = 50
		want := slices.DeleteFunc(slices.Clone(all), func(f standingFinding) bool { return !row.keeps(f) })
		if got := findings(t, v, row.query); !slices.Equal(got, want) {
			t.Errorf("%s: %d findings, want %d", row.name, len(got), len(want))
		}
	}
	if _, err := v.Findings(t.Context(), projections.FindingQuery{AsOf: projections.Point{Axis: projections.Effective}, Limit: 1}); !errors.Is(err, projections.ErrListAxis) {
		t.Errorf("on the effective axis: %v", err)
	}
}
