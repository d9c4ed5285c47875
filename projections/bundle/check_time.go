package bundle

import (
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
		o.fail(at(e.Seq, wordf("自称记录于 %s，但直到 %s（已计容差）见证方所见的日志中仍没有它：倒签", "claims %s, but as late as %s, the skew allowed for, witnesses saw the log without it: back-dated",
			e.Time, events.InstantOf(p.NotBefore))))
	case proof.PostDated:
		o.fail(at(e.Seq, wordf("自称记录于 %s，但见证方最迟在 %s（已计容差）已见到它：预签", "claims %s, but witnesses had seen it by %s, the skew allowed for: post-dated",
			e.Time, events.InstantOf(p.NotAfter))))
	case proof.Bounded:
		if late := p.NotAfter.Add(-v.options.Skew).Sub(recorded); late > v.options.Lag {
			o.warn(at(e.Seq, wordf("记录后 %s 才首次见证：其间的时间只凭运营方所称", "was witnessed %s after its recorded time: within that span the time is the operator's word", late.Round(1e9))))
		}
	}
}
