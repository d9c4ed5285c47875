package bundle

import (
	"slices"

	"starledger/events"
	"starledger/events/checks"
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
	o.Detail = wordf("%d 条记录", "%d events", len(v.events))
	return nil
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
