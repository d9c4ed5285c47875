package projections_test

import (
	"cmp"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"starledger/events"
	"starledger/events/checks"
	"starledger/projections"
	"starledger/projections/rehearsal"
	"starledger/scoring"
)

// counted is what analytics say, counted by folding every case.
type counted struct {
	Audits, Failed int
	Sum            scoring.Number
	Grades         map[events.ID]int
	Lost           map[events.Clause]string
	Repeats        map[events.Clause]int
}

func count(t *testing.T, ledger *told, upTo uint64, keep func(*events.Case) bool) counted {
	t.Helper()
	folded := map[events.CaseID]*events.Case{}
	for _, e := range ledger.list[:upTo] {
		c := folded[e.Subject]
		if c == nil {
			c = events.NewCase(e.Subject)
			folded[e.Subject] = c
		}
		if err := c.Follow(e); err != nil {
			t.Fatal(err)
		}
	}
	all := counted{Grades: map[events.ID]int{}, Lost: map[events.Clause]string{}, Repeats: map[events.Clause]int{}}
	lost := map[events.Clause]scoring.Number{}
	for _, c := range folded {
		if !keep(c) {
			continue
		}
		for i := range c.Audits {
			if c.Audits[i].Report != nil {
				all.add(t, c, &c.Audits[i], lost)
			}
		}
	}
	for clause, points := range lost {
		all.Lost[clause] = points.Fraction()
	}
	return all
}

func (all *counted) add(t *testing.T, c *events.Case, a *events.Audit, lost map[events.Clause]scoring.Number) {
	t.Helper()
	result, err := checks.Score(a, shipped(t))
	if err != nil {
		t.Fatal(err)
	}
	all.Audits++
	all.Sum = all.Sum.Add(result.Final)
	if result.Grade == nil {
		all.Failed++
	} else {
		all.Grades[events.ID(result.Grade.ID)]++
	}
	for _, clause := range result.Clauses() {
		points, _ := scoring.ParseNumber(string(clause.Points))
		if !clause.Deleted && points.Cmp(clause.Earned) != 0 {
			at := events.Clause(clause.Clause)
			lost[at] = lost[at].Add(points.Sub(clause.Earned))
		}
	}
	for _, clause := range a.Findings {
		if slices.ContainsFunc(c.Audits[:a.Number-1], func(b events.Audit) bool {
			return slices.ContainsFunc(b.Findings, func(f events.Finding) bool { return f.Clause == clause.Clause })
		}) {
			all.Repeats[clause.Clause]++
		}
	}
}

func summed(a *projections.Analytics) counted {
	all := counted{Grades: map[events.ID]int{}, Lost: map[events.Clause]string{}, Repeats: map[events.Clause]int{}}
	for _, g := range a.Scores {
		all.Audits += g.Audits
		all.Failed += g.Failed
		all.Sum = all.Sum.Add(g.Mean.Times(int64(g.Audits)))
		for grade, n := range g.Grades {
			all.Grades[grade] += n
		}
	}
	for _, l := range a.Losses {
		all.Lost[l.Clause] = l.Lost.Fraction()
	}
	for _, r := range a.Repeats {
		all.Repeats[r.Clause] = r.Audits
	}
	return all
}

// Analytics as of any sequence say what folding every case up to it says.
func TestAnalyticsAsOf(t *testing.T) {
	for _, id := range []string{"gbt27922-2011", "cts-2025"} {
		ledger := tell(t, rehearsal.Plan{Seed: 41, Events: 3000, Open: 4, Scheme: scheme(t, id), Cut: true})
		v := upToDate(t, ledger)
		if err := v.PrepareAnalytics(t.Context()); err != nil {
			t.Fatal(err)
		}
		some := ledger.list[0].Subject
		rows := []struct {
			name   string
			within *projections.Within
			keep   func(*events.Case) bool
		}{
			{"everything", nil, func(*events.Case) bool { return true }},
			{"one case", &projections.Within{Cases: []events.CaseID{some}}, func(c *events.Case) bool { return c.ID == some }},
		}
		for _, row := range rows {
			for _, seq := range []uint64{1, 700, 1900, uint64(len(ledger.list))} {
				got, err := v.Analytics(t.Context(), projections.AnalyticsQuery{Within: row.within, AsOf: projections.Point{Seq: seq}})
				if err != nil {
					t.Fatal(err)
				}
				want := count(t, ledger, seq, row.keep)
				if diff := gocmp.Diff(want, summed(got), gocmp.Comparer(func(a, b scoring.Number) bool { return a.Cmp(b) == 0 })); diff != "" {
					t.Errorf("%s, %s, as of %d (want, got):\n%s", id, row.name, seq, diff)
				}
			}
		}
	}
}

// The shares of a scheme add up to all of it, the dearest clause first.
func TestParetoAddsUp(t *testing.T) {
	v := upToDate(t, tell(t, rehearsal.Plan{Seed: 43, Events: 2500, Open: 3, Scheme: scheme(t, "gbt27922-2011"), Cut: true}))
	got, err := v.Analytics(t.Context(), projections.AnalyticsQuery{})
	if err != nil {
		t.Fatal(err)
	}
	var sum scoring.Number
	for i, loss := range got.Losses {
		sum = sum.Add(loss.Share)
		if loss.Cumulative.Cmp(sum) != 0 {
			t.Errorf("after %s the shares add up to %s, cumulative %s", loss.Clause, sum.Fraction(), loss.Cumulative.Fraction())
		}
		if i > 0 && got.Losses[i-1].Lost.Cmp(loss.Lost) < 0 {
			t.Errorf("%s lost more than %s before it", loss.Clause, got.Losses[i-1].Clause)
		}
	}
	if sum.Fraction() != "1/1" {
		t.Errorf("the shares add up to %s", sum.Fraction())
	}
}

// Filters by scheme and by the time of the report keep what they say, and so does a filter that
// nothing passes.
func TestAnalyticsFilters(t *testing.T) {
	ledger := tell(t, rehearsal.Plan{Seed: 47, Events: 3000, Open: 3, Scheme: scheme(t, "gbt27922-2011"), Cut: true})
	v := upToDate(t, ledger)
	var reports []events.Instant
	for _, e := range ledger.list {
		if _, ok := e.Data.(events.AuditReported); ok {
			reports = append(reports, e.EffectiveTime)
		}
	}
	slices.SortFunc(reports, cmp.Compare[events.Instant])
	from, to := reports[1], reports[len(reports)-2]
	rows := []struct {
		name  string
		query projections.AnalyticsQuery
		want  int
	}{
		{"all", projections.AnalyticsQuery{}, len(reports)},
		{"the scheme", projections.AnalyticsQuery{Scheme: "gbt27922-2011"}, len(reports)},
		{"its version", projections.AnalyticsQuery{Scheme: "gbt27922-2011", Version: "1"}, len(reports)},
		{"another version", projections.AnalyticsQuery{Scheme: "gbt27922-2011", Version: "2"}, 0},
		{"the beginning of an id", projections.AnalyticsQuery{Scheme: "gbt27922"}, 0},
		{"from", projections.AnalyticsQuery{From: from}, len(reports) - 1},
		{"from and to", projections.AnalyticsQuery{From: from, To: to}, len(reports) - 2},
		{"nothing granted", projections.AnalyticsQuery{Within: &projections.Within{}}, 0},
	}
	for _, row := range rows {
		got, err := v.Analytics(t.Context(), row.query)
		if err != nil {
			t.Fatal(err)
		}
		if got.Audits != row.want {
			t.Errorf("%s: %d audits, want %d", row.name, got.Audits, row.want)
		}
	}
	_, err := v.Analytics(t.Context(), projections.AnalyticsQuery{AsOf: projections.Point{Axis: projections.Effective}})
	if err == nil {
		t.Error("analytics are told on the recorded axis only")
	}
}
