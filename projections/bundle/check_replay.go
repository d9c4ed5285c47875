package bundle

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"

	"starledger/events"
	"starledger/events/checks"
	"starledger/events/proof"
)

// checkTime places every event between the witnessed trees around it, and takes over what the pass over
// all leaves found: the times of a log go back no further than clocks differ.
func (v *verification) checkTime(o *Outcome) error {
	for _, e := range v.back.Examples {
		o.fail(e)
	}
	o.More += v.back.More
	var seen []proof.Witnessed
	for _, one := range v.older {
		if j := one.judgement; j.Satisfied && !j.Time.IsZero() {
			seen = append(seen, proof.Witnessed{Size: one.size, Time: j.Time})
		}
	}
	if !v.quorumAt.IsZero() {
		seen = append(seen, proof.Witnessed{Size: v.head.Size, Time: v.quorumAt})
	}
	if len(seen) == 0 && o.Result != checks.Fail {
		o.skip(checks.Wording{ZH: "策略不要求见证，时间没有界限", EN: "the policy asks for no witness, so nothing bounds the times"})
	}
	if len(seen) == 0 {
		return nil
	}
	sandwich := proof.NewSandwich(seen, v.options.Skew)
	for _, e := range v.events {
		v.place(e, sandwich.Place(e.Seq-1, e.Time.Time()), o)
	}
	o.Detail = wordf("%d 个见证时间，容差 %s", "%d witnessed trees, skew %s", len(seen), v.options.Skew)
	return nil
}

func (v *verification) place(e *events.Stored, p proof.Placement, o *Outcome) {
	recorded := e.Time.Time()
	switch p.Outcome {
	case proof.BackDated:
		o.fail(at(e.Seq, wordf("自称记录于 %s，但不含它的树在 %s 之前并不存在见证：倒签", "claims %s, but witnesses saw the log without it at a time not before %s: back-dated",
			e.Time, events.InstantOf(p.NotBefore))))
	case proof.PostDated:
		o.fail(at(e.Seq, wordf("自称记录于 %s，但见证方最迟在 %s 已见到它", "claims %s, but witnesses had seen it by %s: post-dated",
			e.Time, events.InstantOf(p.NotAfter))))
	case proof.Bounded:
		if late := p.NotAfter.Add(-v.options.Skew).Sub(recorded); late > v.options.Lag {
			o.warn(at(e.Seq, wordf("记录后 %s 才首次见证：其间的时间只凭运营方所称", "was witnessed %s after its recorded time: within that span the time is the operator's word", late.Round(1e9))))
		}
	}
}

// checkScore scores every audit from the bodies and holds it against the claims in the bundle, and
// against what report, review and decision said (SCORE-01).
func (v *verification) checkScore(o *Outcome) error {
	claimed, err := v.archive.bytes(nameExpected)
	if err != nil {
		return err
	}
	own := v.cases[v.id]
	computed, err := claimsOf(own.state, v.book)
	if err != nil {
		o.fail(Example{Text: because(err)})
		return nil
	}
	if !bytes.Equal(claimed, computed) {
		o.fail(in(nameExpected, wordf("重新计算得 %.600s", "computed anew it is %.600s", bytes.TrimSpace(computed))))
	}
	o.Detail = wordf("%d 次审查", "%d audits", len(own.state.Audits))
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

func (v *verification) review(each func(checks.Outcome)) error {
	for _, c := range v.sortedCases() {
		outcomes, err := checks.Review(c.state.ID, c.events, v.book)
		if err != nil {
			return fmt.Errorf("it was folded before: %w", err)
		}
		for _, outcome := range outcomes {
			each(outcome)
		}
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

// checkAttachments hashes the evidence. What is named and not there may have been left out for a
// reason, which only people can judge: it is a warning.
func (v *verification) checkAttachments(o *Outcome) error {
	named := evidenceOf(v.events)
	for _, m := range v.archive.kinds[attachment] {
		name, digest := attachedName(events.Digest(m.text)), events.Digest("sha256:"+m.text)
		if _, ok := slices.BinarySearch(named, digest); !ok {
			o.fail(in(name, checks.Wording{ZH: "不为任何记录所引用", EN: "is referred to by no event"}))
			continue
		}
		if err := v.wantDigest(o, name, digest); err != nil {
			return err
		}
	}
	for _, e := range v.events {
		for _, item := range evidenceIn(e.Data) {
			if !v.archive.has(attachedName(item.SHA256)) {
				o.warn(at(e.Seq, wordf("所引证据 %s（%s）不在包内", "names the evidence %s (%s), which is not in the bundle", item.Name, item.SHA256)))
			}
		}
	}
	o.Detail = wordf("%d 件，引用 %d 件", "%d of %d that are named", len(v.archive.kinds[attachment]), len(named))
	if len(named) == 0 && len(v.archive.kinds[attachment]) == 0 {
		o.skip(checks.Wording{ZH: "记录未引用证据", EN: "no event names evidence"})
	}
	return nil
}
