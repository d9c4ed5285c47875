package bundle

import (
	"archive/zip"
	"bytes"
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

	"starledger/events"
	"starledger/events/decide"
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
	arguments := append([]string{"-B", filepath.Join("testdata", "verify.py"), policy}, paths...)
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
	for _, name := range []string{"verify.py", "rescore.py"} {
		text, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			t.Fatal(err)
		}
		if lines := strings.Count(string(text), "\n"); lines >= 150 {
			t.Errorf("%s has %d lines: more than a page is not read", name, lines)
		}
	}
}

// restored is an audit whose finding was corrected before the report, under a scheme that gives the points
// back: 98.5 until it is accepted, 100 at the report. What is reopened costs them again; what is
// accepted after the report gives nothing back.
func restored(t testing.TB, reopened bool) []*events.Stored {
	t.Helper()
	s := Planned(t, Restoring).Do(
		&decide.RaiseFinding{Audit: 1, Clause: "5.2.2.1", Category: events.Nonconformity, Severity: events.Minor, Statement: "现场未见记录"},
		&decide.ApplyDeduction{Reasoned: Because, Audit: 1, Clause: "5.2.2.1", Basis: events.Qualitative, Finding: "F1"})
	accept := func(correction events.Text) {
		s.As(Officer, "case_officer").Do(&decide.SubmitCorrection{Audit: 1, Finding: "F1", Statement: correction})
		s.As(Lead, "lead_auditor").Do(&decide.VerifyCorrection{Reasoned: Because, Audit: 1, Finding: "F1", Outcome: events.CorrectionAccepted})
	}
	accept("已整改")
	if reopened {
		s.Do(&decide.ReopenCorrection{Reasoned: Because, Audit: 1, Finding: "F1"})
	}
	s.Reported(1, events.ToGrant)
	if reopened {
		accept("再次整改")
	}
	return s.History
}

// combined is an audit under two evaluations: 98.5 by gbt27922-2011 with clause 5.2.2.1 lost, 95 by the
// other with 7.3.1.4 lost; the lower counts.
func combined(t testing.TB) []*events.Stored {
	t.Helper()
	s := Planned(t, Combined)
	for i, clause := range []events.Clause{"5.2.2.1", "7.3.1.4"} {
		s.Do(&decide.RaiseFinding{Audit: 1, Clause: clause, Category: events.Nonconformity, Severity: events.Minor, Statement: "现场未见记录"},
			&decide.ApplyDeduction{Reasoned: Because, Audit: 1, Clause: clause, Basis: events.Qualitative, Finding: events.Number(fmt.Sprintf("F%d", i+1))})
	}
	for _, clause := range s.Scheme("gbt27922-2011", "1").Clauses {
		result := events.Conforming
		if clause.ID == "5.2.2.1" {
			result = events.Nonconforming
		}
		s.Do(&decide.RecordAssessment{Audit: 1, Clause: events.Clause(clause.ID), Result: result})
	}
	return s.OnSite(1).AssessAll(1).Do(&decide.ReportAudit{Audit: 1, Recommendation: events.ToGrant, Summary: "x"}).History
}

// Both verifiers work out what a scheme says besides the plain rules: points that a correction restores, and
// two evaluations in one.
func TestSecondVerifierScoresAlike(t *testing.T) {
	need(t, "python3")
	dir := t.TempDir()
	for name, row := range map[string]struct {
		story []*events.Stored
		final string
	}{
		"restored": {restored(t, false), `"final":"100/1"`},
		"reopened": {restored(t, true), `"final":"197/2"`},
		"combined": {combined(t), `"final":"95/1"`},
	} {
		w := newWorld(t)
		w.fill(row.story, 0)
		m := open(t, w.bundle(Request{Case: CaseID, Profile: Assessor}))
		if !strings.Contains(string(m[nameExpected]), row.final) {
			t.Errorf("%s: claims %s", name, m[nameExpected])
		}
		wantSound(t, w.verify(m.packed(t)), "conformance")
		policy, sound, false95 := filepath.Join(dir, name+".txt"), filepath.Join(dir, name+".zip"), filepath.Join(dir, name+"-false.zip")
		w.must(os.WriteFile(policy, w.policy, 0o600))
		w.must(os.WriteFile(sound, m.packed(t), 0o600))
		m.replace(t, nameExpected, row.final, `"final":"99/1"`)
		w.must(os.WriteFile(false95, m.packed(t), 0o600))
		said := second(t, policy, sound, false95)
		if len(said[sound]) > 0 || !slices.Contains(said[false95], "score") {
			t.Errorf("%s: the second verifier says %v, and of a false claim %v", name, said[sound], said[false95])
		}
	}
}

// An archive whose members stand in another order, in the file or in its directory, or with another header, is
// refused by both: two tools could see two bundles in it.
func TestSecondVerifierAgreesOnArchives(t *testing.T) {
	need(t, "python3")
	w := newWorld(t)
	w.fill(begun(t), 0)
	m := open(t, w.bundle(Request{Case: CaseID, Profile: Assessor}))
	dir := t.TempDir()
	policy := filepath.Join(dir, "policy.txt")
	w.must(os.WriteFile(policy, w.policy, 0o600))
	pack := func(name string, names []string, change func(*zip.FileHeader)) string {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		for _, member := range names {
			var is measure
			_, err := is.Write(m[member])
			w.must(err)
			h := header(member, is.size, is.sum)
			change(h)
			to, err := z.CreateRaw(h)
			w.must(err)
			_, err = to.Write(m[member])
			w.must(err)
		}
		w.must(z.Close())
		path := filepath.Join(dir, name+".zip")
		w.must(os.WriteFile(path, b.Bytes(), 0o600))
		return path
	}
	asIs := func(*zip.FileHeader) {}
	swapped, reversed := m.names(), m.names()
	swapped[len(swapped)-1], swapped[len(swapped)-2] = swapped[len(swapped)-2], swapped[len(swapped)-1]
	slices.Reverse(reversed)
	twice := append(m.names(), nameReport)
	want := map[string]bool{
		pack("as-written", m.names(), asIs): true,
		pack("swapped", swapped, asIs):      false,
		pack("reversed", reversed, asIs):    false,
		pack("twice", twice, asIs):          false,
		pack("another-creator", m.names(), func(h *zip.FileHeader) { h.ReaderVersion++ }): false,
		pack("flagged", m.names(), func(h *zip.FileHeader) { h.Flags |= 0x800 }):          false,
	}
	said := second(t, policy, slices.Sorted(maps.Keys(want))...)
	for path, sound := range want {
		v, err := Verify(t.Context(), path, Options{Policy: w.policy})
		w.must(err)
		if got := slices.Contains(failedIn(v), "archive"); got == sound {
			t.Errorf("%s: %v", filepath.Base(path), failedIn(v))
		}
		if got := slices.Contains(said[path], "archive"); got == sound {
			t.Errorf("%s: the second verifier says %v", filepath.Base(path), said[path])
		}
	}
}
