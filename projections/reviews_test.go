package projections_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"starledger/events"
	"starledger/events/checks"
	"starledger/projections"
	"starledger/projections/rehearsal"
)

// registered is the registry as views know it, and nothing else that checks may ask.
func registered(v *projections.Views, t failer) projections.GroundOf {
	book := shipped(t)
	return func(ctx context.Context, _ []*events.Stored) (checks.Ground, error) {
		h, err := v.History(ctx, events.Registry)
		if errors.Is(err, projections.ErrNoCase) {
			return checks.Ground{Schemes: book}, nil
		}
		if err != nil {
			return checks.Ground{}, err
		}
		return checks.Ground{Schemes: book, Registry: h.Case}, nil
	}
}

// reviewedByCode is what the checks come to.
func reviewedByCode(outcomes []checks.Outcome) []string {
	list := make([]string, len(outcomes))
	for i, o := range outcomes {
		list[i] = fmt.Sprint(o.Check.Code, " ", o.Result, " ", o.Events, " ", o.Detail)
	}
	return list
}

// The events of registryEvent, modulo 4.
const (
	anApproval     = 0
	aParameter     = 1
	aQualification = 2
	aPerson        = 3
)

// registryEvent changes what checks say about events that were there before: a field that is approved, who
// is qualified and whom somebody works for; or only of later ones: from which hour on an entry is late.
func registryEvent(t *testing.T, ledger *told, n int) {
	t.Helper()
	data := []events.Payload{
		events.ApprovalRecorded{Approval: events.Label(fmt.Sprint("A", n+1)), Fields: []events.ID{"01"}, From: "2020-01-01"},
		events.ParameterSet{Parameter: checks.LateHours, Value: events.Decimal(fmt.Sprint(1 + n%700))},
		events.QualificationRecorded{Qualification: events.Label(fmt.Sprint("Q", n+1)), Actor: "wang", Kind: events.QualifiedAuditor, From: "2020-01-01"},
		events.PersonRecorded{Actor: "li", Name: "li", Organization: ledger.organization()},
	}[n%4]
	attributes := events.Attributes{
		ID: events.EventID(fmt.Sprintf("01JD3Z%020d", n)), Source: "rehearsal.example/2024", Subject: events.Registry, Time: later - 1, EffectiveTime: later - 1,
		DataSchema: events.DigestOf(nil), CaseSeq: 1, PrevDigest: events.NoDigest, ActorID: "admin", ActorRole: "admin", Nonce: "AAAAAAAAAAAAAAAAAAAAAA",
	}
	if list := ledger.of(events.Registry, ledger.end()); len(list) > 0 {
		last := list[len(list)-1]
		attributes.CaseSeq, attributes.PrevDigest = last.CaseSeq+1, events.PrevDigest(last.Digest)
	} else {
		attributes.CaseSalt = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
	}
	e, err := events.Encode(events.Event{Attributes: attributes, Data: data})
	if err != nil {
		t.Fatal(err)
	}
	e.Seq = ledger.end() + 1
	ledger.append(t, e)
}

// organization is that of the first case.
func (l *told) organization() events.Text {
	for _, e := range l.list {
		if opened, is := e.Data.(events.CaseOpened); is {
			return opened.Organization.Name
		}
	}
	return "another"
}

// planned are the cases for which a team was planned.
func (l *told) planned() map[events.CaseID]bool {
	found := map[events.CaseID]bool{}
	for _, e := range l.list {
		if _, is := e.Data.(events.AuditPlanned); is {
			found[e.Subject] = true
		}
	}
	return found
}

// What is kept is what the checks say of the folded history, for every case, wherever the ledger stands,
// whatever the registry says by then, and whichever process made it: nothing that no longer holds is ever given.
func TestReviewsAreTheChecks(t *testing.T) {
	whole := tell(t, rehearsal.Plan{Seed: 11, Events: 500, Open: 2, Scheme: scheme(t, "gbt27922-2011"), BackDated: true})
	for seed := range uint64(6) {
		random := rand.New(rand.NewPCG(seed, 1))
		ledger, path := emptyLedger(), filepath.Join(t.TempDir(), "views.sqlite")
		step := 0
		grow := func() {
			for range 1 + random.IntN(80) {
				e := *whole.list[len(ledger.list)-len(ledger.of(events.Registry, ledger.end()))]
				e.Seq = ledger.end() + 1
				ledger.append(t, &e)
			}
			if random.IntN(2) == 0 {
				registryEvent(t, ledger, step)
			}
			step++
		}
		for range 3 {
			grow()
			process(t, ledger, path, func(r *run) {
				for range 2 {
					for id, head := range ledger.last {
						if somebodyAsks := random.IntN(4) > 0; somebodyAsks && id != events.Registry {
							sameReview(t, ledger, id, r.reviews, r.ground, head)
						}
					}
					grow()
					await(t, r.views, ledger.end())
				}
			})
		}
	}
}

// What is kept of a case that does not go on is what the checks say, whatever the registry says later.
func TestReviewsAfterTheRegistry(t *testing.T) {
	ledger := tell(t, rehearsal.Plan{Seed: 11, Events: 400, Open: 2, Scheme: scheme(t, "gbt27922-2011")})
	v := upToDate(t, ledger)
	ground := registered(v, t)
	reviews := v.Reviews(ground)
	for n, kind := range []int{aParameter, aPerson, aQualification, anApproval, aQualification} {
		registryEvent(t, ledger, 4*n+kind)
		await(t, v, ledger.end())
		for id, head := range ledger.last {
			if id != events.Registry {
				sameReview(t, ledger, id, reviews, ground, head)
			}
		}
	}
}

// sameReview compares what is kept of a case with what the checks say of it.
func sameReview(t *testing.T, ledger *told, id events.CaseID, reviews *projections.Reviews, ground projections.GroundOf, head uint64) {
	t.Helper()
	now, err := ground(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	got, err := reviews.Of(t.Context(), projections.CaseUpTo{ID: id, Head: head})
	if err != nil {
		t.Fatal(err)
	}
	want, err := checks.ReviewOn(now, id, ledger.of(id, ledger.end()))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(reviewedByCode(want), reviewedByCode(got[0])); diff != "" {
		t.Fatalf("case %s as of %d (-checked +kept):\n%s", id, ledger.end(), diff)
	}
}

// Run reviews every case before anybody asks, again when the case goes on, and those on which the registry
// says something else by then: who is qualified matters wherever a team was planned, a parameter to none.
func TestReviewsAreMadeAhead(t *testing.T) {
	ledger := tell(t, rehearsal.Plan{Seed: 13, Events: 120, Open: 3, Scheme: scheme(t, "gbt27922-2011"), Cut: true})
	v := upToDate(t, ledger)
	made := make(chan uint64, 100) // the registry's head at each review
	ground := registered(v, t)
	reviews := v.Reviews(func(ctx context.Context, history []*events.Stored) (checks.Ground, error) {
		found, err := ground(ctx, history)
		if history != nil && err == nil {
			head := uint64(0)
			if found.Registry != nil {
				head = found.Registry.Head.Seq
			}
			made <- head
		}
		return found, err
	})
	reviews.Unpaused()
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- reviews.Run(ctx) }()
	for range ledger.last {
		if head := <-made; head != 0 {
			t.Errorf("reviewed with a registry up to %d, which has no event", head)
		}
	}
	cases := len(ledger.planned())
	registryEvent(t, ledger, aQualification)
	await(t, v, ledger.end())
	for range cases {
		if head := <-made; head != ledger.end() {
			t.Errorf("reviewed with the registry up to %d, want %d", head, ledger.end())
		}
	}
	ask := func() {
		for id, head := range ledger.last {
			if id == events.Registry {
				continue
			}
			if _, err := reviews.Of(ctx, projections.CaseUpTo{ID: id, Head: head}); err != nil {
				t.Error(err)
			}
		}
	}
	ask() // the last may still have been on its way
	registryEvent(t, ledger, aParameter)
	await(t, v, ledger.end())
	for len(made) > 0 {
		<-made
	}
	if ask(); len(made) > 0 {
		t.Error("what was made ahead is made again")
	}
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
	if _, err := reviews.Of(t.Context(), projections.CaseUpTo{ID: "01JD3Z00000000000000000000", Head: 1}); !errors.Is(err, projections.ErrNoCase) {
		t.Errorf("a case that is not there: %v", err)
	}
}

// While a cluster cannot say what the registry holds, cases are reviewed later, and the node goes on.
func TestReviewsWaitForTheCluster(t *testing.T) {
	ledger := tell(t, rehearsal.Plan{Seed: 13, Events: 30, Open: 1, Scheme: scheme(t, "gbt27922-2011"), Cut: true})
	v := upToDate(t, ledger)
	ground, asked := registered(v, t), 0
	damage := &events.DamageError{Seq: 1, Reason: "found by the test"}
	reviews := v.Reviews(func(ctx context.Context, history []*events.Stored) (checks.Ground, error) {
		switch asked++; asked {
		case 1, 3: // before all cases, and within one
			return checks.Ground{}, fmt.Errorf("read the registry: %w", events.ErrUnavailable)
		case 5:
			return checks.Ground{}, damage
		}
		return ground(ctx, history)
	})
	reviews.Unpaused()
	if err := reviews.Run(t.Context()); !errors.Is(err, damage) || asked != 5 {
		t.Errorf("ended after %d questions with %v", asked, err)
	}
}
