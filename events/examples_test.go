package events

import (
	"reflect"
	"strings"
	"testing"
)

// example is one event type twice: with no member that may be left out, and with all of them.
type example struct{ least, full Payload }

var (
	digestA  = DigestOf([]byte("a"))
	digestB  = DigestOf([]byte("b"))
	three    = uint64(3)
	passed   = true
	failed   = false
	scheme   = SchemeName{ID: "gbt27922-2011", Version: "1", Digest: digestA}
	sampling = Sample{Population: 1200, Size: 25, Nonconforming: &three}
	standing = Standing{Final: "18999/200", Grade: "four_star", BasisSeq: 41}
	team     = []Member{{Actor: "li", Role: Lead}, {Actor: "wang", Role: Auditor}, {Actor: "zhao", Role: Expert}}
	shown    = []Evidence{
		{SHA256: digestA, MediaType: "image/png", Name: "维修记录 2026-10.png"},
		{SHA256: digestB, MediaType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", Name: "a \"b\" <c> & d\\e.xlsx"},
	}
)

const (
	heldAt    Instant = 1_793_498_400_123_456
	statement Text    = "25 份维修单中 3 份没有客户签字。\n\t“回访”未做 <b> & 100 %"
)

// examples of every event type, in the order of the catalogue.
var examples = []example{
	{
		CaseOpened{Kind: Certification, Scheme: scheme, Organization: Organization{Name: "晨光家电服务有限公司"}, Scope: "家电安装与维修", AppliedAt: heldAt},
		CaseOpened{Kind: SecondParty, Scheme: scheme, Organization: Organization{Name: "晨光家电服务有限公司", USCC: "91310000MA1FL5XH3C", Address: "上海市 1 号"},
			VersionNamed: true, Scope: statement, Field: "03", AppliedAt: heldAt},
	},
	{
		ApplicationReviewed{Outcome: ApplicationRefused},
		ApplicationReviewed{Outcome: ApplicationAccepted, Checks: []ApplicationCheck{
			{Subject: "营业执照", Passed: &passed, Remark: "有效", Evidence: shown},
			{Subject: "行政处罚", Passed: &failed, Remark: "一项，已整改", Evidence: shown[:1]},
		}},
	},
	{
		AuditPlanned{Audit: 1, Kind: InitialAudit, Scheme: scheme, Team: team[:1], StartsOn: "2026-11-01", EndsOn: "2026-11-02"},
		AuditPlanned{Audit: 1, Kind: SurveillanceAudit, Scheme: scheme, Team: team, StartsOn: "2028-02-29", EndsOn: "2028-03-01",
			Clauses: []Clause{"5.1.1.1", "6.2.1.1 a)"}, PersonDays: "2.5", Outlets: []Text{"浦东网点"}, Mode: Mixed},
	},
	{
		TeamChanged{Audit: 1},
		TeamChanged{Audit: 1, Add: []Member{{Actor: "sun", Role: Observer}}, Remove: []ID{"wang"}},
	},
	{DocumentsReviewed{Audit: 1, Outcome: DocumentsReturned}, DocumentsReviewed{Audit: 1, Outcome: DocumentsAccepted}},
	{AuditOpened{Audit: 1, HeldAt: heldAt}, AuditOpened{Audit: 1, HeldAt: heldAt, Attendees: []Text{"李", "王经理"}}},
	{
		AssessmentRecorded{Audit: 1, Clause: "5.1.1.1", Result: Conforming},
		AssessmentRecorded{Audit: 1, Clause: "5.3.2.2", Result: Nonconforming, Rating: "62.5", Sample: &sampling,
			Method: Documents, Statement: statement, Evidence: shown},
	},
	{
		FindingRaised{Audit: 1, Finding: "F1", Clause: "5.3.2.2", Category: Strength, Statement: "好"},
		FindingRaised{Audit: 1, Finding: "F1", Clause: "5.3.2.2", Category: Nonconformity, Severity: Major, Statement: statement, Evidence: shown},
	},
	{FindingWithdrawn{Audit: 1, Finding: "F1"}, FindingWithdrawn{Audit: 1, Finding: "F9999999"}},
	{
		DeductionApplied{Audit: 1, Deduction: "D1", Clause: "5.3.1.4", Basis: Qualitative},
		DeductionApplied{Audit: 1, Deduction: "D2", Clause: "5.3.2.2", Basis: Sampled, Sample: &sampling, Finding: "F1"},
	},
	{DeductionRevoked{Audit: 1, Deduction: "D1"}, DeductionRevoked{Audit: 1, Deduction: "D12"}},
	{DeletionGranted{Audit: 1, Deletion: "X1", Clause: "5.2.4.1"}, DeletionGranted{Audit: 1, Deletion: "X2", Clause: "~"}},
	{DeletionRevoked{Audit: 1, Deletion: "X1"}, DeletionRevoked{Audit: 18446744073709551615, Deletion: "X2"}},
	{
		SpecialDeductionApplied{Audit: 1, Special: "S1", Trigger: "law", Finding: "F1"},
		SpecialDeductionApplied{Audit: 1, Special: "S2", Trigger: "service-system", Finding: "F2"},
	},
	{SpecialDeductionRevoked{Audit: 1, Special: "S1"}, SpecialDeductionRevoked{Audit: 1, Special: "S2"}},
	{BonusGranted{Audit: 1, Bonus: "B1"}, BonusGranted{Audit: 1, Bonus: "B2"}},
	{BonusRevoked{Audit: 1, Bonus: "B1"}, BonusRevoked{Audit: 1, Bonus: "B2"}},
	{AuditClosed{Audit: 1, HeldAt: heldAt}, AuditClosed{Audit: 1, HeldAt: heldAt, Attendees: []Text{"李"}}},
	{
		CorrectionSubmitted{Audit: 1, Finding: "F1", Correction: "C1", Statement: "已补签"},
		CorrectionSubmitted{Audit: 1, Finding: "F1", Correction: "C1", Statement: statement, Evidence: shown},
	},
	{
		CorrectionVerified{Audit: 1, Finding: "F1", Correction: "C1", Outcome: CorrectionRejected},
		CorrectionVerified{Audit: 1, Finding: "F1", Correction: "C1", Outcome: CorrectionAccepted},
	},
	{
		AuditReported{Audit: 1, Recommendation: ToRefuse, Summary: "不推荐"},
		AuditReported{Audit: 1, Recommendation: ToGrant, Standing: &standing, Summary: statement},
	},
	{
		AuditReviewed{Audit: 1, Outcome: ReviewReturned},
		AuditReviewed{Audit: 1, Outcome: ReviewConfirmed, Standing: &standing},
	},
	{DecisionMade{Decision: ToSuspend}, DecisionMade{Decision: ToGrant, Audit: 1, Standing: &standing}},
	{
		CertificateIssued{Number: "1", Audit: 1, Grade: "pass", ValidFrom: "2026-12-01", ValidUntil: "2029-11-30"},
		CertificateIssued{Number: "CNCA-2026-SC-0001", Audit: 1, Grade: "five_star", ValidFrom: "2026-12-01", ValidUntil: "2029-11-30"},
	},
	{CaseClosed{}, CaseClosed{}},
	{
		GrantMade{Grant: "G1", Actor: "cnas-01", Cases: []CaseID{"01JD3Z0000000000000000000C", "01JD3Z0000000000000000000D"}, From: "2026-12-01", Until: "2026-12-31"},
		GrantMade{Grant: "G2", Actor: "cnas-01", All: true, Cases: []CaseID{Registry}, From: "2026-12-01", Until: "2026-12-31"},
	},
	{GrantRevoked{Grant: "G1"}, GrantRevoked{Grant: "G2"}},
	{CorrectionReopened{Audit: 1, Finding: "F1", Correction: "C1"}, CorrectionReopened{Audit: 2, Finding: "F12", Correction: "C3"}},
	{
		OutletRecorded{Outlet: "O1", Name: "浦东网点", Kind: OwnOutlet},
		OutletRecorded{Outlet: "O2", Name: "浦东网点", Address: "上海市浦东新区 2 号", Kind: EntrustedOutlet},
	},
	{
		PersonDaysRecorded{Audit: 1, Actor: "li", On: "2026-11-01", Days: "1"},
		PersonDaysRecorded{Audit: 1, Actor: "li", On: "2028-02-29", Days: "0.5", Outlet: "O1"},
	},
	{
		PopulationRecorded{Audit: 1, Population: "P1", Subject: "10 月维修单", Digest: digestA, Size: 1},
		PopulationRecorded{Audit: 1, Population: "P2", Subject: statement, Clause: "5.3.1.4", Digest: digestB, Size: 1200},
	},
	{
		SampleDrawn{Audit: 1, Population: "P1", Draw: 1, Checkpoint: CheckpointName{Size: 41, Root: digestA}, Items: []uint64{7}},
		SampleDrawn{Audit: 1, Population: "P2", Draw: 2, Checkpoint: CheckpointName{Size: 41, Root: digestB}, Items: []uint64{3, 7, 1200}},
	},
	{
		SchemeRegistered{Scheme: scheme, Document: `{}`},
		SchemeRegistered{Scheme: scheme, Document: `{"id":"completeness","title":{"zh":"完善程度"},"text":"a \"b\" \\ 甲\n乙"}`},
	},
	{
		ApprovalRecorded{Approval: "A1", Fields: []ID{"01", "03"}, From: "2023-01-01"},
		ApprovalRecorded{Approval: "A2", Fields: []ID{"22"}, From: "2023-01-01", Until: "2026-12-31"},
	},
	{ApprovalEnded{Approval: "A1", Until: "2026-06-30"}, ApprovalEnded{Approval: "A9999999", Until: "2026-06-30"}},
	{
		PersonRecorded{Actor: "li", Name: "李"},
		PersonRecorded{Actor: "chen", Name: "陈", Organization: "晨光家电服务有限公司"},
	},
	{
		QualificationRecorded{Qualification: "Q1", Actor: "li", Kind: QualifiedLead, From: "2026-01-01"},
		QualificationRecorded{Qualification: "Q2", Actor: "chen", Kind: QualifiedServiceManager, Number: "SHFW-2026-001", Fields: []ID{"03"},
			From: "2026-01-01", Until: "2028-12-31", Evidence: shown},
	},
	{QualificationEnded{Qualification: "Q1", Until: "2026-06-30"}, QualificationEnded{Qualification: "Q2", Until: "2026-06-30"}},
	{ParameterSet{Parameter: "late_entry_hours", Value: "48"}, ParameterSet{Parameter: "outlet_person_days", Value: "0.5"}},
	{
		LogContinued{Origin: "ledger.example.org/2026", Key: "ledger.example.org/2026+6f2a11c5+AQ", Checkpoint: "ledger.example.org/2026\n1\nroot\n\n— x y\n"},
		LogContinued{Origin: "ledger.example.org/2026", Key: "ledger.example.org/2026+6f2a11c5+AQ", Checkpoint: "ledger.example.org/2026\n41\nroot\n\n— x y\n— 见证 z\n"},
	},

	{
		AccreditationOpened{Organization: Organization{Name: "某认证有限公司"}, Scope: "领域 01、03", From: "2026-01-01", Until: "2026-12-31"},
		AccreditationOpened{Organization: Organization{Name: "某认证有限公司", USCC: "91310000MA1FL5XH3C", Address: "北京市 1 号"}, Scope: statement, From: "2026-01-01", Until: "2026-12-31"},
	},
	{
		AccreditationNoted{Note: "N1", Statement: "记录齐全"},
		AccreditationNoted{Note: "N2", About: "01JD3Z0000000000000000000D", Seq: 41, Statement: statement},
	},
	{
		AccreditationViewed{Case: "01JD3Z0000000000000000000C", AsOf: 41},
		AccreditationViewed{Case: "01JD3Z0000000000000000000D", AsOf: 1200},
	},
	{
		CaseImported{Organization: Organization{Name: "晨光家电服务有限公司"}, Scope: "家电维修", Scheme: scheme, Source: "公开查询"},
		CaseImported{Organization: Organization{Name: "晨光家电服务有限公司", USCC: "91310000MA1FL5XH3C", Address: "上海市 1 号"}, Scope: statement, Field: "03", Scheme: scheme, Source: statement},
	},
	{
		CertificateImported{Number: "71223SC0002R0S", IssuedOn: "2023-02-17", ValidFrom: "2023-02-17", ValidUntil: "2026-02-16", Source: "公开查询"},
		CertificateImported{Number: "证 71223 SC/0002", Printed: "五星", Grade: "five_star", Field: "16", IssuedOn: "2023-02-17", ValidFrom: "2023-02-17", ValidUntil: "2026-02-16", Source: statement},
	},
	{
		StatusImported{Number: "71223SC0002R0S", Status: WasWithdrawn, On: "2024-06-26", Source: "公开查询"},
		StatusImported{Number: "证 71223 SC/0002", Status: WasRestored, On: "2024-02-29", Source: statement},
	},
	{
		AuditImported{Import: "I1", Kind: InitialAudit, StartsOn: "2023-01-10", EndsOn: "2023-01-11", Source: "档案"},
		AuditImported{Import: "I2", Kind: SurveillanceAudit, StartsOn: "2023-12-31", EndsOn: "2024-01-01", Score: "96.5 分", Printed: "五星", Source: statement},
	},
	{
		DocumentRecorded{Document: "licence", Status: DocumentMissing},
		DocumentRecorded{Document: "system_documents", Status: DocumentReceived, Evidence: shown},
	},
	{
		PenaltyChecked{Register: GSXTPenalties, Found: &failed, Evidence: shown[:1]},
		PenaltyChecked{Register: CreditChinaDishonesty, Found: &passed, Statement: "一项，2025 年", Evidence: shown},
	},
	{PenaltyCleared{Register: GSXTAbnormal, Evidence: shown[:1]}, PenaltyCleared{Register: GSXTAbnormal, Evidence: shown}},
	{
		ContractSigned{Contract: "K1", SignedOn: "2026-11-01", Evidence: shown[:1]},
		ContractSigned{Contract: "K2", Number: "HT-2026-017", SignedOn: "2028-02-29", Evidence: shown},
	},
	{ScopeChanged{Decision: ScopeReduced, Scope: "家电安装"}, ScopeChanged{Decision: ScopeExtended, Scope: statement}},
	{AuditAnnounced{Audit: 1, AnnouncedAt: heldAt}, AuditAnnounced{Audit: 18, AnnouncedAt: heldAt}},
	{
		AppealLodged{Appeal: "A1", Against: 1, Statement: "请复议"},
		AppealLodged{Appeal: "A12", Against: 41, Statement: statement, Evidence: shown},
	},
	{AppealDecided{Appeal: "A1", Outcome: AppealDismissed}, AppealDecided{Appeal: "A2", Outcome: AppealPartlyUpheld}},
	{
		ComplaintLodged{Complaint: "M1", Complainant: "某顾客", Statement: "上门两次未修好"},
		ComplaintLodged{Complaint: "M2", Complainant: "某顾客", Audit: 1, Statement: statement, Evidence: shown},
	},
	{ComplaintClosed{Complaint: "M1", Outcome: ComplaintUnsubstantiated}, ComplaintClosed{Complaint: "M2", Outcome: ComplaintPartly}},
	{
		SelfAssessmentReported{Audit: 1, Purposes: []SelfAssessmentPurpose{ForInternalUse}, Independence: []Independence{{Actor: "chen", Free: &failed}},
			Conclusion: SelfDoesNotConform, Standing: &Standing{Final: "60/1", BasisSeq: 9}, Summary: "需改进"},
		SelfAssessmentReported{Audit: 1, Purposes: []SelfAssessmentPurpose{ForManagementReview, ForSelfDeclaration},
			Independence: []Independence{{Actor: "chen", Free: &passed, Remark: "质量部，不承担售后服务职责"}, {Actor: "he", Free: &passed}},
			Conclusion:   SelfConforms, Standing: &standing, Strengths: []Text{statement}, Improvements: []Text{"扩大回访样本", statement}, Summary: statement},
	},
}

// leastEvent is the event with nothing that may be left out.
func leastEvent(data Payload) Event {
	return Event{
		Attributes: Attributes{
			ID: "01JD3Z0000000000000000000A", Source: "ledger.example.org/2026", Subject: "01JD3Z0000000000000000000C",
			Time: 1_793_498_520_000_000, EffectiveTime: 1_793_498_520_000_000, DataSchema: digestA,
			CaseSeq: 2, PrevDigest: PrevDigest(digestB), ActorID: "li", ActorRole: "lead_auditor", Nonce: "AAECAwQFBgcICQoLDA0ODw",
		},
		Data: data,
	}
}

// fullEvent is the event with every attribute that an event of its place may have: a case opening
// is the first of its case and brings the salt.
func fullEvent(data Payload) Event {
	e := leastEvent(data)
	e.EffectiveTime = heldAt
	e.OnBehalfOf, e.Reason, e.Note = "某集团", statement, "late entry: \"paper first\""
	e.IdempotencyKey, e.RequestDigest = "sheet-7/12", digestB
	e.BatchIndex, e.BatchCount = 1, 3
	e.CorrelationID, e.CausationID = "audit-1.sheet-7", "01JD3Z00000000000000000009"
	if _, opens := data.(CaseOpened); opens {
		e.CaseSeq, e.PrevDigest, e.CaseSalt = 1, NoDigest, "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"
	}
	return e
}

func TestExamplesCoverTheCatalogue(t *testing.T) {
	if len(examples) != len(Catalogue()) {
		t.Fatalf("%d examples, %d event types", len(examples), len(Catalogue()))
	}
	for i, payload := range Catalogue() {
		least, full := examples[i].least, examples[i].full
		if least.EventType() != payload.EventType() || full.EventType() != payload.EventType() {
			t.Errorf("example %d is not of %s", i, payload.EventType())
		}
		allSet(t, string(payload.EventType()), reflect.ValueOf(full))
	}
	opening := fullEvent(examples[0].full)
	encoded, err := Encode(opening)
	if err != nil {
		t.Fatal(err)
	}
	allSet(t, "attributes", reflect.ValueOf(encoded.Attributes))
}

// allSet fails for every member of a full example that was forgotten.
func allSet(t *testing.T, at string, v reflect.Value) {
	t.Helper()
	for i := range v.NumField() {
		field, name := v.Field(i), at+"/"+strings.Split(v.Type().Field(i).Tag.Get("json"), ",")[0]
		if field.IsZero() {
			t.Errorf("%s is not set", name)
			continue
		}
		switch field.Kind() {
		case reflect.Struct:
			allSet(t, name, field)
		case reflect.Pointer:
			if field.Elem().Kind() == reflect.Struct {
				allSet(t, name, field.Elem())
			}
		case reflect.Slice:
			if field.Index(0).Kind() == reflect.Struct {
				allSet(t, name, field.Index(0))
			}
		}
	}
}
