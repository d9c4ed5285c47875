package decide

import (
	"slices"

	"starledger/events/checks"
)

// The codes of refusals, stable for ever. The conformance checks add their own.
const (
	// Any command.
	EffectiveInFuture    = "effective-in-future"
	EffectiveBeforeCause = "effective-before-cause" // args: effective, cause, seq
	InFuture             = "in-future"
	MemberMissing        = "member-missing" // a member that another one makes necessary
	WrongState           = "wrong-state"    // args: missing, one of Steps
	CaseClosed           = "case-closed"
	CaseExists           = "case-exists"
	DatesOutOfOrder      = "dates-out-of-order"
	UnknownAttachment    = "unknown-attachment"

	// What a path or a body names.
	UnknownCase      = "unknown-case"
	UnknownAudit     = "unknown-audit"
	UnknownFinding   = "unknown-finding"
	UnknownDeduction = "unknown-deduction"
	UnknownDeletion  = "unknown-deletion"
	UnknownSpecial   = "unknown-special-deduction"
	UnknownBonus     = "unknown-bonus"
	UnknownGrant     = "unknown-grant"
	UnknownClause    = "unknown-clause"
	UnknownScheme    = "unknown-scheme"
	UnknownTrigger   = "unknown-trigger"

	// Application and plan.
	ApplicationReviewed = "application-reviewed"
	SchemeNotInForce    = "scheme-not-in-force"
	SchemeWithoutPoints = "scheme-without-points"
	AuditKindNotAllowed = "audit-kind-not-allowed"
	OneLead             = "one-lead" // a team has exactly one
	DuplicateMember     = "duplicate-member"
	MemberStands        = "member-stands"
	NotAMember          = "not-a-member"
	NothingChanges      = "nothing-changes"
	ClausesNotAllowed   = "clauses-not-allowed"
	DuplicateClause     = "duplicate-clause"
	ClauseNotCovered    = "clause-not-covered"
	DocumentsAccepted   = "documents-accepted"
	AuditOpened         = "audit-opened"
	AuditClosed         = "audit-closed"

	// Evaluation.
	ClauseDeleted           = "clause-deleted"
	RatingMissing           = "rating-missing"
	RatingNotAllowed        = "rating-not-allowed"
	RatingOutOfRange        = "rating-out-of-range"
	SampleImpossible        = "sample-impossible"
	SampleNotExpected       = "sample-not-expected"
	SeverityNotExpected     = "severity-not-expected"
	FindingWithdrawn        = "finding-withdrawn"
	FindingInUse            = "finding-in-use"
	FindingOfOtherClause    = "finding-of-other-clause"
	NotANonconformity       = "not-a-nonconformity"
	CorrectionPending       = "correction-pending"
	CorrectionAccepted      = "correction-accepted"
	CorrectionVerified      = "correction-verified"
	BasisNotAllowed         = "basis-not-allowed"
	ClauseWhollyDeducted    = "clause-wholly-deducted"
	DeductionRevoked        = "deduction-revoked"
	DeletionsNotAllowed     = "deletions-not-allowed"
	LastClause              = "last-clause"
	DeletionRevoked         = "deletion-revoked"
	SpecialDeductionRevoked = "special-deduction-revoked"
	BonusLimit              = "bonus-limit"
	BonusRevoked            = "bonus-revoked"

	// Report, review, decision, certificate.
	ReportStands             = "report-stands"
	ReviewStands             = "review-stands"
	DecisionStands           = "decision-stands"
	AssessmentContradicts    = "assessment-contradicts-deductions"
	ResultUnwritable         = "result-unwritable"
	GradeNotExpected         = "grade-not-expected"
	AuditNotExpected         = "audit-not-expected"
	RecommendationImpossible = "recommendation-impossible"
	AuditFailed              = "audit-failed"
	GradeBelowCertificate    = "grade-below-certificate"
	GradeUnchanged           = "grade-unchanged"
	ReviewerDecides          = "reviewer-decides"
	InternalCase             = "internal-case"
	CertificateStands        = "certificate-stands"
	CertificateStatus        = "certificate-status" // args: status
	CertificateIssued        = "certificate-issued"

	// Self-assessment reports.
	NotInternal           = "not-an-internal-audit"
	DuplicatePurpose      = "duplicate-purpose"
	IndependenceMissing   = "independence-missing"
	DeclarationUnfounded  = "declaration-unfounded"
	FindingUncorrected    = "finding-uncorrected"
	ConclusionContradicts = "conclusion-contradicts-result"

	// Grants.
	GrantRevoked = "grant-revoked"

	// The registry.
	SchemeVersionExists  = "scheme-version-exists"
	SchemeDraft          = "scheme-draft" // some clause has no points
	SchemeNameUnusable   = "scheme-name-unusable"
	SchemeTooLarge       = "scheme-too-large"
	SchemeNotCombinable  = "scheme-not-combinable"
	UnknownApproval      = "unknown-approval"
	UnknownQualification = "unknown-qualification"
	UnknownParameter     = "unknown-parameter"
	ValidityEnded        = "validity-ended"         // args: until
	ParameterOutOfRange  = "parameter-out-of-range" // args: least, most, step
	ParameterUnchanged   = "parameter-unchanged"
	DuplicateField       = "duplicate-field"

	// Outlets, person-days, samples, reopened corrections.
	UnknownOutlet         = "unknown-outlet"
	UnknownPopulation     = "unknown-population"
	OutletExists          = "outlet-exists"
	DaysOutOfRange        = "days-out-of-range"
	DayOutsideAudit       = "day-outside-audit"
	CorrectionNotAccepted = "correction-not-accepted"
	PopulationUnsealed    = "population-unsealed" // no checkpoint covers it yet
	PopulationSize        = "population-size"     // its list has another number of lines
	SampleTooLarge        = "sample-too-large"
	DrawStands            = "draw-stands"
	RedrawNeedsReason     = "redraw-needs-reason"

	// Accreditation reviews.
	NoReview      = "no-accreditation-review"
	IsReview      = "accreditation-review"
	NoCasesToList = "no-cases-to-list"

	// Imports.
	NotImported        = "not-imported"
	CertificateKnown   = "certificate-known"
	UnknownCertificate = "unknown-certificate"

	// Application documents, penalties, contract.
	UnknownDocument     = "unknown-document"
	EvidenceNotExpected = "evidence-not-expected"
	DocumentRequired    = "document-required"
	UnknownPenalty      = "unknown-penalty"
	PenaltyCleared      = "penalty-cleared"
	PenaltyNotCleared   = "penalty-not-cleared"
	SignedTooEarly      = "signed-too-early"

	// Programme: scope, announcements, appeals and complaints.
	ScopeNotExpected    = "scope-not-expected"
	ScopeUnchanged      = "scope-unchanged"
	AuditAnnounced      = "audit-announced"
	AnnouncedTooLate    = "announced-too-late" // args: opening
	UnknownDecision     = "unknown-decision"
	UnknownAppeal       = "unknown-appeal"
	UnknownComplaint    = "unknown-complaint"
	AppealOpen          = "appeal-open"
	AppealDecided       = "appeal-decided"
	AppealOfOwnDecision = "appeal-of-own-decision"
	ComplaintOpen       = "complaint-open"
	ComplaintClosed     = "complaint-closed"
	ComplaintOfOwnAudit = "complaint-of-own-audit"
)

// Steps are what wrong-state can say is missing, in the order of a case's life.
var Steps = []string{
	stepApplication, stepDocuments, stepOpening, stepClosing, stepCorrection, stepReport, stepReview,
	stepDecision, stepCertificate,
}

const (
	stepApplication = "application-review"
	stepDocuments   = "document-review"
	stepOpening     = "opening"
	stepClosing     = "closing"
	stepCorrection  = "correction"
	stepReport      = "report"
	stepReview      = "review"
	stepDecision    = "decision"
	stepCertificate = "certificate"
)

// Codes are all codes a Refusal or a Warning can carry.
var Codes = slices.Compact(slices.Sorted(slices.Values(append([]string{
	EffectiveInFuture, EffectiveBeforeCause, InFuture, MemberMissing, WrongState, CaseClosed, CaseExists,
	DatesOutOfOrder, UnknownAttachment,
	UnknownCase, UnknownAudit, UnknownFinding, UnknownDeduction, UnknownDeletion, UnknownSpecial,
	UnknownBonus, UnknownGrant, UnknownClause, UnknownScheme, UnknownTrigger,
	ApplicationReviewed, SchemeNotInForce, SchemeWithoutPoints, AuditKindNotAllowed, OneLead,
	DuplicateMember, MemberStands, NotAMember, NothingChanges, ClausesNotAllowed, DuplicateClause,
	ClauseNotCovered, DocumentsAccepted, AuditOpened, AuditClosed,
	ClauseDeleted, RatingMissing, RatingNotAllowed, RatingOutOfRange, SampleImpossible, SampleNotExpected,
	SeverityNotExpected, FindingWithdrawn, FindingInUse, FindingOfOtherClause, NotANonconformity,
	CorrectionPending, CorrectionAccepted, CorrectionVerified, BasisNotAllowed, ClauseWhollyDeducted,
	DeductionRevoked, DeletionsNotAllowed, LastClause, DeletionRevoked, SpecialDeductionRevoked,
	BonusLimit, BonusRevoked,
	ReportStands, ReviewStands, DecisionStands, AssessmentContradicts, ResultUnwritable,
	GradeNotExpected, AuditNotExpected, RecommendationImpossible, AuditFailed, GradeBelowCertificate,
	GradeUnchanged, ReviewerDecides, InternalCase, CertificateStands, CertificateStatus, CertificateIssued,
	NotInternal, DuplicatePurpose, IndependenceMissing, DeclarationUnfounded, FindingUncorrected, ConclusionContradicts,
	GrantRevoked,
	SchemeVersionExists, SchemeDraft, SchemeNameUnusable, SchemeTooLarge, SchemeNotCombinable,
	UnknownApproval, UnknownQualification, UnknownParameter, UnknownOutlet, UnknownPopulation,
	ValidityEnded, ParameterOutOfRange, ParameterUnchanged, OutletExists, DaysOutOfRange, DayOutsideAudit, DuplicateField,
	CorrectionNotAccepted, PopulationUnsealed, PopulationSize, SampleTooLarge, DrawStands, RedrawNeedsReason,
	NoReview, IsReview, NoCasesToList,
	NotImported, CertificateKnown, UnknownCertificate,
	UnknownDocument, EvidenceNotExpected, DocumentRequired, UnknownPenalty, PenaltyCleared, PenaltyNotCleared, SignedTooEarly,
	ScopeNotExpected, ScopeUnchanged, AuditAnnounced, AnnouncedTooLate, UnknownDecision, UnknownAppeal, UnknownComplaint,
	AppealOpen, AppealDecided, AppealOfOwnDecision, ComplaintOpen, ComplaintClosed, ComplaintOfOwnAudit,
}, checks.Codes...))))
