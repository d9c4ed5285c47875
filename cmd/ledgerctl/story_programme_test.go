package main

import (
	"testing"
	"time"

	"starledger/events"
)

// programmeStory goes on with an application's documents, what follows a certificate, what was imported,
// and an accreditation review.
func programmeStory() []said {
	yes := true
	at := events.InstantOf(time.Date(2026, 11, 1, 9, 0, 0, 0, events.Shanghai))
	scan := []events.Evidence{{SHA256: events.DigestOf([]byte("scan")), MediaType: "application/pdf", Name: "扫描件.pdf"}}
	pinned := events.SchemeName{ID: "gbt27922-2011", Version: "1", Digest: events.DigestOf([]byte("scheme"))}
	as := func(actor, role events.ID, reason events.Text, data events.Payload) said {
		return said{actor, role, reason, data}
	}
	return []said{
		as("wang", "case_officer", "", events.DocumentRecorded{Document: "licence", Status: events.DocumentReceived, Evidence: scan}),
		as("wang", "case_officer", "", events.PenaltyChecked{Register: events.GSXTPenalties, Found: &yes, Statement: "一项罚款", Evidence: scan}),
		as("wang", "case_officer", "已缴清", events.PenaltyCleared{Register: events.GSXTPenalties, Evidence: scan}),
		as("wang", "case_officer", "", events.ContractSigned{Contract: "K1", Number: "HT-1", SignedOn: "2026-11-01", Evidence: scan}),
		as("qian", "decision_maker", "已评定", events.ScopeChanged{Decision: events.ScopeExtended, Scope: "家用空调和电梯"}),
		as("wang", "case_officer", "", events.AuditAnnounced{Audit: 1, AnnouncedAt: at}),
		as("wang", "case_officer", "", events.AppealLodged{Appeal: "A1", Against: 24, Statement: "请复议"}),
		as("zhou", "quality", "程序无误", events.AppealDecided{Appeal: "A1", Outcome: events.AppealDismissed}),
		as("zhou", "quality", "", events.ComplaintLodged{Complaint: "M1", Complainant: "某顾客", Audit: 1, Statement: "未按时上门"}),
		as("zhou", "quality", "记录属实", events.ComplaintClosed{Complaint: "M1", Outcome: events.ComplaintSubstantiated}),
		as("wang", "case_officer", "", events.CaseImported{Organization: events.Organization{Name: "甲公司"}, Scope: "家电维修", Scheme: pinned, Source: "公开查询"}),
		as("wang", "case_officer", "", events.CertificateImported{Number: "71223SC0002R0S", Printed: "五星级", IssuedOn: "2023-02-17", ValidFrom: "2023-02-17", ValidUntil: "2026-02-16", Source: "公开查询"}),
		as("wang", "case_officer", "", events.StatusImported{Number: "71223SC0002R0S", Status: events.WasWithdrawn, On: "2024-06-26", Source: "公开查询"}),
		as("wang", "case_officer", "", events.AuditImported{Import: "I1", Kind: events.InitialAudit, StartsOn: "2023-01-30", EndsOn: "2023-01-31", Score: "96.5 分", Source: "档案"}),
		as("wu", "assessor", "", events.AccreditationOpened{Organization: events.Organization{Name: "某认证公司"}, Scope: "领域 01、03", From: "2026-01-01", Until: "2026-10-31"}),
		as("wu", "assessor", "", events.AccreditationNoted{Note: "N1", About: caseA, Statement: "记录齐全"}),
		as("wu", "assessor", "", events.AccreditationViewed{Case: caseA, AsOf: 41}),
		as("chen", "service_manager", "", events.SelfAssessmentReported{Audit: 1,
			Purposes:     []events.SelfAssessmentPurpose{events.ForManagementReview, events.ForSelfDeclaration},
			Independence: []events.Independence{{Actor: "chen", Free: &yes}}, Conclusion: events.SelfConforms,
			Standing: &events.Standing{Final: "95/1", Grade: "five_star", BasisSeq: 9}, Summary: "运行有效"}),
	}
}

func TestEveryProgrammeValueHasAName(t *testing.T) {
	everyNamed(t, documentStatuses, new(events.DocumentStatus))
	everyNamed(t, penaltyRegisters, new(events.PenaltyRegister))
	everyNamed(t, appealOutcomes, new(events.AppealOutcome))
	everyNamed(t, complaintOutcomes, new(events.ComplaintOutcome))
	everyNamed(t, importedStatuses, new(events.ImportedStatus))
	everyNamed(t, selfPurposes, new(events.SelfAssessmentPurpose))
	everyNamed(t, selfConclusions, new(events.SelfAssessmentConclusion))
}
