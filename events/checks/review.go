package checks

import (
	"fmt"
	"slices"

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

// Review runs every check over the whole history of a case: each event is judged against the case as
// it stood before it, by the same handler as when it was posted. The outcomes come in the order of
// All. It fails with a DamageError when the events do not continue one another.
func Review(id events.CaseID, history []*events.Stored, schemes *scoring.Book) ([]Outcome, error) {
	outcomes := make([]Outcome, len(All))
	for i, check := range All {
		outcomes[i] = Outcome{Check: check, Result: NotApplicable}
	}
	c := events.NewCase(id)
	for _, e := range history {
		posting := Posting{
			Case: c, Payload: e.Data, Actor: e.ActorID, Role: e.ActorRole, Schemes: schemes,
			asOf: func(caseSeq uint64) (*events.Case, error) { return upTo(id, history, caseSeq) },
		}
		for i := range outcomes {
			outcomes[i].judge(posting, e.Seq)
		}
		if err := c.Follow(e); err != nil {
			return nil, fmt.Errorf("review case %s: %w", id, err)
		}
	}
	return outcomes, nil
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
	if !slices.Contains(o.Check.Guards, p.Payload.EventType()) {
		return
	}
	violation := o.Check.guard(p)
	switch {
	case violation == nil && o.Result == NotApplicable:
		o.Result = Pass
	case violation != nil:
		o.Result = Fail
		if o.Check.Posting == Warn {
			o.Result = Warned
		}
		o.Detail, o.Events = append(o.Detail, violation.Detail), append(o.Events, seq)
	}
}
