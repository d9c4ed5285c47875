package checks

import (
	"starledger/events"
	"starledger/scoring"
)

// Check is one conformance check of the domain page.
type Check struct {
	// Code names the check for ever, as in SOD-01.
	Code string
	// Name says what has to be so.
	Name Wording
	// Source is where the rule comes from.
	Source string
	// Posting says what a violation does to an event that is about to be posted.
	Posting Severity
	// Duty marks the checks about who may act: the API answers them as not allowed, the others as a
	// broken rule.
	Duty bool
	// Guards are the types of events the check looks at.
	Guards []events.Type

	guard func(Posting) *Violation
	// others tells that the check compares the case with others: where none is at hand it is not applicable.
	others bool
}

// Wording is a text in Chinese and English.
type Wording struct {
	ZH string `json:"zh"`
	EN string `json:"en"`
}

// Severity is what a violation does when an event is posted.
type Severity string

// The severities.
const (
	Refuse Severity = "refuse" // the event is not written
	Warn   Severity = "warn"   // it is written, and the answer carries a warning
	List   Severity = "list"   // it is written; a review of the case lists it
)

// All is every check there is, in the order of the domain page. It must not be changed.
var All = []*Check{
	decisionOutsideTeam, reviewOutsideTeam, noServiceManager, correctionVerifiedOutside,
	completeBeforeCertificate, applicationInTime, surveillanceInTime, suspensionInTime, suspensionEnded,
	resultRecomputed, everyClauseAssessed, deletionByLead,
	evidenceNamed, correctedBeforeDecision,
	datesAgree, lateEntrySaysWhy, nothingAfterReport,
	personDays, teamQualified, fieldApproved, certificateNumber, nothingCopied,
	documentsComplete, registersSearched, populationAgrees, independentOfAudited,
}

// guarding are the places in All of the checks that look at a type of events.
var guarding = func() map[events.Type][]int {
	places := map[events.Type][]int{}
	for i, check := range All {
		for _, guarded := range check.Guards {
			places[guarded] = append(places[guarded], i)
		}
	}
	return places
}()

// Posting is an event before it is part of its case.
type Posting struct {
	Case    *events.Case // as it stands before the event
	Payload events.Payload
	Actor   events.ID
	Role    events.ID
	Schemes *scoring.Book

	// Seq is its log sequence, 0 while it is about to be posted.
	Seq uint64
	// Recorded and Effective are the times of the event, Reason is what it says.
	Recorded, Effective events.Instant
	Reason              events.Text
	// Organization is whom the actor works for, as far as is known.
	Organization events.Text
	// Registry is the registry case; nil while it has no event, or where it is not at hand.
	Registry *events.Case
	// Taken tells whether an earlier certificate of the ledger has a number; nil where the ledger is
	// not at hand.
	Taken func(events.CertificateNumber) bool
	// Copied is the first earlier event that left a trace under another organization, 0 for none; nil where
	// no other case is at hand.
	Copied func(trace events.Digest) uint64

	// asked takes down what is asked of Registry; nil for nothing.
	asked Asked
	// asOf is the case at an earlier caseseq; nil where only the present one is at hand.
	asOf func(caseSeq uint64) (*events.Case, error)
}

// Violation says what a check found.
type Violation struct {
	Check   *Check
	Code    string            // stable, kebab-case, such as team-member-decides
	Pointer string            // RFC 6901 into the command's body; empty for the whole
	Args    map[string]string // what the text of the code needs
	Detail  Wording
	Entries []uint64 // log sequences of the earlier events that make it one, where there are such
	Listed  bool     // to be listed in a review of the case; it refuses nothing and warns of nothing
}

// Refuses tells whether the event must not be written.
func (v *Violation) Refuses() bool { return v.Check.Posting == Refuse && !v.Listed }

// Warns tells whether the event is written with a warning.
func (v *Violation) Warns() bool { return v.Check.Posting == Warn && !v.Listed }

// count is the value of a parameter, a whole number, when the event was recorded.
func (p Posting) count(name events.ID) int { return countAt(p.Registry, name, p.Seq) }

// Guard runs the checks that look at events of this type, in the order of All.
func Guard(p Posting) []Violation {
	var found []Violation
	for _, i := range guarding[p.Payload.EventType()] {
		check := All[i]
		if violation := check.guard(p); violation != nil {
			violation.Check = check
			found = append(found, *violation)
		}
	}
	return found
}

// Codes are the codes of all violations, in the order of All.
var Codes = []string{
	teamMemberDecides, teamMemberReviews, serviceManagerEvaluates,
	resultDiffers, clausesNotAssessed, correctionsOpen, afterReport, afterDecision,
	ownCorrectionVerified, stepsMissing, applicationLate, surveillanceLate, suspensionLate,
	deletionUnfounded, deletionsLift, deductionWithoutFinding, findingWithoutEvidence,
	stepsOutOfOrder, lateWithoutReason, daysBelowPlan, membersUnqualified, fieldNotApproved, certificateNumberOdd,
	documentsOutstanding, registersUnsearched, suspensionLong, leftElsewhere, populationDiffers, notIndependent,
}

const (
	teamMemberDecides       = "team-member-decides"
	teamMemberReviews       = "team-member-reviews"
	serviceManagerEvaluates = "service-manager-evaluates"
	resultDiffers           = "result-differs"
	clausesNotAssessed      = "clauses-not-assessed"
	correctionsOpen         = "corrections-open"
	afterReport             = "after-report"
	afterDecision           = "after-decision"
	ownCorrectionVerified   = "own-correction-verified"
	stepsMissing            = "steps-missing"
	applicationLate         = "application-review-late"
	surveillanceLate        = "surveillance-late"
	suspensionLate          = "suspension-late"
	deletionUnfounded       = "deletion-unfounded"
	deletionsLift           = "deletions-lift-grade"
	deductionWithoutFinding = "deduction-without-finding"
	findingWithoutEvidence  = "finding-without-evidence"
	stepsOutOfOrder         = "steps-out-of-order"
	lateWithoutReason       = "late-entry-without-reason"
	daysBelowPlan           = "person-days-below-plan"
	membersUnqualified      = "members-unqualified"
	fieldNotApproved        = "field-not-approved"
	certificateNumberOdd    = "certificate-number-odd"
	documentsOutstanding    = "documents-outstanding"
	registersUnsearched     = "registers-unsearched"
	suspensionLong          = "suspension-too-long"
	leftElsewhere           = "left-elsewhere"
	populationDiffers       = "population-differs"
	notIndependent          = "evaluators-not-independent"
)

// reports are the events that report an audit, whichever form the report has.
var reports = types(events.AuditReported{}, events.SelfAssessmentReported{})

func types(payloads ...events.Payload) []events.Type {
	list := make([]events.Type, len(payloads))
	for i, payload := range payloads {
		list[i] = payload.EventType()
	}
	return list
}
