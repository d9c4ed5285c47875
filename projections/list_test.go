package projections_test

import (
	"errors"
	"slices"
	"testing"

	"starledger/events"
	"starledger/projections"
	"starledger/projections/rehearsal"
)

func cases(t *testing.T, v *projections.Views, q projections.CaseQuery) []projections.CaseRow {
	t.Helper()
	var all []projections.CaseRow
	for {
		page, err := v.Cases(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		if all = append(all, page.Items...); page.Next == 0 {
			return all
		}
		q.After = page.Next
	}
}

// Filters keep what they say, and pages of any size hold the same cases.
func TestCaseFilters(t *testing.T) {
	ledger := tell(t, rehearsal.Plan{Seed: 19, Events: 2500, Open: 4, Scheme: scheme(t, "gbt27922-2011"), Cut: true})
	v := upToDate(t, ledger)
	all := cases(t, v, projections.CaseQuery{Limit: 1000})
	some, own := all[1].ID, all[2].Organization
	graded := func(grade events.ID) func(projections.CaseRow) bool {
		return func(c projections.CaseRow) bool { return c.Audit != nil && c.Audit.Grade == grade }
	}
	rows := []struct {
		name  string
		query projections.CaseQuery
		keeps func(projections.CaseRow) bool
	}{
		{"everything", projections.CaseQuery{}, func(projections.CaseRow) bool { return true }},
		{"a state", projections.CaseQuery{State: all[0].State}, func(c projections.CaseRow) bool { return c.State == all[0].State }},
		{"a grade", projections.CaseQuery{Grade: "four_star"}, graded("four_star")},
		{"a scheme", projections.CaseQuery{Scheme: "gbt27922-2011"}, func(projections.CaseRow) bool { return true }},
		{"another scheme", projections.CaseQuery{Scheme: "cts-2025"}, func(projections.CaseRow) bool { return false }},
		{"granted cases", projections.CaseQuery{Within: &projections.Within{Cases: []events.CaseID{some}}},
			func(c projections.CaseRow) bool { return c.ID == some }},
		{"the own organization", projections.CaseQuery{Within: &projections.Within{Organization: own}},
			func(c projections.CaseRow) bool { return c.Organization == own }},
		{"nothing granted", projections.CaseQuery{Within: &projections.Within{}}, func(projections.CaseRow) bool { return false }},
		{"two characters of an organization", projections.CaseQuery{Text: "佛山"},
			func(c projections.CaseRow) bool { return []rune(c.Organization)[0] == '佛' }},
		{"two characters inside a scope", projections.CaseQuery{Text: "公家"},
			func(c projections.CaseRow) bool { return []rune(c.Scope)[0] == '办' }},
		{"a certificate number in lower case", projections.CaseQuery{Text: "sc0001r0s"},
			func(c projections.CaseRow) bool { return c.Certificate == "71224SC0001R0S" }},
		{"two words", projections.CaseQuery{Text: "佛山  " + string(some)},
			func(c projections.CaseRow) bool { return c.ID == some && []rune(c.Organization)[0] == '佛' }},
		{"no pattern", projections.CaseQuery{Text: "%"}, func(projections.CaseRow) bool { return false }},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			want := slices.DeleteFunc(slices.Clone(all), func(c projections.CaseRow) bool { return !row.keeps(c) })
			for _, limit := range []int{1, 3, 1000} {
				row.query.Limit = limit
				if got := cases(t, v, row.query); !slices.EqualFunc(got, want, func(a, b projections.CaseRow) bool { return a.ID == b.ID }) {
					t.Errorf("pages of %d hold %d cases, want %d", limit, len(got), len(want))
				}
			}
		})
	}
}

// A statement of a finding is found from the event on that raised it.
func TestSearchAsOf(t *testing.T) {
	ledger := tell(t, rehearsal.Plan{Seed: 19, Events: 200, Open: 1, Scheme: scheme(t, "gbt27922-2011"), Cut: true})
	v := upToDate(t, ledger)
	at := slices.IndexFunc(ledger.list, func(e *events.Stored) bool { _, raised := e.Data.(events.FindingRaised); return raised })
	raised := ledger.list[at]
	word := string([]rune(raised.Data.(events.FindingRaised).Statement)[1:3])
	for seq, want := range map[uint64]int{raised.Seq - 1: 0, raised.Seq: 1} {
		query := projections.CaseQuery{Text: word, AsOf: projections.Point{Seq: seq}, Limit: 10}
		if got := cases(t, v, query); len(got) != want {
			t.Errorf("%q as of %d is found in %d cases, want %d", word, seq, len(got), want)
		}
	}
	_, err := v.Cases(t.Context(), projections.CaseQuery{AsOf: projections.Point{Axis: projections.Effective}, Limit: 1})
	if !errors.Is(err, projections.ErrListAxis) {
		t.Errorf("a list on the effective axis: %v", err)
	}
}

// Feeds filter by case, type, actor, time and what may be seen, in pages of any size.
func TestEntries(t *testing.T) {
	ledger := tell(t, rehearsal.Plan{Seed: 23, Events: 600, Open: 3, Scheme: scheme(t, "gbt27922-2011"), Cut: true})
	v := upToDate(t, ledger)
	some, from, to := ledger.list[0].Subject, ledger.list[100].Time, ledger.list[300].Time
	rows := []struct {
		name   string
		filter projections.EntryFilter
		keeps  func(*events.Stored) bool
	}{
		{"everything", projections.EntryFilter{}, func(*events.Stored) bool { return true }},
		{"a case", projections.EntryFilter{Case: some}, func(e *events.Stored) bool { return e.Subject == some }},
		{"no case", projections.EntryFilter{Case: events.Access}, func(*events.Stored) bool { return false }},
		{"a type", projections.EntryFilter{Type: "starledger.finding.raised.v1"},
			func(e *events.Stored) bool { return e.Type == "starledger.finding.raised.v1" }},
		{"an actor", projections.EntryFilter{Actor: "chen"}, func(e *events.Stored) bool { return e.ActorID == "chen" }},
		{"nobody", projections.EntryFilter{Actor: "nobody"}, func(*events.Stored) bool { return false }},
		{"a time", projections.EntryFilter{From: from, To: to},
			func(e *events.Stored) bool { return from <= e.Time && e.Time <= to }},
		{"granted", projections.EntryFilter{Within: &projections.Within{Cases: []events.CaseID{some}}, Actor: "wang"},
			func(e *events.Stored) bool { return e.Subject == some && e.ActorID == "wang" }},
		{"up to a sequence", projections.EntryFilter{UpTo: 77}, func(e *events.Stored) bool { return e.Seq <= 77 }},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			var want []uint64
			for _, e := range ledger.list {
				if row.keeps(e) {
					want = append(want, e.Seq)
				}
			}
			for _, limit := range []int{50, 1000} {
				row.filter.Limit = limit
				if got := entries(t, v, row.filter); !slices.Equal(got, want) {
					t.Errorf("pages of %d hold %v, want %v", limit, got, want)
				}
			}
		})
	}
}

func entries(t *testing.T, v *projections.Views, f projections.EntryFilter) []uint64 {
	t.Helper()
	var seqs []uint64
	for {
		page, err := v.Entries(t.Context(), f)
		if err != nil {
			t.Fatal(err)
		}
		for _, item := range page.Items {
			seqs = append(seqs, item.Seq)
		}
		if f.After = page.Next; page.Next == 0 {
			return seqs
		}
	}
}

// The register shows what decisions made of a certificate, and what the calendar did.
func TestRegister(t *testing.T) {
	ledger := tell(t, rehearsal.Plan{Seed: 29, Events: 3000, Open: 3, Scheme: scheme(t, "gbt27922-2011")})
	v := upToDate(t, ledger)
	for _, e := range ledger.list {
		switch e.Data.(type) {
		case events.CertificateIssued, events.DecisionMade:
		default:
			continue
		}
		c := fold(t, ledger.of(e.Subject, e.Seq))
		page, err := v.Register(t.Context(), projections.RegisterQuery{
			AsOf: projections.Point{Seq: e.Seq}, Within: &projections.Within{Cases: []events.CaseID{c.ID}}, Limit: 10,
		})
		if err != nil {
			t.Fatal(err)
		}
		if len(page.Items) != len(c.Certificates) {
			t.Fatalf("case %s as of %d has %d certificates in the register, want %d", c.ID, e.Seq, len(page.Items), len(c.Certificates))
		}
		for i, item := range page.Items {
			want := &c.Certificates[i]
			if item.Number != want.Number || item.Status != want.StatusOn(e.Time) || item.Holder != c.Organization.Name || item.Changed > e.Seq {
				t.Errorf("as of %d: %+v, want %s %s", e.Seq, item, want.Number, want.StatusOn(e.Time))
			}
		}
	}
	page, err := v.Register(t.Context(), projections.RegisterQuery{Limit: 1000}) // the clock of these tests is far on
	if err != nil {
		t.Fatal(err)
	}
	for _, item := range page.Items {
		if item.Status != events.CertificateExpired {
			t.Errorf("%s is valid until %s and is %s in %s", item.Number, item.ValidUntil, item.Status, later)
		}
	}
}
