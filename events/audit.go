package events

import "slices"

// AuditKind is the place of an audit in the cycle.
type AuditKind string

// The kinds of an audit.
const (
	InitialAudit         AuditKind = "initial"
	SurveillanceAudit    AuditKind = "surveillance"
	RecertificationAudit AuditKind = "recertification"
	SpecialAudit         AuditKind = "special"
	InternalAudit        AuditKind = "internal"
)

// Values lists what is accepted.
func (*AuditKind) Values() []AuditKind {
	return []AuditKind{InitialAudit, SurveillanceAudit, RecertificationAudit, SpecialAudit, InternalAudit}
}

// UnmarshalText accepts one of Values.
func (k *AuditKind) UnmarshalText(b []byte) error { return enum(k, b, k.Values()) }

// TeamRole is what a member does in the audit team.
type TeamRole string

// The roles in an audit team.
const (
	Lead     TeamRole = "lead"
	Auditor  TeamRole = "auditor"
	Expert   TeamRole = "expert"
	Observer TeamRole = "observer"
)

// Values lists what is accepted.
func (*TeamRole) Values() []TeamRole { return []TeamRole{Lead, Auditor, Expert, Observer} }

// UnmarshalText accepts one of Values.
func (r *TeamRole) UnmarshalText(b []byte) error { return enum(r, b, r.Values()) }

// Member is one person in the audit team.
type Member struct {
	// Id of the person.
	Actor ID `json:"actor"`
	// What the person does in the team.
	Role TeamRole `json:"role"`
}

// AuditMode is how the audit is held.
type AuditMode string

// The modes of an audit.
const (
	OnSite AuditMode = "on_site"
	Remote AuditMode = "remote"
	Mixed  AuditMode = "mixed"
)

// Values lists what is accepted.
func (*AuditMode) Values() []AuditMode { return []AuditMode{OnSite, Remote, Mixed} }

// UnmarshalText accepts one of Values.
func (m *AuditMode) UnmarshalText(b []byte) error { return enum(m, b, m.Values()) }

// AuditPlanned plans an audit and pins it to a version of the scheme for ever.
type AuditPlanned struct {
	// Number of the audit in the case, from 1.
	Audit uint64 `json:"audit"`
	// Place of the audit in the cycle.
	Kind AuditKind `json:"kind"`
	// Version of the scheme in force when the audit was planned; replay uses it for ever.
	Scheme SchemeName `json:"scheme"`
	// The audit team.
	Team []Member `json:"team"`
	// First day, Asia/Shanghai.
	StartsOn Date `json:"starts_on"`
	// Last day, Asia/Shanghai.
	EndsOn Date `json:"ends_on"`
	// The clauses covered, for a partial surveillance or special audit; absent when all are.
	Clauses []Clause `json:"clauses,omitzero"`
	// Person-days on site.
	PersonDays Decimal `json:"person_days,omitzero"`
	// Outlets to be visited.
	Outlets []Text `json:"outlets,omitzero"`
	// How the audit is held.
	Mode AuditMode `json:"mode,omitzero"`
}

// EventType is starledger.audit.planned.v1.
func (AuditPlanned) EventType() Type { return "starledger.audit.planned.v1" }

// Audit is one evaluation inside a case with everything posted to it. The score belongs to it.
type Audit struct {
	AuditPlanned
	Number  uint64
	Planned Entry
	Team    []Member     // as it stands now
	Ever    []Membership // everybody who was ever in it, once for each role held

	Documents *DocumentReview // the latest
	Opening   *Meeting
	Closing   *Meeting

	Assessments []Assessment // the latest of each clause
	Findings    []Finding
	Corrections []Correction
	Deductions  []Deduction
	Deletions   []Deletion
	Specials    []SpecialDeduction
	Bonuses     []Bonus

	Report *Report // the standing one: nil again after a review returned it
	// SelfAssessment is the standing report where it is one of the enterprise about itself; nil otherwise.
	SelfAssessment *SelfAssessment
	Review         *Review // the latest

	Reviewed []Entry // every review of a report of this audit, those too that returned it

	Announced *Announcement // nil: it was not

	PersonDaysOnSite []PersonDays
	Populations      []Population
}

func (d AuditPlanned) apply(c *Case, e *Stored) error {
	c.Audits = append(c.Audits, Audit{
		AuditPlanned: d, Number: d.Audit, Planned: entryOf(e),
		Team: d.Team,
	})
	c.Audits[len(c.Audits)-1].join(d.Team, e)
	return nil
}

// Membership is a role that somebody held in the team.
type Membership struct {
	Member
	Since Entry // the plan or the change of the team that first gave it
}

// join notes who an event puts into the team.
func (a *Audit) join(team []Member, e *Stored) {
	for _, m := range team {
		if !slices.ContainsFunc(a.Ever, func(held Membership) bool { return held.Member == m }) {
			a.Ever = append(a.Ever, Membership{m, entryOf(e)})
		}
	}
}

// unshare gives the copy of an audit slices of its own.
func (a *Audit) unshare() {
	a.Team, a.Ever = slices.Clone(a.Team), slices.Clone(a.Ever)
	a.Assessments, a.Findings = slices.Clone(a.Assessments), slices.Clone(a.Findings)
	a.Corrections, a.Deductions = slices.Clone(a.Corrections), slices.Clone(a.Deductions)
	a.Deletions, a.Specials = slices.Clone(a.Deletions), slices.Clone(a.Specials)
	a.Bonuses, a.Reviewed = slices.Clone(a.Bonuses), slices.Clone(a.Reviewed)
	a.PersonDaysOnSite, a.Populations = slices.Clone(a.PersonDaysOnSite), slices.Clone(a.Populations)
}

// Partial tells that the audit covers only some clauses: it has findings and no grade.
func (a *Audit) Partial() bool { return len(a.Clauses) > 0 }

// Membership is the first that the actor ever had in the team; nil for none.
func (a *Audit) Membership(actor ID) *Membership {
	at := slices.IndexFunc(a.Ever, func(m Membership) bool { return m.Actor == actor })
	if at < 0 {
		return nil
	}
	return &a.Ever[at]
}

// ReviewBy is the latest review of a report by the actor; nil for none.
func (a *Audit) ReviewBy(actor ID) *Entry {
	return find(a.Reviewed, func(e *Entry) bool { return e.Actor == actor })
}

// RoleInTeam is the role the actor has in the team now, "" for none.
func (a *Audit) RoleInTeam(actor ID) TeamRole {
	for _, m := range a.Team {
		if m.Actor == actor {
			return m.Role
		}
	}
	return ""
}

// TeamChanged changes the audit team.
type TeamChanged struct {
	// Number of the audit.
	Audit uint64 `json:"audit"`
	// Who joins; a member who is named again gets the new role.
	Add []Member `json:"add,omitzero"`
	// Who leaves.
	Remove []ID `json:"remove,omitzero"`
}

// EventType is starledger.audit.team_changed.v1.
func (TeamChanged) EventType() Type { return "starledger.audit.team_changed.v1" }

func (d TeamChanged) apply(c *Case, e *Stored) error {
	a, err := c.audit(d.Audit)
	if err != nil {
		return err
	}
	leaves := func(m Member) bool {
		again := slices.ContainsFunc(d.Add, func(added Member) bool { return added.Actor == m.Actor })
		return again || slices.Contains(d.Remove, m.Actor)
	}
	a.Team = append(slices.DeleteFunc(slices.Clone(a.Team), leaves), d.Add...)
	a.join(d.Add, e)
	return nil
}

// Meeting is an opening or a closing meeting that was held.
type Meeting struct {
	Entry
	HeldAt    Instant
	Attendees []Text
}

// AuditOpened records the opening meeting: the audit on site begins.
type AuditOpened struct {
	// Number of the audit.
	Audit uint64 `json:"audit"`
	// When the meeting was held.
	HeldAt Instant `json:"held_at"`
	// Who took part.
	Attendees []Text `json:"attendees,omitzero"`
}

// EventType is starledger.audit.opened.v1.
func (AuditOpened) EventType() Type { return "starledger.audit.opened.v1" }

func (d AuditOpened) apply(c *Case, e *Stored) error {
	a, err := c.audit(d.Audit)
	if err != nil {
		return err
	}
	a.Opening = &Meeting{entryOf(e), d.HeldAt, d.Attendees}
	return nil
}

// AuditClosed records the closing meeting: the audit on site ends.
type AuditClosed struct {
	// Number of the audit.
	Audit uint64 `json:"audit"`
	// When the meeting was held.
	HeldAt Instant `json:"held_at"`
	// Who took part.
	Attendees []Text `json:"attendees,omitzero"`
}

// EventType is starledger.audit.closed.v1.
func (AuditClosed) EventType() Type { return "starledger.audit.closed.v1" }

func (d AuditClosed) apply(c *Case, e *Stored) error {
	a, err := c.audit(d.Audit)
	if err != nil {
		return err
	}
	a.Closing = &Meeting{entryOf(e), d.HeldAt, d.Attendees}
	return nil
}

// DocumentsOutcome is what the review of the documents came to.
type DocumentsOutcome string

// The outcomes of a document review.
const (
	DocumentsAccepted DocumentsOutcome = "accepted"
	DocumentsReturned DocumentsOutcome = "returned" // to be completed and reviewed again
)

// Values lists what is accepted.
func (*DocumentsOutcome) Values() []DocumentsOutcome {
	return []DocumentsOutcome{DocumentsAccepted, DocumentsReturned}
}

// UnmarshalText accepts one of Values.
func (o *DocumentsOutcome) UnmarshalText(b []byte) error { return enum(o, b, o.Values()) }

// DocumentsReviewed records the review of the organization's documents before the audit on site.
type DocumentsReviewed struct {
	// Number of the audit.
	Audit uint64 `json:"audit"`
	// Accepted, or returned to be completed.
	Outcome DocumentsOutcome `json:"outcome"`
}

// EventType is starledger.documents.reviewed.v1.
func (DocumentsReviewed) EventType() Type { return "starledger.documents.reviewed.v1" }

// DocumentReview is the standing outcome of the document review.
type DocumentReview struct {
	Entry
	Outcome DocumentsOutcome
}

func (d DocumentsReviewed) apply(c *Case, e *Stored) error {
	a, err := c.audit(d.Audit)
	if err != nil {
		return err
	}
	a.Documents = &DocumentReview{entryOf(e), d.Outcome}
	return nil
}
