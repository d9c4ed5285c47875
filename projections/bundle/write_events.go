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
	"starledger/scoring"
)

// inEvery are the ledger's own cases that are in every bundle: what they say (schemes, approvals)
// belongs to no client, and cases are judged by it.
var inEvery = []events.CaseID{events.Registry}

// readEvents reads what the checkpoint covers of the case, of the ledger's own cases, and of those that the
// case has drawn.
func (p *plan) readEvents() error {
	owner := map[uint64]events.CaseID{}
	if err := p.claim(owner, p.request.Case); err != nil {
		return err
	}
	if len(owner) == 0 {
		return ErrNotPublished
	}
	for _, id := range inEvery {
		if err := p.claim(owner, id); err != nil && !errors.Is(err, ErrNoCase) {
			return err
		}
	}
	if err := p.read(owner); err != nil {
		return err
	}
	about, err := p.fold(p.request.Case)
	if err != nil {
		return err
	}
	p.cases = []*events.Case{about}
	return p.readSampled(about)
}

// claim notes whose the sequences of a case are.
func (p *plan) claim(owner map[uint64]events.CaseID, id events.CaseID) error {
	seqs, err := p.sealed(id)
	for _, seq := range seqs {
		owner[seq] = id
	}
	return err
}

// readSampled reads the cases that an accreditation review has drawn.
func (p *plan) readSampled(about *events.Case) error {
	sampled, err := Sampled(about, p.source.Attachment)
	if err != nil || len(sampled) == 0 {
		return err
	}
	owner := map[uint64]events.CaseID{}
	for _, id := range sampled {
		if err := p.claim(owner, id); err != nil {
			return err
		}
	}
	if err := p.read(owner); err != nil {
		return err
	}
	slices.SortFunc(p.events, func(a, b *events.Stored) int { return cmp.Compare(a.Seq, b.Seq) })
	for _, id := range sampled {
		c, err := p.fold(id)
		if err != nil {
			return err
		}
		p.cases = append(p.cases, c)
	}
	return nil
}

// fold folds a case from the events that were read.
func (p *plan) fold(id events.CaseID) (*events.Case, error) {
	c := events.NewCase(id)
	for _, e := range p.events {
		if e.Subject != id {
			continue
		}
		if err := c.Follow(e); err != nil {
			return nil, err
		}
	}
	return c, nil
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
	wanted := len(p.events) + len(owner)
	if wanted > maxEvents {
		return fmt.Errorf("%d events are more than a bundle holds: %w", wanted, events.ErrTooLarge)
	}
	for rec, err := range p.source.Bodies.ReadAt(p.ctx, slices.Sorted(maps.Keys(owner))) {
		if err != nil {
			return fmt.Errorf("read the events: %w", err)
		}
		rec.Case = string(owner[rec.Seq])
		e, err := events.DecodeRecord(rec)
		if err != nil {
			return err
		}
		if p.size += len(e.Body); p.size > maxBodies {
			return fmt.Errorf("the bodies have more than %d bytes: %w", maxBodies, events.ErrTooLarge)
		}
		p.events = append(p.events, e)
	}
	if len(p.events) != wanted {
		return fmt.Errorf("%d of %d events can be read: %w", len(p.events), wanted, events.ErrIntegrity)
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
	named, err := withCompanions(schemesOf(p.events), func(name events.SchemeName) (*scoring.Scheme, error) { return pinned(book, name) })
	if err != nil {
		return err
	}
	for _, name := range named {
		found, err := pinned(book, name)
		if err != nil {
			return err
		}
		if err := z.file(schemeName(name.Digest), found.Canonical()); err != nil {
			return err
		}
	}
	return nil
}

// pinned finds the version of a scheme by name and digest.
func pinned(book *scoring.Book, name events.SchemeName) (*scoring.Scheme, error) {
	found, ok := book.Find(string(name.ID), string(name.Version))
	if !ok || found.Digest() != string(name.Digest) {
		return nil, fmt.Errorf("%w: %s@%s %s", checks.ErrUnknownScheme, name.ID, name.Version, name.Digest)
	}
	return found, nil
}

// withCompanions adds the schemes of evaluation 1 that schemes declare (000 6.3), sorted by digest, each
// once. One that is not found adds nothing when find says nil.
func withCompanions(names []events.SchemeName, find func(events.SchemeName) (*scoring.Scheme, error)) ([]events.SchemeName, error) {
	all := slices.Clone(names)
	for _, name := range names {
		scheme, err := find(name)
		if err != nil {
			return nil, err
		}
		if scheme == nil || scheme.Combination == nil {
			continue
		}
		with := scheme.Combination.With
		all = append(all, events.SchemeName{ID: events.ID(with.ID), Version: events.ID(with.Version), Digest: events.Digest(with.Digest)})
	}
	return sortedByDigest(all), nil
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
	return sortedByDigest(names)
}

func sortedByDigest(names []events.SchemeName) []events.SchemeName {
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

// evidenceIn is the evidence that an event of a case names, and the list that samples are drawn from. That of
// qualifications, which are in every bundle, is about people and stays out.
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
	case events.DocumentRecorded:
		return d.Evidence
	case events.PenaltyChecked:
		return d.Evidence
	case events.PenaltyCleared:
		return d.Evidence
	case events.ContractSigned:
		return d.Evidence
	case events.AppealLodged:
		return d.Evidence
	case events.ComplaintLodged:
		return d.Evidence
	case events.PopulationRecorded:
		return []events.Evidence{{SHA256: d.Digest, MediaType: "text/plain", Name: d.Subject}}
	}
	return nil
}

// score works out the claims at the end of the cases.
func (p *plan) score() (err error) {
	p.scores, err = claimsOf(p.cases, p.source.Schemes())
	return err
}
