package bundle

import (
	"slices"

	"starledger/events"
	"starledger/events/checks"
)

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
