package bundle

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	. "starledger/events/decide/decidetest"
)

// The second verifier, which shares nothing with this one, comes to the same verdict on sound bundles and
// on every corruption, for the same reason.
func TestSecondVerifierAgrees(t *testing.T) {
	need(t, "python3")
	w := small(t)
	policy := filepath.Join(t.TempDir(), "policy.txt")
	w.must(os.WriteFile(policy, w.policy, 0o600))
	dir, caught := t.TempDir(), map[string]string{} // file -> the check that catches it
	keep := func(m members, code string) {
		path := filepath.Join(dir, fmt.Sprintf("%d.zip", len(caught)))
		w.must(os.WriteFile(path, m.packed(t), 0o600))
		caught[path] = code
	}
	for _, profile := range []Profile{Assessor, Client} {
		keep(open(t, w.bundle(Request{Case: CaseID, Profile: profile})), "")
	}
	for _, c := range corruptions() {
		m := open(t, w.bundle(Request{Case: CaseID, Profile: c.profile}))
		c.alter(t, w, m)
		keep(m, c.caught)
	}
	backDated := claiming(t, 10*time.Second, time.Hour+12*time.Second)
	keep(open(t, backDated.bundle(Request{Case: CaseID, Profile: Client})), "time")
	foreign := newWorldWith(t, 2)
	foreign.fill(begun(t), 0)
	keep(open(t, foreign.bundle(Request{Case: CaseID, Profile: Assessor})), "checkpoint")
	said := second(t, policy, slices.Sorted(maps.Keys(caught))...)
	for path, code := range caught {
		if got := said[path]; code == "" && len(got) > 0 || code != "" && !slices.Contains(got, code) {
			t.Errorf("%s: the second verifier says %v, not %q", filepath.Base(path), got, code)
		}
	}
}

// second runs the other verifier and returns the codes of what failed, by bundle.
func second(t *testing.T, policy string, paths ...string) map[string][]string {
	t.Helper()
	arguments := append([]string{filepath.Join("testdata", "verify.py"), policy}, paths...)
	out, err := exec.CommandContext(t.Context(), "python3", arguments...).CombinedOutput()
	var ended *exec.ExitError
	if broken := errors.As(err, &ended) && ended.ExitCode() == 3; broken != (len(out) > 0) || err != nil && !broken {
		t.Fatalf("%v: %s", err, out)
	}
	codes := map[string][]string{}
	for line := range strings.Lines(string(out)) {
		words := strings.Fields(line)
		codes[words[0]] = append(codes[words[0]], words[1])
	}
	return codes
}

func TestSecondVerifierIsShort(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("testdata", "verify.py"))
	if err != nil {
		t.Fatal(err)
	}
	if lines := strings.Count(string(text), "\n"); lines >= 150 {
		t.Errorf("it has %d lines: more than a page is not read", lines)
	}
}
