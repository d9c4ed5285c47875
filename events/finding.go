package events

// FindingCategory is what a finding is.
type FindingCategory string

// The categories of a finding.
const (
	Nonconformity FindingCategory = "nonconformity"
	Remark        FindingCategory = "observation"
	Opportunity   FindingCategory = "opportunity"
	Strength      FindingCategory = "strength"
)

// Values lists what is accepted.
func (*FindingCategory) Values() []FindingCategory {
	return []FindingCategory{Nonconformity, Remark, Opportunity, Strength}
}

// UnmarshalText accepts one of Values.
func (c *FindingCategory) UnmarshalText(b []byte) error { return enum(c, b, c.Values()) }

// Severity is how grave a nonconformity is.
type Severity string

// The severities of a nonconformity.
const (
	Minor Severity = "minor"
	Major Severity = "major"
)

// Values lists what is accepted.
func (*Severity) Values() []Severity { return []Severity{Minor, Major} }

// UnmarshalText accepts one of Values.
func (s *Severity) UnmarshalText(b []byte) error { return enum(s, b, s.Values()) }

// FindingRaised raises an audit finding (审核发现): a nonconformity, an observation, an opportunity
// for improvement or a strength.
type FindingRaised struct {
	// Number of the audit.
	Audit uint64 `json:"audit"`
	// Number of the finding in the audit, F1, F2, …
	Finding Number `json:"finding"`
	// The clause it is about.
	Clause Clause `json:"clause"`
	// What it is.
	Category FindingCategory `json:"category"`
	// How grave it is; for nonconformities.
	Severity Severity `json:"severity,omitzero"`
	// What was found.
	Statement Text `json:"statement"`
	// What shows it.
	Evidence []Evidence `json:"evidence,omitzero"`
}

// EventType is starledger.finding.raised.v1.
func (FindingRaised) EventType() Type { return "starledger.finding.raised.v1" }

// Finding is a finding as it stands.
type Finding struct {
	Entry
	FindingRaised
	Withdrawn *Entry
}

// Find is the finding with this number; nil when there is none.
func (a *Audit) Find(number Number) *Finding {
	return find(a.Findings, func(f *Finding) bool { return f.Finding == number })
}

func (d FindingRaised) apply(c *Case, e *Stored) error {
	a, err := c.audit(d.Audit)
	if err != nil {
		return err
	}
	a.Findings = append(a.Findings, Finding{Entry: entryOf(e), FindingRaised: d})
	return nil
}

// FindingWithdrawn withdraws a finding. It stays in the record; it no longer stands.
type FindingWithdrawn struct {
	// Number of the audit.
	Audit uint64 `json:"audit"`
	// Number of the finding.
	Finding Number `json:"finding"`
}

// EventType is starledger.finding.withdrawn.v1.
func (FindingWithdrawn) EventType() Type { return "starledger.finding.withdrawn.v1" }

func (d FindingWithdrawn) apply(c *Case, e *Stored) error {
	finding, err := within(c, d.Audit, d.Finding, (*Audit).Find)
	if err != nil {
		return err
	}
	withdrawn := entryOf(e)
	finding.Withdrawn = &withdrawn
	return nil
}
