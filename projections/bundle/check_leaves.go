package bundle

import (
	"time"

	"starledger/events"
	"starledger/events/checks"
	"starledger/events/proof"
)

// clockSkew is how far the clocks of two nodes may be apart: along the log, times go back no further.
const clockSkew = 5 * time.Second

// leafAt is a leaf of the log that belongs to a case in the bundle.
type leafAt struct {
	leaf proof.Leaf
	hash proof.Hash
}

// checkLeaves goes through every leaf of the log. It finds the leaves of the cases in the bundle, and
// the roots at the sizes that later checks ask for.
func (v *verification) checkLeaves(o *Outcome) error {
	if err := v.readOlder(); err != nil {
		return err
	}
	if err := v.recall(); err != nil {
		return err
	}
	v.roots, v.owned = map[uint64]proof.Hash{}, map[proof.Hash][]leafAt{}
	if v.profile() == Client {
		o.skip(checks.Wording{ZH: "委托方版不含整个日志的叶子", EN: "a client's bundle has no leaves of others"})
		return nil
	}
	tree, err := v.grow(o)
	if err != nil || o.Result == checks.Fail {
		return err
	}
	found, err := tree.Head()
	if err != nil {
		return err
	}
	if found != v.head.Head {
		v.blameKept(o)
		o.fail(Example{Text: wordf("%d 片叶子的根是 %s，检查点签的是 %s", "the root of the %d leaves is %s, the checkpoint signs %s", found.Size, found.Root, v.head.Root)})
	}
	v.roots[found.Size] = found.Root
	o.Detail = wordf("%d 片叶子", "%d leaves", found.Size)
	return nil
}

// grow reads the leaves in order and lets the tree grow by each. It stops at the first that is wrong:
// behind it everything would be.
func (v *verification) grow(o *Outcome) (*proof.Tree, error) {
	tree, err := proof.Resume(proof.Head{Root: proof.EmptyRoot()}, nil)
	if err != nil {
		return nil, err
	}
	stops := v.sizesAskedFor()
	var order leafOrder
	for batch := range v.hashedLeaves() {
		for i := range batch.leaves {
			if !order.next(&batch.leaves[i]) {
				o.fail(in(batch.tile.Path(), wordf("第 %d 片叶子的序号是 %d", "leaf %d has the sequence %d", order.seq, batch.leaves[i].Seq)))
				return nil, nil
			}
			if err := tree.Append(batch.hashes[i]); err != nil {
				return nil, err
			}
			v.own(batch.leaves[i], batch.hashes[i])
			if stops[order.seq] {
				head, err := tree.Head()
				if err != nil {
					return nil, err
				}
				v.roots[head.Size] = head.Root
			}
		}
		if batch.err != nil {
			v.blameKept(o)
			o.fail(in(batch.tile.Path(), because(batch.err)))
			return nil, v.ctx.Err()
		}
		if order.seq%settleEvery == 0 {
			if err := tree.Settle(); err != nil {
				return nil, err
			}
		}
		v.progress(order.seq, v.head.Size)
	}
	v.back = order.back
	return tree, v.ctx.Err()
}

// blameKept says that the leaves in question may be those of this machine.
func (v *verification) blameKept(o *Outcome) {
	if n := v.kept.Load(); n > 0 {
		o.fail(Example{Text: wordf("其中 %d 个成员来自 --leaves 目录；如怀疑该目录被改动，请删除后重新索取完整的包",
			"%d members of them come from the directory of --leaves; if that may have been altered, remove it and ask for a whole bundle", n)})
	}
}

// settleEvery bounds the hashes that the growing tree holds: two for each leaf.
const settleEvery = 256 * proof.TileWidth

// own keeps the leaf of a case that is in the bundle.
func (v *verification) own(l proof.Leaf, hash proof.Hash) {
	for _, c := range v.cases {
		if l.Case == c.name && len(v.owned[l.Case]) <= maxEvents {
			v.owned[l.Case] = append(v.owned[l.Case], leafAt{l, hash})
		}
	}
}

// sizesAskedFor are the sizes at which the root has to be known.
func (v *verification) sizesAskedFor() map[uint64]bool {
	sizes := map[uint64]bool{}
	for _, one := range v.older {
		sizes[one.size] = true
	}
	for _, one := range v.seen.heads {
		sizes[one.Size] = true
	}
	for _, size := range drawnFromSizes(v.told()) {
		sizes[size] = true
	}
	return sizes
}

// leafOrder is what has to be so along the whole log: no sequence is missing, and recorded times go
// back no further than clocks differ.
type leafOrder struct {
	seq    uint64
	latest time.Time
	back   Outcome // the leaves that claim a time long before those in front of them
}

// next tells whether the leaf is the next one.
func (s *leafOrder) next(l *proof.Leaf) bool {
	s.seq++
	if l.Time.Before(s.latest.Add(-clockSkew)) {
		s.back.fail(Example{Seq: l.Seq, Text: wordf("叶子自称记录于 %s，但排在它前面的记录于 %s",
			"the leaf claims %s, but one in front of it was recorded at %s", events.InstantOf(l.Time), events.InstantOf(s.latest))})
	}
	if l.Time.After(s.latest) {
		s.latest = l.Time
	}
	return l.Seq == s.seq
}

// checkComplete: the leaves that the log has of each case are exactly those of the events in the bundle.
func (v *verification) checkComplete(o *Outcome) error {
	own := v.cases[v.id]
	k := own.state.Head.CaseSeq
	if v.profile() == Client {
		o.warn(Example{Text: wordf("完整至第 %d 条；不排除此后还有记录", "complete up to case_seq %d; later events are not excluded", k)})
		return nil
	}
	for _, c := range v.cases {
		leaves := v.owned[c.name]
		for i, found := range leaves {
			if i >= len(c.events) {
				o.fail(Example{Seq: found.leaf.Seq, Text: wordf(
					"日志中 %s 的第 %d 条（序号 %d）不在包内", "event %[2]d of %[1]s, sequence %[3]d of the log, is not in the bundle",
					c.state.ID, found.leaf.CaseSeq, found.leaf.Seq)})
			} else if found.hash != c.hashes[i] {
				o.fail(at(c.events[i].Seq, wordf("与日志的叶子 %d 不符", "is not the event of leaf %d", found.leaf.Seq)))
			}
		}
		if len(leaves) < len(c.events) {
			o.fail(at(c.events[len(leaves)].Seq, checks.Wording{ZH: "日志中没有它的叶子", EN: "the log has no leaf of it"}))
		}
	}
	o.Detail = wordf("第 1 至第 %d 条，截至检查点没有其他记录", "events 1 to %d, and up to the checkpoint there are no others", k)
	return nil
}
