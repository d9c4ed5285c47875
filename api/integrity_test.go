package api

import (
	"errors"
	"fmt"
	"net/http"
	"testing"
	"time"

	"starledger/events"
	"starledger/events/seal"
)

func TestIntegrity(t *testing.T) {
	w := newSealedWorld(t)
	w.onSite()
	w.no(t, w.views.WaitFor(t.Context(), w.last()))
	ask := func() reply { return w.send(http.MethodGet, "/v1/integrity", "wu", "", "Accept-Language", "en") }
	want := func(name string, got reply, members map[string]string) {
		t.Helper()
		for member, value := range members {
			if got.get(member) != value {
				t.Errorf("%s: %s is %q, want %q in %s", name, member, got.get(member), value, got.body)
			}
		}
	}
	want("nothing sealed", ask(), map[string]string{
		"sound": "true", "origin": "ledger.example.org/2026", "last": "5", "sealed.size": "0", "published.size": "0", "archive.size": "0",
		"sealed.root": "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=", "lag.events": "5", "lag.held_up": "false",
		"configuration.checked_at": "", "configuration.drift.0": "", "verification.verified": "0", "verification.full_pass_at": "", "incident": "",
	})
	w.run()
	w.settled()
	w.guard.Store(&Guarding{
		CheckedAt: w.now(), Drift: []string{"MaxAge is 1h"}, Verified: 4, FullPassAt: w.now(), Rate: 250_000,
	})
	want("sealed", ask(), map[string]string{
		"sound": "false", "sealed.size": "5", "sealed.at": "2026-11-21T08:00:00.000000Z", "published.size": "5", "published.at": "2026-11-21T08:00:00.000000Z", "archive.size": "5",
		"lag.events": "0", "lag.seconds": "0", "witnesses.0.name": "w", "witnesses.0.size": "5", "witnesses.0.state": "cosigned",
		"witnesses.0.detail": "It has cosigned the newest checkpoint.", "witnesses.1": "",
		"time_sandwich.size": "5", "time_sandwich.earliest": "2026-11-21T08:00:00.000000Z", "time_sandwich.latest": "2026-11-21T08:00:00.000000Z",
		"time_sandwich.outside": "0", "time_sandwich.lowest_outside": "",
		"configuration.checked_at": "2026-11-21T08:00:00.000000Z", "configuration.drift.0": "MaxAge is 1h",
		"verification.verified": "4", "verification.full_pass_at": "2026-11-21T08:00:00.000000Z", "verification.rate": "250000", "incident": "",
	})
	w.guard.Store(&Guarding{Misplaced: 2, LowestMisplaced: 4})
	want("back-dated", ask(), map[string]string{"sound": "false", "time_sandwich.outside": "2", "time_sandwich.lowest_outside": "4", "incident": ""})
	w.guard.Store(&Guarding{Incident: "event 3 was altered", LowestBad: 3})
	want("altered", ask(), map[string]string{"sound": "false", "incident.detail": "event 3 was altered", "incident.lowest_bad": "3", "incident.at": ""})
	if got := w.send(http.MethodGet, "/v1/integrity", "", ""); got.status != http.StatusUnauthorized {
		t.Errorf("a stranger: %d", got.status)
	}
}

// Before any witness has cosigned, nothing is published and nobody is told otherwise.
func TestNothingIsPublished(t *testing.T) {
	w := &sealedWorld{}
	w.answering(http.StatusForbidden)
	w.begin(t)
	got := w.send(http.MethodGet, "/v1/integrity", "li", "")
	if got.get("sound") != "true" || got.get("published") != "" || got.get("time_sandwich") != "" || got.get("witnesses.0.state") != "unwitnessed" {
		t.Errorf("%s", got.body)
	}
	if got := w.send(http.MethodGet, "/log/checkpoint", "", ""); got.status != http.StatusNotFound || got.get("code") != "unknown-checkpoint" {
		t.Errorf("%d %s", got.status, got.body)
	}
}

func TestWitnessStates(t *testing.T) {
	asked := time.Unix(1_800_000_000, 0)
	for want, row := range map[string][]seal.WitnessStatus{
		"cosigned":    {{At: asked}},
		"unwitnessed": {{Err: errors.New("not asked")}, {At: asked, Err: fmt.Errorf("w: %w", seal.ErrUnregistered)}},
		"unreachable": {{At: asked, Err: errors.New("connection refused")}, {At: asked, Err: &seal.KnowsError{Size: 9}}},
		"incident":    {{At: asked, Err: fmt.Errorf("w: %w", seal.ErrContradicted)}, {At: asked, Err: &events.GapError{Want: 7}}},
	} {
		for _, status := range row {
			if got := english.witness(&status); got.State != want || got.Detail == "witness:"+want {
				t.Errorf("%v: %+v, want %s", status.Err, got, want)
			}
		}
	}
}

// The incident names the lowest sequence that anybody has found to be bad.
func TestIncident(t *testing.T) {
	at := time.Unix(1_800_000_000, 0)
	for name, c := range map[string]struct {
		sealing *seal.Incident
		guard   Guarding
		detail  string
		lowest  uint64
	}{
		"a witness":           {&seal.Incident{At: at, Err: seal.ErrContradicted}, Guarding{}, "the witness has seen another history of the log", 0},
		"a gap":               {&seal.Incident{At: at, Err: &events.GapError{Want: 7}}, Guarding{}, "the log ends before sequence 7, which was to be there", 7},
		"damage, found lower": {&seal.Incident{At: at, Err: &events.DamageError{Seq: 9, Reason: "r"}}, Guarding{Incident: "i", LowestBad: 4}, "i; sequence 9: r", 4},
		"damage, lower":       {&seal.Incident{At: at, Err: &events.DamageError{Seq: 2, Reason: "r"}}, Guarding{Incident: "i", LowestBad: 4}, "i; sequence 2: r", 2},
	} {
		got := incidentOf(c.sealing, c.guard)
		if got == nil || got.Detail != c.detail || got.LowestBad != c.lowest || got.At != events.InstantOf(at) {
			t.Errorf("%s: %+v", name, got)
		}
	}
	if got := incidentOf(nil, Guarding{}); got != nil {
		t.Errorf("all is well: %+v", got)
	}
}

// The lag counts whole seconds, never below 0 where a clock ran backwards.
func TestLag(t *testing.T) {
	w := newWorld(t)
	for seconds, since := range map[uint64]time.Duration{0: -999 * time.Millisecond, 3: -3999 * time.Millisecond} {
		if got := w.server.lagOf(seal.Status{Last: 9, WaitingSince: w.now().Add(since), Err: events.ErrUnavailable}); got != (lagBody{9, seconds, true}) {
			t.Errorf("%+v, want %d s", got, seconds)
		}
	}
	if got := w.server.lagOf(seal.Status{WaitingSince: w.now().Add(time.Hour)}); got != (lagBody{}) {
		t.Errorf("%+v", got)
	}
}

func TestSealMetrics(t *testing.T) {
	w := newSealedWorld(t)
	w.onSite()
	w.run()
	w.settled()
	w.guard.Store(&Guarding{Incident: "altered"})
	wantMetrics(t, w.world, "starledger_sealed_size 5", "starledger_published_size 5", "starledger_seal_lag_events 0", "starledger_seal_lag_seconds 0", "starledger_integrity_incidents 1")
	w.guard.Store(&Guarding{})
	wantMetrics(t, w.world, "starledger_integrity_incidents 0")
}
