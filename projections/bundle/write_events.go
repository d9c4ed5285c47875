package bundle

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"slices"

	"starledger/events"
	"starledger/events/checks"
	"starledger/schemas"
)

// inEvery are the ledger's own cases that are in every bundle: what they say (schemes, approvals)
// belongs to no client, and cases are judged by it.
var inEvery = []events.CaseID{events.Registry}

// readEvents reads what the checkpoint covers of the case and of the ledger's own cases.
func (p *plan) readEvents() error {
	seqs, err := p.sealed(p.request.Case)
	if err != nil {
		return err
	}
	if len(seqs) == 0 {
		return ErrNotPublished
	}
	owner := map[uint64]events.CaseID{}
	for _, seq := range seqs {
		owner[seq] = p.request.Case
	}
	for _, id := range inEvery {
		more, err := p.sealed(id)
		if err != nil && !errors.Is(err, ErrNoCase) {
			return err
		}
		for _, seq := range more {
			owner[seq] = id
		}
	}
	return p.read(owner)
}

// sealed are the sequences of a case that the checkpoint covers.
func (p *plan) sealed(id events.CaseID) ([]uint64, error) {
	seqs, err := p.source.Seqs(p.ctx, id)
	if err != nil {
		return nil, fmt.Errorf("find the events of case %s: %w", id, err)
	}
	if len(seqs) == 0 {
		return nil, ErrNoCase
	}
	covered, _ := slices.BinarySearch(seqs, p.head.Size+1)
	return seqs[:covered], nil
}

func (p *plan) read(owner map[uint64]events.CaseID) error {
	if len(owner) > maxEvents {
		return fmt.Errorf("%d events are more than a bundle holds: %w", len(owner), events.ErrTooLarge)
	}
	total := 0
	for rec, err := range p.source.Bodies.ReadAt(p.ctx, slices.Sorted(maps.Keys(owner))) {
		if err != nil {
			return fmt.Errorf("read the events: %w", err)
		}
		rec.Case = string(owner[rec.Seq])
		e, err := events.DecodeRecord(rec)
		if err != nil {
			return err
		}
		if total += len(e.Body); total > maxBodies {
			return fmt.Errorf("the bodies have more than %d bytes: %w", maxBodies, events.ErrTooLarge)
		}
		p.events = append(p.events, e)
	}
	if len(p.events) != len(owner) {
		return fmt.Errorf("%d of %d events can be read: %w", len(p.events), len(owner), events.ErrIntegrity)
	}
	return nil
}

// documents writes the schemas of the events' types and the schemes that audits are pinned to.
func (p *plan) documents(z *zipWriter) error {
	for _, t := range typesOf(p.events) {
		text, _, ok := schemas.Event(string(t))
		if !ok {
			return fmt.Errorf("the schema of %s is not known", t)
		}
		if err := z.file(schemaName(t), text); err != nil {
			return err
		}
	}
	book := p.source.Schemes()
	for _, pinned := range schemesOf(p.events) {
		found, ok := book.Find(string(pinned.ID), string(pinned.Version))
		if !ok || found.Digest() != string(pinned.Digest) {
			return fmt.Errorf("%w: %s@%s %s", checks.ErrUnknownScheme, pinned.ID, pinned.Version, pinned.Digest)
		}
		if err := z.file(schemeName(pinned.Digest), found.Canonical()); err != nil {
			return err
		}
	}
	return nil
}

// typesOf are the types of the events, sorted, each once.
func typesOf(list []*events.Stored) []events.Type {
	var types []events.Type
	for _, e := range list {
		types = append(types, e.Type)
	}
	slices.Sort(types)
	return slices.Compact(types)
}

// schemesOf are the schemes that audits are pinned to, sorted by digest, each digest once.
func schemesOf(list []*events.Stored) []events.SchemeName {
	var names []events.SchemeName
	for _, e := range list {
		if planned, ok := e.Data.(events.AuditPlanned); ok {
			names = append(names, planned.Scheme)
		}
	}
	slices.SortStableFunc(names, func(a, b events.SchemeName) int { return cmp.Compare(a.Digest, b.Digest) })
	return slices.CompactFunc(names, func(a, b events.SchemeName) bool { return a.Digest == b.Digest })
}

// evidence writes the attachments that the events name and that are at hand. One whose bytes have
// another digest is damaged, and no bundle is made of it.
func (p *plan) evidence(z *zipWriter) error {
	for _, digest := range evidenceOf(p.events) {
		err := z.stream(attachedName(digest), func(w io.Writer) error { return p.attach(w, digest) })
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (p *plan) attach(w io.Writer, digest events.Digest) error {
	from, err := p.source.Attachment(digest)
	if err != nil {
		return err
	}
	found, size, err := digestOf(from, w)
	if err = errors.Join(err, from.Close()); err != nil {
		return fmt.Errorf("read attachment %s: %w", digest, err)
	}
	if found != digest || size > maxMember[attachment] {
		return fmt.Errorf("attachment %s has digest %s and %d bytes: %w", digest, found, size, events.ErrIntegrity)
	}
	return nil
}

// evidenceOf are the digests of the evidence that the events name, sorted, each once.
func evidenceOf(list []*events.Stored) []events.Digest {
	var digests []events.Digest
	for _, e := range list {
		for _, item := range evidenceIn(e.Data) {
			digests = append(digests, item.SHA256)
		}
	}
	slices.Sort(digests)
	return slices.Compact(digests)
}

// evidenceIn is the evidence that an event names.
func evidenceIn(data events.Payload) []events.Evidence {
	switch d := data.(type) {
	case events.ApplicationReviewed:
		var all []events.Evidence
		for _, check := range d.Checks {
			all = append(all, check.Evidence...)
		}
		return all
	case events.AssessmentRecorded:
		return d.Evidence
	case events.FindingRaised:
		return d.Evidence
	case events.CorrectionSubmitted:
		return d.Evidence
	}
	return nil
}

// score folds the case and works out the claims at its end.
func (p *plan) score() error {
	c := events.NewCase(p.request.Case)
	for _, e := range p.events {
		if e.Subject != c.ID {
			continue
		}
		if err := c.Follow(e); err != nil {
			return err
		}
	}
	var err error
	p.folded = c
	p.scores, err = claimsOf(c, p.source.Schemes())
	return err
}
