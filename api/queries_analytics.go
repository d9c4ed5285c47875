package api

import (
	"net/http"
	"net/url"

	"starledger/events"
	"starledger/events/decide"
	"starledger/projections"
	"starledger/scoring"
)

// analyticsBody tells how audits came out. Provisional and partial audits, and those whose report was
// returned, are not in it.
type analyticsBody struct {
	AsOf      asOfBody       `json:"as_of"`
	Audits    int            `json:"audits"`
	Scores    []scoreGroup   `json:"scores"`
	Losses    []clauseLoss   `json:"losses"`
	Repeats   []clauseRepeat `json:"repeats"`
	LeadTimes []leadTime     `json:"lead_times"`
}

// scoreGroup sums up the audits reported in one month under one scheme.
type scoreGroup struct {
	Month  string            `json:"month"`
	Scheme string            `json:"scheme"`
	Audits int               `json:"audits"`
	Failed int               `json:"failed"`
	Grades map[events.ID]int `json:"grades"`
	Mean   scoring.Number    `json:"mean"`
	Least  scoring.Number    `json:"least"`
	Most   scoring.Number    `json:"most"`
}

// clauseLoss is what one clause cost, the dearest of a scheme first.
type clauseLoss struct {
	Scheme     string         `json:"scheme"`
	Clause     events.Clause  `json:"clause"`
	Audits     int            `json:"audits"`
	Lost       scoring.Number `json:"lost"`
	Share      scoring.Number `json:"share"`
	Cumulative scoring.Number `json:"cumulative"`
	Months     []monthLoss    `json:"months"`
}

type monthLoss struct {
	Month  string         `json:"month"`
	Audits int            `json:"audits"`
	Lost   scoring.Number `json:"lost"`
}

// clauseRepeat is a clause on which later audits of a case found a nonconformity again.
type clauseRepeat struct {
	Scheme   string          `json:"scheme"`
	Clause   events.Clause   `json:"clause"`
	Audits   int             `json:"audits"`
	Examples []repeatExample `json:"examples"`
}

type repeatExample struct {
	Case  events.CaseID `json:"case"`
	Audit uint64        `json:"audit"`
}

// leadTime is how many days a step took.
type leadTime struct {
	Step    string `json:"step"`
	Audits  int    `json:"audits"`
	Median  string `json:"median_days"`
	Ninth   string `json:"ninth_days"`
	Longest string `json:"longest_days"`
}

// getAnalytics tells how audits came out, as JSON, or one of its tables as CSV.
func (s *Server) getAnalytics(w http.ResponseWriter, c *call) error {
	query, err := analyticsQueryOf(c.query)
	if err != nil {
		return err
	}
	table, err := tableOf(c.query)
	if err != nil {
		return err
	}
	if err := s.caughtUp(c); err != nil {
		return err
	}
	if query.Within, err = s.reach(c); err != nil {
		return err
	}
	found, err := s.views.Analytics(c.Context(), query)
	if err != nil {
		return pointProblem(err, "as_of")
	}
	body := analyticsOf(found)
	keepableList(w, query.AsOf, query.Within)
	if table != nil {
		return writeCSV(w, table.name, table.header, table.rows(&body))
	}
	return writeJSON(w, http.StatusOK, body)
}

func analyticsQueryOf(query url.Values) (q projections.AnalyticsQuery, err error) {
	if q.AsOf, err = pointOf(query); err != nil {
		return q, err
	}
	if q.From, _, err = spanOf(query, "from"); err != nil {
		return q, err
	}
	if _, q.To, err = spanOf(query, "to"); err != nil {
		return q, err
	}
	var ref decide.SchemeRef
	if err := optional(query, "scheme", &ref); err != nil || ref == "" {
		return q, err
	}
	id, version, err := scoring.ParseRef(string(ref))
	q.Scheme, q.Version = events.ID(id), events.ID(version)
	return q, err
}

func analyticsOf(a *projections.Analytics) analyticsBody {
	return analyticsBody{
		AsOf: asOf(a.At), Audits: a.Audits,
		Scores: mapped(a.Scores, func(g *projections.ScoreGroup) scoreGroup { return scoreGroup(*g) }),
		Losses: mapped(a.Losses, func(l *projections.ClauseLoss) clauseLoss {
			return clauseLoss{l.Scheme, l.Clause, l.Audits, l.Lost, l.Share, l.Cumulative,
				mapped(l.Months, func(m *projections.MonthLoss) monthLoss { return monthLoss(*m) })}
		}),
		Repeats: mapped(a.Repeats, func(r *projections.RepeatedClause) clauseRepeat {
			return clauseRepeat{r.Scheme, r.Clause, r.Audits,
				mapped(r.Examples, func(e *projections.RepeatExample) repeatExample { return repeatExample(*e) })}
		}),
		LeadTimes: mapped(a.LeadTimes, func(l *projections.LeadTime) leadTime {
			return leadTime{l.Step, l.Audits, days(l.Median), days(l.Ninth), days(l.Longest)}
		}),
	}
}

// days writes a duration as a decimal number of days.
func days(took events.Instant) string {
	const day = 24 * 60 * 60 * 1_000_000
	return scoring.Whole(int64(took)).Quo(scoring.Whole(day)).Value()
}
