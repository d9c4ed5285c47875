package bundle

import (
	"context"
	"fmt"
	"io"

	"starledger/events"
	"starledger/events/proof"
)

// Write writes the bundle. The same ledger, checkpoint, checkpoints before it, and request give the same
// bytes. It holds the events of the case in memory, and of everything else one member at a time.
//
// Errors: ErrNoCase, ErrNotPublished; an events.ErrIntegrity, or a proof.ErrRefuted, when what is stored
// contradicts what was signed; and those of the source. After an error w holds a part of a zip.
func (s *Source) Write(ctx context.Context, w io.Writer, r Request) error {
	p, err := s.plan(ctx, r)
	if err != nil {
		return fmt.Errorf("bundle case %s: %w", r.Case, err)
	}
	z := newZipWriter(w)
	for _, write := range []func(*zipWriter) error{
		p.readmes, p.signed, p.tiles, p.bodies, p.proofs, p.documents, p.evidence, p.claims, p.report,
	} {
		if err := write(z); err != nil {
			return fmt.Errorf("bundle case %s: %w", r.Case, err)
		}
		if err := ctx.Err(); err != nil {
			return fmt.Errorf("bundle case %s: %w", r.Case, err)
		}
	}
	if err := z.close(); err != nil {
		return fmt.Errorf("bundle case %s: %w", r.Case, err)
	}
	return nil
}

// A plan is what goes into one bundle.
type plan struct {
	source  *Source
	ctx     context.Context // of the one call of Write
	request Request

	policy *proof.Policy
	note   []byte // the published checkpoint
	head   proof.Checkpoint

	events      []*events.Stored // of all cases in the bundle, by sequence
	size        int              // of their bodies
	checkpoints []uint64         // sizes, ascending
	wanted      []proof.Tile     // entry bundles or hash tiles, in the order of the archive
	cases       []*events.Case   // at their last events in the bundle, the one asked for first
	scores      []byte           // expected/score.json
}

func (s *Source) plan(ctx context.Context, r Request) (*plan, error) {
	p := &plan{source: s, ctx: ctx, request: r, note: s.Published()}
	if p.note == nil {
		return nil, ErrNotPublished
	}
	var err error
	if p.policy, err = proof.ParsePolicy(s.Policy); err != nil {
		return nil, err
	}
	judgement, err := p.policy.Judge(p.note)
	if err != nil {
		return nil, fmt.Errorf("the published checkpoint: %w", err)
	}
	p.head = judgement.Checkpoint
	for _, step := range []func() error{p.readEvents, p.chooseCheckpoints, p.chooseTiles, p.score} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	return p, nil
}

func (p *plan) readmes(z *zipWriter) error {
	facts := factsOf(p.head, p.request.Case, p.request.Profile)
	if err := z.file(nameReadmeZH, readme(zh, facts)); err != nil {
		return err
	}
	return z.file(nameReadmeEN, readme(en, facts))
}

// signed writes what was signed: the policy, the published checkpoint and those before it.
func (p *plan) signed(z *zipWriter) error {
	if err := z.file(namePolicy, p.source.Policy); err != nil {
		return err
	}
	if err := z.file(nameCheckpoint, p.note); err != nil {
		return err
	}
	for _, size := range p.checkpoints {
		note, err := p.source.Checkpoints.Read(size)
		if err != nil {
			return err
		}
		if err := z.file(checkpointName(size), note); err != nil {
			return err
		}
	}
	return nil
}

func (p *plan) bodies(z *zipWriter) error {
	for _, e := range p.events {
		if err := z.file(eventName(e.Seq), e.Body); err != nil {
			return err
		}
	}
	return nil
}

func (p *plan) proofs(z *zipWriter) error {
	for _, e := range p.events {
		text, err := p.proof(e.Seq)
		if err != nil {
			return err
		}
		if err := z.file(proofName(e.Seq), text); err != nil {
			return err
		}
	}
	return nil
}

// proof is the tlog-proof of an event in the tree of the published checkpoint.
func (p *plan) proof(seq uint64) ([]byte, error) {
	path, err := proof.Inclusion(p.head.Head, seq-1, p.source.Tiles.ReadTile)
	if err != nil {
		return nil, err
	}
	return proof.TlogProof{Index: seq - 1, Path: path, Checkpoint: p.note}.Text()
}

func (p *plan) claims(z *zipWriter) error { return z.file(nameExpected, p.scores) }

func (p *plan) report(z *zipWriter) error {
	r := Report{Origin: p.head.Origin, Profile: string(p.request.Profile), Checkpoint: p.note, Policy: p.source.Policy, Score: p.scores}
	if err := r.add(p.cases, p.source.Schemes(), p.events, p.proof); err != nil {
		return err
	}
	return z.stream(nameReport, func(w io.Writer) error { return writeReport(w, r) })
}
