package api

import (
	"net/http"

	"starledger/events"
	"starledger/projections"
)

// registerRow is a certificate in the register, with its status at the instant of the view.
type registerRow struct {
	Number     events.CertificateNumber `json:"number"`
	Case       events.CaseID            `json:"case"`
	Holder     events.Text              `json:"holder"`
	Scope      events.Text              `json:"scope"`
	Scheme     events.ID                `json:"scheme"`
	Grade      events.ID                `json:"grade,omitzero"`
	Status     events.CertificateStatus `json:"status"`
	ValidFrom  events.Date              `json:"valid_from"`
	ValidUntil events.Date              `json:"valid_until"`
	Seq        uint64                   `json:"seq"`
	ChangedSeq uint64                   `json:"changed_seq"`
	Imported   bool                     `json:"imported,omitzero"`
}

func registerRowOf(r *projections.CertificateRow) registerRow {
	return registerRow{
		r.Number, r.Case, r.Holder, r.Scope, r.Scheme, r.Grade, r.Status,
		r.ValidFrom, r.ValidUntil, r.Seq, r.Changed, r.Imported,
	}
}

// getRegister shows the register of certificates, in the order of issue.
func (s *Server) getRegister(w http.ResponseWriter, c *call) error {
	asked, err := pointOf(c.query)
	if err != nil {
		return err
	}
	part, within, err := s.listing(c)
	if err != nil {
		return err
	}
	page, err := s.views.Register(c.Context(), projections.RegisterQuery{
		Within: within, AsOf: asked, After: part.after, Limit: part.limit,
	})
	if err != nil {
		return pointProblem(err, "as_of")
	}
	return writeView(w, c, asked, within, page, registerRowOf)
}
