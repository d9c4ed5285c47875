package api

import "starledger/events"

// numbers are how people call what an event is about. Each stands in an answer where it says
// what the command made or changed.
type numbers struct {
	Audit      uint64        `json:"audit,omitzero"`
	Finding    events.Number `json:"finding,omitzero"`
	Deduction  events.Number `json:"deduction,omitzero"`
	Special    events.Number `json:"special,omitzero"`
	Bonus      events.Number `json:"bonus,omitzero"`
	Deletion   events.Number `json:"deletion,omitzero"`
	Correction events.Number `json:"correction,omitzero"`
	Grant      events.Number `json:"grant,omitzero"`

	Outlet        events.Label `json:"outlet,omitzero"`
	Population    events.Label `json:"population,omitzero"`
	Approval      events.Label `json:"approval,omitzero"`
	Qualification events.Label `json:"qualification,omitzero"`

	Scheme *events.SchemeName `json:"scheme,omitzero"`
	Items  []uint64           `json:"items,omitzero"` // drawn

	Appeal    events.Label `json:"appeal,omitzero"`
	Complaint events.Label `json:"complaint,omitzero"`
	Contract  events.Label `json:"contract,omitzero"`
	Note      events.Label `json:"note,omitzero"`
}

func auditOf(data events.Payload) uint64 { return numbersOf(data).Audit }

func numbersOf(data events.Payload) numbers {
	switch d := data.(type) {
	case events.AccreditationNoted:
		return numbers{Note: d.Note}
	case events.ContractSigned:
		return numbers{Contract: d.Contract}
	case events.AuditAnnounced:
		return numbers{Audit: d.Audit}
	case events.AppealLodged:
		return numbers{Appeal: d.Appeal}
	case events.AppealDecided:
		return numbers{Appeal: d.Appeal}
	case events.ComplaintLodged:
		return numbers{Complaint: d.Complaint}
	case events.ComplaintClosed:
		return numbers{Complaint: d.Complaint}
	case events.AuditPlanned:
		return numbers{Audit: d.Audit}
	case events.TeamChanged:
		return numbers{Audit: d.Audit}
	case events.DocumentsReviewed:
		return numbers{Audit: d.Audit}
	case events.AuditOpened:
		return numbers{Audit: d.Audit}
	case events.AuditClosed:
		return numbers{Audit: d.Audit}
	case events.AssessmentRecorded:
		return numbers{Audit: d.Audit}
	case events.FindingRaised:
		return numbers{Audit: d.Audit, Finding: d.Finding}
	case events.FindingWithdrawn:
		return numbers{Audit: d.Audit, Finding: d.Finding}
	case events.CorrectionSubmitted:
		return numbers{Audit: d.Audit, Finding: d.Finding, Correction: d.Correction}
	case events.CorrectionVerified:
		return numbers{Audit: d.Audit, Finding: d.Finding, Correction: d.Correction}
	case events.DeductionApplied:
		return numbers{Audit: d.Audit, Deduction: d.Deduction}
	case events.DeductionRevoked:
		return numbers{Audit: d.Audit, Deduction: d.Deduction}
	case events.DeletionGranted:
		return numbers{Audit: d.Audit, Deletion: d.Deletion}
	case events.DeletionRevoked:
		return numbers{Audit: d.Audit, Deletion: d.Deletion}
	case events.SpecialDeductionApplied:
		return numbers{Audit: d.Audit, Special: d.Special}
	case events.SpecialDeductionRevoked:
		return numbers{Audit: d.Audit, Special: d.Special}
	case events.BonusGranted:
		return numbers{Audit: d.Audit, Bonus: d.Bonus}
	case events.BonusRevoked:
		return numbers{Audit: d.Audit, Bonus: d.Bonus}
	case events.AuditReported:
		return numbers{Audit: d.Audit}
	case events.SelfAssessmentReported:
		return numbers{Audit: d.Audit}
	case events.AuditReviewed:
		return numbers{Audit: d.Audit}
	case events.DecisionMade:
		return numbers{Audit: d.Audit}
	case events.CertificateIssued:
		return numbers{Audit: d.Audit}
	case events.GrantMade:
		return numbers{Grant: d.Grant}
	case events.GrantRevoked:
		return numbers{Grant: d.Grant}
	}
	return numbersOfRegister(data)
}

// numbersOfRegister goes on with what stands outside findings and points.
func numbersOfRegister(data events.Payload) numbers {
	switch d := data.(type) {
	case events.CorrectionReopened:
		return numbers{Audit: d.Audit, Finding: d.Finding, Correction: d.Correction}
	case events.OutletRecorded:
		return numbers{Outlet: d.Outlet}
	case events.PersonDaysRecorded:
		return numbers{Audit: d.Audit, Outlet: d.Outlet}
	case events.PopulationRecorded:
		return numbers{Audit: d.Audit, Population: d.Population}
	case events.SampleDrawn:
		return numbers{Audit: d.Audit, Population: d.Population, Items: d.Items}
	case events.SchemeRegistered:
		return numbers{Scheme: &d.Scheme}
	case events.ApprovalRecorded:
		return numbers{Approval: d.Approval}
	case events.ApprovalEnded:
		return numbers{Approval: d.Approval}
	case events.QualificationRecorded:
		return numbers{Qualification: d.Qualification}
	case events.QualificationEnded:
		return numbers{Qualification: d.Qualification}
	}
	return numbers{} // of the case itself
}
