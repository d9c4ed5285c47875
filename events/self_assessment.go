package events

// SelfAssessmentPurpose is what an enterprise evaluates itself for (004 Q5, note 1).
type SelfAssessmentPurpose string

// The purposes of a self-assessment.
const (
	ForManagementReview SelfAssessmentPurpose = "management_review" // for the management review
	ForInternalUse      SelfAssessmentPurpose = "internal"          // for other internal purposes
	ForSelfDeclaration  SelfAssessmentPurpose = "self_declaration"  // as the basis of a declaration of conformity of its own
)

// Values lists what is accepted.
func (*SelfAssessmentPurpose) Values() []SelfAssessmentPurpose {
	return []SelfAssessmentPurpose{ForManagementReview, ForInternalUse, ForSelfDeclaration}
}

// UnmarshalText accepts one of Values.
func (p *SelfAssessmentPurpose) UnmarshalText(b []byte) error { return enum(p, b, p.Values()) }

// SelfAssessmentConclusion is to what degree the enterprise finds that it meets the criteria.
type SelfAssessmentConclusion string

// The conclusions of a self-assessment.
const (
	SelfConforms       SelfAssessmentConclusion = "conforms"
	SelfConformsInPart SelfAssessmentConclusion = "conforms_in_part"
	SelfDoesNotConform SelfAssessmentConclusion = "does_not_conform"
)

// Values lists what is accepted.
func (*SelfAssessmentConclusion) Values() []SelfAssessmentConclusion {
	return []SelfAssessmentConclusion{SelfConforms, SelfConformsInPart, SelfDoesNotConform}
}

// UnmarshalText accepts one of Values.
func (c *SelfAssessmentConclusion) UnmarshalText(b []byte) error { return enum(c, b, c.Values()) }

// Independence says of one evaluator whether the person is free of responsibility for what was audited,
// which shows the independence of an internal audit (P6; 004 Q5, note 1).
type Independence struct {
	// Who evaluated.
	Actor ID `json:"actor"`
	// Whether the person has no responsibility for what was audited.
	Free *bool `json:"free"`
	// Where the person works, or how the result was kept free of that responsibility.
	Remark Text `json:"remark,omitzero"`
}

// SelfAssessmentReported is the report of an internal audit (自评报告), which ends without a certificate: what
// it was for, who evaluated and how independently, to what degree the criteria are met, and how what was
// found is judged: what is good, and where to go (004 Q5). What was found, clause by clause, is the sheet
// of the audit. It is a report like any other: after it nothing moves the score (TIME-03).
type SelfAssessmentReported struct {
	// Number of the audit.
	Audit uint64 `json:"audit"`
	// What the self-assessment is for.
	Purposes []SelfAssessmentPurpose `json:"purposes"`
	// How independent each evaluator was.
	Independence []Independence `json:"independence"`
	// To what degree the criteria are met.
	Conclusion SelfAssessmentConclusion `json:"conclusion"`
	// The result; its grade is what it would be worth, and certifies nothing.
	Standing *Standing `json:"standing"`
	// What is good.
	Strengths []Text `json:"strengths,omitzero"`
	// What is to be improved.
	Improvements []Text `json:"improvements,omitzero"`
	// Summary of the self-assessment.
	Summary Text `json:"summary"`
}

// EventType is starledger.self_assessment.reported.v1.
func (SelfAssessmentReported) EventType() Type { return "starledger.self_assessment.reported.v1" }

// SelfAssessment is the standing self-assessment report.
type SelfAssessment struct {
	Entry
	SelfAssessmentReported
}

func (d SelfAssessmentReported) apply(c *Case, e *Stored) error {
	report, _ := Reported(d)
	if err := report.apply(c, e); err != nil {
		return err
	}
	c.Audit(d.Audit).SelfAssessment = &SelfAssessment{entryOf(e), d}
	return nil
}

// Reported is what every report says, whichever form it has; false where the payload is no report. A
// self-assessment recommends nothing.
func Reported(p Payload) (AuditReported, bool) {
	switch d := p.(type) {
	case AuditReported:
		return d, true
	case SelfAssessmentReported:
		return AuditReported{Audit: d.Audit, Standing: d.Standing, Summary: d.Summary}, true
	}
	return AuditReported{}, false
}
