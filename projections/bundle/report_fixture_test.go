package bundle

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"

	"starledger/events"
	"starledger/events/checks"
	"starledger/events/decide"
	"starledger/events/decide/decidetest"
	"starledger/events/proof"
)

const reportOrigin = "ledger.example.org/2026"

// reportVectors are keys of the test vectors of events/proof.
type reportVectors struct {
	Log, Witness struct{ Skey, Vkey string }
}

func readReportVectors(t testing.TB) reportVectors {
	t.Helper()
	var v reportVectors
	text, err := os.ReadFile("../../events/proof/testdata/note.json")
	if err == nil {
		err = json.Unmarshal(text, &v)
	}
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// certifiedStory is a case from its application to the certificate, with all that moves a score:
// V8 of the domain page, 86.4 of 90 points, one special deduction, 95, five stars.
func certifiedStory(t decidetest.T) *decidetest.Story {
	one, eighteen := uint64(1), uint64(18)
	s := decidetest.Planned(t, "gbt27922-2011@1").OnSite(1)
	for _, clause := range s.Scheme("gbt27922-2011", "1").Clauses {
		if strings.HasPrefix(clause.ID, "5.2.4.") {
			s.Do(&decide.GrantDeletion{Reasoned: decide.Reasoned{Reason: "不提供维修服务"}, Audit: 1, Clause: events.Clause(clause.ID)})
		}
	}
	reason := func(text events.Text) decide.Reasoned { return decide.Reasoned{Reason: text} }
	s.As(decidetest.Auditor, "auditor").Do(
		&decide.RaiseFinding{Audit: 1, Clause: "5.3.1.4", Category: events.Nonconformity, Severity: events.Minor, Statement: "抽查 25 份顾客回访，18 份没有满意度结论", Evidence: []events.Evidence{decidetest.Photo}},
		&decide.ApplyDeduction{Reasoned: reason("见 F1"), Audit: 1, Clause: "5.3.1.4", Basis: events.Sampled, Sample: &events.Sample{Size: 25, Nonconforming: &eighteen}, Finding: "F1"},
		&decide.ApplyDeduction{Reasoned: reason("证书未出示"), Audit: 1, Clause: "5.1.2.2", Basis: events.Sampled, Sample: &events.Sample{Size: 2, Nonconforming: &one}},
		&decide.RaiseFinding{Audit: 1, Clause: "5.1.3.1", Category: events.Nonconformity, Severity: events.Major, Statement: "服务网点未公示收费标准"},
		&decide.ApplySpecialDeduction{Reasoned: reason("违反价格公示规定"), Audit: 1, Trigger: "law", Finding: "F2"})
	s.As(decidetest.Lead, "lead_auditor").Do(
		&decide.RevokeDeduction{Reasoned: reason("证书已核对"), Audit: 1, Deduction: "D2"})
	s.AssessAll(1)
	s.As(decidetest.Officer, "case_officer").Do(&decide.SubmitCorrection{Audit: 1, Finding: "F2", Statement: "全部网点已公示收费标准"})
	s.As(decidetest.Lead, "lead_auditor").Do(
		&decide.VerifyCorrection{Reasoned: reason("现场复查属实"), Audit: 1, Finding: "F2", Outcome: events.CorrectionAccepted},
		&decide.ReportAudit{Audit: 1, Recommendation: events.ToGrant, Summary: "体系健全，推荐五星级"})
	s.As(decidetest.Reviewer, "reviewer").Do(&decide.ReviewAudit{Reasoned: reason("程序完整"), Audit: 1, Outcome: events.ReviewConfirmed})
	s.As(decidetest.Decider, "decision_maker").Do(&decide.MakeDecision{Reasoned: reason("同意推荐"), Decision: events.ToGrant, Audit: 1})
	return s.Certified()
}

// reportOf seals the events of a story, between leaves of other cases, and makes their report.
func reportOf(t testing.TB, s *decidetest.Story) Report {
	t.Helper()
	r := sealedReport(t, s.History)
	r.Score = scoreClaims(t, s)
	var err error
	if r.Calculation, err = reportCalculation(s.Case, s.Setting.Schemes); err != nil {
		t.Fatal(err)
	}
	return r
}

// sealedReport is the report of events under a checkpoint that the log and one witness signed.
func sealedReport(t testing.TB, history []*events.Stored) Report {
	t.Helper()
	return sealedReportAt(t, history, history[len(history)-1].Time.Time().Add(2*time.Second))
}

func sealedReportAt(t testing.TB, history []*events.Stored, witnessed time.Time) Report {
	t.Helper()
	v := readReportVectors(t)
	tree, tiles := sealedTree(t, history)
	head, err := tree.Head()
	if err != nil {
		t.Fatal(err)
	}
	last := history[len(history)-1]
	checkpoint := cosignedNote(t, v, proof.Checkpoint{Origin: reportOrigin, Head: head}, witnessed)
	r := Report{Origin: reportOrigin, Case: string(last.Subject), Profile: "client", Checkpoint: checkpoint, Score: []byte(`{"audits":[]}`)}
	r.Policy = fmt.Appendf(nil, "log %s\nwitness w1 %s\nquorum w1\n", v.Log.Vkey, v.Witness.Vkey)
	for _, e := range history {
		path, err := proof.Inclusion(head, e.Seq-1, tiles)
		if err != nil {
			t.Fatal(err)
		}
		text, err := proof.TlogProof{Index: e.Seq - 1, Path: path, Checkpoint: checkpoint}.Text()
		if err != nil {
			t.Fatal(err)
		}
		r.Events = append(r.Events, ReportEvent{Seq: e.Seq, Body: e.Body, Proof: text})
	}
	return r
}

// sealedTree has the leaves of the events at their sequences and, between and after them, leaves of
// cases that are not shown.
func sealedTree(t testing.TB, history []*events.Stored) (*proof.Tree, proof.ReadTile) {
	t.Helper()
	tree, err := proof.Resume(proof.Head{Root: proof.EmptyRoot()}, nil)
	if err != nil {
		t.Fatal(err)
	}
	names, before := map[events.CaseID]proof.Hash{}, map[events.CaseID]proof.Hash{}
	place := uint64(0)
	grow := func(leaf proof.Hash) {
		if err := tree.Append(leaf); err != nil {
			t.Fatal(err)
		}
		place++
	}
	for _, e := range history {
		for place+1 < e.Seq {
			grow(proof.LeafHash(fmt.Appendf(nil, "another case %d", place)))
		}
		if e.CaseSeq == 1 {
			salt, err := base64.RawURLEncoding.DecodeString(string(e.CaseSalt))
			if err != nil {
				t.Fatal(err)
			}
			names[e.Subject] = proof.CaseCommitment([32]byte(salt), string(e.Subject))
		}
		leaf := proof.Leaf{Seq: e.Seq, Time: e.Time.Time(), Case: names[e.Subject], CaseSeq: e.CaseSeq, Prev: before[e.Subject], Body: sha256.Sum256(e.Body)}
		record, err := leaf.Append(nil)
		if err != nil {
			t.Fatal(err)
		}
		before[e.Subject] = proof.LeafHash(record)
		grow(before[e.Subject])
	}
	grow(proof.LeafHash([]byte("another case, later")))
	return tree, tilesOf(t, tree)
}

func tilesOf(t testing.TB, tree *proof.Tree) proof.ReadTile {
	t.Helper()
	written, err := tree.Tiles()
	if err != nil {
		t.Fatal(err)
	}
	tiles := map[proof.Tile][]byte{}
	for _, tile := range written {
		tiles[tile.Tile] = tile.Data
	}
	return func(tile proof.Tile) ([]byte, error) {
		if data, ok := tiles[tile]; ok {
			return data, nil
		}
		return nil, fmt.Errorf("there is no tile %s", tile.Path())
	}
}

func cosignedNote(t testing.TB, v reportVectors, c proof.Checkpoint, at time.Time) []byte {
	t.Helper()
	key, err := note.NewSigner(v.Log.Skey)
	if err != nil {
		t.Fatal(err)
	}
	signed, err := c.Sign(key)
	if err != nil {
		t.Fatal(err)
	}
	witness, err := proof.NewCosigner(v.Witness.Skey)
	if err != nil {
		t.Fatal(err)
	}
	line, err := witness.Cosign(c, at)
	if err != nil {
		t.Fatal(err)
	}
	return append(signed, line...)
}

// scoreClaims is what expected/score.json states of audit 1.
func scoreClaims(t testing.TB, s *decidetest.Story) []byte {
	t.Helper()
	result, err := checks.Score(s.Audit(1), s.Setting.Schemes)
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(map[string]any{"format": "starledger-score/v1", "audits": []any{map[string]any{
		"audit": 1, "scheme": s.Audit(1).Scheme, "earned": result.Earned.Fraction(), "involved": result.Involved.Fraction(),
		"score": result.Score.Fraction(), "final": result.Final.Fraction(), "grade": result.Grade.ID,
		"assessed": result.Assessed, "clauses": result.InvolvedClauses, "provisional": false, "partial": false,
	}}})
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// pageOf is the page of a report.
func pageOf(t testing.TB, r Report) []byte {
	t.Helper()
	var page strings.Builder
	if err := writeReport(&page, r); err != nil {
		t.Fatal(err)
	}
	return []byte(page.String())
}
