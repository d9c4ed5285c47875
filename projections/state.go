package projections

import "starledger/events"

// State is where a case stands.
type State string

// The states of a case, in the order of its life.
const (
	Applied           State = "applied"
	Accepted          State = "accepted"
	Returned          State = "returned"
	Refused           State = "refused"
	Planned           State = "planned"
	DocumentsReviewed State = "documents_reviewed"
	OnSite            State = "on_site"
	Corrections       State = "corrections" // the closing meeting was held, nothing is reported yet
	Reported          State = "reported"
	Reviewed          State = "reviewed"
	Decided           State = "decided"
	Active            State = "active"
	Suspended         State = "suspended"
	Withdrawn         State = "withdrawn"
	Cancelled         State = "cancelled"
	Expired           State = "expired"
	Closed            State = "closed"
	UnderReview       State = "under_review" // an accreditation review
)

// States lists every state, in that order.
func States() []State {
	return []State{
		Applied, Accepted, Returned, Refused, Planned, DocumentsReviewed, OnSite, Corrections, Reported,
		Reviewed, Decided, Active, Suspended, Withdrawn, Cancelled, Expired, Closed, UnderReview,
	}
}

// StateOf is where a case stands at an instant. The first that holds:
//
//  1. closed, once it was closed; under_review, when it is an accreditation review;
//  2. the status of the certificate issued last, expiry included (the instant decides);
//  3. the stage of the latest audit;
//  4. the outcome of the application review;
//  5. applied.
//
// The ledger's own cases, registry and access, have no state: "".
func StateOf(c *events.Case, at events.Instant) State {
	certificate, audit := c.Certificate(), c.LastAudit()
	switch {
	case c.Opened.Seq == 0 && c.Opened.CaseSeq == 0:
		return ""
	case c.Closed != nil:
		return Closed
	case c.Accreditation != nil:
		return UnderReview
	case certificate != nil:
		return State(certificate.StatusOn(at))
	case audit != nil:
		return StageOf(c, audit)
	case c.Application != nil:
		return State(c.Application.Outcome)
	}
	return Applied
}

// StageOf is where an audit stands. A review that returned the report took the report away, so the
// audit is where it was before it; documents that were returned leave it planned.
func StageOf(c *events.Case, a *events.Audit) State {
	switch {
	case c.DecisionOn(a.Number) != nil:
		return Decided
	case a.Report != nil && a.Review != nil:
		return Reviewed
	case a.Report != nil:
		return Reported
	case a.Closing != nil:
		return Corrections
	case a.Opening != nil:
		return OnSite
	case a.Documents != nil && a.Documents.Outcome == events.DocumentsAccepted:
		return DocumentsReviewed
	}
	return Planned
}
