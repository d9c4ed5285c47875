package checks

import (
	"starledger/events"
	"starledger/scoring"
)

// Running is the score of one audit while its events come in: after each what Score comes to then. Where an
// event only adds a fact, as nearly every one does, the others are not looked at again. The zero value stands
// before the first event.
type Running struct {
	tally *scoring.Tally  // of what the audit says so far; nil where it has to be made
	both  *scoring.Result // instead of it, where there are two evaluations
}

// Score judges the audit as it stands with one event more, which said p. Errors: those of Score.
func (r *Running) Score(a *events.Audit, p events.Payload, book *scoring.Book) (scoring.Outcome, error) {
	if r.tally != nil && add(r.tally, p) {
		return r.outcome(a)
	}
	r.tally, r.both = nil, nil
	scheme, err := Scheme(a, book)
	if err != nil {
		return scoring.Outcome{}, unscored(a, err)
	}
	if scheme.Combination != nil {
		if r.both, err = ScoreUnder(a, scheme, book); err != nil {
			return scoring.Outcome{}, err
		}
		return r.both.Outcome, nil
	}
	if r.tally, err = scoring.NewTally(Facts(a), scheme); err != nil {
		return scoring.Outcome{}, unscored(a, err)
	}
	return r.outcome(a)
}

func (r *Running) outcome(a *events.Audit) (scoring.Outcome, error) {
	outcome, err := r.tally.Outcome()
	if err != nil {
		return outcome, unscored(a, err)
	}
	return outcome, nil
}

// Losses are those of the result, see scoring.Result.Losses. The audit was scored before.
func (r *Running) Losses() []scoring.Loss {
	if r.both != nil {
		return r.both.Losses()
	}
	return r.tally.Losses()
}

// add adds what an event says to a tally. It is false where the event does anything else, or says what the
// scheme does not allow: then all the facts have to be looked at, and say which of them is refused.
func add(t *scoring.Tally, p events.Payload) bool {
	switch d := p.(type) {
	case events.AssessmentRecorded:
		return t.Assess(assessed(&events.Assessment{AssessmentRecorded: d})) == nil
	case events.DeductionApplied:
		return t.Deduct(deducted(&events.Deduction{DeductionApplied: d})) == nil
	case events.DeletionGranted:
		return t.Delete(deleted(&events.Deletion{DeletionGranted: d})) == nil
	case events.SpecialDeductionApplied:
		t.AddSpecial()
	case events.BonusGranted:
		t.AddBonus()
	default:
		return false
	}
	return true
}
