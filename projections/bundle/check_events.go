package bundle

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"slices"

	"starledger/events"
	"starledger/events/checks"
	"starledger/events/proof"
	"starledger/schemas"
	"starledger/scoring"
)

// checkEvents decodes every body. They belong to one case, and to those of the ledger itself.
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

// name finds which case the bundle is about: the one that is not the ledger's own.
func (v *verification) name(o *Outcome) {
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

// checkDocuments: dataschema of each event is the digest of the schema as it was released, which is in
// the bundle, and each scheme that an audit is pinned to is in it under its digest. Nothing else is.
func (v *verification) checkDocuments(o *Outcome) error {
	for _, e := range v.events {
		if _, released, _ := schemas.Event(string(e.Type)); string(e.DataSchema) != released {
			o.fail(at(e.Seq, wordf("所引模式 %s 不是已发布的 %s", "names the schema %s, but the one released is %s", e.DataSchema, released)))
		}
	}
	if err := v.wantMembers(o, schema, len(typesOf(v.events))); err != nil {
		return err
	}
	for _, t := range typesOf(v.events) {
		_, released, _ := schemas.Event(string(t))
		if err := v.wantDigest(o, schemaName(t), events.Digest(released)); err != nil {
			return err
		}
	}
	return v.checkSchemes(o)
}

func (v *verification) checkSchemes(o *Outcome) error {
	pinned := schemesOf(v.events)
	if err := v.wantMembers(o, scheme, len(pinned)); err != nil {
		return err
	}
	var list []*scoring.Scheme
	for _, p := range pinned {
		name := schemeName(p.Digest)
		if err := v.wantDigest(o, name, p.Digest); err != nil {
			return err
		}
		if !v.archive.has(name) {
			continue
		}
		text, err := v.archive.bytes(name)
		if err != nil {
			return err
		}
		s, err := scoring.ParseScheme(text)
		switch {
		case err != nil:
			o.fail(in(name, because(err)))
		case s.Digest() != string(p.Digest) || s.ID != string(p.ID) || s.Version != string(p.Version):
			o.fail(in(name, wordf("是 %s@%s %s", "is %s@%s %s", s.ID, s.Version, s.Digest())))
		default:
			list = append(list, s)
		}
	}
	book, err := scoring.NewBook(list...)
	if err != nil {
		o.fail(Example{Text: because(err)})
		book, err = scoring.NewBook()
	}
	v.book = book
	return err
}

// wantMembers notes when there are more members of a kind than the events account for; missing ones
// are noted where they are looked for.
func (v *verification) wantMembers(o *Outcome, k kind, want int) error {
	if extra := len(v.archive.kinds[k]) - want; extra > 0 {
		o.fail(Example{Text: wordf("有 %d 个成员不为任何记录所引用", "%d members are referred to by no event", extra)})
	}
	return nil
}

// wantDigest notes when a member is missing or has another digest.
func (v *verification) wantDigest(o *Outcome, name string, want events.Digest) error {
	if !v.archive.has(name) {
		o.fail(in(name, checks.Wording{ZH: "缺失", EN: "is missing"}))
		return nil
	}
	found, err := v.digest(name)
	if err == nil && found != want {
		o.fail(in(name, wordf("摘要是 %s，应为 %s", "has the digest %s, not %s", found, want)))
	}
	return err
}

func (v *verification) digest(name string) (events.Digest, error) {
	from, err := v.archive.open(name)
	if err != nil {
		return "", err
	}
	sum := sha256.New()
	found, _, err := digestOf(from, sum)
	if failed := from.Close(); err == nil {
		err = failed
	}
	if err != nil {
		return "", fmt.Errorf("read %s: %w", name, err)
	}
	return found, nil
}

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
