package decide

import (
	"starledger/events"
	"starledger/events/checks"
	"starledger/scoring"
)

// Setting is what a decision needs to know besides the case and the command.
type Setting struct {
	Actor        events.ID                // who posts
	Role         events.ID                // in which role
	Organization string                   // for whom the actor works
	Now          events.Instant           // the server's clock
	Schemes      *scoring.Book            // every version of every scheme (checks.Book)
	Registry     *events.Case             // the registry case; nil while it has no event
	Attachment   func(events.Digest) bool // tells whether the bytes are kept
	Body         Parameters
}

// Parameters are what a certification body settles for itself.
type Parameters struct {
	ReviewerMayDecide bool // reviewer and decision maker may be one person (P8)
}

// Verdict is the event that may be written.
type Verdict struct {
	Data       events.Payload
	Effective  events.Instant // not later than Setting.Now, or the case's last event if that is later
	Reason     events.Text
	Note       events.Text
	OnBehalfOf events.Text
	Warnings   []Warning // conformance checks that found something and let it pass
}

// Warning is a conformance check that found something and lets it pass.
type Warning struct {
	Code   string // one of Codes
	Policy string // the check
	Args   map[string]string
}

// Decide judges one command on a case as it stands. A new case is events.NewCase with its id.
//
// The rules of every command:
//
//  1. What happened later than now is refused (400).
//  2. A case is opened once; everything else needs a case. Grants belong to the access case, schemes,
//     approvals, persons, qualifications and parameters to the registry case (404).
//  3. A closed case takes nothing.
//  4. What the command refers to happened before it (effective-before-cause).
//  5. The conformance checks that refuse when posting are held (events/checks).
//
// The error is a *Refusal. Any other error says that the case and the schemes do not fit together:
// then nothing can be decided until that is repaired.
func Decide(c *events.Case, cmd Command, s Setting) (*Verdict, error) {
	said := cmd.said()
	j := &sitting{Setting: s, c: c}
	if err := j.begin(said.EffectiveAt); err != nil {
		return nil, err
	}
	if err := j.admit(cmd); err != nil {
		return nil, err
	}
	payload, err := cmd.decide(j)
	if err != nil {
		return nil, err
	}
	if j.effective < j.cause.Effective {
		return nil, refuse(Broken, EffectiveBeforeCause).at("/effective_at").
			with("effective", j.effective).with("cause", j.cause.Effective).with("seq", j.cause.Seq).since(j.cause)
	}
	warnings, err := j.check(payload, said.Reason)
	if err != nil {
		return nil, err
	}
	return &Verdict{
		Data: payload, Effective: j.effective, Reason: said.Reason, Note: said.Note,
		OnBehalfOf: j.onBehalfOf(payload), Warnings: warnings,
	}, nil
}

// begin fixes when the event happened. Time never runs back within a case, whatever the clock says.
func (s *sitting) begin(effective *Timestamp) error {
	s.Now = max(s.Now, s.c.Head.Time)
	s.effective = s.Now
	if effective == nil {
		return nil
	}
	if s.effective = events.Instant(*effective); s.effective > s.Now {
		return refuse(Malformed, EffectiveInFuture).at("/effective_at")
	}
	return nil
}

// admit tells whether the case takes such a command at all.
func (s *sitting) admit(cmd Command) error {
	switch cmd.(type) {
	case *OpenCase, *ImportCase, *OpenAccreditation:
		if s.c.Opened.CaseSeq > 0 {
			return refuse(Standing, CaseExists).since(s.c.Opened)
		}
		return nil
	}
	if own := homeOf(cmd); own != "" {
		if s.c.ID != own {
			return refuse(NotFound, UnknownCase)
		}
		return nil
	}
	switch _, closing := cmd.(*CloseCase); {
	case s.c.Opened.CaseSeq == 0:
		return refuse(NotFound, UnknownCase)
	case s.c.Closed != nil && closing:
		return refuse(Standing, CaseClosed).since(*s.c.Closed)
	case s.c.Closed != nil:
		return refuse(Broken, CaseClosed).since(*s.c.Closed)
	}
	s.follows(s.c.Opened)
	return s.reviewable(cmd)
}

// homeOf is the case of the ledger's own that a command belongs to; "" when it belongs to the case of an
// organization.
func homeOf(cmd Command) events.CaseID {
	switch cmd.(type) {
	case *MakeGrant, *RevokeGrant:
		return events.Access
	case *RegisterScheme, *RecordApproval, *EndApproval, *RecordPerson, *RecordQualification, *EndQualification, *SetParameter:
		return events.Registry
	}
	return ""
}

// check runs the conformance checks.
func (s *sitting) check(payload events.Payload, reason events.Text) ([]Warning, error) {
	var warnings []Warning
	posting := checks.Posting{
		Case: s.c, Payload: payload, Actor: s.Actor, Role: s.Role, Schemes: s.Schemes, Registry: s.Registry,
		Recorded: s.Now, Effective: s.effective, Reason: reason, Organization: events.Text(s.Organization),
	}
	for _, v := range checks.Guard(posting) {
		if v.Refuses() {
			refusal := &Refusal{Kind: Broken, Code: v.Code, Pointer: v.Pointer, Policy: v.Check.Code, Args: v.Args, Entries: v.Entries}
			if v.Check.Duty {
				refusal.Kind = Denied
			}
			return nil, refusal
		}
		if v.Warns() {
			warnings = append(warnings, Warning{Code: v.Code, Policy: v.Check.Code, Args: v.Args})
		}
	}
	return warnings, nil
}

// onBehalfOf is the organization the actor speaks for when that is not the certification body: what
// was corrected is told by the organization, and a service manager works for the enterprise.
func (s *sitting) onBehalfOf(payload events.Payload) events.Text {
	switch payload.(type) {
	case events.CorrectionSubmitted, events.AppealLodged:
		return s.c.Organization.Name
	}
	if s.Role == checks.ServiceManager {
		return events.Text(s.Organization)
	}
	return ""
}
