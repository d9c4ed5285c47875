package bundle

import (
	"errors"
	"fmt"
	"io"

	"starledger/events"
	"starledger/events/checks"
	"starledger/schemas"
	"starledger/scoring"
)

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

// checkSchemes reads the schemes that audits are pinned to, and those that they are combined with.
func (v *verification) checkSchemes(o *Outcome) error {
	found := map[events.SchemeName]*scoring.Scheme{}
	read := func(name events.SchemeName) (*scoring.Scheme, error) {
		s, known := found[name]
		if known {
			return s, nil
		}
		s, err := v.readScheme(o, name)
		found[name] = s
		return s, err
	}
	named, err := withCompanions(schemesOf(v.events), read)
	if err != nil {
		return err
	}
	if err := v.wantMembers(o, scheme, len(named)); err != nil {
		return err
	}
	var list []*scoring.Scheme
	for _, name := range named {
		s, err := read(name)
		if err != nil {
			return err
		}
		if s != nil {
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

// readScheme is nil when the scheme is not there or is another.
func (v *verification) readScheme(o *Outcome, p events.SchemeName) (*scoring.Scheme, error) {
	name := schemeName(p.Digest)
	if err := v.wantDigest(o, name, p.Digest); err != nil || !v.archive.has(name) {
		return nil, err
	}
	text, err := v.archive.bytes(name)
	if err != nil {
		return nil, err
	}
	s, err := scoring.ParseScheme(text)
	switch {
	case err != nil:
		o.fail(in(name, because(err)))
		return nil, nil
	case s.Digest() != string(p.Digest) || s.ID != string(p.ID) || s.Version != string(p.Version):
		o.fail(in(name, wordf("是 %s@%s %s", "is %s@%s %s", s.ID, s.Version, s.Digest())))
		return nil, nil
	}
	return s, nil
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
	found, _, err := digestOf(from, io.Discard)
	if err = errors.Join(err, from.Close()); err != nil {
		return "", fmt.Errorf("read %s: %w", name, err)
	}
	return found, nil
}
