package events

import "errors"

// CaseKind tells who evaluates whom.
type CaseKind string

// The kinds of a case.
const (
	Certification CaseKind = "certification" // by a certification body (third party)
	SecondParty   CaseKind = "second_party"  // by a customer
	Internal      CaseKind = "internal"      // by the enterprise itself (first party)
)

// Values lists what is accepted.
func (*CaseKind) Values() []CaseKind { return []CaseKind{Certification, SecondParty, Internal} }

// UnmarshalText accepts one of Values.
func (k *CaseKind) UnmarshalText(b []byte) error { return enum(k, b, k.Values()) }

// Organization is whose after-sales service is evaluated.
type Organization struct {
	// Name as on its licence.
	Name Text `json:"name"`
	// Unified social credit code (统一社会信用代码), 18 characters.
	USCC USCC `json:"uscc,omitzero"`
	// Address of the site.
	Address Text `json:"address,omitzero"`
}

// USCC is a unified social credit code: 18 characters of 0-9 and A-Z without I, O, S, V and Z
// (GB 32100-2015). Its check character is not tested, since codes are kept as printed.
type USCC string

// UnmarshalText accepts the grammar of USCC.
func (u *USCC) UnmarshalText(b []byte) error {
	ok := len(b) == 18
	for _, c := range b {
		digit := '0' <= c && c <= '9'
		letter := 'A' <= c && c <= 'Z' && c != 'I' && c != 'O' && c != 'S' && c != 'V' && c != 'Z'
		ok = ok && (digit || letter)
	}
	if !ok {
		return errors.New("not a unified social credit code of 18 characters")
	}
	*u = USCC(b)
	return nil
}

// SchemeName names a scheme and one version of it.
type SchemeName struct {
	// Scheme id, such as gbt27922-2011.
	ID ID `json:"id"`
	// Version of the scheme.
	Version ID `json:"version"`
	// SHA-256 of the scheme's canonical document.
	Digest Digest `json:"digest"`
}

// CaseOpened opens a case: an organization applies for the evaluation of a scope under a scheme.
type CaseOpened struct {
	// Who evaluates whom.
	Kind CaseKind `json:"kind"`
	// Scheme applied for, as it stood then.
	Scheme SchemeName `json:"scheme"`
	// Whether the application named this version; otherwise an audit is planned under the one in force.
	VersionNamed bool `json:"version_named,omitzero"`
	// The organization to be evaluated.
	Organization Organization `json:"organization"`
	// Goods and services in scope.
	Scope Text `json:"scope"`
	// Service field (认证领域) in the body's approval, such as 03.
	Field ID `json:"field,omitzero"`
	// When the application was received.
	AppliedAt Instant `json:"applied_at"`
}

// EventType is starledger.case.opened.v1.
func (CaseOpened) EventType() Type { return "starledger.case.opened.v1" }

func (d CaseOpened) apply(c *Case, e *Stored) error {
	c.Kind, c.Scheme, c.VersionNamed, c.Organization = d.Kind, d.Scheme, d.VersionNamed, d.Organization
	c.Scope, c.Field, c.AppliedAt, c.Opened = d.Scope, d.Field, d.AppliedAt, entryOf(e)
	return nil
}

// ApplicationOutcome is what the review of an application came to.
type ApplicationOutcome string

// The outcomes of an application review.
const (
	ApplicationAccepted ApplicationOutcome = "accepted"
	ApplicationReturned ApplicationOutcome = "returned" // to be completed and reviewed again
	ApplicationRefused  ApplicationOutcome = "refused"
)

// Values lists what is accepted.
func (*ApplicationOutcome) Values() []ApplicationOutcome {
	return []ApplicationOutcome{ApplicationAccepted, ApplicationReturned, ApplicationRefused}
}

// UnmarshalText accepts one of Values.
func (o *ApplicationOutcome) UnmarshalText(b []byte) error { return enum(o, b, o.Values()) }

// ApplicationCheck is one thing that was looked at when the application was reviewed, such as the
// legal status or the penalty records (002 5.2.1).
type ApplicationCheck struct {
	// What was checked.
	Subject Text `json:"subject"`
	// Whether it was found in order.
	Passed *bool `json:"passed"`
	// Remark.
	Remark Text `json:"remark,omitzero"`
	// What shows it, such as a screenshot.
	Evidence []Evidence `json:"evidence,omitzero"`
}

// ApplicationReviewed records the review of the application.
type ApplicationReviewed struct {
	// Accepted, returned to be completed, or refused.
	Outcome ApplicationOutcome `json:"outcome"`
	// What was checked.
	Checks []ApplicationCheck `json:"checks,omitzero"`
}

// EventType is starledger.application.reviewed.v1.
func (ApplicationReviewed) EventType() Type { return "starledger.application.reviewed.v1" }

// ApplicationReview is the standing outcome of the application.
type ApplicationReview struct {
	Entry
	ApplicationReviewed
}

func (d ApplicationReviewed) apply(c *Case, e *Stored) error {
	c.Application = &ApplicationReview{entryOf(e), d}
	return nil
}

// CaseClosed ends a case: no certificate came of it, or the certificate has ended.
type CaseClosed struct{}

// EventType is starledger.case.closed.v1.
func (CaseClosed) EventType() Type { return "starledger.case.closed.v1" }

func (CaseClosed) apply(c *Case, e *Stored) error {
	closed := entryOf(e)
	c.Closed = &closed
	return nil
}
