package main

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"io"
	"log/slog"
	"net/http"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"starledger/events"
	"starledger/events/jetlog"
)

// TestAttacksOnAnAssessor: what an operator may hand to an assessor, who has nothing but the bundle,
// their own policy, and ledgerctl. The ledger is that of the demo, told by the people whose work it is.
func TestAttacksOnAnAssessor(t *testing.T) {
	a := newAssessor(t)
	p := a.serve(a.witness)
	_, certified, err := postDemo(t.Context(), p.url, time.Now(), a.people)
	if err != nil {
		t.Fatal(err)
	}
	a.refusesAuditorsDecision(p, certified)
	sound := a.bundle(p, certified)
	p.stop()
	if failed := a.failed(sound, a.policy); len(failed) > 0 {
		t.Fatalf("the sound bundle fails in %v", failed)
	}
	for _, row := range []struct {
		move, caught string
		alter        func(name string, data []byte) []byte // nil leaves the member out
	}{
		{"the last event of the case is left out", "complete", leaveOut(lastEvent(t, sound))},
		{"an event of the case is left out", "chain", leaveOut(middleEvent(t, sound))},
		{"the score model is changed", "documents", inMember("schemes/", `"minimum":"70"`, `"minimum":"60"`)},
		{"another grade is claimed", "score", inMember("expected/", `"grade":"four_star"`, `"grade":"five_star"`)},
		{"an event is rewritten", "chain", inMember(middleEvent(t, sound), `"actorid":"`, `"actorid":"x`)},
	} {
		t.Run(row.move, func(t *testing.T) {
			failed := a.failed(repacked(t, sound, row.alter), a.policy)
			if _, caught := failed[row.caught]; !caught {
				t.Errorf("the check %s did not catch it; failed: %v", row.caught, failed)
			}
		})
	}
	t.Run("an event is back-dated", a.backDated)
	t.Run("the decision maker was the auditor", func(t *testing.T) { a.auditorDecided(t, certified) })
}

// assessor is somebody with ledgerctl and a policy, and the ledger they look at.
type assessor struct {
	t                            *testing.T
	dir, tokens, ledgerctl       string
	people                       []demoPerson
	witness                      []string // flags
	policy, policyWithoutWitness string   // files
}

func newAssessor(t *testing.T) *assessor {
	a := &assessor{t: t, dir: filepath.Join(t.TempDir(), "data"), ledgerctl: filepath.Join(t.TempDir(), "ledgerctl"), people: demoPeople()}
	if text, err := exec.Command("go", "build", "-o", a.ledgerctl, "../ledgerctl").CombinedOutput(); err != nil {
		t.Fatalf("build ledgerctl: %v\n%s", err, text)
	}
	for i := range a.people {
		if a.people[i].Actor == "li" { // an auditor who may decide as well, elsewhere
			a.people[i].Roles = append(a.people[i].Roles, "decision_maker")
		}
	}
	var err error
	if a.tokens, err = writeDemoTokens(t.TempDir(), a.people); err != nil {
		t.Fatal(err)
	}
	key := attackedKey(t, a.dir)
	witness := witnessFor(t, key)
	a.witness = []string{"--witness", witness}
	a.policy = filepath.Join(t.TempDir(), "mine.txt")
	overwrite(t, a.policy, fmt.Appendf(nil, "log %s\nwitness w %s\nquorum w\n", key.verifier, witness))
	a.policyWithoutWitness = filepath.Join(t.TempDir(), "nobody.txt")
	overwrite(t, a.policyWithoutWitness, fmt.Appendf(nil, "log %s\nquorum none\n", key.verifier))
	return a
}

func (a *assessor) serve(flags []string) *process {
	return startProcess(a.t, append([]string{"--data", a.dir, "--tokens", a.tokens}, flags...)...)
}

func (a *assessor) token(actor string) string {
	return a.people[slices.IndexFunc(a.people, func(p demoPerson) bool { return p.Actor == actor })].Token
}

// as sends a request as a person who has seen a state of what they change.
func (a *assessor) as(actor string, p *process, method, path, seen, body string) (status int, etag string, text []byte) {
	a.t.Helper()
	request, err := http.NewRequestWithContext(a.t.Context(), method, p.url+path, strings.NewReader(body))
	if err != nil {
		a.t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+a.token(actor))
	if method == http.MethodPost {
		request.Header.Set("Content-Type", "application/json")
		request.Header.Set("Idempotency-Key", "attack-"+actor)
		request.Header.Set("If-Match", seen)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		a.t.Fatal(err)
	}
	defer response.Body.Close()
	if text, err = io.ReadAll(response.Body); err != nil {
		a.t.Fatal(err)
	}
	return response.StatusCode, response.Header.Get("ETag"), text
}

// bundle loads a bundle, as soon as a published checkpoint covers the case.
func (a *assessor) bundle(p *process, id string) []byte {
	a.t.Helper()
	for within := time.Now().Add(20 * time.Second); ; {
		status, _, text := a.as("wu", p, http.MethodGet, "/v1/cases/"+id+"/bundle?profile=assessor", "", "")
		switch {
		case status == http.StatusOK:
			return text
		case status != http.StatusTooEarly || time.Now().After(within):
			a.t.Fatalf("bundle: %d %s", status, text)
		}
	}
}

// failed are the checks that ledgerctl verify says failed, each with what it says.
func (a *assessor) failed(bundle []byte, policy string) map[string]string {
	a.t.Helper()
	path := filepath.Join(a.t.TempDir(), "case.zip")
	overwrite(a.t, path, bundle)
	cmd := exec.Command(a.ledgerctl, "verify", path, "--policy", policy, "--json")
	text, err := cmd.Output()
	var verdict struct {
		Sound  bool
		Checks []struct {
			Code     string
			Outcome  string
			Examples json.RawMessage
		}
	}
	if json.Unmarshal(text, &verdict) != nil || len(verdict.Checks) == 0 {
		a.t.Fatalf("ledgerctl verify: %v\n%s", err, text)
	}
	if code := cmd.ProcessState.ExitCode(); (code == exitSound) != verdict.Sound || !verdict.Sound && code != exitIntegrity {
		a.t.Errorf("ledgerctl verify: sound %v, exit %d", verdict.Sound, code)
	}
	failed := map[string]string{}
	for _, check := range verdict.Checks {
		if check.Outcome == "fail" {
			failed[check.Code] = string(check.Examples)
		}
	}
	return failed
}

// eventsIn are the names of the events of a bundle, in order.
func eventsIn(t *testing.T, bundle []byte) (names []string) {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(bundle), int64(len(bundle)))
	if err != nil {
		t.Fatal(err)
	}
	for _, member := range archive.File {
		if strings.HasPrefix(member.Name, "events/") {
			names = append(names, member.Name)
		}
	}
	return names
}

func lastEvent(t *testing.T, bundle []byte) string {
	names := eventsIn(t, bundle)
	return names[len(names)-1]
}

func middleEvent(t *testing.T, bundle []byte) string {
	names := eventsIn(t, bundle)
	return names[len(names)/2]
}

// leaveOut leaves an event out, and its proof.
func leaveOut(event string) func(string, []byte) []byte {
	seq := strings.TrimSuffix(path.Base(event), ".json")
	return func(name string, data []byte) []byte {
		if name == event || name == "proofs/"+seq+".tlog-proof" {
			return nil
		}
		return data
	}
}

// inMember replaces text in the members that begin with a name.
func inMember(begins, was, is string) func(string, []byte) []byte {
	return func(name string, data []byte) []byte {
		if strings.HasPrefix(name, begins) {
			return bytes.Replace(data, []byte(was), []byte(is), 1)
		}
		return data
	}
}

// repacked is the bundle with some members altered; the others are taken over as they are.
func repacked(t *testing.T, bundle []byte, alter func(string, []byte) []byte) []byte {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(bundle), int64(len(bundle)))
	if err != nil {
		t.Fatal(err)
	}
	var packed bytes.Buffer
	to := zip.NewWriter(&packed)
	changed := false
	for _, member := range archive.File {
		from, err := member.Open()
		if err != nil {
			t.Fatal(err)
		}
		was, err := io.ReadAll(from)
		if err != nil {
			t.Fatal(err)
		}
		is := alter(member.Name, bytes.Clone(was))
		if bytes.Equal(is, was) {
			if err := to.Copy(member); err != nil {
				t.Fatal(err)
			}
			continue
		}
		changed = true
		if is == nil {
			continue
		}
		header := member.FileHeader // members are stored as they are
		header.CRC32, header.CompressedSize64, header.UncompressedSize64 = crc32.ChecksumIEEE(is), uint64(len(is)), uint64(len(is))
		into, err := to.CreateRaw(&header)
		if err == nil {
			_, err = into.Write(is)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := to.Close(); err != nil || !changed {
		t.Fatalf("nothing was altered: %v", err)
	}
	return packed.Bytes()
}

// refusesAuditorsDecision: the rule holds when posting.
func (a *assessor) refusesAuditorsDecision(p *process, id string) {
	a.t.Helper()
	_, seen, _ := a.as("li", p, http.MethodGet, "/v1/cases/"+id, "", "")
	status, _, text := a.as("li", p, http.MethodPost, "/v1/cases/"+id+"/decisions", seen, `{"decision":"suspend","reason":"年度监督未通过"}`)
	if status != http.StatusForbidden || !bytes.Contains(text, []byte("SOD-01")) {
		a.t.Errorf("decide.MakeDecision did not catch it: %d %s", status, text)
	}
}

// auditorDecided: history is rewritten so that the lead auditor made the decision, and signed with the
// real key. Without witnesses it is sealed; the rule is judged again, offline.
func (a *assessor) auditorDecided(t *testing.T, id string) {
	rewrite(t, a.dir, func(e *events.Event) {
		if _, is := e.Data.(events.DecisionMade); is {
			e.ActorID = "li"
		}
	}, 0)
	p := a.serve(nil)
	bundle := a.bundle(p, id)
	p.stop()
	failed := a.failed(bundle, a.policyWithoutWitness)
	if !strings.Contains(failed["conformance"], "SOD-01") {
		t.Errorf("the check conformance did not catch it; failed: %v", failed)
	}
	if failed := a.failed(bundle, a.policy); failed["checkpoint"] == "" {
		t.Errorf("the check checkpoint did not miss the witness; failed: %v", failed)
	}
}

// backDated: an event is put into the stopped store that claims to have been recorded two hours ago.
// It continues its case and is sealed; the witness had seen the ledger without it.
func (a *assessor) backDated(t *testing.T) {
	log, err := jetlog.Open(t.Context(), jetlog.Config{StoreDir: filepath.Join(a.dir, "store"), KnownLast: 1, KnownCheckpoint: true, Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	const id = "01JD3Z0000000000000000000D"
	var first events.Event
	for record, err := range log.Read(t.Context(), 1, 10) {
		if err != nil {
			t.Fatal(err)
		}
		stored, err := events.DecodeRecord(record)
		if err != nil {
			t.Fatal(err)
		}
		if _, is := stored.Data.(events.CaseOpened); is {
			first = stored.Event
			break
		}
	}
	first.ID, first.Subject, first.IdempotencyKey = "01JD3Z0000000000000000000E", id, "back-dated"
	first.Time -= events.Instant(2 * time.Hour / time.Microsecond)
	stored, err := events.Encode(first)
	if err != nil {
		t.Fatal(err)
	}
	_, err = log.Append(t.Context(), events.Append{Case: id, Bodies: [][]byte{stored.Body}})
	log.Close()
	if err != nil {
		t.Fatal(err)
	}
	p := a.serve(a.witness)
	bundle := a.bundle(p, id)
	p.stop()
	if failed := a.failed(bundle, a.policy); failed["time"] == "" {
		t.Errorf("the check time did not catch it; failed: %v", failed)
	}
}
