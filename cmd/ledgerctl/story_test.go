package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"starledger/events"
	"starledger/schemas"
	"starledger/scoring"
)

var update = flag.Bool("update", false, "write the golden files anew")

const caseA = "01JD3Z0000000000000000000C"

// said is one event of a story.
type said struct {
	actor, role events.ID
	reason      events.Text
	data        events.Payload
}

// story chains events into a case as the ledger would, one minute apart from 10:02 on
// 2026-11-01 in Shanghai, at every other sequence of the log.
func story(t *testing.T, list ...said) []*events.Stored {
	t.Helper()
	start := time.Date(2026, 11, 1, 10, 2, 0, 0, events.Shanghai)
	var stored []*events.Stored
	for i, s := range list {
		e := events.Event{Data: s.data, Attributes: events.Attributes{
			ID: events.EventID(fmt.Sprintf("01JD3Z00000000000000000%03d", i)), Source: "ledger.example.org/2026", Subject: caseA,
			Time: events.InstantOf(start.Add(time.Duration(i) * time.Minute)), DataSchema: events.DigestOf(nil),
			CaseSeq: uint64(i + 1), PrevDigest: events.NoDigest, ActorID: s.actor, ActorRole: s.role, Reason: s.reason,
			Nonce: "AAAAAAAAAAAAAAAAAAAAAA",
		}}
		e.EffectiveTime = e.Time
		if i == 0 {
			e.CaseSalt = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
		} else {
			e.PrevDigest = events.PrevDigest(stored[i-1].Digest)
		}
		one, err := events.Encode(e)
		if err != nil {
			t.Fatal(err)
		}
		one.Seq = uint64(2*i + 1)
		stored = append(stored, one)
	}
	return stored
}

// wholeStory uses every event type at least once.
func wholeStory() []said {
	count := func(n uint64) *uint64 { return &n }
	yes := true
	pinned := events.SchemeName{ID: "gbt27922-2011", Version: "1", Digest: events.DigestOf([]byte("scheme"))}
	standing := &events.Standing{Final: "18999/200", Grade: "four_star", BasisSeq: 18}
	at := events.InstantOf(time.Date(2026, 11, 1, 9, 0, 0, 0, events.Shanghai))
	officer, lead, auditor := said{actor: "wang", role: "case_officer"}, said{actor: "li", role: "lead_auditor"}, said{actor: "zhao", role: "auditor"}
	by := func(who said, reason events.Text, data events.Payload) said {
		who.reason, who.data = reason, data
		return who
	}
	return append([]said{
		by(officer, "", events.CaseOpened{Kind: events.Certification, Scheme: pinned, Organization: events.Organization{Name: "晨光家电服务有限公司"}, Scope: "家用空调的安装和维修", Field: "03", AppliedAt: at}),
		by(officer, "材料齐全", events.ApplicationReviewed{Outcome: events.ApplicationAccepted, Checks: []events.ApplicationCheck{{Subject: "法律地位", Passed: &yes}}}),
		by(officer, "", events.AuditPlanned{Audit: 1, Kind: events.InitialAudit, Scheme: pinned, StartsOn: "2026-11-01", EndsOn: "2026-11-02", Mode: events.OnSite,
			Team: []events.Member{{Actor: "li", Role: events.Lead}, {Actor: "zhao", Role: events.Auditor}}}),
		by(officer, "增补专家", events.TeamChanged{Audit: 1, Add: []events.Member{{Actor: "sun", Role: events.Expert}}, Remove: []events.ID{"zhao"}}),
		by(lead, "", events.DocumentsReviewed{Audit: 1, Outcome: events.DocumentsAccepted}),
		by(lead, "", events.AuditOpened{Audit: 1, HeldAt: at, Attendees: []events.Text{"李组长", "企业代表"}}),
		by(auditor, "", events.AssessmentRecorded{Audit: 1, Clause: "5.3.2.2", Result: events.Nonconforming, Method: events.Documents, Sample: &events.Sample{Size: 200, Nonconforming: count(143)}, Statement: "抽查投诉记录"}),
		by(auditor, "", events.FindingRaised{Audit: 1, Finding: "F1", Clause: "5.3.2.2", Category: events.Nonconformity, Severity: events.Minor, Statement: "未在承诺时限内答复"}),
		by(auditor, "见F1", events.DeductionApplied{Audit: 1, Deduction: "D1", Clause: "5.3.2.2", Basis: events.Sampled, Sample: &events.Sample{Size: 200, Nonconforming: count(143)}, Finding: "F1"}),
		by(auditor, "", events.DeductionApplied{Audit: 1, Deduction: "D2", Clause: "5.1.2.2", Basis: events.Qualitative}),
		by(lead, "证书已核对", events.DeductionRevoked{Audit: 1, Deduction: "D2"}),
		by(lead, "不从事贸易", events.DeletionGranted{Audit: 1, Deletion: "X1", Clause: "5.2.5.5"}),
		by(lead, "有贸易业务", events.DeletionRevoked{Audit: 1, Deletion: "X1"}),
		by(lead, "未明示收费", events.SpecialDeductionApplied{Audit: 1, Special: "S1", Trigger: "law", Finding: "F1"}),
		by(lead, "依据不成立", events.SpecialDeductionRevoked{Audit: 1, Special: "S1"}),
		by(lead, "整机包修十年", events.BonusGranted{Audit: 1, Bonus: "B1"}),
		by(lead, "未见承诺原件", events.BonusRevoked{Audit: 1, Bonus: "B1"}),
		by(lead, "", events.AuditClosed{Audit: 1, HeldAt: at}),
		by(officer, "", events.CorrectionSubmitted{Audit: 1, Finding: "F1", Correction: "C1", Statement: "已更新流程"}),
		by(lead, "抽查属实", events.CorrectionVerified{Audit: 1, Finding: "F1", Correction: "C1", Outcome: events.CorrectionAccepted}),
		by(lead, "已更正", events.FindingWithdrawn{Audit: 1, Finding: "F1"}),
		by(lead, "", events.AuditReported{Audit: 1, Recommendation: events.ToGrant, Standing: standing, Summary: "推荐四星级"}),
		by(said{actor: "chen", role: "reviewer"}, "程序完整", events.AuditReviewed{Audit: 1, Outcome: events.ReviewConfirmed, Standing: standing}),
		by(said{actor: "qian", role: "decision_maker"}, "同意", events.DecisionMade{Decision: events.ToGrant, Audit: 1, Standing: standing}),
		by(officer, "", events.CertificateIssued{Number: "DEMO-26SC0001R0M", Audit: 1, Grade: "four_star", ValidFrom: "2026-12-01", ValidUntil: "2029-11-30"}),
		by(officer, "企业放弃", events.CaseClosed{}),
		by(said{actor: "root", role: "admin"}, "年度评审", events.GrantMade{Grant: "G1", Actor: "wu", All: true, From: "2026-12-01", Until: "2026-12-31"}),
		by(said{actor: "root", role: "admin"}, "评审结束", events.GrantRevoked{Grant: "G1"}),
		by(said{actor: "root", role: "admin"}, "", events.CorrectionReopened{Audit: 1, Finding: "F1", Correction: "C1"}),
		by(said{actor: "root", role: "admin"}, "", events.OutletRecorded{Outlet: "O1", Name: "浦东网点", Address: "上海市 2 号", Kind: events.EntrustedOutlet}),
		by(said{actor: "root", role: "admin"}, "", events.PersonDaysRecorded{Audit: 1, Actor: "li", On: "2026-11-21", Days: "0.5", Outlet: "O1"}),
		by(said{actor: "root", role: "admin"}, "", events.PopulationRecorded{Audit: 1, Population: "P1", Subject: "维修单", Clause: "5.3.1.4", Digest: events.DigestOf(nil), Size: 9}),
		by(said{actor: "root", role: "admin"}, "", events.SampleDrawn{Audit: 1, Population: "P1", Draw: 1, Checkpoint: events.CheckpointName{Size: 41, Root: events.DigestOf(nil)}, Items: []uint64{2, 7}}),
		by(said{actor: "root", role: "admin"}, "", events.SchemeRegistered{Scheme: events.SchemeName{ID: "completeness", Version: "1", Digest: events.DigestOf(nil)}, Document: "{}"}),
		by(said{actor: "root", role: "admin"}, "", events.ApprovalRecorded{Approval: "A1", Fields: []events.ID{"01", "03"}, From: "2026-01-01", Until: "2026-12-31"}),
		by(said{actor: "root", role: "admin"}, "", events.ApprovalEnded{Approval: "A1", Until: "2026-06-30"}),
		by(said{actor: "root", role: "admin"}, "", events.PersonRecorded{Actor: "chen", Name: "陈", Organization: "晨光家电"}),
		by(said{actor: "root", role: "admin"}, "", events.QualificationRecorded{Qualification: "Q1", Actor: "li", Kind: events.QualifiedLead, Number: "2026-1", From: "2026-01-01", Until: "2028-12-31"}),
		by(said{actor: "root", role: "admin"}, "", events.QualificationEnded{Qualification: "Q1", Until: "2026-06-30"}),
		by(said{actor: "root", role: "admin"}, "", events.ParameterSet{Parameter: "late_entry_hours", Value: "48"}),
		by(said{actor: "root", role: "admin"}, "两块盘均已损毁", events.LogContinued{Origin: "ledger.example.org/2025", Key: "k", Checkpoint: "c"}),
	}, programmeStory()...)
}

// golden compares text with a file, which -update writes.
func golden(t *testing.T, name, text string) {
	t.Helper()
	path := filepath.Join("testdata", "golden", name)
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), text); diff != "" {
		t.Errorf("%s (-want +got):\n%s", name, diff)
	}
}

// shippedScheme is a scheme as it comes with the ledger.
func shippedScheme(t testing.TB, id string) *scoring.Scheme {
	t.Helper()
	documents, err := schemas.Schemes()
	if err != nil {
		t.Fatal(err)
	}
	for _, document := range documents {
		s, err := scoring.ParseScheme(document)
		if err != nil {
			t.Fatal(err)
		}
		if s.ID == id {
			return s
		}
	}
	t.Fatalf("no scheme %s is shipped", id)
	return nil
}
