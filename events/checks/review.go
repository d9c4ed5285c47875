package checks

import (
	"fmt"

	"starledger/events"
	"starledger/scoring"
)

// Result is what a check came to.
type Result string

// The results of a check.
const (
	Pass          Result = "pass"
	Warned        Result = "warn"
	Fail          Result = "fail"
	NotApplicable Result = "not_applicable" // nothing happened that the check looks at
)

// Outcome is what one check came to over one case.
type Outcome struct {
	Check  *Check
	Result Result
	Detail []Wording // one for each event found at fault
	Events []uint64  // their log sequences
}

// Ground is what a review rests on besides the events of the case. Whoever reads a ledger or a part of it
// fills it in from what is read: the service from its read models, a bundle with Gather. Registry, Taken
// and Copied may be nil: then the checks that ask them find nothing.
type Ground struct {
	Schemes  *scoring.Book
	Registry *events.Case
	// Asked takes down what ReviewOn asks of Registry; nil where nobody wants to know.
	Asked Asked
	// Taken tells whether a certificate issued or imported before a sequence has a number.
	Taken func(number events.CertificateNumber, before uint64) bool
	// Copied is the first event before a sequence that left a trace (see Traces) in a case of another
	// organization; 0 for none.
	Copied func(of events.Organization, trace events.Digest, before uint64) uint64
}

// ReviewOn runs every check over the whole history of a case: each event is judged against the case as
// it stood before it, by the same handler as when it was posted. The outcomes come in the order of
// All. It fails with a DamageError when the events do not continue one another.
func ReviewOn(ground Ground, id events.CaseID, history []*events.Stored) ([]Outcome, error) {
	outcomes := make([]Outcome, len(All))
	for i, check := range All {
		outcomes[i] = Outcome{Check: check, Result: NotApplicable}
	}
	c := events.NewCase(id)
	for _, e := range history {
		posting := ground.Posting(c, e)
		posting.asOf = func(caseSeq uint64) (*events.Case, error) { return upTo(id, history, caseSeq) }
		for _, i := range guarding[e.Data.EventType()] {
			outcomes[i].judge(posting, e.Seq)
		}
		if err := c.Follow(e); err != nil {
			return nil, fmt.Errorf("review case %s: %w", id, err)
		}
	}
	ground.Asked.settle(ground.Registry, c.Head.Seq)
	return outcomes, nil
}

// Posting is a stored event as it was posted, on the case as it stood before it.
func (g Ground) Posting(before *events.Case, e *events.Stored) Posting {
	p := Posting{
		Case: before, Payload: e.Data, Actor: e.ActorID, Role: e.ActorRole, Schemes: g.Schemes, Registry: g.Registry, asked: g.Asked,
		Seq: e.Seq, Recorded: e.Time, Effective: e.EffectiveTime, Reason: e.Reason,
	}
	if e.ActorRole == ServiceManager {
		p.Organization = e.OnBehalfOf
	}
	if g.Taken != nil {
		p.Taken = func(number events.CertificateNumber) bool { return g.Taken(number, e.Seq) }
	}
	if g.Copied != nil {
		p.Copied = func(trace events.Digest) uint64 { return g.Copied(before.Organization, trace, e.Seq) }
	}
	return p
}

// upTo folds the first events of a history.
func upTo(id events.CaseID, history []*events.Stored, caseSeq uint64) (*events.Case, error) {
	c := events.NewCase(id)
	for _, e := range history[:min(caseSeq, uint64(len(history)))] {
		if err := c.Follow(e); err != nil {
			return nil, fmt.Errorf("fold case %s up to event %d: %w", id, caseSeq, err)
		}
	}
	return c, nil
}

func (o *Outcome) judge(p Posting, seq uint64) {
	if o.Check.others && p.Copied == nil {
		return
	}
	violation := o.Check.guard(p)
	switch {
	case violation == nil && o.Result == NotApplicable:
		o.Result = Pass
	case violation != nil:
		violation.Check = o.Check
		switch {
		case violation.Refuses():
			o.Result = Fail
		case o.Result != Fail:
			o.Result = Warned
		}
		o.Detail, o.Events = append(o.Detail, violation.Detail), append(o.Events, seq)
	}
}
