package events

import (
	"fmt"
	"slices"
)

// Case is what the events of one case say, up to its Head: the one state that posting, checks, read
// models, time travel and the offline verifier share. It is made by Follow (or Apply) alone.
//
// The ledger's own cases, registry and access, are cases too; they use the fields they need.
type Case struct {
	ID   CaseID
	Head Head

	Kind         CaseKind
	Scheme       SchemeName // as applied for; an audit is pinned to a version of its own
	VersionNamed bool       // the application named the version
	Organization Organization
	Scope        Text
	Field        ID
	AppliedAt    Instant
	Opened       Entry

	Application   *ApplicationReview // the latest, nil before the first
	Audits        []Audit            // audit 1 first
	Decisions     []Decision
	Certificates  []Certificate
	Closed        *Entry
	Outlets       []Outlet
	Accreditation *Accreditation // only in an accreditation review

	Imported       *Import // nil: the case began here
	ImportedAudits []ImportedAudit

	Documents  []ApplicationDocument
	Penalties  []Penalty
	Contracts  []Contract
	Appeals    []Appeal
	Complaints []Complaint

	Grants []Grant // only in the access case

	// Only in the registry case.
	Registrations  []Registration
	Approvals      []Approval
	People         []Person
	Qualifications []Qualification
	Parameters     []Parameter
	Continues      *Continuation // nil: the log is the body's first
}

// Head is where the fold stands.
type Head struct {
	Seq     uint64 // log sequence of the last event
	CaseSeq uint64 // its number within the case, 0 before the first event
	Digest  Digest // of its body
	Time    Instant
}

// Entry is the event that said something: where it stands, when, who and why. Every fact of a Case
// carries the entry it came from, so that every answer can name its source.
type Entry struct {
	Seq       uint64
	CaseSeq   uint64
	Recorded  Instant
	Effective Instant
	Actor     ID
	Role      ID
	Reason    Text
	Note      Text
}

func entryOf(e *Stored) Entry {
	return Entry{
		Seq: e.Seq, CaseSeq: e.CaseSeq, Recorded: e.Time, Effective: e.EffectiveTime,
		Actor: e.ActorID, Role: e.ActorRole, Reason: e.Reason, Note: e.Note,
	}
}

// NewCase is a case without events.
func NewCase(id CaseID) *Case { return &Case{ID: id} }

// Follow folds the next event as it is recorded: it checks that e continues this case (same case,
// next number, digest of the previous body, time not before it) and applies it. What does not
// continue the case is a DamageError, and the case is left as it was.
func (c *Case) Follow(e *Stored) error {
	previous := NoDigest
	if c.Head.CaseSeq > 0 {
		previous = PrevDigest(c.Head.Digest)
	}
	switch {
	case e.Subject != c.ID:
		return &DamageError{Seq: e.Seq, Reason: fmt.Sprintf("belongs to case %s, not to %s", e.Subject, c.ID)}
	case e.CaseSeq != c.Head.CaseSeq+1:
		return &DamageError{Seq: e.Seq, Reason: fmt.Sprintf("is event %d of case %s, which stands at %d", e.CaseSeq, c.ID, c.Head.CaseSeq)}
	case e.PrevDigest != previous:
		return &DamageError{Seq: e.Seq, Reason: fmt.Sprintf("continues %s, but the previous event of case %s is %s", e.PrevDigest, c.ID, previous)}
	case e.Time < c.Head.Time:
		return &DamageError{Seq: e.Seq, Reason: fmt.Sprintf("was recorded at %s, before the previous event of case %s (%s)", e.Time, c.ID, c.Head.Time)}
	}
	if err := c.Apply(e); err != nil {
		return &DamageError{Seq: e.Seq, Reason: "does not fit its case", Err: err}
	}
	c.Head = Head{Seq: e.Seq, CaseSeq: e.CaseSeq, Digest: e.Digest, Time: e.Time}
	return nil
}

// Apply folds e without asking whether it is the next one recorded: the fold of the effective
// axis, where events come in the order in which they happened. Head is not moved.
func (c *Case) Apply(e *Stored) error { return e.Data.apply(c, e) }

// Audit is the audit with this number, from 1; nil when there is none. The pointer is into c.
//
// On the effective axis audits may arrive out of their order, so the number decides, not the place.
func (c *Case) Audit(number uint64) *Audit {
	return find(c.Audits, func(a *Audit) bool { return a.Number == number })
}

// LastAudit is the audit with the highest number; nil before the first.
func (c *Case) LastAudit() *Audit {
	var last *Audit
	for i := range c.Audits {
		if last == nil || c.Audits[i].Number > last.Number {
			last = &c.Audits[i]
		}
	}
	return last
}

// Clone is a copy that can be folded further without the original noticing.
func (c *Case) Clone() *Case {
	d := *c
	d.Audits = slices.Clone(c.Audits)
	for i := range d.Audits {
		d.Audits[i].unshare()
	}
	d.Decisions = slices.Clone(c.Decisions)
	d.Certificates = slices.Clone(c.Certificates)
	d.Outlets, d.Grants = slices.Clone(c.Outlets), slices.Clone(c.Grants)
	d.ImportedAudits = slices.Clone(c.ImportedAudits)
	d.Documents, d.Penalties, d.Contracts = slices.Clone(c.Documents), slices.Clone(c.Penalties), slices.Clone(c.Contracts)
	d.Appeals, d.Complaints = slices.Clone(c.Appeals), slices.Clone(c.Complaints)
	d.Registrations, d.Approvals = slices.Clone(c.Registrations), slices.Clone(c.Approvals)
	d.People, d.Qualifications = slices.Clone(c.People), slices.Clone(c.Qualifications)
	d.Parameters = slices.Clone(c.Parameters)
	return &d
}

// find is the last element that has; nil when none has.
func find[T any](list []T, has func(*T) bool) *T {
	for i := len(list) - 1; i >= 0; i-- {
		if has(&list[i]) {
			return &list[i]
		}
	}
	return nil
}

func (c *Case) audit(number uint64) (*Audit, error) {
	if a := c.Audit(number); a != nil {
		return a, nil
	}
	return nil, fmt.Errorf("there is no audit %d", number)
}

// within finds what a payload refers to inside its audit.
func within[T any](c *Case, audit uint64, number Number, lookup func(*Audit, Number) *T) (*T, error) {
	a, err := c.audit(audit)
	if err != nil {
		return nil, err
	}
	if found := lookup(a, number); found != nil {
		return found, nil
	}
	return nil, fmt.Errorf("there is no %s in audit %d", number, audit)
}
