package bundle

import (
	"slices"

	"starledger/events"
	"starledger/events/checks"
	"starledger/events/proof"
)

// checkEvents decodes every body. They belong to one case, or to a review and the
// cases that it drew, and to those of the ledger itself.
func (v *verification) checkEvents(o *Outcome) error {
	total := uint64(0)
	for _, m := range v.archive.kinds[event] {
		name := eventName(m.number)
		if total += v.archive.members[name].UncompressedSize64; total > maxBodies {
			o.fail(in(name, wordf("全部记录超过 %d 字节", "all bodies together have more than %d bytes", maxBodies)))
			return nil
		}
		body, err := v.archive.bytes(name)
		if err != nil {
			return err
		}
		e, err := events.Decode(body)
		if err != nil {
			o.fail(at(m.number, because(err)))
			continue
		}
		e.Seq = m.number
		v.events = append(v.events, e)
	}
	v.name(o)
	v.continued(o)
	o.Detail = wordf("%d 条记录", "%d events", len(v.events))
	return nil
}

// continued tells of a log that this one continues: what was certified before is not in here. The quoted
// checkpoint has to be signed by the key that is quoted with it; whether that was the key of the earlier
// log, those know who have a policy or a bundle of it.
func (v *verification) continued(o *Outcome) {
	for _, e := range v.events {
		quoted, is := e.Data.(events.LogContinued)
		if !is {
			continue
		}
		policy, err := proof.ParsePolicy([]byte("log " + string(quoted.Key) + "\nquorum none\n"))
		var last proof.Checkpoint
		if err == nil {
			last, err = proof.Open([]byte(quoted.Checkpoint), policy.Logs[0].Key)
		}
		switch {
		case err != nil:
			o.fail(at(e.Seq, wordf("所引旧日志的检查点不成立：%v", "the checkpoint quoted of the earlier log does not hold: %v", err)))
		case e.Seq != 1 || last.Origin != string(quoted.Origin):
			o.fail(at(e.Seq, wordf("承接旧日志的记录须是第 1 条，且与检查点同名", "what continues an earlier log is the first event, and of the name in the checkpoint")))
		default:
			o.warn(at(e.Seq, wordf("此日志承接 %s：其最后的检查点含 %d 条、根 %s；此前的记录不在此日志中", "this log continues %s, whose last checkpoint has %d events with root %s: what was recorded there is not in this log",
				quoted.Origin, last.Size, last.Root)))
		}
	}
}

// name finds which case the bundle is about: the accreditation review in it, or the one case that is not
// the ledger's own. Which cases may come with a review, check draws says.
func (v *verification) name(o *Outcome) {
	review := slices.IndexFunc(v.events, func(e *events.Stored) bool {
		_, opened := e.Data.(events.AccreditationOpened)
		return opened
	})
	if review >= 0 {
		v.id = v.events[review].Subject
		return
	}
	for _, e := range v.events {
		switch {
		case e.Subject == v.id:
		case v.id == "" || slices.Contains(inEvery, v.id):
			v.id = e.Subject
		case !slices.Contains(inEvery, e.Subject):
			o.fail(at(e.Seq, wordf("属于 %s，而此包是 %s 的", "belongs to case %s, but the bundle is that of %s", e.Subject, v.id)))
		}
	}
	if v.id == "" {
		o.fail(Example{Text: checks.Wording{ZH: "没有可读的记录", EN: "there is no event that can be read"}})
	}
}
