package api

import (
	"net/url"
	"strings"

	"starledger/events"
	"starledger/scoring"
)

// scoreBody is the score document of the contract. Where exactness matters it shows the exact
// fraction beside the decimal; nothing in it is a JSON float.
type scoreBody struct {
	AsOf        asOfBody          `json:"as_of"`
	Scheme      events.SchemeName `json:"scheme"`
	Earned      string            `json:"earned"`
	Involved    string            `json:"involved"`
	Score       scoring.Number    `json:"score"`
	Specials    specialsBody      `json:"special_deductions"`
	Bonus       bonusTotalBody    `json:"bonus"`
	Final       scoring.Number    `json:"final"`
	Uncapped    scoring.Number    `json:"uncapped"`
	Grade       *gradeBody        `json:"grade"`
	Passed      *bool             `json:"passed"`
	Reasons     []string          `json:"reasons"`
	Progress    progressBody      `json:"progress"`
	Provisional bool              `json:"provisional"`
	Partial     bool              `json:"partial,omitzero"`
	Clauses     []clauseBody      `json:"clauses,omitzero"`
	Steps       []stepBody        `json:"steps,omitzero"`
	Evaluations []evaluationBody  `json:"evaluations,omitzero"`
}

// evaluationBody is one of two evaluations side by side (评价1, 评价2).
type evaluationBody struct {
	Evaluation  int               `json:"evaluation"`
	Scheme      events.SchemeName `json:"scheme"`
	Earned      string            `json:"earned"`
	Involved    string            `json:"involved"`
	Score       scoring.Number    `json:"score"`
	Final       scoring.Number    `json:"final"`
	Grade       *string           `json:"grade"`
	Progress    progressBody      `json:"progress"`
	Provisional bool              `json:"provisional"`
	Clauses     []clauseBody      `json:"clauses,omitzero"`
	Steps       []stepBody        `json:"steps,omitzero"`
}

func evaluationsOf(r *scoring.Result) []evaluationBody {
	var list []evaluationBody
	for i, e := range r.Evaluations {
		name := events.SchemeName{ID: events.ID(e.Scheme.ID), Version: events.ID(e.Scheme.Version), Digest: events.Digest(e.Scheme.Digest())}
		list = append(list, evaluationBody{
			Evaluation: i + 1, Scheme: name, Earned: e.Result.Earned.Value(), Involved: e.Result.Involved.Value(),
			Score: e.Result.Score, Final: e.Result.Final, Grade: markOf(e.Result).Grade,
			Progress: progressOf(e.Result), Provisional: e.Result.Provisional,
		})
	}
	return list
}

type specialsBody struct {
	Count  int    `json:"count"`
	Points string `json:"points"`
	Limit  string `json:"limit"`
}

type bonusTotalBody struct {
	Count  int    `json:"count"`
	Points string `json:"points"`
}

type gradeBody struct {
	ID   string       `json:"id"`
	Name scoring.Text `json:"name"`
}

type progressBody struct {
	Assessed int `json:"assessed"`
	Involved int `json:"involved"`
}

func scoreOf(r *scoring.Result, scheme events.SchemeName, point asOfBody) *scoreBody {
	return &scoreBody{
		AsOf: point, Scheme: scheme,
		Earned: r.Earned.Value(), Involved: r.Involved.Value(), Score: r.Score,
		Specials: specialsBody{r.Specials.Count, r.Specials.Points.Value(), r.Specials.Limit},
		Bonus:    bonusTotalBody{r.Bonus.Count, r.Bonus.Points.Value()},
		Final:    r.Final, Uncapped: r.Uncapped,
		Grade: gradeOf(r.Grade), Passed: r.Passed, Reasons: r.Reasons,
		Progress:    progressOf(r),
		Provisional: r.Provisional, Partial: r.Partial, Evaluations: evaluationsOf(r),
	}
}

func gradeOf(g *scoring.Grade) *gradeBody {
	if g == nil {
		return nil
	}
	return &gradeBody{g.ID, g.Name}
}

func progressOf(r *scoring.Result) progressBody { return progressBody{r.Assessed, r.InvolvedClauses} }

// detail is what a score shows besides its numbers.
type detail struct{ clauses, steps bool }

// detailOf reads ?detail=clauses,steps.
func detailOf(query url.Values) (detail, error) {
	var d detail
	if !query.Has("detail") {
		return d, nil
	}
	for name := range strings.SplitSeq(query.Get("detail"), ",") {
		switch {
		case name == "clauses" && !d.clauses:
			d.clauses = true
		case name == "steps" && !d.steps:
			d.steps = true
		default:
			return d, malformed("detail-unknown").at("detail")
		}
	}
	return d, nil
}

// explain adds what was asked for. It costs more than the score itself, so only then.
func (s *scoreBody) explain(r *scoring.Result, d detail) {
	if d.clauses {
		clauses := r.Clauses()
		s.Clauses = mapped(clauses, clauseOf)
	}
	if d.steps {
		steps := r.Steps()
		s.Steps = mapped(steps, stepOf)
	}
	for i, e := range r.Evaluations {
		var own scoreBody
		own.explain(e.Result, d)
		s.Evaluations[i].Clauses, s.Evaluations[i].Steps = own.Clauses, own.Steps
	}
}

// clauseBody shows how one clause stands and why; the earned of all add up exactly.
type clauseBody struct {
	Clause   string          `json:"clause"`
	Points   scoring.Decimal `json:"points"`
	Earned   scoring.Number  `json:"earned"`
	Deleted  bool            `json:"deleted"`
	Assessed bool            `json:"assessed"`
	Rating   scoring.Decimal `json:"rating,omitzero"`
	Band     *bandBody       `json:"band,omitzero"`
	Formula  string          `json:"formula"`
	Events   []uint64        `json:"events"`
}

type bandBody struct {
	ID   string       `json:"id"`
	Name scoring.Text `json:"name"`
}

func clauseOf(c *scoring.ClauseResult) clauseBody {
	body := clauseBody{
		Clause: c.Clause, Points: c.Points, Earned: c.Earned, Deleted: c.Deleted, Assessed: c.Assessed,
		Rating: c.Rating, Formula: c.Formula, Events: c.Events,
	}
	if c.Band != nil {
		body.Band = &bandBody{c.Band.ID, c.Band.Name}
	}
	return body
}

// stepBody is one line of the calculation, to be printed from top to bottom.
type stepBody struct {
	ID      string         `json:"id"`
	Rule    string         `json:"rule"`
	Formula string         `json:"formula"`
	Value   scoring.Number `json:"value"`
	Events  []uint64       `json:"events"`
}

func stepOf(s *scoring.Step) stepBody {
	return stepBody{s.ID, s.Rule, s.Formula, s.Value, s.Events}
}
