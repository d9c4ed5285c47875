package projections_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"starledger/events"
	"starledger/projections"
	"starledger/projections/rehearsal"
)

// On the effective axis the register shows a certificate as the case had happened up to the instant, with
// what was recorded late in its place, in pages of any size.
func TestRegisterAsItHappened(t *testing.T) {
	ledger := tell(t, rehearsal.Plan{Seed: 31, Events: 1500, Open: 3, Scheme: scheme(t, "gbt27922-2011"), BackDated: true})
	v := upToDate(t, ledger)
	late := 0
	for _, e := range ledger.list {
		if !isAboutCertificates(e) {
			continue
		}
		if e.EffectiveTime < e.Time {
			late++
		}
		for _, instant := range []events.Instant{e.EffectiveTime - 1, e.EffectiveTime} {
			for _, limit := range []int{1, 1000} {
				q := projections.RegisterQuery{AsOf: projections.Point{Time: instant, Axis: projections.Effective}, Limit: limit}
				if diff := cmp.Diff(happenedRegister(t, ledger, instant), registerShows(t, v, q)); diff != "" {
					t.Fatalf("at %s, pages of %d (-folded +listed):\n%s", instant, limit, diff)
				}
			}
		}
	}
	if late == 0 {
		t.Error("nothing was recorded late, so this shows nothing")
	}
}

func isAboutCertificates(e *events.Stored) bool {
	switch e.Data.(type) {
	case events.CertificateIssued, events.DecisionMade:
		return true
	}
	return false
}

// happenedRegister is number and status of every certificate of the folded cases.
func happenedRegister(t *testing.T, ledger *told, instant events.Instant) []string {
	t.Helper()
	var list []events.Certificate
	for id := range ledger.last {
		happened := projections.Happened(ledger.of(id, ledger.end()), instant)
		c := events.NewCase(id)
		for _, e := range happened {
			if err := c.Apply(e); err != nil {
				t.Fatal(err)
			}
		}
		list = append(list, c.Certificates...)
	}
	slices.SortFunc(list, func(a, b events.Certificate) int { return int(a.Seq) - int(b.Seq) })
	var shown []string
	for i := range list {
		shown = append(shown, fmt.Sprint(list[i].Number, " ", list[i].StatusOn(instant), " ", list[i].Scope))
	}
	return shown
}

func registerShows(t *testing.T, v *projections.Views, q projections.RegisterQuery) (shown []string) {
	t.Helper()
	for {
		page, err := v.Register(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		for _, k := range page.Items {
			shown = append(shown, fmt.Sprint(k.Number, " ", k.Status, " ", k.Scope))
			if k.Seq == 0 || k.Changed == 0 || k.Holder == "" {
				t.Errorf("%+v", k)
			}
		}
		if q.After = page.Next; page.Next == 0 {
			return shown
		}
	}
}
