package api

import (
	"errors"
	"fmt"
	"net/http"

	"starledger/events"
	"starledger/events/checks"
	"starledger/projections"
	"starledger/scoring"
)

// getAudit shows an audit with everything posted to it.
func (s *Server) getAudit(w http.ResponseWriter, c *call) error {
	v, err := s.view(c)
	if err != nil {
		return err
	}
	audit, err := c.audit(v.of)
	if err != nil {
		return err
	}
	body, err := s.auditOf(v, audit)
	if err != nil {
		return fmt.Errorf("show audit %d of case %s: %w", audit.Number, v.of.ID, err)
	}
	return v.show(w, body)
}

func (s *Server) auditOf(v *view, a *events.Audit) (*auditBody, error) {
	score, progress, err := s.standing(a)
	if err != nil {
		return nil, err
	}
	report, err := reportOf(a.Report)
	if err != nil {
		return nil, err
	}
	own, err := selfAssessmentOf(a.SelfAssessment)
	if err != nil {
		return nil, err
	}
	review, err := reviewOf(a.Review)
	if err != nil {
		return nil, err
	}
	return &auditBody{
		Case: v.of.ID, CaseSeq: v.caseSeq, AsOf: asOf(v.at),
		Audit: a.Number, Kind: a.Kind, Stage: projections.StageOf(v.of, a), Scheme: a.Scheme,
		StartsOn: a.StartsOn, EndsOn: a.EndsOn, Clauses: a.Clauses,
		PersonDays: a.PersonDays, Outlets: a.Outlets, Mode: a.Mode,
		Team: a.Team, EverInTeam: mapped(a.Ever, membershipOf),
		Documents: documentsOf(a.Documents), Announced: announcementOf(a), Opening: meetingOf(a.Opening), Closing: meetingOf(a.Closing),
		Assessments: mapped(a.Assessments, assessmentOf), Findings: findingsOf(a),
		Corrections: mapped(a.Corrections, correctionOf), Deductions: mapped(a.Deductions, deductionOf),
		Deletions: mapped(a.Deletions, deletionOf), Specials: mapped(a.Specials, specialOf),
		Bonuses: mapped(a.Bonuses, bonusOf), DaysOnSite: mapped(a.PersonDaysOnSite, personDaysOf),
		Populations: mapped(a.Populations, populationOf),
		Progress:    progress, Score: score, Report: report, SelfAssessment: own, Review: review, Entry: sourceOf(a.Planned),
	}, nil
}

// standing is the score of an audit in short. There is none while every clause is deleted: posting
// never leaves a case so, but the effective axis may pass through it.
func (s *Server) standing(a *events.Audit) (*markBody, progressBody, error) {
	result, err := checks.Score(a, s.book())
	switch {
	case errors.Is(err, scoring.ErrAllDeleted):
		return nil, progressBody{}, nil
	case err != nil:
		return nil, progressBody{}, err
	}
	return markOf(result), progressOf(result), nil
}

func markOf(r *scoring.Result) *markBody {
	mark := &markBody{Final: r.Final.Value(), Provisional: r.Provisional}
	if r.Grade != nil {
		mark.Grade = &r.Grade.ID
	}
	return mark
}
