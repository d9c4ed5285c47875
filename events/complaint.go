package events

import "fmt"

// ComplaintLodged records a complaint (投诉) about the certified organization or about the body's own
// work. It was received when the event was effective; its deadline counts from that day.
type ComplaintLodged struct {
	// Label of the complaint in the case, M1, M2, …
	Complaint Label `json:"complaint"`
	// Who complains, as the person wants to be named.
	Complainant Text `json:"complainant"`
	// The audit it is about, where it is about one.
	Audit uint64 `json:"audit,omitzero"`
	// What is complained about.
	Statement Text `json:"statement"`
	// What shows it.
	Evidence []Evidence `json:"evidence,omitzero"`
}

// EventType is starledger.complaint.lodged.v1.
func (ComplaintLodged) EventType() Type { return "starledger.complaint.lodged.v1" }

// Complaint is a complaint as it stands.
type Complaint struct {
	Entry
	ComplaintLodged
	Closed *ComplaintClosure // nil while it is open
}

// ComplaintClosure is what a complaint came to and where that stands.
type ComplaintClosure struct {
	Entry
	Outcome ComplaintOutcome
}

// Complaint is the complaint with this label; nil when there is none.
func (c *Case) Complaint(label Label) *Complaint {
	return find(c.Complaints, func(m *Complaint) bool { return m.ComplaintLodged.Complaint == label })
}

func (d ComplaintLodged) apply(c *Case, e *Stored) error {
	if d.Audit != 0 {
		if _, err := c.audit(d.Audit); err != nil {
			return err
		}
	}
	c.Complaints = append(c.Complaints, Complaint{Entry: entryOf(e), ComplaintLodged: d})
	return nil
}

// ComplaintOutcome is what a complaint came to.
type ComplaintOutcome string

// The outcomes of a complaint.
const (
	ComplaintSubstantiated   ComplaintOutcome = "substantiated"
	ComplaintPartly          ComplaintOutcome = "partly_substantiated"
	ComplaintUnsubstantiated ComplaintOutcome = "unsubstantiated"
)

// Values lists what is accepted.
func (*ComplaintOutcome) Values() []ComplaintOutcome {
	return []ComplaintOutcome{ComplaintSubstantiated, ComplaintPartly, ComplaintUnsubstantiated}
}

// UnmarshalText accepts one of Values.
func (o *ComplaintOutcome) UnmarshalText(b []byte) error { return enum(o, b, o.Values()) }

// ComplaintClosed closes a complaint with what it came to, by somebody who took no part in the audit
// it is about.
type ComplaintClosed struct {
	// Label of the complaint.
	Complaint Label `json:"complaint"`
	// What it came to.
	Outcome ComplaintOutcome `json:"outcome"`
}

// EventType is starledger.complaint.closed.v1.
func (ComplaintClosed) EventType() Type { return "starledger.complaint.closed.v1" }

func (d ComplaintClosed) apply(c *Case, e *Stored) error {
	complaint := c.Complaint(d.Complaint)
	if complaint == nil {
		return fmt.Errorf("there is no complaint %s", d.Complaint)
	}
	complaint.Closed = &ComplaintClosure{entryOf(e), d.Outcome}
	return nil
}
