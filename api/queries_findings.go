package api

import (
	"cmp"
	"net/http"
	"net/url"

	"starledger/events"
	"starledger/projections"
)

// findingRow is a finding in a list across cases.
type findingRow struct {
	Case         events.CaseID            `json:"case"`
	Organization events.Text              `json:"organization"`
	Audit        uint64                   `json:"audit"`
	Finding      events.Number            `json:"finding"`
	Clause       events.Clause            `json:"clause"`
	Category     events.FindingCategory   `json:"category"`
	Severity     events.Severity          `json:"severity,omitzero"`
	Statement    events.Text              `json:"statement"`
	Stage        projections.FindingStage `json:"stage"`
	Repeated     bool                     `json:"repeated,omitzero"`
	Raised       findingStep              `json:"raised"`
	Last         findingStep              `json:"last"`
}

// findingStep is the event that brought a finding to a stage.
type findingStep struct {
	Seq         uint64         `json:"seq"`
	EffectiveAt events.Instant `json:"effective_at"`
	Actor       events.ID      `json:"actor,omitzero"`
}

func findingRowOf(f *projections.FindingRow) findingRow {
	return findingRow{
		Case: f.Case, Organization: f.Organization, Audit: f.Audit, Finding: f.Finding, Clause: f.Clause,
		Category: f.Category, Severity: f.Severity, Statement: f.Statement, Stage: f.Stage, Repeated: f.Repeated,
		Raised: findingStep{f.Seq, f.Raised, f.Actor}, Last: findingStep{Seq: f.Moved, EffectiveAt: f.Since},
	}
}

// listFindings lists findings across cases, the latest first.
func (s *Server) listFindings(w http.ResponseWriter, c *call) error {
	query, err := findingQueryOf(c.query, c.actor)
	if err != nil {
		return err
	}
	part, within, err := s.listing(c)
	if err != nil {
		return err
	}
	query.Within, query.After, query.Limit = within, part.after, part.limit
	page, err := s.views.Findings(c.Context(), query)
	if err != nil {
		return pointProblem(err, "as_of")
	}
	return writeView(w, c, query.AsOf, within, page, findingRowOf)
}

func findingQueryOf(query url.Values, a *Actor) (q projections.FindingQuery, err error) {
	if q.AsOf, err = pointOf(query); err != nil {
		return q, err
	}
	if q.Member, err = memberOf(query, a); err != nil {
		return q, err
	}
	return q, cmp.Or( // the first that is malformed
		optional(query, "stage", &q.Stage), optional(query, "category", &q.Category), optional(query, "severity", &q.Severity),
		optional(query, "clause", &q.Clause), optional(query, "case", &q.Case))
}
