package events

// Recommendation is what is recommended or decided about certification.
type Recommendation string

// The recommendations and decisions. The first five rest on an audit; the others need none.
const (
	ToGrant       Recommendation = "grant"
	ToRefuse      Recommendation = "refuse"
	ToMaintain    Recommendation = "maintain"
	ToRenew       Recommendation = "renew"
	ToChangeGrade Recommendation = "change_grade"
	ToSuspend     Recommendation = "suspend"
	ToRestore     Recommendation = "restore"
	ToWithdraw    Recommendation = "withdraw"
	ToCancel      Recommendation = "cancel"
	ToExtendScope Recommendation = "extend_scope"
	ToReduceScope Recommendation = "reduce_scope"
)

// Values lists what is accepted.
func (*Recommendation) Values() []Recommendation {
	return []Recommendation{ToGrant, ToRefuse, ToMaintain, ToRenew, ToChangeGrade, ToSuspend, ToRestore, ToWithdraw, ToCancel, ToExtendScope, ToReduceScope}
}

// UnmarshalText accepts one of Values.
func (r *Recommendation) UnmarshalText(b []byte) error { return enum(r, b, r.Values()) }

// NeedsAudit tells whether the decision rests on an audit.
func (r Recommendation) NeedsAudit() bool {
	switch r {
	case ToGrant, ToRefuse, ToMaintain, ToRenew, ToChangeGrade:
		return true
	}
	return false
}

// Standing is the result an entry rests on, as it was recomputed when the entry was posted. Whoever
// folds the case up to basis_seq and scores it must find the same (SCORE-01).
type Standing struct {
	// Final value, exact, after cap and floor.
	Final Fraction `json:"final"`
	// Grade; absent when the audit failed.
	Grade ID `json:"grade,omitzero"`
	// caseseq of the last event the value was computed from. It counts within the case, since the
	// place in the whole log is not known before an event is stored.
	BasisSeq uint64 `json:"basis_seq"`
}

// AuditReported is the audit report (审查报告) by the lead auditor. After it nothing that moves the
// score is posted until a review returns it (TIME-03).
type AuditReported struct {
	// Number of the audit.
	Audit uint64 `json:"audit"`
	// What the team recommends.
	Recommendation Recommendation `json:"recommendation"`
	// The result reported; absent for a partial audit, which has none.
	Standing *Standing `json:"standing,omitzero"`
	// Summary of the audit.
	Summary Text `json:"summary"`
}

// EventType is starledger.audit.reported.v1.
func (AuditReported) EventType() Type { return "starledger.audit.reported.v1" }

// Report is the standing report.
type Report struct {
	Entry
	AuditReported
}

func (d AuditReported) apply(c *Case, e *Stored) error {
	a, err := c.audit(d.Audit)
	if err != nil {
		return err
	}
	a.Report, a.SelfAssessment, a.Review = &Report{entryOf(e), d}, nil, nil
	return nil
}

// ReviewOutcome is what the review of a report came to.
type ReviewOutcome string

// The outcomes of a review.
const (
	ReviewConfirmed ReviewOutcome = "confirmed"
	ReviewReturned  ReviewOutcome = "returned" // to be mended and reported again
)

// Values lists what is accepted.
func (*ReviewOutcome) Values() []ReviewOutcome {
	return []ReviewOutcome{ReviewConfirmed, ReviewReturned}
}

// UnmarshalText accepts one of Values.
func (o *ReviewOutcome) UnmarshalText(b []byte) error { return enum(o, b, o.Values()) }

// AuditReviewed is the review (复核) of a report by somebody outside the team.
type AuditReviewed struct {
	// Number of the audit.
	Audit uint64 `json:"audit"`
	// Confirmed, or returned to be mended.
	Outcome ReviewOutcome `json:"outcome"`
	// The result reviewed; absent for a partial audit.
	Standing *Standing `json:"standing,omitzero"`
}

// EventType is starledger.audit.reviewed.v1.
func (AuditReviewed) EventType() Type { return "starledger.audit.reviewed.v1" }

// Review is the latest review.
type Review struct {
	Entry
	AuditReviewed
}

func (d AuditReviewed) apply(c *Case, e *Stored) error {
	a, err := c.audit(d.Audit)
	if err != nil {
		return err
	}
	a.Review, a.Reviewed = &Review{entryOf(e), d}, append(a.Reviewed, entryOf(e))
	if d.Outcome == ReviewReturned {
		a.Report, a.SelfAssessment = nil, nil
	}
	return nil
}
