package events

// AssessmentResult is whether a clause was found to conform.
type AssessmentResult string

// The results of an assessment.
const (
	Conforming    AssessmentResult = "conforming"
	Nonconforming AssessmentResult = "nonconforming"
)

// Values lists what is accepted.
func (*AssessmentResult) Values() []AssessmentResult {
	return []AssessmentResult{Conforming, Nonconforming}
}

// UnmarshalText accepts one of Values.
func (r *AssessmentResult) UnmarshalText(b []byte) error { return enum(r, b, r.Values()) }

// Method is how a clause was looked at (000 6.1.1 c; 003 6.1).
type Method string

// The methods of evaluation.
const (
	Documents   Method = "documents" // documents and records
	Interview   Method = "interview"
	Observation Method = "observation"
	Visit       Method = "visit" // to a customer
)

// Values lists what is accepted.
func (*Method) Values() []Method { return []Method{Documents, Interview, Observation, Visit} }

// UnmarshalText accepts one of Values.
func (m *Method) UnmarshalText(b []byte) error { return enum(m, b, m.Values()) }

// Sample says how many were looked at, and how many of them did not conform.
type Sample struct {
	// How many there are in all.
	Population uint64 `json:"population,omitzero"`
	// How many were looked at, from 1.
	Size uint64 `json:"size"`
	// How many of them did not conform, from 0.
	Nonconforming *uint64 `json:"nonconforming"`
}

// Evidence names a document that shows something; its bytes are kept as an attachment.
type Evidence struct {
	// SHA-256 of the bytes.
	SHA256 Digest `json:"sha256"`
	// Media type, such as image/png.
	MediaType MediaType `json:"media_type"`
	// Name of the file.
	Name Text `json:"name"`
}

// AssessmentRecorded records that a clause was looked at, and what was seen. The latest of a clause stands.
type AssessmentRecorded struct {
	// Number of the audit.
	Audit uint64 `json:"audit"`
	// The clause.
	Clause Clause `json:"clause"`
	// Whether it conforms.
	Result AssessmentResult `json:"result"`
	// Rating in percent, 0 to 100, where the scheme rates clauses.
	Rating Decimal `json:"rating,omitzero"`
	// The sample on which it was verified.
	Sample *Sample `json:"sample,omitzero"`
	// How it was looked at.
	Method Method `json:"method,omitzero"`
	// What was seen.
	Statement Text `json:"statement,omitzero"`
	// What shows it.
	Evidence []Evidence `json:"evidence,omitzero"`
}

// EventType is starledger.assessment.recorded.v1.
func (AssessmentRecorded) EventType() Type { return "starledger.assessment.recorded.v1" }

// Assessment is the standing assessment of a clause.
type Assessment struct {
	Entry
	AssessmentRecorded
}

// Assessment is the standing assessment of a clause; nil before the first.
func (a *Audit) Assessment(clause Clause) *Assessment {
	return find(a.Assessments, func(x *Assessment) bool { return x.Clause == clause })
}

func (d AssessmentRecorded) apply(c *Case, e *Stored) error {
	a, err := c.audit(d.Audit)
	if err != nil {
		return err
	}
	now := Assessment{entryOf(e), d}
	if standing := a.Assessment(d.Clause); standing != nil {
		*standing = now
		return nil
	}
	if a.Assessments == nil {
		a.Assessments = make([]Assessment, 0, a.expected())
	}
	a.Assessments = append(a.Assessments, now)
	return nil
}

// expected is how many clauses the audit is about: those it names, or else as many as GB/T 27922 has. It is
// no bound. Most of what a folded case takes are assessments, and half of that was room they had outgrown.
func (a *Audit) expected() int {
	if a.Partial() {
		return len(a.Clauses)
	}
	return 50
}
