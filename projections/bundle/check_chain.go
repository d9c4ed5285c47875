package bundle

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"

	"starledger/events"
	"starledger/events/checks"
	"starledger/events/proof"
)

// chained is a case whose events continue one another.
type chained struct {
	state  *events.Case
	events []*events.Stored
	name   proof.Hash // what its leaves call it
	leaves []proof.Leaf
	hashes []proof.Hash // of the leaves
}

// checkChain folds each case from its first event on, and works out the leaves that its events must
// have: they follow from the bodies alone.
func (v *verification) checkChain(o *Outcome) error {
	v.cases = map[events.CaseID]*chained{}
	broken := map[events.CaseID]bool{}
	for _, e := range v.events {
		if broken[e.Subject] {
			continue // one broken link says nothing about the next
		}
		c := v.cases[e.Subject]
		if c == nil {
			c = &chained{state: events.NewCase(e.Subject)}
			v.cases[e.Subject] = c
		}
		if err := v.link(c, e); err != nil {
			o.fail(at(e.Seq, because(err)))
			broken[e.Subject] = true
		}
	}
	for id, c := range v.cases {
		if id == v.id {
			o.Detail = wordf("%s：1 至 %d", "%s: 1 to %d", id, c.state.Head.CaseSeq)
		}
	}
	return nil
}

func (v *verification) link(c *chained, e *events.Stored) error {
	if first := v.events[0]; e.Source != first.Source {
		return fmt.Errorf("belongs to the log %s, not to %s", e.Source, first.Source)
	}
	if err := c.state.Follow(e); err != nil {
		return err
	}
	leaf, err := c.leafOf(e)
	if err != nil {
		return err
	}
	record, err := leaf.Append(nil)
	if err != nil {
		return err
	}
	c.events, c.leaves = append(c.events, e), append(c.leaves, leaf)
	c.hashes = append(c.hashes, proof.LeafHash(record))
	return nil
}

// leafOf is the leaf of the next event of the case.
func (c *chained) leafOf(e *events.Stored) (proof.Leaf, error) {
	if e.CaseSeq == 1 {
		var salt [32]byte
		if n, err := base64.RawURLEncoding.Decode(salt[:], []byte(e.CaseSalt)); err != nil || n != len(salt) {
			return proof.Leaf{}, fmt.Errorf("it has no salt")
		}
		c.name = proof.CaseCommitment(salt, string(e.Subject))
	}
	leaf := proof.Leaf{Seq: e.Seq, Time: e.Time.Time(), Case: c.name, CaseSeq: e.CaseSeq, Body: sha256.Sum256(e.Body)}
	if n := len(c.hashes); n > 0 {
		leaf.Prev = c.hashes[n-1]
	}
	return leaf, nil
}

// checkInclusion: the leaf of each event is in the tree, by the proof that comes with it.
func (v *verification) checkInclusion(o *Outcome) error {
	if len(v.archive.kinds[inclusion]) != len(v.events) {
		o.fail(Example{Text: wordf("%d 个证明，%d 条记录", "%d proofs for %d events", len(v.archive.kinds[inclusion]), len(v.events))})
	}
	for _, c := range v.cases {
		for i, e := range c.events {
			if err := v.included(e, c.hashes[i], o); err != nil {
				return err
			}
		}
	}
	return nil
}

func (v *verification) included(e *events.Stored, leaf proof.Hash, o *Outcome) error {
	name := proofName(e.Seq)
	switch {
	case string(e.Source) != v.head.Origin:
		o.fail(at(e.Seq, wordf("属于日志 %s", "belongs to the log %s", e.Source)))
		return nil
	case !v.archive.has(name):
		o.fail(in(name, checks.Wording{ZH: "缺失", EN: "is missing"}))
		return nil
	}
	text, err := v.archive.bytes(name)
	if err != nil {
		return err
	}
	p, err := proof.ParseTlogProof(text)
	switch {
	case err != nil:
		o.fail(in(name, because(err)))
	case p.Index != e.Seq-1 || string(p.Checkpoint) != string(v.note) || len(p.Extra) > 0:
		o.fail(in(name, checks.Wording{ZH: "不是此记录在此检查点中的证明", EN: "is not the proof of this event under this checkpoint"}))
	default:
		if err := proof.VerifyInclusion(v.head.Head, p.Index, leaf, p.Path); err != nil {
			o.fail(at(e.Seq, because(err)))
		}
	}
	return nil
}
