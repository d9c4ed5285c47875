package events

import (
	"fmt"
	"slices"
)

// ApprovalRecorded records that the certification body is approved to certify in service fields
// (认证领域) over a time. It stands in the registry case. From the first approval on, a certificate in a
// field that no approval covers on its first day is refused (SCOPE-01).
type ApprovalRecorded struct {
	// Label of the approval, A1, A2, …
	Approval Label `json:"approval"`
	// The service fields, such as 01 and 03.
	Fields []ID `json:"fields"`
	// First day, Asia/Shanghai.
	From Date `json:"from"`
	// Last day, Asia/Shanghai; absent while it is open.
	Until Date `json:"until,omitzero"`
}

// EventType is starledger.approval.recorded.v1.
func (ApprovalRecorded) EventType() Type { return "starledger.approval.recorded.v1" }

// Approval is an approval as it stands.
type Approval struct {
	Entry
	ApprovalRecorded
	Ended *Entry // the event that set its last day anew
}

// Covers tells whether the approval holds for a field on a day.
func (a *Approval) Covers(field ID, day Date) bool {
	return slices.Contains(a.Fields, field) && holds(day, a.From, a.Until)
}

// holds tells whether a day is within a validity whose last day may be open. Days sort as text.
func holds(day, from, until Date) bool { return day >= from && (until == "" || day <= until) }

// Approval is the approval with this label; nil when there is none.
func (c *Case) Approval(label Label) *Approval {
	return find(c.Approvals, func(a *Approval) bool { return a.ApprovalRecorded.Approval == label })
}

// Approved tells whether some approval covers a field on a day.
func (c *Case) Approved(field ID, day Date) bool {
	return find(c.Approvals, func(a *Approval) bool { return a.Covers(field, day) }) != nil
}

func (d ApprovalRecorded) apply(c *Case, e *Stored) error {
	c.Approvals = append(c.Approvals, Approval{Entry: entryOf(e), ApprovalRecorded: d})
	return nil
}

// ApprovalEnded sets the last day of an approval: it was withdrawn, or not prolonged.
type ApprovalEnded struct {
	// Label of the approval.
	Approval Label `json:"approval"`
	// Last day, Asia/Shanghai.
	Until Date `json:"until"`
}

// EventType is starledger.approval.ended.v1.
func (ApprovalEnded) EventType() Type { return "starledger.approval.ended.v1" }

func (d ApprovalEnded) apply(c *Case, e *Stored) error {
	approval := c.Approval(d.Approval)
	if approval == nil {
		return fmt.Errorf("there is no approval %s", d.Approval)
	}
	ended := entryOf(e)
	approval.Until, approval.Ended = d.Until, &ended
	return nil
}
