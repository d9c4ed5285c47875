package decide_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"starledger/events"
	"starledger/events/checks"
	"starledger/events/decide"
	. "starledger/events/decide/decidetest"
	"starledger/scoring"
)

// A server without the scheme an audit is pinned to cannot decide; that is no refusal.
func TestSchemeIsLost(t *testing.T) {
	nothing, err := scoring.NewBook()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		story *Story
		cmd   decide.Command
	}{
		{planned(t), plain}, {planned(t), whole("5.3.2.2")}, {planned(t), deletion("5.3.2.2")}, {planned(t), observation()},
		{found(t), special("F1")}, {planned(t), bonus()}, {assessed(t), report("grant", "")}, {reported(t), review("confirmed")},
		{reviewed(t), decision("grant", "")},
	} {
		c.story.Setting.Schemes = nothing
		_, err := c.story.Try(c.cmd)
		if !errors.Is(err, checks.ErrUnknownScheme) || errors.As(err, new(*decide.Refusal)) {
			t.Errorf("%T: %v", c.cmd, err)
		}
	}
}

// What was said with the command goes into the event.
func TestVerdictCarriesWhatWasSaid(t *testing.T) {
	s := planned(t)
	cmd := &decide.GrantBonus{Audit: 1, Reasoned: decide.Reasoned{Reason: "ahead", Note: "seen", EffectiveAt: At(2 * time.Minute)}}
	s.Do(cmd)
	e := s.History[len(s.History)-1]
	if e.Reason != "ahead" || e.Note != "seen" || e.EffectiveTime != events.Instant(*cmd.EffectiveAt) || e.OnBehalfOf != "" {
		t.Errorf("the event says %+v", e.Attributes)
	}
}

// A clock that was set back does not make the case run back.
func TestClockSetBack(t *testing.T) {
	s := planned(t)
	s.Setting.Now = Start
	s.Do(bonus())
	if got, want := s.Audit(1).Reward("B1").Effective, s.Audit(1).Planned.Recorded; got != want {
		t.Errorf("effective %s, want %s", got, want)
	}
}

func TestRefusalSaysWhatItIsAbout(t *testing.T) {
	_, err := planned(t).Try(whole("9.9"))
	for _, word := range []string{"broken", "unknown-clause", "/clause", "9.9"} {
		if !strings.Contains(err.Error(), word) {
			t.Errorf("%q does not say %s", err, word)
		}
	}
}
