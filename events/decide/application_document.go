package decide

import (
	"slices"

	"starledger/events"
	"starledger/events/checks"
)

// Rules of the application's documents, of penalties and of the contract (P1, P2; 002 5.1, 5.2.1; 004):
//
//  1. A document is one of the list (checks.Documents). Received, it comes with its files, which are kept;
//     missing or not applicable, it comes with a reason and without files. Only what not everybody has to
//     have can be not applicable.
//  2. A register is searched with a screenshot, which is kept. What it showed can be cleared, once.
//  3. An application is not accepted while a penalty that was found is not cleared (application.go).
//  4. A contract is signed after the application was accepted; not in the future, nor before the day the
//     application was received.

// RecordDocument is POST /v1/cases/{case}/documents.
type RecordDocument struct {
	Common
	// The document, such as licence.
	Document events.ID `json:"document"`
	// Received, missing, or not applicable.
	Status events.DocumentStatus `json:"status"`
	// The files received.
	Evidence []events.Evidence `json:"evidence,omitzero"`
}

// CheckPenalty is POST /v1/cases/{case}/penalties.
type CheckPenalty struct {
	Common
	// The register searched.
	Register events.PenaltyRegister `json:"register"`
	// Whether it held an entry about the applicant.
	Found *bool `json:"found"`
	// What the entry says.
	Statement events.Text `json:"statement,omitzero"`
	// The screenshot.
	Evidence []events.Evidence `json:"evidence"`
}

// ClearPenalty is POST /v1/cases/{case}/penalties/{register}/clearance.
type ClearPenalty struct {
	Reasoned
	Register events.PenaltyRegister `json:"-"`
	// What shows that it was cleared.
	Evidence []events.Evidence `json:"evidence"`
}

// SignContract is POST /v1/cases/{case}/contracts.
type SignContract struct {
	Common
	// Number as printed.
	Number events.Text `json:"number,omitzero"`
	// Day of the last signature, Asia/Shanghai.
	SignedOn events.Date `json:"signed_on"`
	// The signed contract.
	Evidence []events.Evidence `json:"evidence"`
}

func (r *RecordDocument) decide(s *sitting) (events.Payload, error) {
	kind, received := checks.DocumentNamed(r.Document), r.Status == events.DocumentReceived
	switch {
	case kind == nil:
		return nil, refuse(Broken, UnknownDocument).at("/document").with("document", r.Document)
	case received && len(r.Evidence) == 0:
		return nil, refuse(Malformed, MemberMissing).at("/evidence")
	case !received && len(r.Evidence) > 0:
		return nil, refuse(Broken, EvidenceNotExpected).at("/evidence").with("status", r.Status)
	case !received && r.Reason == "":
		return nil, refuse(Malformed, MemberMissing).at("/reason")
	case r.Status == events.DocumentNotApplicable && !kind.Conditional:
		return nil, refuse(Broken, DocumentRequired).at("/status").with("document", r.Document)
	}
	if err := s.known(r.Evidence, "/evidence"); err != nil {
		return nil, err
	}
	last := s.c.Document(r.Document)
	if last != nil && last.Status == r.Status && slices.Equal(last.Evidence, r.Evidence) {
		return nil, refuse(Standing, NothingChanges).since(last.Entry)
	}
	return events.DocumentRecorded{Document: r.Document, Status: r.Status, Evidence: r.Evidence}, nil
}

func (c *CheckPenalty) decide(s *sitting) (events.Payload, error) {
	if err := s.known(c.Evidence, "/evidence"); err != nil {
		return nil, err
	}
	return events.PenaltyChecked{Register: c.Register, Found: c.Found, Statement: c.Statement, Evidence: c.Evidence}, nil
}

func (c *ClearPenalty) decide(s *sitting) (events.Payload, error) {
	penalty := s.c.Penalty(c.Register)
	switch {
	case penalty == nil:
		return nil, refuse(NotFound, UnknownPenalty).with("register", c.Register)
	case !*penalty.Found:
		return nil, refuse(Broken, UnknownPenalty).with("register", c.Register)
	case penalty.Cleared != nil:
		return nil, refuse(Standing, PenaltyCleared).with("register", c.Register).since(penalty.Cleared.Entry)
	}
	s.follows(penalty.Entry)
	if err := s.known(c.Evidence, "/evidence"); err != nil {
		return nil, err
	}
	return events.PenaltyCleared{Register: c.Register, Evidence: c.Evidence}, nil
}

func (x *SignContract) decide(s *sitting) (events.Payload, error) {
	review := s.c.Application
	switch {
	case review == nil || review.Outcome != events.ApplicationAccepted:
		return nil, missing(stepApplication)
	case x.SignedOn > events.DateOf(s.Now):
		return nil, refuse(Broken, InFuture).at("/signed_on")
	case x.SignedOn < events.DateOf(s.c.AppliedAt):
		return nil, refuse(Broken, SignedTooEarly).at("/signed_on").with("day", events.DateOf(s.c.AppliedAt))
	}
	if err := s.known(x.Evidence, "/evidence"); err != nil {
		return nil, err
	}
	label := nextLabel('K', s.c.Contracts, func(k *events.Contract) events.Label { return k.ContractSigned.Contract })
	return events.ContractSigned{Contract: label, Number: x.Number, SignedOn: x.SignedOn, Evidence: x.Evidence}, nil
}

// cleared holds rule 3.
func (s *sitting) cleared() error {
	for i := range s.c.Penalties {
		if p := &s.c.Penalties[i]; p.Open() {
			return refuse(Broken, PenaltyNotCleared).at("/outcome").with("register", p.Register).under("P2")
		}
	}
	return nil
}
