package main

import (
	"bytes"
	"log/slog"
	"net/http"
	"path/filepath"
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
