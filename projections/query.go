package projections

import (
	"starledger/events"
	"starledger/scoring"
)

// Page is a part of a list. Next is what After of the next page has to be; 0 when this is the last.
type Page[T any] struct {
	Items []T
	Next  uint64
}

// Within restricts an answer to the cases somebody may see: those listed, and those of the
// organization with this name. nil restricts nothing; the zero value shows nothing.
type Within struct {
	Cases        []events.CaseID
	Organization events.Text
}

// CaseQuery asks for cases, the newest first.
type CaseQuery struct {
	Text   string    // found anywhere in ids, certificate numbers, organization, scope, statements of findings
	State  State     // "" is any
	Grade  events.ID // "" is any; a provisional grade is never found
	Scheme events.ID // id of the scheme applied for; "" is any
	// Version of that scheme; "" is any.
	Version events.ID
	// Member has to do with the case: in the team of an audit, or with another duty; "" is anybody.
	Member events.ID
	Within *Within
	AsOf   Point // on the recorded axis
	After  uint64
	Limit  int
}

// CaseRow is a case as a list shows it.
type CaseRow struct {
	ID           events.CaseID
	Kind         events.CaseKind
	Scheme       events.ID // as applied for
	Version      events.ID
	Organization events.Text
	Scope        events.Text
	Field        events.ID
	Opened       uint64 // sequence of its first event
	Imported     bool   // an existing client's
	State        State
	Audit        *AuditRow                // the latest; nil before the first
	OpenFindings int                      // nonconformities neither withdrawn nor corrected, of all audits
	Certificate  events.CertificateNumber // of the latest; "" before the first
	Changed      EntryRow                 // the last event
}

// AuditRow is the latest audit of a case as a list shows it.
type AuditRow struct {
	Number      uint64
	Kind        events.AuditKind
	Stage       State // where this audit is, whatever the state of the case
	Final       scoring.Number
	Grade       events.ID // "" when failed, partial or provisional
	Provisional bool
	Passed      *bool // nil while provisional, and for a partial audit
	Assessed    int   // of Involved clauses
	Involved    int
	Specials    int    // standing special deductions
	Limit       string // of special deductions, such as ">= 5"
}

// EntryFilter asks for entries of the log in their order.
type EntryFilter struct {
	Case   events.CaseID // "" is any
	Type   events.Type   // "" is any
	Actor  events.ID     // "" is any
	From   events.Instant
	To     events.Instant // recorded from and to, both included; 0 is open
	Within *Within
	After  uint64 // sequence
	UpTo   uint64 // last sequence that may be shown; 0 is the position
	Limit  int
}

// EntryRow is one event of the log, without what it says.
type EntryRow struct {
	Seq       uint64
	Case      events.CaseID
	CaseSeq   uint64
	Type      events.Type
	Actor     events.ID
	Recorded  events.Instant
	Effective events.Instant
}

// ChangeFilter asks for what moved scores.
type ChangeFilter struct {
	Type   events.Type
	Actor  events.ID
	From   events.Instant
	To     events.Instant
	Within *Within
	After  uint64
	Limit  int
}

// ChangeRow is an event that moved the score or the grade of an audit.
type ChangeRow struct {
	EntryRow                    // the cause
	Audit         uint64        //
	Clause        events.Clause // "" when it is about none
	Before, After Mark
}

// Mark is a score and its grade as they stood between two events.
type Mark struct {
	Final       scoring.Number
	Grade       events.ID // what it would be while provisional; "" when failed or partial
	Provisional bool
}

// RegisterQuery asks for certificates in the order of their issue.
type RegisterQuery struct {
	Within *Within
	AsOf   Point
	After  uint64
	Limit  int
}

// CertificateRow is a certificate as the register shows it.
type CertificateRow struct {
	Seq        uint64 // of its issue
	Case       events.CaseID
	Number     events.CertificateNumber
	Holder     events.Text
	Scope      events.Text
	Scheme     events.ID
	Grade      events.ID
	Status     events.CertificateStatus // at the instant of the view
	ValidFrom  events.Date
	ValidUntil events.Date
	Changed    uint64 // sequence of the event that made the status; its issue at first
	Imported   bool   // issued before its case was imported, and kept as printed
}
