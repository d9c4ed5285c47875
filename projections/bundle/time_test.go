package bundle

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"starledger/events"
	. "starledger/events/decide/decidetest"
)

// An event that claims a time at which a witness had seen the log without it is named; so is one that a
// witness saw before the time it claims, and one that nobody saw for an hour after it.
func TestBackDated(t *testing.T) {
	for _, c := range []struct {
		name    string
		claims  time.Duration // after the case was last heard of, which was 20 s after the start
		sealed  time.Duration
		result  string
		profile Profile
	}{
		{"an hour back", 10 * time.Second, time.Hour + 12*time.Second, "fail", Client},
		{"an hour back, all leaves", 10 * time.Second, time.Hour + 12*time.Second, "fail", Assessor},
		{"just within the skew", time.Hour - 50*time.Second, time.Hour + 12*time.Second, "pass", Client},
		{"on time", time.Hour + 10*time.Second, time.Hour + 12*time.Second, "pass", Assessor},
		{"an hour ahead", 2 * time.Hour, time.Hour + 12*time.Second, "fail", Client},
		{"witnessed late", time.Hour + 10*time.Second, 3 * time.Hour, "warn", Assessor},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := claiming(t, c.claims, c.sealed)
			v := w.verify(w.bundle(Request{Case: CaseID, Profile: c.profile}))
			if got := resultsOf(v)["time"]; got != c.result {
				t.Fatalf("%s, want %s: %+v", got, c.result, v.Checks[11])
			}
			named := slices.ContainsFunc(v.Checks[11].Examples, func(e Example) bool { return e.Member == eventName(4) })
			if named != (c.result != "pass") {
				t.Errorf("%+v", v.Checks[11].Examples)
			}
		})
	}
}

// claiming is a ledger that was quiet for an hour. Event 4 came behind one of another case, which was
// recorded and witnessed after that hour, and claims a time so long after event 2.
func claiming(t testing.TB, claims, sealed time.Duration) *world {
	t.Helper()
	w, story := newWorld(t), certified(t)
	w.tell(story[0], CaseID, w.tick())
	w.tell(story[1], CaseID, w.tick())
	heard := w.at(w.size)
	w.seal(heard.Add(time.Second))
	w.tell(story[0], otherCase, events.InstantOf(heard.Add(time.Hour)))
	w.seal(heard.Add(time.Hour + time.Second))
	w.tell(story[2], CaseID, events.InstantOf(heard.Add(claims)))
	w.seal(heard.Add(sealed))
	return w
}

// Somebody who leaves out the checkpoints that would expose a back-dated event leaves it without a near
// bound, and that is said.
func TestCheckpointsWithheld(t *testing.T) {
	w, story := newWorld(t), certified(t)
	w.tell(story[0], CaseID, w.tick())
	w.seal(w.at(1).Add(time.Second))
	w.tell(story[0], otherCase, events.InstantOf(w.at(1).Add(time.Hour)))
	w.seal(w.at(1).Add(time.Hour + time.Second))
	w.tell(story[1], CaseID, events.InstantOf(w.at(1).Add(time.Minute)))
	w.seal(w.at(1).Add(time.Hour + 2*time.Second))
	m := open(t, w.bundle(Request{Case: CaseID, Profile: Client}))
	for _, size := range sizesIn(m) {
		delete(m, checkpointName(size))
	}
	if got := resultsOf(w.verify(m.packed(t)))["time"]; got != "warn" {
		t.Errorf("the time of the event is %s", got)
	}
}

// A history that was rewritten and signed anew, with the log's own key and by a witness who forgot, is
// sound by itself. Only who remembers notices.
func TestRewrittenHistory(t *testing.T) {
	seen := t.TempDir()
	for _, profile := range []Profile{Assessor, Client} {
		first := small(t)
		o := Options{Policy: first.policy, Remember: filepath.Join(seen, string(profile))}
		wantSound(t, first.verifyWith(first.bundle(Request{Case: CaseID, Profile: Assessor}), o))

		b := altered(t).bundle(Request{Case: CaseID, Profile: profile, Since: first.size})
		if failed := failedIn(first.verify(b)); len(failed) > 0 {
			t.Errorf("%s: by itself it fails in %v", profile, failed)
		}
		v := first.verifyWith(b, o)
		if failed := failedIn(v); !slices.Equal(failed, []string{"remembered"}) {
			t.Errorf("%s: failed in %v", profile, failed)
		}
		wantEvidence(t, first, o.Remember)
	}
}

// altered is the small ledger with another organization from the first event on, and longer.
func altered(t *testing.T) *world {
	t.Helper()
	story := certified(t)
	opened := story[0].Data.(events.CaseOpened)
	opened.Organization.Name = "另一家公司"
	story[0].Data = opened
	w := newWorld(t)
	w.fill(story, 0)
	w.tell(certified(t)[0], "01JD3Z0000000000000000000E", w.tick())
	w.seal(w.at(w.size).Add(time.Second))
	return w
}

// wantEvidence: both notes are kept, each signed by the log.
func wantEvidence(t *testing.T, w *world, remember string) {
	t.Helper()
	kept, err := filepath.Glob(filepath.Join(remember, "*", "*"))
	w.must(err)
	var names []string
	for _, path := range kept {
		names = append(names, strings.TrimRight(filepath.Base(path), "0123456789"))
		note, err := os.ReadFile(path)
		w.must(err)
		if !bytes.HasPrefix(note, []byte(origin+"\n")) {
			t.Errorf("%s: %s", path, note)
		}
	}
	slices.Sort(names)
	if !slices.Equal(names, []string{"", "contradicts-"}) {
		t.Errorf("kept are %v", kept)
	}
}

// Whoever remembers sees the log grow: the next bundle continues what was seen. One that is older is no
// contradiction, and one that does not hold what it takes says how to get it.
func TestRemember(t *testing.T) {
	w := small(t)
	o := Options{Policy: w.policy, Remember: t.TempDir()}
	verify := func(r Request) map[string]string {
		r.Case = CaseID
		return resultsOf(w.verifyWith(w.bundle(r), o))
	}
	if got := verify(Request{Profile: Assessor})["remembered"]; got != "not_applicable" {
		t.Errorf("the first time: %s", got)
	}
	if got := verify(Request{Profile: Assessor})["remembered"]; got != "pass" {
		t.Errorf("the same again: %s", got)
	}
	older := w.bundle(Request{Case: CaseID, Profile: Assessor})
	planned := certified(t)[2]
	grow := func() { // by more than a tile, so that not every hash is at hand
		for range 300 {
			w.tell(planned, otherCase, w.tick())
		}
		w.seal(w.at(w.size).Add(time.Second))
	}
	grow()
	if got := verify(Request{Profile: Assessor})["remembered"]; got != "pass" {
		t.Errorf("grown: %s", got)
	}
	seen := w.size
	grow()
	if got := verify(Request{Profile: Client})["remembered"]; got != "warn" {
		t.Errorf("a client's bundle without hashes from there: %s", got)
	}
	if got := verify(Request{Profile: Client, Since: seen})["remembered"]; got != "pass" {
		t.Errorf("with them: %s", got)
	}
	if got := resultsOf(w.verifyWith(older, o))["remembered"]; got != "warn" {
		t.Errorf("an older one: %s", got)
	}
}

// A broken bundle is not remembered, nor is one that its own policy vouches for.
func TestNothingBadIsRemembered(t *testing.T) {
	w := small(t)
	b := w.bundle(Request{Case: CaseID, Profile: Assessor})
	m := open(t, b)
	m.replace(t, nameExpected, "five", "four")
	for _, c := range []struct {
		bundle []byte
		policy []byte
	}{{m.packed(t), w.policy}, {b, nil}} {
		o := Options{Policy: c.policy, Remember: t.TempDir(), Leaves: t.TempDir()}
		w.verifyWith(c.bundle, o)
		for _, dir := range []string{o.Remember, o.Leaves} {
			if list, err := os.ReadDir(dir); err != nil || len(list) > 0 {
				t.Errorf("%v %v", list, err)
			}
		}
	}
}
