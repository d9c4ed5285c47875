package api

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"starledger/events"
	"starledger/events/decide"
	"starledger/projections"
)

// openAccreditation opens an accreditation review, which is a case of its own kind.
var openAccreditation = command{"", "openAccreditation", func(parts) decide.Command { return &decide.OpenAccreditation{} }}

// postAccreditation opens an accreditation review.
func (s *Server) postAccreditation(w http.ResponseWriter, c *call) error {
	return s.postOpening(w, c, openAccreditation)
}

// lookAt holds what an assessor notes or looks at against the ledger: the case is there, the assessor may
// read it, and the event is one of it. It notes how far the log goes.
func (s *Server) lookAt(ctx context.Context, p *posting, h *projections.History) error {
	for i := range p.entries {
		var id events.CaseID
		var seq uint64
		switch cmd := p.entries[i].cmd.(type) {
		case *decide.NoteReview:
			id, seq = cmd.About, cmd.Seq
		case *decide.ViewCase:
			last, err := s.log.Last(ctx)
			if err != nil {
				return err
			}
			id, cmd.AsOf = cmd.Case, last
		case *decide.ListCases:
			if err := s.listCasesFor(ctx, p, cmd, h.Case.Accreditation); err != nil {
				return err
			}
		}
		if err := s.readableBy(ctx, p.actor, id, seq); err != nil {
			return err
		}
	}
	return nil
}

// listCasesFor makes the list that a sample is drawn from and keeps it, so that anyone can repeat the draw:
// a text with the id of one case a line, in the order in which they were opened.
func (s *Server) listCasesFor(ctx context.Context, p *posting, cmd *decide.ListCases, review *events.Accreditation) error {
	if review == nil {
		return nil // refused by decide
	}
	within, err := s.reachOf(ctx, p.actor)
	if err != nil {
		return err
	}
	ids, err := s.views.OpenIn(ctx, review.From, review.Until, within)
	if err != nil {
		return err
	}
	var text strings.Builder
	for _, id := range ids {
		text.WriteString(string(id) + "\n")
	}
	cmd.Size, cmd.Digest = uint64(len(ids)), events.DigestOf([]byte(text.String()))
	if p.dryRun || len(ids) == 0 {
		return nil
	}
	if _, _, err := s.attachments.Put(strings.NewReader(text.String()), cmd.Digest); err != nil {
		return fmt.Errorf("keep a list of cases: %w", err)
	}
	return nil
}

// readableBy refuses a case that is not there or may not be read, and an event that is not of it.
func (s *Server) readableBy(ctx context.Context, a *Actor, id events.CaseID, seq uint64) error {
	if id == "" || id == events.Registry || id == events.Access {
		return nil // about none, or refused by decide
	}
	unknown := refuse(http.StatusUnprocessableEntity, decide.UnknownCase)
	h, err := s.history(ctx, id, s.views.History)
	switch {
	case err != nil:
		return err
	case h.Case.Head.CaseSeq == 0 || s.mayRead(ctx, a, h.Case) != nil:
		return unknown
	case seq > 0 && countUpTo(h.Seqs, seq) == countUpTo(h.Seqs, seq-1):
		return refuse(http.StatusUnprocessableEntity, "event-of-other-case").at("/seq")
	}
	return nil
}

// accreditationBody shows a review with what the assessor drew, looked at and noted. What samples are drawn
// from are lists of cases.
type accreditationBody struct {
	From        events.Date         `json:"from"`
	Until       events.Date         `json:"until"`
	Populations []populationBody    `json:"populations"`
	Notes       []assessorNoteBody  `json:"notes"`
	Views       []assessorViewsBody `json:"views"`
}

type assessorNoteBody struct {
	Note      events.Label  `json:"note"`
	About     events.CaseID `json:"about,omitzero"`
	Seq       uint64        `json:"seq,omitzero"`
	Statement events.Text   `json:"statement"`
	Entry     entryBody     `json:"entry"`
}

type assessorViewsBody struct {
	Case  events.CaseID `json:"case"`
	AsOf  uint64        `json:"as_of"`
	Entry entryBody     `json:"entry"`
}

func accreditationOf(r *events.Accreditation) *accreditationBody {
	if r == nil {
		return nil
	}
	return &accreditationBody{
		From: r.From, Until: r.Until,
		Populations: mapped(r.Populations, populationOf),
		Notes: mapped(r.Notes, func(n *events.AssessorNote) assessorNoteBody {
			return assessorNoteBody{n.AccreditationNoted.Note, n.About, n.AccreditationNoted.Seq, n.Statement, sourceOf(n.Entry)}
		}),
		Views: mapped(r.Views, func(v *events.AssessorView) assessorViewsBody {
			return assessorViewsBody{v.Case, v.AsOf, sourceOf(v.Entry)}
		}),
	}
}
