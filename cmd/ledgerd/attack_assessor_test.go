package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// assessor is somebody with ledgerctl and a policy, and the ledger they look at.
type assessor struct {
	t                            *testing.T
	dir, tokens, ledgerctl       string
	people                       []demoPerson
	witness                      []string // flags
	policy, policyWithoutWitness string   // files
}

func newAssessor(t *testing.T) *assessor {
	a := &assessor{t: t, dir: filepath.Join(t.TempDir(), "data"), ledgerctl: filepath.Join(built(t), "ledgerctl"), people: demoPeople()}
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
