package api

import (
	"fmt"
	"net/http"
	"slices"

	"starledger/events"
	"starledger/projections"
)

// caseBody shows a case with its audits, decisions and certificates.
type caseBody struct {
	Case         events.CaseID       `json:"case"`
	CaseSeq      uint64              `json:"case_seq"`
	AsOf         asOfBody            `json:"as_of"`
	Kind         events.CaseKind     `json:"kind"`
	State        projections.State   `json:"state"`
	Scheme       *events.SchemeName  `json:"scheme,omitzero"` // not of an accreditation review
	Organization events.Organization `json:"organization"`
	Scope        events.Text         `json:"scope"`
	Field        events.ID           `json:"field,omitzero"`
	AppliedAt    events.Instant      `json:"applied_at,omitzero"` // not of an imported case
	Review       *accreditationBody  `json:"review,omitzero"`
	Imported     *importBody         `json:"imported,omitzero"`
	History      []historyBody       `json:"imported_audits,omitzero"`
	Application  *applicationBody    `json:"application,omitzero"`
	Outlets      []outletBody        `json:"outlets"`
	Audits       []auditSummary      `json:"audits"`
	Decisions    []decisionBody      `json:"decisions"`
	Certificate  *certificateBody    `json:"certificate,omitzero"` // the one issued last
	Certificates []*certificateBody  `json:"certificates"`
	Documents    *documentsListBody  `json:"documents,omitzero"`
	Penalties    []penaltyBody       `json:"penalties,omitzero"`
	Contracts    []contractBody      `json:"contracts,omitzero"`
	Appeals      []appealBody        `json:"appeals,omitzero"`
	Complaints   []complaintBody     `json:"complaints,omitzero"`
	Closed       *entryBody          `json:"closed,omitzero"`
	Entry        entryBody           `json:"entry"`
}

type applicationBody struct {
	Outcome events.ApplicationOutcome `json:"outcome"`
	Checks  []events.ApplicationCheck `json:"checks,omitzero"`
	Entry   entryBody                 `json:"entry"`
}

// auditSummary is an audit as its case shows it.
type auditSummary struct {
	Audit    uint64            `json:"audit"`
	Kind     events.AuditKind  `json:"kind"`
	Stage    projections.State `json:"stage"`
	Scheme   events.SchemeName `json:"scheme"`
	StartsOn events.Date       `json:"starts_on"`
	EndsOn   events.Date       `json:"ends_on"`
	Team     []events.Member   `json:"team"`
	Progress progressBody      `json:"progress"`
	Score    *markBody         `json:"score,omitzero"`
	Entry    entryBody         `json:"entry"`
}

// getCase shows a case.
func (s *Server) getCase(w http.ResponseWriter, c *call) error {
	v, err := s.view(c)
	if err != nil {
		return err
	}
	body, err := s.caseOf(v)
	if err != nil {
		return fmt.Errorf("show case %s: %w", v.of.ID, err)
	}
	return v.show(w, body)
}

func (s *Server) caseOf(v *view) (*caseBody, error) {
	of := v.of
	audits, err := s.auditsOf(of)
	if err != nil {
		return nil, err
	}
	decisions, err := decisionsOf(of.Decisions)
	if err != nil {
		return nil, err
	}
	shown := func(c *events.Certificate) *certificateBody { return certificateOf(c, v.at.At) }
	return &caseBody{
		Case: of.ID, CaseSeq: v.caseSeq, AsOf: asOf(v.at),
		Kind: of.Kind, State: projections.StateOf(of, v.at.At), Scheme: schemeOf(of),
		Organization: of.Organization, Scope: of.Scope, Field: of.Field, AppliedAt: of.AppliedAt,
		Application: applicationOf(of.Application), Outlets: mapped(of.Outlets, outletOf), Audits: audits, Decisions: decisions,
		Certificate: shown(of.Certificate()), Certificates: mapped(of.Certificates, shown),
		Review:   accreditationOf(of.Accreditation),
		Imported: importOf(of.Imported), History: mapped(of.ImportedAudits, historyOf),
		Documents: documentsListOf(of), Penalties: mapped(of.Penalties, penaltyOf), Contracts: mapped(of.Contracts, contractOf),
		Appeals: mapped(of.Appeals, appealOf), Complaints: mapped(of.Complaints, complaintOf),
		Closed: sourceIf(of.Closed), Entry: sourceOf(of.Opened),
	}, nil
}

func schemeOf(c *events.Case) *events.SchemeName {
	if c.Accreditation != nil {
		return nil
	}
	return &c.Scheme
}

func applicationOf(a *events.ApplicationReview) *applicationBody {
	if a == nil {
		return nil
	}
	return &applicationBody{a.Outcome, a.Checks, sourceOf(a.Entry)}
}

// auditsOf shows the audits by their number: on the effective axis they may stand in another order.
func (s *Server) auditsOf(of *events.Case) ([]auditSummary, error) {
	shown := make([]auditSummary, len(of.Audits))
	for i := range of.Audits {
		a := &of.Audits[i]
		score, progress, err := s.standing(a)
		if err != nil {
			return nil, err
		}
		shown[i] = auditSummary{
			Audit: a.Number, Kind: a.Kind, Stage: projections.StageOf(of, a), Scheme: a.Scheme,
			StartsOn: a.StartsOn, EndsOn: a.EndsOn, Team: a.Team,
			Progress: progress, Score: score, Entry: sourceOf(a.Planned),
		}
	}
	slices.SortFunc(shown, func(a, b auditSummary) int { return int(a.Audit) - int(b.Audit) })
	return shown, nil
}
