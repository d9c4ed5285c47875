package bundle

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"

	"starledger/events"
	"starledger/events/checks"
)

// checkScore scores every audit from the bodies and holds it against the claims in the bundle, and
// against what report, review and decision said (SCORE-01).
func (v *verification) checkScore(o *Outcome) error {
	claimed, err := v.archive.bytes(nameExpected)
	if err != nil {
		return err
	}
	audits := 0
	for _, c := range v.told() {
		audits += len(c.Audits)
	}
	computed, err := claimsOf(v.told(), v.book)
	if err != nil {
		o.fail(Example{Text: because(err)})
		return nil
	}
	if !bytes.Equal(claimed, computed) {
		o.fail(in(nameExpected, wordf("重新计算得 %.600s", "computed anew it is %.600s", bytes.TrimSpace(computed))))
	}
	o.Detail = wordf("%d 次审查", "%d audits", audits)
	return v.review(func(outcome checks.Outcome) {
		if outcome.Check.Code == scoreCheck {
			v.addReview(o, outcome)
		}
	})
}

// scoreCheck compares what was stated with what is computed at the same place in the case.
const scoreCheck = "SCORE-01"

// checkConformance runs the conformance checks over every case in the bundle.
func (v *verification) checkConformance(o *Outcome) error {
	count := 0
	err := v.review(func(outcome checks.Outcome) {
		if outcome.Check.Code != scoreCheck {
			count++
			v.addReview(o, outcome)
		}
	})
	o.Detail = wordf("%d 项", "%d checks", count)
	return err
}

// review judges every case in the bundle, once, on the ground that its own events are: the registry (what
// the body was approved for, who was qualified, its parameters) and the other cases that are here. So it
// finds what the service finds, but for what lies in cases that are not in the bundle.
func (v *verification) review(each func(checks.Outcome)) error {
	if v.reviews == nil {
		gathered := checks.Gather(v.registry())
		for _, c := range v.sortedCases() {
			gathered.Add(c.state, c.events)
		}
		ground := gathered.Ground(v.book)
		for _, c := range v.sortedCases() {
			outcomes, err := checks.ReviewOn(ground, c.state.ID, c.events)
			if err != nil {
				return fmt.Errorf("it was folded before: %w", err)
			}
			v.reviews = append(v.reviews, Review{c.state.ID, outcomes})
		}
	}
	for _, r := range v.reviews {
		for _, outcome := range r.Outcomes {
			each(outcome)
		}
	}
	return nil
}

// registry is the registry as far as the bundle goes; nil while it had no event.
func (v *verification) registry() *events.Case {
	if c := v.cases[events.Registry]; c != nil {
		return c.state
	}
	return nil
}

// addReview takes over what a conformance check found.
func (v *verification) addReview(o *Outcome, found checks.Outcome) {
	for i, seq := range found.Events {
		text := found.Detail[i]
		e := at(seq, checks.Wording{ZH: found.Check.Code + "：" + text.ZH, EN: found.Check.Code + ": " + text.EN})
		if found.Result == checks.Warned {
			o.warn(e)
		} else {
			o.fail(e)
		}
	}
}

// sortedCases are the cases in the bundle in the order of their ids.
func (v *verification) sortedCases() []*chained {
	var list []*chained
	for _, c := range v.cases {
		list = append(list, c)
	}
	slices.SortFunc(list, func(a, b *chained) int { return cmp.Compare(a.state.ID, b.state.ID) })
	return list
}
