package api

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"starledger/events"
	"starledger/events/decide"
	"starledger/projections"
)

// An outcome is what stands in the ledger for a posting.
type outcome struct {
	before   *events.Case // as the case stood before the first of stored
	after    *events.Case // and after the last of them, where that is known already; nil: it follows from before
	stored   []*events.Stored
	replayed bool
}

const (
	// conflictsTaken is how often a posting is decided anew because another node wrote to the case.
	conflictsTaken = 5
	// appendPatience is how long an append may take. It does not end with the request: whether a
	// caller still listens must not decide whether an event on its way is known to have arrived.
	appendPatience = 10 * time.Second
)

// commit writes the events of p, or finds them written already. The caller holds the lock of the
// case. In the order of the contract: key, If-Match, rules; each attempt judges all of it anew
// against the case as it is then.
//
// What this process knows of the case is enough to post: if the case has moved, the log refuses. It
// is not enough to refuse, so a refusal is told only after the log was asked.
func (s *Server) commit(ctx context.Context, p *posting) (*outcome, error) {
	for attempt := range conflictsTaken {
		read := s.views.History
		if attempt == 0 {
			read = s.views.Recent
		}
		h, err := s.target(ctx, p, read)
		if err != nil {
			return nil, err
		}
		if seqs := h.Keyed(p.actor.ID, p.key); len(seqs) > 0 {
			return s.replay(ctx, p, h.Case.ID, seqs)
		}
		stored, err := s.judgeAll(ctx, p, h)
		if err != nil && attempt == 0 {
			continue
		}
		if err != nil {
			return nil, err
		}
		after, err := s.append(ctx, h, p, stored)
		switch {
		case err == nil:
			s.metrics.appended.Add(float64(len(stored)))
			return &outcome{before: h.Case, after: after, stored: stored}, nil
		case errors.Is(err, events.ErrConflict):
			s.metrics.conflicts.Inc() // the history is behind: read again and judge again
			if err := s.openedElsewhere(ctx, p); err != nil {
				return nil, err
			}
		case errors.Is(err, events.ErrUnknown):
			return s.afterUnknown(ctx, p)
		default:
			return nil, err
		}
	}
	return nil, refuse(http.StatusServiceUnavailable, "case-busy").retryAfter(1)
}

// judgeAll makes the events of p against a history of the case, or says why not.
func (s *Server) judgeAll(ctx context.Context, p *posting, h *projections.History) ([]*events.Stored, error) {
	if err := s.admissible(ctx, p, h); err != nil {
		return nil, err
	}
	return s.decideAll(h.Case, p)
}

// reader is one of the ways of projections to come by a history.
type reader func(context.Context, events.CaseID) (*projections.History, error)

// admissible is what comes before the rules: whether anything may be written, If-Match, then whether the body
// could be read at all, and whether what it names outside its case is there.
func (s *Server) admissible(ctx context.Context, p *posting, h *projections.History) error {
	if err := s.writable(); err != nil {
		return err
	}
	required := false
	for _, e := range p.entries {
		required = required || decide.NeedsIfMatch(e.cmd)
	}
	if err := s.precondition(ctx, h, p.seen, required && !p.dryRun); err != nil {
		return err
	}
	if p.bad != nil {
		return p.bad
	}
	if err := s.sealedFor(ctx, p, h); err != nil {
		return err
	}
	if err := s.countedFor(p); err != nil {
		return err
	}
	if err := s.lookAt(ctx, p, h); err != nil {
		return err
	}
	return s.grantable(ctx, p)
}

// grantable holds a grant against the ledger: one that names no case would let its assessor read
// nothing, and nobody would notice.
func (s *Server) grantable(ctx context.Context, p *posting) error {
	grant, ok := p.entries[0].cmd.(*decide.MakeGrant)
	if !ok {
		return nil
	}
	for i, id := range grant.Cases.List {
		h, err := s.history(ctx, id, s.views.History)
		if err != nil {
			return err
		}
		if h.Case.Head.CaseSeq == 0 {
			return refuse(http.StatusUnprocessableEntity, decide.UnknownCase).at(fmt.Sprintf("/cases/%d", i))
		}
	}
	return nil
}

// target is the case that p writes to, as it stands. Whoever may not read it is told that there is
// none; only an opening and a grant may come to a case without events.
func (s *Server) target(ctx context.Context, p *posting, read reader) (*projections.History, error) {
	h, err := s.history(ctx, p.into, read)
	if err != nil {
		return nil, err
	}
	if err := s.consultTo(ctx, p, h); err != nil {
		return nil, err
	}
	if own(p.into) {
		// Nobody reads it as a case, so a stale If-Match must not tell others what was missed of it.
		_, err := s.court.allow(p.actor, p.entries[0].name, target{})
		return h, err
	}
	if h.Case.Head.CaseSeq == 0 {
		if !p.opening {
			return nil, noCase()
		}
		return h, nil
	}
	return h, s.mayRead(ctx, p.actor, h.Case)
}

// consultTo reads as much of the registry as the posting rests on.
func (s *Server) consultTo(ctx context.Context, p *posting, h *projections.History) error {
	if p.restsOnRegistry() || p.into == events.Registry {
		return s.consult(ctx)
	}
	return s.consultFor(ctx, h.Case)
}

// history is the case as read finds it; a case without events is a new one.
func (s *Server) history(ctx context.Context, id events.CaseID, read reader) (*projections.History, error) {
	h, err := read(ctx, id)
	if errors.Is(err, projections.ErrNoCase) {
		return &projections.History{Case: events.NewCase(id)}, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read case %s: %w", id, err)
	}
	return h, nil
}

// append makes the events durable. When it returns nil they are in the log at consecutive
// sequences, and the next reader of the case sees them; after is the case with them, if it is known.
// Nothing after it may fail the request.
func (s *Server) append(ctx context.Context, h *projections.History, p *posting, stored []*events.Stored) (after *events.Case, err error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), appendPatience)
	defer cancel()
	a := events.Append{Case: string(p.into), After: h.Case.Head.Seq, Bodies: make([][]byte, len(stored))}
	for i, e := range stored {
		a.Bodies[i] = e.Body
	}
	if h.Case.Head.CaseSeq == 0 {
		a.DedupID = dedupID(p.into, p.actor.ID, p.key)
	}
	first, err := s.log.Append(ctx, a)
	if err != nil {
		return nil, fmt.Errorf("append to case %s: %w", p.into, err)
	}
	for i, e := range stored {
		e.Seq = first + uint64(i)
	}
	posted := s.views.Posted(p.into, stored)
	if p.into == events.Registry {
		s.consulted.Store(false) // whoever needs the registry next reads it again
	}
	return posted, nil
}

// afterUnknown looks whether an append whose end is not known has landed after all. Where that
// cannot be told either, the caller is asked to come again with the same key.
func (s *Server) afterUnknown(ctx context.Context, p *posting) (*outcome, error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), appendPatience)
	defer cancel()
	h, err := s.history(ctx, p.into, s.views.History)
	if err == nil {
		if seqs := h.Keyed(p.actor.ID, p.key); len(seqs) > 0 {
			o, err := s.replay(ctx, p, p.into, seqs)
			if err == nil {
				o.replayed = false // nobody has had this answer yet
			}
			return o, err
		}
	}
	return nil, refuse(http.StatusServiceUnavailable, "outcome-unknown").retryAfter(2)
}

// replay finds what was stored under the key of p, for the same request only.
func (s *Server) replay(ctx context.Context, p *posting, id events.CaseID, seqs []uint64) (*outcome, error) {
	list, err := s.views.Events(ctx, id, seqs[len(seqs)-1])
	if err != nil {
		return nil, fmt.Errorf("read the first answer in case %s: %w", id, err)
	}
	o := &outcome{before: events.NewCase(id), replayed: true}
	for _, e := range list {
		if e.Seq >= seqs[0] {
			o.stored = append(o.stored, e)
			continue
		}
		if err := o.before.Follow(e); err != nil {
			return nil, fmt.Errorf("fold case %s: %w", id, err)
		}
	}
	if len(o.stored) == 0 || o.stored[0].RequestDigest != p.digest {
		return nil, refuse(http.StatusUnprocessableEntity, "idempotency-key-reused").at("Idempotency-Key")
	}
	return o, asPosted(o.stored, seqs)
}

// asPosted holds what a replay found against what was posted: a batch is written at once or not at all,
// so all of its events stand side by side. A part must never be told as the first answer.
func asPosted(stored []*events.Stored, seqs []uint64) error {
	first := stored[0]
	posted := max(first.BatchCount, 1)
	if uint64(len(stored)) == posted && uint64(len(seqs)) == posted {
		return nil
	}
	return &events.DamageError{Seq: first.Seq, Reason: fmt.Sprintf("%d events were posted together, %d are there", posted, len(stored))}
}
