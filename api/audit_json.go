package api

import (
	"starledger/events"
	"starledger/projections"
)

// auditBody shows an audit with everything posted to it, each fact with the event it came from.
// What was revoked or withdrawn stays visible, with the event that did so.
type auditBody struct {
	Case        events.CaseID     `json:"case"`
	CaseSeq     uint64            `json:"case_seq"`
	AsOf        asOfBody          `json:"as_of"`
	Audit       uint64            `json:"audit"`
	Kind        events.AuditKind  `json:"kind"`
	Stage       projections.State `json:"stage"`
	Scheme      events.SchemeName `json:"scheme"`
	StartsOn    events.Date       `json:"starts_on"`
	EndsOn      events.Date       `json:"ends_on"`
	Clauses     []events.Clause   `json:"clauses,omitzero"`
	PersonDays  events.Decimal    `json:"person_days,omitzero"`
	Outlets     []events.Text     `json:"outlets,omitzero"`
	Mode        events.AuditMode  `json:"mode,omitzero"`
	Team        []events.Member   `json:"team"`
	EverInTeam  []membershipBody  `json:"ever_in_team"`
	Documents   *documentsBody    `json:"documents,omitzero"`
	Announced   *announcementBody `json:"announced,omitzero"`
	Opening     *meetingBody      `json:"opening,omitzero"`
	Closing     *meetingBody      `json:"closing,omitzero"`
	Assessments []assessmentBody  `json:"assessments"`
	Findings    []findingBody     `json:"findings"`
	Corrections []correctionBody  `json:"corrections"`
	Deductions  []deductionBody   `json:"deductions"`
	Deletions   []deletionBody    `json:"deletions"`
	Specials    []specialBody     `json:"special_deductions"`
	Bonuses     []bonusBody       `json:"bonuses"`
	DaysOnSite  []personDaysBody  `json:"person_days_on_site"`
	Populations []populationBody  `json:"populations"`
	Progress    progressBody      `json:"progress"`
	Score       *markBody         `json:"score,omitzero"`
	Report      *reportBody       `json:"report,omitzero"`
	Review      *reviewBody       `json:"review,omitzero"`
	Entry       entryBody         `json:"entry"`

	SelfAssessment *selfAssessmentBody `json:"self_assessment,omitzero"` // the report in its own form, of an internal audit
}

// membershipBody is a role that somebody ever held in the team, and the entry that first gave it: it bars them
// from reviewing the audit and deciding on it.
type membershipBody struct {
	Actor events.ID       `json:"actor"`
	Role  events.TeamRole `json:"role"`
	Seq   uint64          `json:"seq"`
}

func membershipOf(m *events.Membership) membershipBody {
	return membershipBody{m.Actor, m.Role, m.Since.Seq}
}

type documentsBody struct {
	Outcome events.DocumentsOutcome `json:"outcome"`
	Entry   entryBody               `json:"entry"`
}

type meetingBody struct {
	HeldAt    events.Instant `json:"held_at"`
	Attendees []events.Text  `json:"attendees,omitzero"`
	Entry     entryBody      `json:"entry"`
}

func meetingOf(m *events.Meeting) *meetingBody {
	if m == nil {
		return nil
	}
	return &meetingBody{m.HeldAt, m.Attendees, sourceOf(m.Entry)}
}

func documentsOf(d *events.DocumentReview) *documentsBody {
	if d == nil {
		return nil
	}
	return &documentsBody{d.Outcome, sourceOf(d.Entry)}
}

type assessmentBody struct {
	Clause    events.Clause           `json:"clause"`
	Result    events.AssessmentResult `json:"result"`
	Rating    events.Decimal          `json:"rating,omitzero"`
	Sample    *events.Sample          `json:"sample,omitzero"`
	Method    events.Method           `json:"method,omitzero"`
	Statement events.Text             `json:"statement,omitzero"`
	Evidence  []events.Evidence       `json:"evidence,omitzero"`
	Entry     entryBody               `json:"entry"`
}

func assessmentOf(a *events.Assessment) assessmentBody {
	return assessmentBody{a.Clause, a.Result, a.Rating, a.Sample, a.Method, a.Statement, a.Evidence, sourceOf(a.Entry)}
}

type deductionBody struct {
	Deduction events.Number         `json:"deduction"`
	Clause    events.Clause         `json:"clause"`
	Basis     events.DeductionBasis `json:"basis"`
	Sample    *events.Sample        `json:"sample,omitzero"`
	Finding   events.Number         `json:"finding,omitzero"`
	Entry     entryBody             `json:"entry"`
	Restored  *entryBody            `json:"restored,omitzero"`
	Revoked   *entryBody            `json:"revoked,omitzero"`
}

func deductionOf(d *events.Deduction) deductionBody {
	return deductionBody{d.Deduction, d.Clause, d.Basis, d.Sample, d.Finding, sourceOf(d.Entry), sourceIf(d.Restored), sourceIf(d.Revoked)}
}

type deletionBody struct {
	Deletion events.Number `json:"deletion"`
	Clause   events.Clause `json:"clause"`
	Entry    entryBody     `json:"entry"`
	Revoked  *entryBody    `json:"revoked,omitzero"`
}

func deletionOf(d *events.Deletion) deletionBody {
	return deletionBody{d.Deletion, d.Clause, sourceOf(d.Entry), sourceIf(d.Revoked)}
}

type specialBody struct {
	Special events.Number `json:"special"`
	Trigger events.ID     `json:"trigger"`
	Finding events.Number `json:"finding"`
	Entry   entryBody     `json:"entry"`
	Revoked *entryBody    `json:"revoked,omitzero"`
}

func specialOf(s *events.SpecialDeduction) specialBody {
	return specialBody{s.Special, s.Trigger, s.Finding, sourceOf(s.Entry), sourceIf(s.Revoked)}
}

type bonusBody struct {
	Bonus   events.Number `json:"bonus"`
	Entry   entryBody     `json:"entry"`
	Revoked *entryBody    `json:"revoked,omitzero"`
}

func bonusOf(b *events.Bonus) bonusBody {
	return bonusBody{b.BonusGranted.Bonus, sourceOf(b.Entry), sourceIf(b.Revoked)}
}
